"""Leaks in one file: the module's own statements, then each function on its own."""

import ast
import re

from assay.repositories.code.python_source import parse
from assay.repositories.code.units import Unit
from assay.repositories.leakage.choice import Summary
from assay.repositories.leakage.flow import Flow
from assay.repositories.leakage.makers import Makers
from assay.repositories.leakage.syntax import root_name
from assay.repositories.leakage.values import Leak, merged
from assay.repositories.model import LeakFinding

_TESTS = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:test_[^/]+|[^/]+_test|conftest)\.py\Z")
_OF_INTEREST = re.compile(
    r"\b(?:sklearn|imblearn|xgboost|lightgbm|catboost|keras|torch)\b|\.fit(?:_transform|_resample)?\("
)
"""Without any of these there is nothing that learns, and no need to follow the rows."""
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_HARM = {
    True: "Can change a result by much.",
    False: "Usually changes a result by little; worth asking whether it was meant.",
}


def find_leaks(*, unit: Unit) -> list[LeakFinding]:
    """Yield the places in a unit's own lines to look at, in order. Tests of software are passed over."""
    if unit.language != "Python" or _TESTS.search(unit.path):
        return []
    text = unit.text
    tree = parse(text) if _OF_INTEREST.search(text) else None
    if tree is None:
        return []
    try:
        leaks = leaks_in(tree=tree)
    except RecursionError:  # nested deeper than anybody writes
        return []
    return [_finding(unit, leak) for leak in leaks if leak.line in unit.own or leak.seen_on in unit.own]


def leaks_in(*, tree: ast.Module) -> list[Leak]:
    """Yield each leak of a module once, by line."""
    functions = [node for node in tree.body if isinstance(node, _FUNCTIONS)]
    summaries: dict[str, Summary] = {}
    for function in functions:
        # In order: a helper is mostly written above what calls it.
        summaries[function.name] = _summary(function, summaries)
    found = _flow(tree.body, summaries).findings.leaks
    for node in ast.walk(tree):
        if isinstance(node, ast.ClassDef):
            found += _class_leaks(node, summaries)
    inner = {id(one) for node in ast.walk(tree) if isinstance(node, ast.ClassDef) for one in node.body}
    for node in ast.walk(tree):
        if isinstance(node, _FUNCTIONS) and id(node) not in inner:
            found += _flow(node.body, summaries, node.args).findings.leaks
    once: dict[tuple[str, int], Leak] = {}
    for leak in sorted(found, key=lambda leak: (leak.line, leak.seen_on)):
        once.setdefault((leak.kind.value, leak.line), leak)
    return list(once.values())


def _class_leaks(node: ast.ClassDef, summaries: dict[str, Summary]) -> list[Leak]:
    """Yield the leaks within methods, which share what ``self`` holds."""
    methods = [one for one in node.body if isinstance(one, _FUNCTIONS)]
    held = Makers()
    for one in ast.walk(node):
        if isinstance(one, ast.Assign) and root_name(one.targets[0]).startswith("self."):
            maker = held.made_by(one.value)
            if maker is not None:
                held[root_name(one.targets[0])] = maker
    return [leak for one in methods for leak in _flow(one.body, summaries, one.args, held).findings.leaks]


def _summary(node: ast.FunctionDef | ast.AsyncFunctionDef, known: dict[str, Summary]) -> Summary:
    flow = _flow(node.body, known, node.args)
    return Summary(tuple(one.arg for one in node.args.args), merged(flow.returned))


def _flow(
    body: list[ast.stmt],
    summaries: dict[str, Summary],
    arguments: ast.arguments | None = None,
    makers: Makers | None = None,
) -> Flow:
    parameters = [one.arg for one in arguments.args] if arguments else []
    flow = Flow(parameters=parameters, functions=summaries, makers=makers)
    flow.run(body)
    return flow


def _finding(unit: Unit, leak: Leak) -> LeakFinding:
    steps = () if leak.seen_on == leak.line else (unit.place(leak.seen_on),)
    return LeakFinding(
        kind=leak.kind, place=unit.place(leak.line), why=leak.why, harm=_HARM[leak.is_high], steps=steps,
        is_own=leak.line in unit.own,
    )  # fmt: skip
