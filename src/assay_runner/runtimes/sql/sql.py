# ruff: noqa: T201, D103, INP001
# Laid into boxes: few imports, and whatever the hand-in's SQL raises is its answer.
"""Runs in a box: a file of SQL, its named parts called like functions, each on a fresh SQLite database in memory.

A part begins with a line ``-- name: revenue``; a file without such lines is one part named ``solution``. Calls:

- ``revenue(script, tables, parameters)``: the database is made of a script and of rows (table to lists), then the part
  is run; the answer is what its last statement yields, as ``{"columns": [...], "rows": [[...], ...]}``.
- ``assay:after(part, query, script, tables, times)``: the part is run ``times`` times, the answer is the query's.
- ``assay:scanned(part, query, script, tables)``: the part is run, the answer names the tables that the query then
  reads from end to end, by SQLite's own plan.

As a program it runs the file on an empty database and prints what the last statement yields.
"""

import importlib.util
import re
import sqlite3
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

NAME = re.compile(r"^--[ \t]*name:[ \t]*(\w+)[ \t]*\r?$", re.MULTILINE)
FORBIDDEN = {sqlite3.SQLITE_ATTACH, sqlite3.SQLITE_DETACH}
PARTS: dict[str, str] = {}


class NoSuchPartError(Exception):
    """The file has no part of that name."""


def main() -> None:
    if len(sys.argv) == 2:
        load(sys.argv[1])
        table = yielded(made("", {}), "\n".join(PARTS.values()), {})
        for row in table["rows"]:
            print(*row, sep="\t")
        return
    spec: Any = importlib.util.spec_from_file_location("assay_shim", "/box/shim.py")
    shim: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shim)

    def perform(call: dict[str, str]) -> Any:
        home, _, name = call["fn"].rpartition(":")
        args = [shim.argument(item) for item in shim.json.loads(call["args"])]
        kwargs = {key: shim.argument(item) for key, item in shim.json.loads(call["kwargs"]).items()}
        return OWN[name](*args, **kwargs) if home == "assay" else answered(name, *args, **kwargs)

    shim.load, shim.perform = load, perform
    shim.main()


def load(entry: str) -> None:
    text = Path("/work", entry).read_text("utf-8")
    pieces = NAME.split(text)
    PARTS.clear()
    if len(pieces) == 1:
        PARTS["solution"] = text
    PARTS.update(zip(pieces[1::2], pieces[2::2], strict=True))


def part(name: str) -> str:
    if name not in PARTS:
        raise NoSuchPartError(f"there is no line '-- name: {name}'")
    return PARTS[name]


def answered(
    name: str, script: str = "", tables: dict[str, list[Any]] | None = None, parameters: dict[str, Any] | None = None
) -> dict[str, Any]:
    return yielded(made(script, tables or {}), part(name), parameters or {})


def after(
    name: str, query: str, script: str = "", tables: dict[str, list[Any]] | None = None, times: int = 1
) -> dict[str, Any]:
    database = made(script, tables or {})
    for _ in range(times):
        yielded(database, part(name), {})
    return yielded(database, query, {})


def scanned(name: str, query: str, script: str = "", tables: dict[str, list[Any]] | None = None) -> list[str]:
    database = made(script, tables or {})
    yielded(database, part(name), {})
    steps = [row[3] for row in database.execute("EXPLAIN QUERY PLAN " + query)]
    return sorted({step.split()[1] for step in steps if step.startswith("SCAN ") and step != "SCAN CONSTANT ROW"})


OWN: dict[str, Callable[..., Any]] = {"after": after, "scanned": scanned}


def made(script: str, tables: dict[str, list[Any]]) -> sqlite3.Connection:
    database = sqlite3.connect(":memory:", isolation_level=None)
    database.executescript(script)
    for table, rows in tables.items():
        if rows:
            marks = ", ".join("?" * len(rows[0]))
            database.execute("BEGIN")
            database.executemany(f'INSERT INTO "{table}" VALUES ({marks})', rows)  # noqa: S608 - the task's own names
            database.execute("COMMIT")
    # Only from here on does the hand-in speak: other databases are files, and there are none for it.
    database.set_authorizer(lambda what, *_: sqlite3.SQLITE_DENY if what in FORBIDDEN else sqlite3.SQLITE_OK)
    return database


def yielded(database: sqlite3.Connection, text: str, parameters: dict[str, Any]) -> dict[str, Any]:
    columns: list[str] = []
    rows: list[list[Any]] = []
    for statement in statements(text):
        cursor = database.execute(statement, parameters)
        columns = [column[0] for column in cursor.description or ()]
        rows = [list(row) for row in cursor.fetchall()]
    return {"columns": columns, "rows": rows}


def statements(text: str) -> Iterator[str]:
    """Yield one statement after another; a semicolon within text, comments or a trigger ends none."""
    kept = ""
    for piece in re.split(r"(?<=;)", text):
        kept += piece
        if sqlite3.complete_statement(kept):
            yield kept
            kept = ""
    if re.sub(r"--[^\n]*|/\*.*?\*/", "", kept, flags=re.DOTALL).strip():
        yield kept


if __name__ == "__main__":
    main()
