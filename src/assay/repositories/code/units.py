"""A file as something to be looked at: its text, its language, and which of its lines are the candidate's."""

import json
import re
from typing import NamedTuple

from assay.repositories.model import Place

_SHOWN = 160
_NOWHERE: frozenset[int] = frozenset()
_MAGIC = re.compile(r"^(\s*)(?:[%!]|.+\?\s*$)")
_CELL_MAGIC = re.compile(r"^\s*%%(\w+)")


class Unit(NamedTuple):
    """A file, or the code cells of a notebook one after the other."""

    path: str
    language: str
    lines: tuple[str, ...]
    own: frozenset[int]
    """Numbers, from 1, of the candidate's lines."""
    is_notebook: bool = False
    is_out_of_order: bool = False
    """The cells of a notebook were not run from top to bottom."""

    @property
    def text(self) -> str:
        """The whole text."""
        return "\n".join(self.lines)

    def place(self, line: int) -> Place:
        """Yield the place of a line, counted from 1."""
        text = self.lines[line - 1] if 0 < line <= len(self.lines) else ""
        return Place(path=self.path, line=line, text=text.strip()[:_SHOWN])


def unit_of(*, path: str, language: str, data: bytes, own: frozenset[int]) -> Unit | None:
    """Yield a file as a unit; None for a notebook that cannot be read, or one in another language than Python."""
    text = data.decode("utf-8", "replace").replace("\r\n", "\n").replace("\r", "\n")
    if language == "Notebook":
        return _notebook(path=path, text=text, own=own)
    return Unit(path=path, language=language, lines=tuple(text.split("\n")), own=own)


class _Cell(NamedTuple):
    lines: list[str]
    run: int | None


def _notebook(*, path: str, text: str, own: frozenset[int]) -> Unit | None:
    cells = _code_cells(text)
    if cells is None:
        return None
    places = _places_of_code(text)
    is_all = len(own) > text.count("\n")
    lines: list[str] = []
    kept: set[int] = set()
    for cell in _in_order_of_running(cells):
        for line in _plain(cell.lines):
            lines.append(line.shown)
            # The same line in two cells is rare, and then mostly of one author: where any of them is theirs, all are.
            if line.original.strip() and (is_all or own & places.get(line.original, _NOWHERE)):
                kept.add(len(lines))
        lines.append("")
    counts = [cell.run for cell in cells if cell.run is not None]
    return Unit(
        path=path, language="Python", lines=tuple(lines), own=frozenset(kept), is_notebook=True,
        is_out_of_order=counts != sorted(counts),
    )  # fmt: skip


def _code_cells(text: str) -> list[_Cell] | None:
    try:
        book = json.loads(text)
    except (ValueError, RecursionError):
        return None
    if not isinstance(book, dict) or _language(book) not in {"", "python", "ipython"}:
        return None
    sheets = book.get("worksheets")
    cells = book.get("cells") or [cell for sheet in _dicts(sheets) for cell in _dicts(sheet.get("cells"))]
    found = []
    for cell in _dicts(cells):
        if cell.get("cell_type") != "code":
            continue
        source = cell.get("source", cell.get("input", ""))
        joined = "".join(str(part) for part in source) if isinstance(source, list) else str(source)
        count = cell.get("execution_count", cell.get("prompt_number"))
        found.append(_Cell(joined.split("\n"), count if isinstance(count, int) else None))
    return found


def _dicts(values: object) -> list[dict[str, object]]:
    return [value for value in values if isinstance(value, dict)] if isinstance(values, list) else []


def _language(book: dict[str, object]) -> str:
    metadata = book.get("metadata")
    kernel = metadata.get("kernelspec") if isinstance(metadata, dict) else None
    language = kernel.get("language", "") if isinstance(kernel, dict) else ""
    return str(language).lower()


def _in_order_of_running(cells: list[_Cell]) -> list[_Cell]:
    """Yield the cells as they were run, where each says so; else as they stand."""
    counts = [cell.run for cell in cells if any(line.strip() for line in cell.lines)]
    if None in counts or len(set(counts)) != len(counts):
        return cells
    return sorted(cells, key=lambda cell: cell.run if cell.run is not None else 0)


class _Line(NamedTuple):
    shown: str
    original: str


def _plain(lines: list[str]) -> list[_Line]:
    """Yield lines of Python: what speaks to the notebook itself becomes a comment, other languages as well."""
    magic = _CELL_MAGIC.match(next((line for line in lines if line.strip()), ""))
    if magic and magic.group(1) not in {"time", "timeit", "capture", "prun"}:
        return [_Line(f"# {line}", line) for line in lines]
    plain = []
    for line in lines:
        found = _MAGIC.match(line)
        plain.append(_Line(f"{found.group(1)}pass  # {line.strip()}" if found else line, line))
    return plain


def _places_of_code(text: str) -> dict[str, frozenset[int]]:
    """Yield for each line of code the lines of JSON that hold it: one string a line, as notebooks are kept."""
    found: dict[str, set[int]] = {}
    for number, line in enumerate(text.split("\n"), 1):
        bare = line.strip().removesuffix(",")
        if len(bare) < 3 or not bare.startswith('"') or not bare.endswith('"'):
            continue
        try:
            code = json.loads(bare)
        except ValueError:
            continue
        found.setdefault(str(code).removesuffix("\n"), set()).add(number)
    return {code: frozenset(numbers) for code, numbers in found.items()}
