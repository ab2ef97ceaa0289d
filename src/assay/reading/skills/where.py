"""Where in a résumé a place stands, and which places never name a skill."""

import re
from bisect import bisect_right
from collections.abc import Iterable
from datetime import date
from typing import NamedTuple

from assay.reading.model import Document, Found, PartialDate, Period, Resume, SectionKind, SkillContext
from assay.reading.skills.duration import last_day_of, months_until

_ADDRESS = re.compile(
    r"(?:https?://|www\.)\S+|\b[\w.+-]{1,64}@\S{1,255}|\b[\w-]{1,63}(?:\.[\w-]{1,63}){0,4}\.(?:com|org|edu|gov|dev|me|de|fr|es|ch|at|uk|eu)\b(?:/\S*)?"
    r"|\b[\w-]{1,63}\.(?:io|ai|net|co|app)/\S*|\b(?:github|gitlab|linkedin|kaggle|huggingface|bitbucket)\.\w+/\S*",
    re.IGNORECASE,
)
_AT_EMPLOYER = re.compile(r"(?:\b(?:at|@|for|joined|bei|chez|en|with)\s+)$", re.IGNORECASE)
_HEADING_WORDS_MAX = 5
_CONTEXTS = {
    SectionKind.EMPLOYMENT: SkillContext.EMPLOYMENT,
    SectionKind.PROJECTS: SkillContext.PROJECT,
    SectionKind.EDUCATION: SkillContext.EDUCATION,
    SectionKind.SKILLS: SkillContext.LIST,
    SectionKind.LANGUAGES: SkillContext.LIST,
    SectionKind.SUMMARY: SkillContext.SUMMARY,
    SectionKind.CONTACT: SkillContext.SUMMARY,
}


class Place(NamedTuple):
    """Where a mention stands, how long that lasted (months) and when it ended."""

    context: SkillContext
    employment: int | None
    months: int | None
    last_used: PartialDate | None


class Barred:
    """Spans in which no word is a skill: addresses, names, employers, places, hidden text, section headings."""

    def __init__(self, *, document: Document, resume: Resume) -> None:
        spans = [match.span() for match in _ADDRESS.finditer(document.text)]
        spans += [(found.start, found.end) for found in _names(resume)]
        spans += [(part.start, part.end) for part in document.hidden if part.start is not None and part.end is not None]
        spans += _headings(document, resume)
        self._text = document.text
        self._employers = frozenset(
            row.employer.value.casefold() for row in resume.employments if row.employer is not None
        )
        self._spans = _merged(spans)
        self._starts = [start for start, _ in self._spans]

    def holds(self, *, start: int, end: int) -> bool:
        """Say whether any character of ``[start, end)`` is barred, or the words are an employer ("at Databricks")."""
        at = bisect_right(self._starts, end - 1) - 1
        if at >= 0 and self._spans[at][1] > start:
            return True
        if self._text[start:end].casefold() not in self._employers:
            return False
        return _AT_EMPLOYER.search(self._text[max(0, start - 12) : start]) is not None


def place_of(*, resume: Resume, start: int, today: date) -> Place:
    """Yield where the character at ``start`` stands."""
    for index, row in enumerate(resume.employments):
        if row.start <= start < row.end:
            return _dated(SkillContext.EMPLOYMENT, index, row.period, today)
    for project in resume.projects:
        if project.start <= start < project.end:
            return _dated(SkillContext.PROJECT, None, project.period, today)
    for course in resume.education:
        if course.start <= start < course.end:
            return _dated(SkillContext.EDUCATION, None, course.period, today)
    context = SkillContext.OTHER
    for section in resume.sections:
        if section.start <= start < section.end:
            context = _CONTEXTS.get(section.kind, SkillContext.OTHER)
    return Place(context, None, None, None)


def _dated(context: SkillContext, employment: int | None, period: Period | None, today: date) -> Place:
    if period is None:
        return Place(context, employment, None, None)
    is_practice = context is not SkillContext.EDUCATION
    months = months_until(period=period, today=today) if is_practice else None
    return Place(context, employment, months, last_day_of(period=period, today=today))


def _names(resume: Resume) -> Iterable[Found]:
    yield from resume.emails
    yield from resume.phones
    yield from resume.links
    yield from resume.places
    if resume.name is not None:
        yield resume.name
    for row in resume.employments:
        yield from (found for found in (row.employer, row.place) if found is not None)
    for course in resume.education:
        if course.institution is not None:
            yield course.institution


def _headings(document: Document, resume: Resume) -> list[tuple[int, int]]:
    spans = []
    for section in resume.sections:
        end = document.text.find("\n", section.start, section.end)
        line = document.text[section.start : end if end >= 0 else section.start]
        if len(line.split()) <= _HEADING_WORDS_MAX and not any(sign in line.rstrip(" :") for sign in ",;:|/•"):
            spans.append((section.start, section.start + len(line)))
    return spans


def _merged(spans: list[tuple[int, int]]) -> list[tuple[int, int]]:
    merged: list[tuple[int, int]] = []
    for start, end in sorted(span for span in spans if span[0] < span[1]):
        if merged and start <= merged[-1][1]:
            merged[-1] = (merged[-1][0], max(end, merged[-1][1]))
        else:
            merged.append((start, end))
    return merged
