"""JSON Resume and FRESH files to a readable document and the résumé that it holds, with exact spans.

Both forms are read tolerantly: a field of the wrong kind is left out, unknown fields are ignored. Nothing is guessed
from the rendered text; the spans point at the words that were rendered from each field.
"""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any, NamedTuple

from assay.reading.dates import find_periods
from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.model import (
    Document,
    Education,
    Employment,
    Found,
    Line,
    Period,
    Project,
    Resume,
    Section,
    SectionKind,
    SkillGroup,
)
from assay.reading.resume.language import language_of

_MAX_BYTES = 2_000_000
_MAX_ENTRIES = 500  # of each list; more is no résumé
_NO_RESUME = "This JSON file is no résumé in JSON Resume or FRESH form. Send a PDF or DOCX instead."
_KNOWN = frozenset({"basics", "work", "education", "name", "employment", "contact", "info", "languages"})


class ImportedResume(NamedTuple):
    """What a JSON file yields: its text for people, and the fields with their spans in it."""

    document: Document
    resume: Resume


def from_json_resume(*, data: bytes) -> ImportedResume:
    """Return document and résumé of a JSON Resume (any version) or FRESH file.

    Raises
    ------
    UnreadableError
        ``broken`` with the line of the fault, ``empty``, ``too_large`` or ``not_a_document``.
    """
    source = _parsed(data)
    basics = _mapping(source.get("basics")) or source
    writer = _Writer()
    name = writer.value(_text(basics.get("name")))
    headline = writer.value(_text(basics.get("label")) or _text(_mapping(source.get("info")).get("label")))
    contact = _contact(writer, source, basics)
    summary = _text(basics.get("summary")) or _text(_mapping(source.get("info")).get("brief"))
    if summary:
        writer.section(SectionKind.SUMMARY, "Summary")
        writer.value(summary)
    employments = [_employment(writer, row) for row in _rows(writer, source, SectionKind.EMPLOYMENT)]
    education = [_study(writer, row, source) for row in _rows(writer, source, SectionKind.EDUCATION)]
    projects = [p for row in _rows(writer, source, SectionKind.PROJECTS) if (p := _project(writer, row)) is not None]
    lists = {kind: _items(writer, source, kind) for kind in _LISTS}
    skills = _skills(writer, source)
    _others(writer, source)
    document = writer.document()
    if not document.text.strip():
        raise UnreadableError(code=UnreadableCode.EMPTY, message="This JSON résumé has no fields filled in.")
    resume = Resume(
        name=name,
        headline=headline,
        emails=contact["email"],
        phones=contact["phone"],
        links=contact["link"],
        places=contact["place"],
        employments=tuple(row for row in employments if row.employer or row.title),
        education=tuple(row for row in education if row.institution or row.degree),
        projects=tuple(projects),
        skills=skills,
        certificates=lists[SectionKind.CERTIFICATES],
        publications=lists[SectionKind.PUBLICATIONS],
        languages=lists[SectionKind.LANGUAGES],
        sections=tuple(writer.closed_sections()),
        language=language_of(text=document.text),
    )
    return ImportedResume(document=document, resume=resume)


_SOURCES: dict[SectionKind, tuple[str, tuple[str, ...]]] = {
    SectionKind.EMPLOYMENT: ("Experience", ("work", "employment")),
    SectionKind.EDUCATION: ("Education", ("education",)),
    SectionKind.PROJECTS: ("Projects", ("projects",)),
    SectionKind.CERTIFICATES: ("Certificates", ("certificates",)),
    SectionKind.PUBLICATIONS: ("Publications", ("publications", "writing")),
    SectionKind.LANGUAGES: ("Languages", ("languages",)),
    SectionKind.SKILLS: ("Skills", ("skills",)),
    SectionKind.VOLUNTEERING: ("Volunteering", ("volunteer", "service")),
    SectionKind.AWARDS: ("Awards", ("awards", "recognition")),
    SectionKind.INTERESTS: ("Interests", ("interests",)),
}
_LISTS = tuple(kind for kind in tuple(_SOURCES)[3:] if kind is not SectionKind.SKILLS)
_OTHERS = {
    "affiliation": "Affiliations",
    "governance": "Governance",
    "speaking": "Speaking",
    "samples": "Samples",
    "reading": "Reading",
}
"""What FRESH knows and JSON Resume does not: kept as text for people and for what is read from it."""
_NAMES = ("name", "title", "language", "position", "label")
_OWNERS = ("fluency", "level", "issuer", "publisher", "awarder", "from", "organization", "event")
_HALF_PAIR = re.compile("[\ud800-\udfff]")


class _Writer:
    """Writes lines and says where each value came to stand."""

    def __init__(self) -> None:
        self._parts: list[str] = []
        self._lines: list[Line] = []
        self._sections: list[tuple[SectionKind, int]] = [(SectionKind.CONTACT, 0)]
        self.length = 0

    def value(self, text: str, *, after: str = "\n") -> Found | None:
        """Write a value, then ``after``; None (and nothing written) for an empty one."""
        if not text:
            return None
        start = self.length
        self._write(text + after)
        return Found(value=text, start=start, end=start + len(text))

    def end_line(self) -> None:
        """Begin a new line unless the last one is empty."""
        if self._parts and not self._parts[-1].endswith("\n"):
            self._write("\n")

    def section(self, kind: SectionKind, heading: str) -> None:
        """Begin a section with its heading."""
        self.end_line()
        self._sections.append((kind, self.length))
        self._lines.append(Line(start=self.length, end=self.length + len(heading), is_heading=True))
        self._write(heading + "\n")

    def closed_sections(self) -> Iterator[Section]:
        """Yield the sections, each up to the beginning of the next."""
        ends = [start for _, start in self._sections[1:]] + [self.length]
        for (kind, start), end in zip(self._sections, ends, strict=True):
            if end > start:
                yield Section(kind=kind, start=start, end=end)

    def document(self) -> Document:
        """Return what was written."""
        return Document(media_type="application/json", text="".join(self._parts), lines=tuple(self._lines))

    def _write(self, text: str) -> None:
        self._parts.append(text)
        self.length += len(text)


def _parsed(data: bytes) -> dict[str, Any]:
    if len(data) > _MAX_BYTES:
        raise UnreadableError(code=UnreadableCode.TOO_LARGE, message="This JSON file is too large to be a résumé.")
    try:
        # NaN and Infinity are not JSON, and no field's value: as if they were not there
        source = json.loads(data.decode(json.detect_encoding(data)), parse_constant=lambda _: None)
    except json.JSONDecodeError as error:
        message = f"This JSON file is damaged at line {error.lineno}: {error.msg.lower()}. Mend it or export it again."
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error
    except (ValueError, RecursionError) as error:  # not Unicode, a number of thousands of digits, nested without end
        message = "This JSON file is damaged. Export it again or send a PDF."
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error
    if not isinstance(source, dict) or not _KNOWN & source.keys():
        raise UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=_NO_RESUME)
    return source


def _text(value: object) -> str:
    """Return a scalar as one line of plain text; empty for anything else."""
    if isinstance(value, bool) or not isinstance(value, str | int | float):
        return ""
    if isinstance(value, float) and not math.isfinite(value):
        return ""
    # Half of a surrogate pair is no character: it could not be written as UTF-8.
    text = _HALF_PAIR.sub("\ufffd", str(value))
    text = re.sub(r"<[^<>\n]{1,200}>", "", text) if re.search(r"</\w+>", text) else text
    text = re.sub(r"\[([^\[\]]+)\]\([^()\s]+\)", r"\1", text)
    text = re.sub(r"(\*\*|__|\*|`)(?=\S)(.+?)(?<=\S)\1", r"\2", text)
    return " ".join(text.split())


def _mapping(value: object) -> Mapping[str, Any]:
    return value if isinstance(value, dict) else {}


def _sequence(value: object) -> Sequence[Any]:
    return value[:_MAX_ENTRIES] if isinstance(value, list) else ()


def _contact(writer: _Writer, source: Mapping[str, Any], basics: Mapping[str, Any]) -> dict[str, tuple[Found, ...]]:
    contact = _mapping(source.get("contact"))
    found: dict[str, list[Found | None]] = {"email": [], "phone": [], "link": [], "place": []}
    for holder in (basics, contact):
        found["email"].append(writer.value(_text(holder.get("email"))))
        found["phone"].append(writer.value(_text(holder.get("phone"))))
        found["link"].append(writer.value(_text(holder.get("url")) or _text(holder.get("website"))))
    location = _mapping(basics.get("location")) or _mapping(source.get("location"))
    parts = [_text(location.get(key)) for key in ("city", "region", "country", "countryCode")]
    found["place"].append(writer.value(", ".join(dict.fromkeys(filter(None, parts)))))
    for profile in (*_sequence(basics.get("profiles")), *_sequence(source.get("social"))):
        found["link"].append(writer.value(_text(_mapping(profile).get("url"))))
    return {key: tuple(item for item in items if item is not None) for key, items in found.items()}


def _rows(writer: _Writer, source: Mapping[str, Any], kind: SectionKind) -> list[Mapping[str, Any]]:
    """Return a section's entries, of either form, and write its heading if there are any."""
    heading, keys = _SOURCES[kind]
    for key in keys:
        value = source.get(key)
        nested = _mapping(value)
        entries = _sequence(value) or _sequence(nested.get("history")) or _sequence(nested.get("list"))
        entries = entries or _sequence(nested.get("sets"))
        rows: list[Mapping[str, Any]] = [row if isinstance(row, dict) else {"name": row} for row in entries]
        rows = [row for row in rows if any(_text(item) or _sequence(item) for item in row.values())]
        if rows:
            writer.section(kind, heading)
            return rows
    return []


def _first(row: Mapping[str, Any], *keys: str) -> str:
    return next((text for key in keys if (text := _text(row.get(key)))), "")


def _period(writer: _Writer, row: Mapping[str, Any]) -> Period | None:
    """Write an entry's dates and return them as read back from what was written."""
    since = _first(row, "startDate", "start")[:7]
    until = _first(row, "endDate", "end")[:7]
    single = _first(row, "date", "releaseDate")[:7]
    shown = f"{since} – {until or 'present'}" if since else (until or single)
    periods = find_periods(text=shown)
    written = writer.value(shown) if periods else None
    writer.end_line()
    if written is None:
        return None
    read = periods[0]
    return Period(
        start=written.start + read.start,
        end=written.start + read.end,
        since=read.since if since else None,
        until=read.until,
        is_current=read.is_current,
    )


def _details(writer: _Writer, row: Mapping[str, Any]) -> None:
    for key in ("score", "gpa", "grade", "summary", "description"):
        writer.value(_text(row.get(key)))
    for key in ("highlights", "courses", "curriculum"):
        for item in _sequence(row.get(key)):
            if _text(item):
                writer.value(f"• {_text(item)}")
    keywords = [_text(item) for key in ("keywords", "skills") for item in _sequence(row.get(key))]
    writer.value(", ".join(filter(None, keywords)))
    writer.value(_first(row, "url", "website"))


def _employment(writer: _Writer, row: Mapping[str, Any]) -> Employment:
    start = writer.length
    title = writer.value(_first(row, "position", "title"), after="\t")
    employer = writer.value(_first(row, "name", "company", "employer", "organization"), after="\t")
    place = writer.value(_text(row.get("location")), after="\t")
    period = _period(writer, row)
    _details(writer, row)
    return Employment(employer=employer, title=title, place=place, period=period, start=start, end=writer.length)


def _study(writer: _Writer, row: Mapping[str, Any], source: Mapping[str, Any]) -> Education:
    start = writer.length
    # FRESH states the degree once for all of education when its only entry does not.
    degree = _first(row, "studyType", "title", "degree") or _text(_mapping(source.get("education")).get("degree"))
    found = writer.value(degree, after="\t")
    area = writer.value(_text(row.get("area")), after="\t")
    institution = writer.value(_first(row, "institution", "school", "name"), after="\t")
    period = _period(writer, row)
    _details(writer, row)
    return Education(institution=institution, degree=found, area=area, period=period, start=start, end=writer.length)


def _project(writer: _Writer, row: Mapping[str, Any]) -> Project | None:
    start = writer.length
    name = writer.value(_first(row, "title", "name"), after="\t")
    roles = [_text(role) for role in _sequence(row.get("roles"))] or [_text(row.get("role"))]
    writer.value(", ".join(filter(None, (*roles, _text(row.get("entity"))))), after="\t")
    period = _period(writer, row)
    _details(writer, row)
    return Project(name=name, period=period, start=start, end=writer.length) if name is not None else None


def _skills(writer: _Writer, source: Mapping[str, Any]) -> tuple[SkillGroup, ...]:
    """Write the skills; one that lists no further words is a keyword under no name."""
    groups: list[SkillGroup] = []
    for row in _rows(writer, source, SectionKind.SKILLS):
        name = writer.value(_first(row, *_NAMES), after="\t")
        writer.value(_first(row, *_OWNERS), after="\t")
        _period(writer, row)
        words: list[Found] = []
        for item in (*_sequence(row.get("keywords")), *_sequence(row.get("skills"))):
            word = writer.value(_text(item), after=", ")
            words += [word] if word is not None else []
        writer.end_line()
        _details(writer, {key: value for key, value in row.items() if key not in {"keywords", "skills"}})
        if words or name is not None:
            groups.append(SkillGroup(name=name if words else None, keywords=tuple(words) or _one(name)))
    return tuple(groups)


def _one(found: Found | None) -> tuple[Found, ...]:
    return (found,) if found is not None else ()


def _others(writer: _Writer, source: Mapping[str, Any]) -> None:
    for key, heading in _OTHERS.items():
        value = source.get(key)
        entries = _sequence(value) or _sequence(_mapping(value).get("history"))
        rows = [row if isinstance(row, dict) else {"name": row} for row in entries]
        rows = [row for row in rows if any(_text(item) for item in row.values())]
        if rows:
            writer.section(SectionKind.OTHER, heading)
        for row in rows:
            texts = [_text(row.get(name)) for name in (*_NAMES, "role", "organization", "author", "event", "location")]
            for shown in dict.fromkeys(filter(None, texts)):
                writer.value(shown, after="\t")
            _period(writer, row)
            _details(writer, row)


def _items(writer: _Writer, source: Mapping[str, Any], kind: SectionKind) -> tuple[Found, ...]:
    found: list[Found | None] = []
    for row in _rows(writer, source, kind):
        name = _first(row, *_NAMES, "organization")
        found.append(writer.value(name, after="\t"))
        owner = _first(row, *_OWNERS) or _text(_mapping(row.get("publisher")).get("name"))
        writer.value(owner if owner != name else "", after="\t")
        _period(writer, row)
        _details(writer, row)
    return tuple(item for item in found if item is not None)
