# ruff: noqa: D103, INP001, S102, T201
# Laid into boxes: few imports, and whatever a cell raises is the hand-in's answer.
"""Runs in a box: a notebook, its code cells run once from top to bottom, in one fresh namespace and without a network.

A notebook is a ``.ipynb`` of format 4, or a Python file whose cells begin with ``# %%``. As in Jupyter the value of a
cell's last expression is shown. Calls then reach the names that the cells have left:

- ``name(…)`` calls a function that a cell has defined;
- ``assay:value(name)`` yields a variable;
- ``assay:cells()`` yields what each code cell showed, and what the file says that it showed: ``[[shown, stored], …]``,
  where ``stored`` is nothing for a file without outputs. Shown is text (printed and displayed), stripped.
- ``assay:order()`` yields the stored execution counts.

Lines of IPython (``%…``, ``!…``) are errors: they mean programs that are not there.
"""

import ast
import contextlib
import importlib.util
import io
import json
import re
import sys
import types
from pathlib import Path
from typing import Any

CELL = re.compile(r"^# ?%%(.*)$", re.MULTILINE)
MODULE = types.ModuleType("assay_entry")
SHOWN: list[str] = []
CELLS: list["Cell"] = []


class CellError(Exception):
    """A cell cannot be run; the message says which one and why."""


class Cell:
    """A code cell: its source, and what the file holds of an earlier run."""

    def __init__(self, source: str, count: int | None = None, stored: str | None = None) -> None:
        self.source = source
        self.count = count
        self.stored = stored


def main() -> None:
    if len(sys.argv) == 2:
        load(sys.argv[1])
        print(*filter(None, SHOWN), sep="\n")
        return
    spec: Any = importlib.util.spec_from_file_location("assay_shim", "/box/shim.py")
    shim: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shim)
    usual = shim.perform

    def perform(call: dict[str, str]) -> Any:
        home, _, name = call["fn"].rpartition(":")
        if home != "assay" or name not in OWN:
            return usual(call)
        return OWN[name](*[shim.argument(item) for item in json.loads(call["args"])])

    shim.load, shim.perform = load, perform
    shim.main()


def load(entry: str) -> None:
    text = Path("/work", entry).read_text("utf-8")
    CELLS[:] = of_notebook(text) if entry.endswith(".ipynb") else of_script(text)
    if "/work" not in sys.path:
        sys.path[:0] = ["/work"]
        sys.path.append("/opt/site")
    sys.modules["assay_entry"] = sys.modules["__main__"] = MODULE
    MODULE.__dict__["__name__"] = "__main__"
    MODULE.__dict__["display"] = lambda *values: print(*map(repr, values), sep="\n")
    for number, cell in enumerate(CELLS, 1):
        SHOWN.append(run(cell.source, number))


def of_notebook(text: str) -> list[Cell]:
    try:
        tree = json.loads(text)
        cells = [cell for cell in tree["cells"] if cell["cell_type"] == "code"]
        return [Cell(joined(cell["source"]), cell.get("execution_count"), stored(cell)) for cell in cells]
    except (ValueError, KeyError, TypeError) as error:
        raise CellError(f"not a notebook of format 4: {error!r}") from error


def of_script(text: str) -> list[Cell]:
    pieces = CELL.split(text)
    code = [source for kind, source in zip(pieces[1::2], pieces[2::2], strict=True) if "[markdown]" not in kind]
    return [Cell(source.removeprefix("\n")) for source in ([pieces[0], *code] if pieces[0].strip() else code)]


def joined(source: Any) -> str:
    return source if isinstance(source, str) else "".join(source)


def stored(cell: dict[str, Any]) -> str | None:
    outputs = cell.get("outputs") or []
    texts = [joined(one.get("text", one.get("data", {}).get("text/plain", ""))) for one in outputs]
    return "\n".join(text.strip("\n") for text in texts).strip() if outputs or cell.get("execution_count") else None


def run(source: str, number: int) -> str:
    """Run a cell and yield what it shows; an error is told with the cell's number."""
    try:
        tree = ast.parse(source)
    except SyntaxError as error:
        raise CellError(
            f"cell {number}, line {error.lineno}: {error.msg}: {(error.text or '').strip()[:80]}"
        ) from error
    last = tree.body.pop() if tree.body and isinstance(tree.body[-1], ast.Expr) else None
    place = f"<cell {number}>"
    with contextlib.redirect_stdout(io.StringIO()) as shown:
        try:
            exec(compile(tree, place, "exec"), MODULE.__dict__)
            if isinstance(last, ast.Expr) and not source.rstrip().endswith(";"):
                value = eval(compile(ast.Expression(last.value), place, "eval"), MODULE.__dict__)  # noqa: S307
                print(*([] if value is None else [repr(value)]), end="")
            elif isinstance(last, ast.Expr):
                eval(compile(ast.Expression(last.value), place, "eval"), MODULE.__dict__)  # noqa: S307
        except Exception as error:
            raise CellError(f"cell {number}: {type(error).__name__}: {error}") from error
    return shown.getvalue().strip()


def value(name: str) -> Any:
    return MODULE.__dict__[name]


OWN: dict[str, Any] = {
    "value": value,
    "cells": lambda: [[shown, cell.stored] for shown, cell in zip(SHOWN, CELLS, strict=True)],
    "order": lambda: [cell.count for cell in CELLS],
}

if __name__ == "__main__":
    main()
