"""Leaks in one file: the module's own statements, then each function on its own."""

import ast
import re

from assay.repositories.code.python_source import parse
from assay.repositories.code.units import Unit
from assay.repositories.leakage.flow import Flow, Leak
from assay.repositories.model import LeakFinding

_TESTS = re.compile(r"(?:^|/)(?:tests?|testing)/|(?:^|/)(?:test_[^/]+|[^/]+_test|conftest)\.py\Z")
_OF_INTEREST = re.compile(
    r"\b(?:sklearn|imblearn|xgboost|lightgbm|catboost|keras|torch)\b|\.fit(?:_transform|_resample)?\("
)
"""Without any of these there is nothing that learns, and no need to follow the rows."""
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
    found = [*_leaks(tree.body)]
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            found += _leaks(node.body, node.args)
    once: dict[tuple[str, int], Leak] = {}
    for leak in sorted(found, key=lambda leak: (leak.line, leak.seen_on)):
        once.setdefault((leak.kind.value, leak.line), leak)
    return list(once.values())


def _leaks(body: list[ast.stmt], arguments: ast.arguments | None = None) -> list[Leak]:
    flow = Flow(parameters=[one.arg for one in arguments.args] if arguments else [])
    flow.run(body)
    return flow.leaks


def _finding(unit: Unit, leak: Leak) -> LeakFinding:
    steps = () if leak.seen_on == leak.line else (unit.place(leak.seen_on),)
    return LeakFinding(
        kind=leak.kind, place=unit.place(leak.line), why=leak.why, harm=_HARM[leak.is_high], steps=steps,
        is_own=leak.line in unit.own,
    )  # fmt: skip
