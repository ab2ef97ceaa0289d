"""The work behind ``assay read``."""

import json
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from rich.console import Console
from rich.table import Table
from rich.text import Text

from assay.cli.pile import data_of
from assay.competencies.catalogue import shipped_catalogue
from assay.core.clock import today
from assay.core.content import content_path
from assay.evidence.claims import DocumentClaim, claims_from, rules_from_file
from assay.evidence.stated import Stated, Words, stated_in
from assay.reading.errors import UnreadableError
from assay.reading.limits import read_application_file
from assay.reading.model import Document, Found, PartialDate, Period, Resume, SkillMention
from assay.reading.resume import to_json_resume

LABEL_WIDTH = 13


class CannotReadError(Exception):
    """The document cannot be read; the message says why and what to do."""


class Yield(NamedTuple):
    """What one document yields."""

    document: Document
    resume: Resume
    mentions: tuple[SkillMention, ...]
    claims: tuple[DocumentClaim, ...]
    stated: Stated


def read_and_print(*, path: Path, is_json: bool) -> None:
    """Read a document and print what it yields. Raises `CannotReadError`."""
    found = read(path)
    if is_json:
        print(json.dumps(as_json(found), ensure_ascii=False, indent=2))
    else:
        _print_report(found, Console(highlight=False))


def read(path: Path) -> Yield:
    """Read one document. Raises `CannotReadError`."""
    if path.is_dir():
        raise CannotReadError("is a folder; give one document")
    catalogue = shipped_catalogue()
    try:
        reading = read_application_file(
            data=data_of(path), file_name=path.name, vocabulary=catalogue.vocabulary(), today=today()
        )
    except UnreadableError as error:
        raise CannotReadError(error.message) from error
    document, resume, mentions = reading.document, reading.resume, reading.skills
    return Yield(
        document=document,
        resume=resume,
        mentions=mentions,
        claims=claims_from(
            mentions=mentions,
            rules=rules_from_file(content_path() / "sources" / "claims.yaml"),
            hidden=document.hidden,
            implies={one.id: one.implies for one in catalogue.competencies},
        ),
        stated=stated_in(document=document, resume=resume),
    )


def as_json(found: Yield) -> dict[str, Any]:
    """Yield JSON Resume with ``assay``: the text that all spans point into, skills, claims, what does not count."""
    resume = to_json_resume(resume=found.resume, document=found.document)
    extra: dict[str, Any] = {
        "text": found.document.text,
        "skills": msgspec.to_builtins(found.mentions),
        "claims": [
            {"competency": one.competency, "stance": one.stance.value, "start": one.start, "end": one.end,
             "quote": found.document.text[one.start : one.end]}
            for one in found.claims
        ],
        "stated": msgspec.to_builtins(found.stated),
        "hidden": msgspec.to_builtins(found.document.hidden),
        "notices": msgspec.to_builtins(found.document.notices),
    }  # fmt: skip
    known = resume.get("assay")
    return resume | {"assay": (known if isinstance(known, dict) else {}) | extra}


def _print_report(found: Yield, console: Console) -> None:
    resume = found.resume
    console.print(Text(resume.name.value if resume.name else "Name not read", style="bold"))
    if resume.headline:
        console.print(resume.headline.value, markup=False)
    for label, values in (
        ("E-mail", resume.emails), ("Phone", resume.phones), ("Links", resume.links), ("Place", resume.places),
        ("Languages", resume.languages), ("Certificates", resume.certificates), ("Publications", resume.publications),
    ):  # fmt: skip
        _print_values(console, label, values)
    _print_entries(found, console)
    _print_claims(found, console)
    _print_stated(found.stated, console)
    for hidden in found.document.hidden:
        console.print(Text(f"Does not count ({hidden.reason.value}): ", style="yellow").append(_line(hidden.text)))
    for notice in found.document.notices:
        console.print(Text("Note: ", style="dim").append(notice.message, style="not dim"))


def _print_values(console: Console, label: str, values: tuple[Found, ...]) -> None:
    if values:
        console.print(_row(label, "; ".join(value.value for value in values)))


def _print_entries(found: Yield, console: Console) -> None:
    resume = found.resume
    for label, rows in (
        ("Work", [(_dates(one.period), _said(one.title), _said(one.employer)) for one in resume.employments]),
        ("Education", [(_dates(one.period), _said(one.degree), _said(one.institution)) for one in resume.education]),
        ("Projects", [(_dates(one.period), one.name.value, "") for one in resume.projects]),
    ):
        for place, parts in enumerate(rows):
            console.print(_row(label if place == 0 else "", " · ".join(part for part in parts if part)))


def _print_claims(found: Yield, console: Console) -> None:
    catalogue = shipped_catalogue()
    for place, one in enumerate(found.claims):
        quote = _line(found.document.text[one.start : one.end])
        words = f"{catalogue.competency(one.competency).name} ({one.stance.value}): “{quote}”"
        console.print(_row("Claims" if place == 0 else "", words))


def _print_stated(stated: Stated, console: Console) -> None:
    for name in stated.__struct_fields__:
        value = getattr(stated, name)
        rows: tuple[Words, ...] = value if isinstance(value, tuple) else (value,) if value is not None else ()
        for words in rows:
            console.print(_row("States", f"{name.replace('_', ' ')}: “{_line(words.quote)}”"))


def _row(label: str, words: str) -> Table:
    """Yield label and words, these wrapped within their own column."""
    row = Table.grid()
    row.add_column(width=LABEL_WIDTH, style="dim")
    row.add_column(overflow="fold")
    row.add_row(label, Text(words))
    return row


def _line(words: str) -> str:
    line = " ".join(words.split())
    return line if len(line) <= 160 else line[:160].rsplit(" ", 1)[0] + " …"


def _said(found: Found | None) -> str:
    return found.value if found is not None else ""


def _dates(period: Period | None) -> str:
    if period is None:
        return ""
    until = "now" if period.is_current else _date(period.until)
    return " – ".join(part for part in (_date(period.since), until) if part)


def _date(when: PartialDate | None) -> str:
    if when is None:
        return ""
    return f"{when.month:02d}/{when.year}" if when.month else str(when.year)
