"""schema.org JobPosting objects (JSON-LD, as in career pages) as documents and job ads."""

import html
import re
from collections.abc import Mapping
from typing import Any, NamedTuple

import msgspec

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.jobads.reader import read_job_ad
from assay.reading.jobads.tagger import Tagger
from assay.reading.model import Document, JobAd, Line
from assay.reading.vocabulary import Vocabulary

_BLOCK = re.compile(r"</?(?:p|div|ul|ol|h[1-6]|tr|table|section|article)\b[^>]*>|<br\s*/?>", re.IGNORECASE)
_SECTIONS = (
    ("description", "Job description"),
    ("responsibilities", "Responsibilities"),
    ("qualifications", "Qualifications"),
    ("skills", "Skills"),
    ("educationRequirements", "Requirements"),
    ("experienceRequirements", "Requirements"),
    ("eligibilityToWorkRequirement", "Requirements"),
    ("jobBenefits", "Benefits"),
    ("incentiveCompensation", "Benefits"),
)
_PERIODS = {"HOUR": "hour", "DAY": "day", "MONTH": "month", "YEAR": "year"}
_MONTHS = 12


class Posting(NamedTuple):
    """A posting written out as a document, and what the document says."""

    document: Document
    ad: JobAd


def read_job_posting_jsonld(*, data: object, vocabulary: Vocabulary, tagger: Tagger | None = None) -> Posting:
    """Yield the first JobPosting in ``data``: an object, a list of objects, or one with ``@graph``.

    Raises UnreadableError (``not_a_document``) where there is none.
    """
    posting = _first_posting(data)
    if posting is None:
        raise UnreadableError(
            code=UnreadableCode.NOT_A_DOCUMENT,
            message="No JobPosting was found in these data. Paste the text of the job ad instead.",
        )
    document = _document(posting)
    return Posting(document, read_job_ad(document=document, vocabulary=vocabulary, tagger=tagger))


def _first_posting(data: object) -> Mapping[str, Any] | None:
    if isinstance(data, list):
        return next((found for item in data if (found := _first_posting(item)) is not None), None)
    if not isinstance(data, Mapping):
        return None
    kinds = data.get("@type")
    if kinds == "JobPosting" or (isinstance(kinds, list) and "JobPosting" in kinds):
        return data
    return _first_posting(data.get("@graph"))


def _document(posting: Mapping[str, Any]) -> Document:
    labelled = (
        ("Job title", _words(posting.get("title") or posting.get("name"))),
        ("Company", _words(posting.get("hiringOrganization"))),
        ("Location", _places(posting)),
        ("Salary", _pay(posting)),
    )
    blocks = [f"{label}: {words}" for label, words in labelled if words]
    if posting.get("jobLocationType") == "TELECOMMUTE":
        blocks.append("Remote")
    headings: set[str] = set()
    for field, heading in _SECTIONS:
        words = _words(posting.get(field))
        if words:
            headings.add(heading)
            blocks += ["", heading, words]
    text = "\n".join(blocks)
    return Document(media_type="application/ld+json", text=text, lines=_lines(text, headings))


def _lines(text: str, headings: set[str]) -> tuple[Line, ...]:
    lines, start = [], 0
    for line in text.split("\n"):
        if line:
            lines.append(Line(start=start, end=start + len(line), is_heading=line in headings))
        start += len(line) + 1
    return tuple(lines)


def _words(value: Any) -> str:
    """Yield the words of a property: its text, the name of its object, or its parts as bullets."""
    if isinstance(value, str):
        return _plain(value)
    if isinstance(value, list):
        return "\n".join(f"- {words}" for item in value if (words := _words(item)))
    if not isinstance(value, Mapping):
        return ""
    months = str(value.get("monthsOfExperience", "")).strip()
    if months.isdigit():
        years = int(months) / _MONTHS
        return f"{years:g} years of experience" if years >= 1 else f"{months} months of experience"
    names = (value.get("name"), value.get("credentialCategory"), value.get("about"))
    return " in ".join(words for name in names if (words := _words(name)))


def _plain(markup: str) -> str:
    text = re.sub(r"<li\b[^>]*>", "\n- ", html.unescape(markup) if "&lt;" in markup else markup, flags=re.IGNORECASE)
    text = re.sub(r"<[^>]+>", "", _BLOCK.sub("\n", text))
    lines = (" ".join(line.split()) for line in html.unescape(text).split("\n"))
    return "\n".join(line for line in lines if line)


def _places(posting: Mapping[str, Any]) -> str:
    places = posting.get("jobLocation")
    named = []
    for place in places if isinstance(places, list) else [places]:
        address = place.get("address") if isinstance(place, Mapping) else None
        if isinstance(address, Mapping):
            parts = (_words(address.get(key)) for key in ("addressLocality", "addressRegion", "addressCountry"))
            named.append(", ".join(part for part in parts if part))
        else:
            named.append(_words(address) or _words(place))
    return "; ".join(name for name in named if name)


def _pay(posting: Mapping[str, Any]) -> str:
    salary = posting.get("baseSalary")
    currency = str(posting.get("salaryCurrency") or "")
    if isinstance(salary, Mapping):
        currency = str(salary.get("currency") or currency)
        value = salary.get("value")
        value = value if isinstance(value, Mapping) else {"value": value}
        amounts = [_amount(value.get(key)) for key in ("minValue", "maxValue", "value")]
        unit = _PERIODS.get(str(value.get("unitText") or salary.get("unitText") or "").upper(), "")
    else:
        amounts, unit = [_amount(salary)], ""
    stated = " - ".join(amount for amount in amounts if amount)
    if not stated or not currency:
        return ""
    return f"{currency} {stated}" + (f" per {unit}" if unit else "")


def _amount(value: Any) -> str:
    try:
        return (
            f"{msgspec.convert(value, float, strict=False):.2f}".removesuffix(".00") if value not in {None, ""} else ""
        )
    except (msgspec.ValidationError, TypeError):
        return ""
