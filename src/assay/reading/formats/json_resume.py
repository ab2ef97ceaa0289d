"""JSON Resume and FRESH as text: a résumé set out with headings, so that one reader serves all kinds of file."""

import json
import math
import re
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.builder import DocumentBuilder, Paragraph, Run
from assay.reading.formats.plain_text import decode_text
from assay.reading.model import Document

MEDIA_TYPE = "application/json"

_HEADINGS = {
    "summary": "Summary",
    "work": "Employment",
    "employment": "Employment",
    "education": "Education",
    "volunteer": "Volunteering",
    "service": "Volunteering",
    "projects": "Projects",
    "skills": "Skills",
    "publications": "Publications",
    "writing": "Publications",
    "certificates": "Certificates",
    "awards": "Awards",
    "recognition": "Awards",
    "languages": "Languages",
    "interests": "Interests",
    "references": "References",
    "testimonials": "References",
}
_HALF_PAIR = re.compile("[\ud800-\udfff]")
_SECTIONS = tuple(dict.fromkeys(_HEADINGS))
_NESTED = {"employment": "history", "education": "history", "service": "history", "skills": "list"}
"""FRESH keeps the entries of these sections one level down."""
_TITLES = ("position", "title", "studyType", "area", "degree", "role", "name", "language", "label")
_OWNERS = (
    "name",
    "company",
    "employer",
    "organization",
    "institution",
    "publisher",
    "issuer",
    "awarder",
    "from",
    "entity",
)
_PROSE = ("summary", "description", "reference", "quote")
_LISTS = ("highlights", "courses", "curriculum")
_TERMS = ("keywords", "skills", "roles")
_PLACES = ("address", "postalCode", "code", "city", "region", "country", "countryCode")


def read_json_resume(*, data: bytes) -> Document:
    """Yield the résumé as text with headings.

    Raises
    ------
    UnreadableError
        Not JSON, or JSON that is no résumé.
    """
    try:
        resume = json.loads(decode_text(data=data).text)
    except (ValueError, RecursionError) as error:
        message = "The JSON file is damaged; export it again or send a PDF."
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error
    if not isinstance(resume, dict) or not ({"basics", "name"} | _HEADINGS.keys()) & resume.keys():
        message = "The JSON file is no résumé in JSON Resume or FRESH form; send a PDF or DOCX instead."
        raise UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
    builder = DocumentBuilder()
    for paragraph in _paragraphs(resume):
        if paragraph.runs:
            builder.add(paragraph)
    return builder.build(media_type=MEDIA_TYPE)


def _paragraphs(resume: Mapping[str, Any]) -> Iterator[Paragraph]:
    basics = resume["basics"] if isinstance(resume.get("basics"), dict) else resume
    yield from _contact(basics, resume)
    summary = _text(basics.get("summary")) or _text(_dig(resume, "info", "brief"))
    if summary:
        yield Paragraph((Run("Summary"),), is_heading=True)
        yield _line(summary)
    for key in _SECTIONS:
        entries = _entries(resume, key)
        if key != "summary" and entries:
            yield Paragraph((Run(""),))
            yield Paragraph((Run(_HEADINGS[key]),), is_heading=True)
            for entry in entries:
                yield from _entry(entry)


def _contact(basics: Mapping[str, Any], resume: Mapping[str, Any]) -> Iterator[Paragraph]:
    contact = resume["contact"] if isinstance(resume.get("contact"), dict) else {}
    yield _line(_text(basics.get("name")))
    label = _text(basics.get("label")) or _text(_dig(resume, "info", "label"))
    yield _line(label)
    for source in (basics, contact):
        for key in ("email", "phone", "website", "url"):
            if text := _text(source.get(key)):
                yield _line(text)
    place = basics.get("location") or resume.get("location")
    if isinstance(place, dict):
        yield _line(", ".join(filter(None, (_text(place.get(key)) for key in _PLACES))))
    profiles = basics.get("profiles") or resume.get("social")
    for profile in profiles if isinstance(profiles, list) else ():
        if isinstance(profile, dict):
            address = _text(profile.get("url"))
            yield Paragraph((Run(_text(profile.get("network")) + ": " if address else ""), Run(address, uri=address)))


def _entries(resume: Mapping[str, Any], key: str) -> Sequence[Any]:
    section = resume.get(key)
    if isinstance(section, dict):
        inner = section.get(_NESTED.get(key, ""))
        section = inner if isinstance(inner, list) else section.get("sets")
    return section if isinstance(section, list) else ()


def _entry(entry: Any) -> Iterator[Paragraph]:
    if not isinstance(entry, dict):
        yield _line("• " + _text(entry) if _text(entry) else "")
        return
    title = next((key for key in _TITLES if _text(entry.get(key))), "")
    owner = next((key for key in _OWNERS if key != title and _text(entry.get(key))), "")
    heads = [_joined_degree(entry, title), _text(entry.get(owner)), _text(entry.get("location"))]
    dates = _dates(entry)
    terms = [_text(term) for key in _TERMS for term in _list(entry.get(key))]
    level = _text(entry.get("level")) or _text(entry.get("fluency"))
    head = ", ".join(filter(None, heads)) + (f" ({level})" if level else "")
    if terms and any(terms):
        head = f"{head}: {', '.join(filter(None, terms))}" if head else ", ".join(filter(None, terms))
    yield _line("\t".join(filter(None, (head, dates))))
    yield _line(_text(entry.get("url")))
    for key in _PROSE:
        yield _line(_text(entry.get(key)))
    for key in _LISTS:
        for item in _list(entry.get(key)):
            yield _line("• " + _text(item) if _text(item) else "")


def _joined_degree(entry: Mapping[str, Any], title: str) -> str:
    if title == "studyType" and _text(entry.get("area")):
        return f"{_text(entry['studyType'])} {_text(entry['area'])}"
    return _text(entry.get(title))


def _dates(entry: Mapping[str, Any]) -> str:
    start = _text(entry.get("startDate")) or _text(entry.get("start"))
    end = _text(entry.get("endDate")) or _text(entry.get("end"))
    single = _text(entry.get("date")) or _text(entry.get("releaseDate"))
    if start:
        return f"{start} – {end or 'present'}"
    return end or single


def _line(text: str) -> Paragraph:
    return Paragraph((Run(text),) if text else ())


def _list(value: Any) -> Sequence[Any]:
    return value if isinstance(value, list) else ()


def _dig(value: Mapping[str, Any], *keys: str) -> Any:
    found: Any = value
    for key in keys:
        found = found.get(key) if isinstance(found, dict) else None
    return found


def _text(value: Any) -> str:
    """Yield a scalar as text; "" for anything else: broken files put lists where words belong."""
    if isinstance(value, str):
        # half of a surrogate pair is no character: it could not be written as UTF-8
        value = _HALF_PAIR.sub("\ufffd", value)
        return " ".join(value.split()) if "\n" not in value else value.strip()
    is_number = isinstance(value, int | float) and not isinstance(value, bool) and math.isfinite(value)
    return str(value) if is_number else ""
