"""A CSV of people: delimiter and encoding found, columns known by their headings, a bad row named by its line."""

import csv
import io
import re
from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.people_columns import fields_of
from assay.reading.formats.plain_text import decode_text

MAX_ROWS = 100_000
MAX_CELL_CHARS = 10_000
_DELIMITERS = ",;\t|"
_EMAIL = re.compile(r"[^\s@<>,;:\"()]{1,64}@[^\s@<>,;:\"()]{1,255}\.[^\s@<>,;:\"().]{2,63}")
_FORMULA = ("=", "@", "\t", "\r", "+", "-")


class Person(NamedTuple):
    """One row: what it states of a person, as written. ``line`` is the row's line in the file, from 1."""

    line: int
    name: str
    emails: tuple[str, ...] = ()
    phones: tuple[str, ...] = ()
    links: tuple[str, ...] = ()
    place: str = ""
    title: str = ""
    employer: str = ""
    skills: tuple[str, ...] = ()
    source: str = ""
    notes: str = ""
    others: tuple[tuple[str, str], ...] = ()
    """Heading and value of columns that are not known."""


class BadRow(NamedTuple):
    """A row that was left out, and why."""

    line: int
    message: str


class PeopleTable(NamedTuple):
    """What a CSV of people yields."""

    people: tuple[Person, ...]
    bad_rows: tuple[BadRow, ...]
    unknown_columns: tuple[str, ...]


def read_people_csv(*, data: bytes) -> PeopleTable:
    """Yield the people of a CSV file.

    Raises
    ------
    UnreadableError
        Not text, or without a heading row that names people.
    """
    rows = list(_rows(decode_text(data=data).text))
    if not rows:
        raise UnreadableError(code=UnreadableCode.EMPTY, message="The table is empty; export it again with its rows.")
    _, header = rows[0]
    fields = fields_of(header=header)
    if not {"name", "first_name", "last_name", "email"} & {field for field in fields if field}:
        message = "The first row has no heading such as “Name” or “E-mail”; add headings and send the table again."
        raise UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
    people: list[Person] = []
    bad: list[BadRow] = []
    for line, cells in rows[1:]:
        found = _person(line, header, fields, cells)
        if isinstance(found, BadRow):
            bad.append(found)
        elif found is not None:
            people.append(found)
    unknown = tuple(cell for cell, field in zip(header, fields, strict=True) if field is None and cell)
    return PeopleTable(tuple(people), tuple(bad), unknown)


def defused(*, cell: str) -> str:
    """Yield a cell that no spreadsheet program runs as a formula: for writing values from outside back to a table.

    Phone numbers ("+49 …") and negative numbers stay as they are.
    """
    if not cell.startswith(_FORMULA) or re.fullmatch(r"[+-][\d\s()./-]+", cell):
        return cell
    return f"'{cell}"


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    text, delimiter = _delimiter(text)
    offset = 1
    reader = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter)
    start = 1
    while True:
        try:
            row = next(reader)
        except StopIteration:
            return
        except csv.Error:
            # A cell past the module's limit: the row cannot be told apart from the next, so its line is named.
            row = ["\0"]
        if any(cell.strip() for cell in row):
            yield start + offset - 1, [cell.strip() for cell in row]
        start = reader.line_num + 1
        if start > MAX_ROWS:
            return


def _delimiter(text: str) -> tuple[str, str]:
    """Yield the delimiter that parts the first rows most evenly; Excel's ``sep=;`` line is believed."""
    first, _, rest = text.partition("\n")
    if first.lower().startswith("sep=") and len(first) == 5:
        return rest, first[4]
    sample = [line for line in text[:20_000].split("\n") if line.strip()][:10]
    return text, max(_DELIMITERS, key=lambda mark: _evenness(sample, mark))


def _evenness(sample: Sequence[str], mark: str) -> tuple[float, int]:
    widths = [len(row) for row in csv.reader(sample, delimiter=mark)]
    if not widths or widths[0] < 2:
        return 0.0, 0
    return sum(width == widths[0] for width in widths) / len(widths), widths[0]


def _person(line: int, header: Sequence[str], fields: Sequence[str | None], cells: list[str]) -> Person | BadRow | None:
    if cells == ["\0"] or any(len(cell) > MAX_CELL_CHARS for cell in cells):
        return BadRow(line, f"A cell holds more than {MAX_CELL_CHARS:,} characters; a quotation mark may be missing.")
    if len(cells) > len(header):
        return BadRow(line, f"The row has {len(cells)} cells, the heading {len(header)}; a value may lack its quotes.")
    values: dict[str, list[str]] = {}
    others = []
    for heading, field, cell in zip(header, fields, cells, strict=False):
        if cell and field:
            values.setdefault(field, []).append(cell)
        elif cell and heading:
            others.append((heading, cell))
    name = " ".join(" ".join(values.get(part, [])) for part in ("name", "first_name", "last_name")).strip()
    emails = tuple(dict.fromkeys(_EMAIL.findall(" ".join(values.get("email", [])))))
    if values.get("email") and not emails and not name:
        return BadRow(line, f"“{values['email'][0][:60]}” is no e-mail address, and the row has no name.")
    if not name and not emails:
        return BadRow(line, "The row has neither a name nor an e-mail address.")
    return Person(
        line=line,
        name=" ".join(name.split()),
        emails=emails,
        phones=_parts(values.get("phone", ()), r"[;|\n]| / "),
        links=_parts(values.get("links", ()), r"[;|,\s]+"),
        place=", ".join(values.get("place", ())),
        title=" ".join(values.get("title", ())),
        employer=" ".join(values.get("employer", ())),
        skills=_parts(values.get("skills", ()), r"[;|,\n]"),
        source=" ".join(values.get("source", ())),
        notes="\n".join(values.get("notes", ())),
        others=tuple(others),
    )


def _parts(cells: Iterable[str], separators: str) -> tuple[str, ...]:
    pieces = (piece.strip() for cell in cells for piece in re.split(separators, cell))
    return tuple(dict.fromkeys(piece for piece in pieces if piece))
