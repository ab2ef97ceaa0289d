"""What Python code calls, by its syntax tree: names resolved through imports, assignments and base classes."""

import ast
from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterator
from typing import NamedTuple

UNKNOWN = ""
"""The root of a method call on something whose origin is not known: its name then begins with a dot."""
_LONGEST_NAME = 120
_BRANCHES = (ast.If, ast.For, ast.While, ast.IfExp, ast.ExceptHandler, ast.AsyncFor, ast.Assert)
_COMPREHENSIONS = (ast.ListComp, ast.SetComp, ast.DictComp, ast.GeneratorExp)
_FUNCTIONS = (ast.FunctionDef, ast.AsyncFunctionDef)
_BINDS = (ast.Import, ast.ImportFrom, ast.Assign)
_PARTS = (ast.expr, ast.stmt, ast.arguments, ast.pattern)
_FEATURES: dict[type[ast.AST], str] = {
    ast.Yield: "generators", ast.YieldFrom: "generators", ast.With: "context managers", ast.AsyncFunctionDef: "async",
    ast.Await: "async", ast.ListComp: "comprehensions", ast.DictComp: "comprehensions", ast.SetComp: "comprehensions",
    ast.GeneratorExp: "comprehensions", ast.Match: "pattern matching", ast.Lambda: "lambdas", ast.Try: "error handling",
    ast.Raise: "own errors raised", ast.ClassDef: "classes", ast.NamedExpr: "assignment expressions",
}  # fmt: skip


class Call(NamedTuple):
    """A call, class base or decorator by its dotted name; ``keywords`` are the names of its arguments."""

    name: str
    line: int
    keywords: tuple[str, ...] = ()


class Import(NamedTuple):
    """An imported module by its dotted name."""

    name: str
    line: int


class Function(NamedTuple):
    """The shape of one function."""

    name: str
    line: int
    lines: int
    branches: int
    is_documented: bool
    is_annotated: bool


class Source(NamedTuple):
    """What a file holds."""

    imports: tuple[Import, ...]
    calls: tuple[Call, ...]
    functions: tuple[Function, ...]
    features: Counter[str]


def parse(text: str) -> ast.Module | None:
    """Yield the tree; None where Python does not read it."""
    try:
        return ast.parse(text)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None


def python_source(*, tree: ast.Module) -> Source:
    """Yield what a module holds. Deep nesting ends in `RecursionError`."""
    reader = _Reader()
    nodes = list(_nodes(tree))
    # Imports first, then assignments from top to bottom: what is made is known only by what was imported.
    for binding in sorted((one for one in nodes if isinstance(one, _BINDS)), key=_order_of_binding):
        reader.bind(binding)
    branches: list[int] = []
    for node in nodes:
        reader.see(node)
        branches += _branches_of(node)
    branches.sort()
    functions = tuple(_function(node, branches) for node in nodes if isinstance(node, _FUNCTIONS))
    return Source(tuple(reader.imports), tuple(reader.calls), functions, reader.features)


def _nodes(tree: ast.Module) -> Iterator[ast.AST]:
    """Yield all nodes, as `ast.walk` does, at a third of its cost: contexts and operators are of no interest."""
    waiting: list[ast.AST] = [tree]
    while waiting:
        node = waiting.pop()
        yield node
        for value in node.__dict__.values():
            if isinstance(value, list):
                waiting += [one for one in value if isinstance(one, ast.AST)]
            elif isinstance(value, _PARTS):
                waiting.append(value)


def _order_of_binding(node: ast.Import | ast.ImportFrom | ast.Assign) -> tuple[bool, int]:
    return isinstance(node, ast.Assign), node.lineno


def _branches_of(node: ast.AST) -> list[int]:
    """Yield a line number for each decision that a node is."""
    if isinstance(node, _BRANCHES):
        return [node.lineno]
    if isinstance(node, _COMPREHENSIONS):
        return [node.lineno] * len(node.generators)
    if isinstance(node, ast.BoolOp):
        return [node.lineno] * (len(node.values) - 1)
    return []


class _Reader:
    def __init__(self) -> None:
        self.imports: list[Import] = []
        self.calls: list[Call] = []
        self.features: Counter[str] = Counter()
        self._names: dict[str, str] = {}

    def bind(self, node: ast.AST) -> None:
        """Learn what names stand for. A name that is bound twice keeps its first meaning, imports before all."""
        if isinstance(node, ast.Import):
            for alias in node.names:
                self.imports.append(Import(alias.name, node.lineno))
                self._names[alias.asname or alias.name.split(".")[0]] = (
                    alias.name if alias.asname else alias.name.split(".")[0]
                )
        elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
            for alias in node.names:
                self.imports.append(Import(f"{node.module}.{alias.name}", node.lineno))
                self._names[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Assign) and isinstance(node.value, ast.Call):
            self._bind_made(node.targets, node.value)

    def _bind_made(self, targets: list[ast.expr], value: ast.Call) -> None:
        made = self.dotted(value.func)
        if made and not made.startswith("."):
            for target in targets:
                name = _plain_name(target)
                if name:
                    self._names.setdefault(name, f"{made}()")

    def see(self, node: ast.AST) -> None:
        feature = _FEATURES.get(type(node))
        if feature:
            self.features[feature] += 1
        if isinstance(node, ast.Call):
            self._add(node.func, node.lineno, tuple(word.arg for word in node.keywords if word.arg))
        elif isinstance(node, ast.ClassDef):
            for base in node.bases:
                self._add(base, node.lineno, ("base",))
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            for decorator in node.decorator_list:
                self.features["decorators"] += 1
                if not isinstance(decorator, ast.Call):
                    self._add(decorator, decorator.lineno, ("decorator",))

    def _add(self, node: ast.expr, line: int, keywords: tuple[str, ...]) -> None:
        name = self.dotted(node)
        if name:
            self.calls.append(Call(name[:_LONGEST_NAME], line, keywords))

    def dotted(self, node: ast.expr) -> str:
        """Yield the dotted name that an expression stands for; ".method" where its root is not known; "" for none."""
        parts: list[str] = []
        inner: ast.expr = node
        while isinstance(inner, ast.Attribute | ast.Call | ast.Subscript):
            if isinstance(inner, ast.Attribute):
                parts.append(inner.attr)
                full = _plain_name(inner)
                if full in self._names and full.startswith("self."):
                    return ".".join((self._names[full], *reversed(parts[:-1])))
                inner = inner.value
            elif isinstance(inner, ast.Call):
                parts.append("()")
                inner = inner.func
            else:
                inner = inner.value
        parts.reverse()
        if isinstance(inner, ast.Name) and (inner.id in self._names or not parts):
            root = self._names.get(inner.id, inner.id)
            return ".".join((root, *parts)).replace(".()", "()")
        last = [part for part in parts if part != "()"]
        return f".{last[-1]}" if last else UNKNOWN


def _plain_name(node: ast.expr) -> str:
    """Yield ``x`` or ``self.x``; "" for anything else."""
    if isinstance(node, ast.Name):
        return node.id
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name) and node.value.id == "self":
        return f"self.{node.attr}"
    return ""


def _function(node: ast.FunctionDef | ast.AsyncFunctionDef, branch_lines: list[int]) -> Function:
    arguments = [
        one
        for one in (*node.args.posonlyargs, *node.args.args, *node.args.kwonlyargs)
        if one.arg not in {"self", "cls"}
    ]
    last = node.end_lineno or node.lineno
    branches = 1 + bisect_right(branch_lines, last) - bisect_left(branch_lines, node.lineno)
    return Function(
        name=node.name,
        line=node.lineno,
        lines=last - node.lineno + 1,
        branches=branches,
        is_documented=ast.get_docstring(node, clean=False) is not None,
        is_annotated=node.returns is not None or any(one.annotation is not None for one in arguments),
    )
