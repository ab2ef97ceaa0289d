"""Small questions to a piece of syntax."""

import ast
from collections.abc import Iterator

from assay.repositories.leakage.known import STATISTICS
from assay.repositories.leakage.values import Role, role_of_name

READS = frozenset({"fit", "train", "fit_predict", "partial_fit"})
"""Methods with which an estimator reads rows."""


def last_name(node: ast.expr) -> str:
    """Yield ``c`` of ``a.b.c``."""
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""


def root_name(node: ast.AST) -> str:
    """Yield the variable that an expression begins with; "self.x" for one of an object's own."""
    while isinstance(node, ast.Subscript | ast.Attribute | ast.Starred | ast.Call):
        if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
            return f"self.{node.attr}"
        node = node.func if isinstance(node, ast.Call) else node.value
    return node.id if isinstance(node, ast.Name) else ""


def names_within(node: ast.Call) -> Iterator[str]:
    """Yield the names of the calls within a call."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call) and one is not node:
            yield last_name(one.func)


def part_said_in(index: ast.expr) -> Role | None:
    """Yield the part that an index speaks of: ``df[df.split == "test"]``, ``X[test_idx]``."""
    for one in ast.walk(index):
        word = one.value if isinstance(one, ast.Constant) and isinstance(one.value, str) else ""
        name = one.id if isinstance(one, ast.Name) else ""
        role = role_of_name(word or name)
        if role is not None:
            return role
    return None


def is_true(node: ast.expr) -> bool:
    """Say whether an expression is ``True`` as written."""
    return isinstance(node, ast.Constant) and node.value is True


def is_zero(node: ast.expr) -> bool:
    """Say whether an expression is a constant that counts for nothing."""
    return isinstance(node, ast.Constant) and not node.value


def draws_again(node: ast.Call) -> bool:
    """Say whether rows are drawn with replacement, as ``resample`` does unless it is told not to."""
    return not any(word.arg == "replace" and not is_true(word.value) for word in node.keywords)


def is_whole_sample(node: ast.expr) -> bool:
    """Say whether all rows are drawn, which only shuffles them."""
    words = node.keywords if isinstance(node, ast.Call) else []
    return any(word.arg == "frac" and isinstance(word.value, ast.Constant) and word.value.value == 1 for word in words)


def trains(node: ast.AST) -> bool:
    """Say whether a model is trained within a loop."""
    for one in ast.walk(node):
        if isinstance(one, ast.Call):
            name = last_name(one.func)
            if name in READS or name in {"step", "backward", "minimize"} or name.startswith(("train", "fit")):
                return True
    return False


def group_statistic(node: ast.Call) -> str:
    """Yield the statistic in ``df.groupby("a")["b"].transform("mean")``; "" for any other call."""
    is_grouped = any(isinstance(one, ast.Attribute) and one.attr == "groupby" for one in ast.walk(node.func))
    first = node.args[0] if node.args else None
    word = first.value if isinstance(first, ast.Constant) else None
    return word if is_grouped and isinstance(word, str) and word in STATISTICS else ""
