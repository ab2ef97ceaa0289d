"""Watches loops in which several trainings, or thresholds, are judged by the test set and the best one is kept."""

import ast
import re
from collections.abc import Callable, Mapping
from typing import NamedTuple

from assay.repositories.leakage.syntax import last_name, root_name, trains
from assay.repositories.leakage.values import Leak, Role, Value
from assay.repositories.model import LeakKind

_METRIC = re.compile(r"(?i)(?:^|_)(?:score|accuracy|acc|auc|loss|error|rmse|mse|mae|f1|precision|recall|report|r2)\Z")
_KEPT = "In a loop over trainings the best one is kept by its result on the test set."
OPTIMISERS = frozenset({"optimize", "fmin", "gp_minimize", "forest_minimize"})
"""Calls that search for the best value of a function that they are given."""
_SEARCHED = "A search for the best settings is led by results on the test set."
_TAKEN = "The best of several trainings is taken by their results on the test set."


class Summary(NamedTuple):
    """A function of the same file: its parameters, and what it gives back in terms of them."""

    parameters: tuple[str, ...]
    value: Value


class Choices:
    """What is known of the loops around a statement, and of the results that were collected in them."""

    def __init__(self) -> None:
        self._loops: list[bool] = []
        """For each loop around the statement: whether a model is trained in it."""
        self._collected: set[str] = set()
        self._metrics: set[str] = set()

    def enter(self, node: ast.AST) -> None:
        """Go into a loop."""
        self._loops.append(trains(node))

    def leave(self) -> None:
        """Come out of it."""
        self._loops.pop()

    def note_result(self, name: str, value: ast.expr) -> None:
        """Remember that a variable holds a metric, as told by the name of what computed it."""
        if isinstance(value, ast.Call) and _METRIC.search(last_name(value.func)):
            self._metrics.add(name)

    def note_collected(self, name: str) -> None:
        """Remember that results of a training are put into a list or a table."""
        if any(self._loops):
            self._collected.add(name)

    def kept_by(self, node: ast.If, value_of: Callable[[ast.AST], Value]) -> Leak | None:
        """Yield the leak in ``if accuracy > best: best = accuracy``, where the accuracy is that of the test rows."""
        if not self._loops or not isinstance(node.test, ast.Compare) or len(node.test.comparators) != 1:
            return None
        if not isinstance(node.test.ops[0], ast.Gt | ast.Lt | ast.GtE | ast.LtE):
            return None
        sides = (node.test.left, node.test.comparators[0])
        set_here = _names_set(node)
        for score, best in (sides, sides[::-1]):
            # Without a training in the loop it may be any search among rows; a metric of all of them is none.
            is_result = any(self._loops) or root_name(score) in self._metrics
            if is_result and root_name(best) in set_here and value_of(score).role is Role.TEST:
                return Leak(LeakKind.MULTI_TEST, node.lineno, node.lineno, _KEPT, is_high=True)
        return None

    def taken_from(self, node: ast.Call, found: Value) -> Leak | None:
        """Yield the leak in ``max(scores)``, where the scores were collected over trainings from the test rows."""
        names = {one.id for one in ast.walk(node) if isinstance(one, ast.Name)}
        if found.role is not Role.TEST or not names & self._collected:
            return None
        return Leak(LeakKind.MULTI_TEST, node.lineno, node.lineno, _TAKEN, is_high=True)


def _names_set(node: ast.If) -> set[str]:
    found = set()
    for one in ast.walk(node):
        if isinstance(one, ast.Assign):
            for target in one.targets:
                parts = target.elts if isinstance(target, ast.Tuple | ast.List) else [target]
                found |= {root_name(part) for part in parts}
    return found - {""}


def searched_on_test(node: ast.Call, functions: Mapping[str, Summary]) -> Leak | None:
    """Yield the leak in ``study.optimize(objective)``, where the objective is a result on the test rows."""
    for argument in node.args:
        name = root_name(argument)
        if isinstance(argument, ast.Name) and name in functions and functions[name].value.role is Role.TEST:
            return Leak(LeakKind.MULTI_TEST, node.lineno, node.lineno, _SEARCHED, is_high=True)
    return None
