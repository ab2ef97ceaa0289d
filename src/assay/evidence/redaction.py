"""What blind mode hides in a document: same-length masks, so that every span stays valid. Pure.

Hidden are the name wherever it stands, e-mail addresses, numbers, links, places of living, schools, dates of birth and
lines that state sex, age, nationality, religion or family. What the reader found is hidden at every place where the
same words stand, not only where it was read; what merely looks like a contact is hidden too. In doubt it hides.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from enum import StrEnum
from typing import NamedTuple

from assay.reading.model import Box, Document, Found, Resume

MASK = "█"
PHONE_DIGITS = 7
"""Fewer are a grade ("3.92/4.00") or a count."""

BOX_MARGIN = 0.0015
"""Of the page's width and height: glyphs reach a little over their boxes."""


class Kind(StrEnum):
    """What was hidden."""

    NAME = "name"
    EMAIL = "email"
    PHONE = "phone"
    LINK = "link"
    PLACE = "place"
    SCHOOL = "school"
    PERSONAL = "personal"


class Redaction(NamedTuple):
    """A half-open span of the document's text that is hidden."""

    start: int
    end: int
    kind: Kind


_EMAIL = re.compile(r"[\w.+\-]+\s?@\s?[\w\-]+(?:\.[\w\-]+)+")
_URL = re.compile(
    r"(?:https?://|www\.)\S+"
    r"|\b(?:[a-z0-9\-]+\.)+(?:com|org|net|io|dev|me|ai|de|at|ch|fr|es|uk|eu|nl|it|pl|in|info|app|xyz|page|tech)\b(?:/\S*)?",
    re.IGNORECASE,
)
_HANDLE = re.compile(
    r"(?<![\w.])@\w[\w\-]{2,}|\b(?:github|gitlab|linkedin|twitter|xing|orcid|x)\s*:\s*\S+", re.IGNORECASE
)
_PHONE = re.compile(r"(?<![\w.])(?:\+|00|\()?\d[\d\s()./\-–]{6,}\d(?!\w)")
_YEARS_ONLY = re.compile(r"[\s./\-–]*(?:(?:19|20)\d\d|[01]?\d)(?:[\s./\-–]+(?:(?:19|20)\d\d|[0-3]?\d))*[\s./\-–]*")
"""Ranges of years and dates look like numbers to a machine."""

_STREET = re.compile(
    r"[^\n,;|•]{0,40}(?:straße|strasse|str\.|street|\bst\.|avenue|\bave\b|road|\brd\b|lane|boulevard|platz|gasse|allee|weg"
    r"|\brue\b|\bcalle\b|\bplaza\b|\bdrive\b|square)[^\n,;|•]{0,14}\d{1,5}\s?[a-z]?\b"
    r"|\b\d{1,5}\s?[a-z]?,?\s+[^\n,;|•\d]{0,30}(?:street|\bst\b\.?|avenue|\bave\b\.?|road|\brd\b\.?|lane|boulevard|blvd|\brue\b"
    r"|\bdrive\b|\bdr\b\.?|square|\bway\b|court)[^\n;|•]{0,40}",
    re.IGNORECASE,
)
_POSTCODE_BEFORE = re.compile(r"\b(?:[A-Z]{1,2}-?)?\d{4,6}[^\S\n]*,?[^\S\n]*\Z")
_POSTCODE_AFTER = re.compile(r",?[^\S\n]*(?:[A-Z]{2}[^\S\n]+)?(?:\d{4,6}\b|[A-Z]{1,2}\d[A-Z\d]?[^\S\n]?\d[A-Z]{2}\b)")
_PERSONAL = re.compile(
    r"^[^\S\n]*(?:[^\w\n]{0,3})(?:date of birth|born|birth\s?(?:date|day|place)?|d\.?o\.?b\.?|place of birth"
    r"|age|gender|sex|pronouns|nationality|citizenship|ethnicity|race|religion|marital status"
    r"|family status|civil status|children|photo"
    r"|geburts(?:datum|ort|tag|name)|geboren|alter|geschlecht|staatsangehörigkeit|nationalität|familienstand"
    r"|konfession|kinder"
    r"|date de naissance|né(?:e)?\s+le|âge|sexe|nationalité|situation (?:de famille|familiale)|état civil|enfants"
    r"|fecha de nacimiento|nacid[oa]|edad|sexo|género|nacionalidad|estado civil|hijos)\b[^\n]*",
    re.IGNORECASE | re.MULTILINE,
)
_BORN_INLINE = re.compile(
    r"(?:\bborn\b|\bgeb(?:\.|oren)|\bné(?:e)?\s+le|\bnacid[oa]\s+el|(?<=[\s(])[*†])[^\n,;|•)]{0,20}?\d{4}[^\n,;|•)]{0,24}"
    r"|\b\d{2}\s*(?:years old|y/o|jahre alt|ans\b|años\b)",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"\(?\b(?:she|he|they)\s*/\s*(?:her|him|them)s?(?:\s*/\s*\w+)?\b\)?", re.IGNORECASE)
_TITLE = re.compile(r"\b(?:Mr|Mrs|Ms|Miss|Herr|Frau|Monsieur|Madame|Señora?|Sr|Sra)\b\.?(?=\s)")
_SCHOOL = re.compile(
    r"[^\n,;|•–()]{0,60}\b(?:universit\w*|universidad\w*|université\w*|hochschule\w*|fachhochschule|college"
    r"|institute of technology|polytechni\w*|école|ecole|escuela|akademie|academy|gymnasium|lycée|high school"
    r"|grammar school|business school|school of \w+|facult\w+ of|instituto tecnológico)\b[^\n,;|•–()]{0,50}",
    re.IGNORECASE,
)

_SCHOOL_COMMON = frozenset({
    "academy", "administration", "akademie", "applied", "arts", "bachelor", "bachelors", "business", "campus",
    "center", "centre", "certificate", "college", "computer", "computing", "course", "data", "department", "design",
    "doctor", "ecole", "economics", "education", "electrical", "engineering", "escuela", "fachhochschule",
    "faculty", "from", "general", "gymnasium", "high", "hochschule", "informatics", "informatik", "information",
    "institut", "institute", "instituto", "international", "learning", "lycee", "machine", "major", "management",
    "master", "masters", "mathematics", "mathematik", "national", "physics", "polytechnic", "program", "research",
    "school", "science", "sciences", "software", "state", "statistics", "studies", "system", "systems", "technical",
    "technische", "technischen", "technological", "technology", "universidad", "universitaet", "university",
    "universität", "université", "with",
})  # fmt: skip
"""Words of schools' names that tell none apart."""

_PATTERNS: tuple[tuple[Kind, re.Pattern[str]], ...] = (
    (Kind.EMAIL, _EMAIL),
    (Kind.LINK, _URL),
    (Kind.LINK, _HANDLE),
    (Kind.PLACE, _STREET),
    (Kind.PERSONAL, _PERSONAL),
    (Kind.PERSONAL, _BORN_INLINE),
    (Kind.PERSONAL, _PRONOUNS),
    (Kind.PERSONAL, _TITLE),
    (Kind.SCHOOL, _SCHOOL),
)


def redactions_of(
    *, document: Document, resume: Resume, names: Sequence[str] = (), values: Sequence[str] = ()
) -> tuple[Redaction, ...]:
    """Yield what blind mode hides in a document, in order and without overlaps.

    Parameters
    ----------
    names
        Further names of the person, such as one that was corrected by hand.
    values
        Further contacts, places or schools known of the person.
    """
    text = document.text
    found = [*_by_pattern(text), *_phones(text), *_read(text, resume), *_school_words(text, resume)]
    found += _links(document)
    known = [name for name in (resume.name.value if resume.name else "", *names) if name]
    found += [Redaction(start, end, Kind.NAME) for name in known for start, end in _name_spans(text, name)]
    found += [Redaction(*span, Kind.LINK) for value in values for span in _occurrences(text, value)]
    return _joined(found)


def masked(*, text: str, redactions: Iterable[Redaction]) -> str:
    """Yield the text with every redacted character but white space replaced: same length, same lines."""
    parts: list[str] = []
    at = 0
    for redaction in redactions:
        parts += [text[at : redaction.start], re.sub(r"\S", MASK, text[redaction.start : redaction.end])]
        at = redaction.end
    return "".join([*parts, text[at:]])


def masked_value(*, value: str, redactions: Sequence[Redaction], text: str) -> str:
    """Yield a value that came from the document (a headline, a quote) with every hidden word in it masked."""
    hidden = {text[redaction.start : redaction.end].strip(" ,;") for redaction in redactions}
    for redaction in redactions:
        if redaction.kind in {Kind.NAME, Kind.PLACE}:
            hidden |= {word for word in re.findall(r"\w+", text[redaction.start : redaction.end]) if len(word) >= 4}
    for words in sorted(hidden, key=len, reverse=True):
        if len(words) >= 2:
            edges = rf"(?<!\w){re.escape(words)}(?!\w)"
            value = re.sub(edges, lambda match: re.sub(r"\S", MASK, match.group()), value, flags=re.IGNORECASE)
    loose = _joined([*_by_pattern(value), *_phones(value)])
    return masked(text=value, redactions=loose)


def redacted_boxes(*, document: Document, redactions: Sequence[Redaction]) -> list[Box]:
    """Yield the rectangles to black out on the page images, a little larger than the words."""
    covered = [
        word.box
        for word in document.words
        if any(word.start < redaction.end and redaction.start < word.end for redaction in redactions)
    ]
    return [_grown(box) for box in (*covered, *(hidden.box for hidden in document.hidden)) if box is not None]


def _grown(box: Box) -> Box:
    return Box(
        page=box.page,
        x0=max(box.x0 - BOX_MARGIN, 0.0),
        y0=max(box.y0 - BOX_MARGIN, 0.0),
        x1=min(box.x1 + BOX_MARGIN, 1.0),
        y1=min(box.y1 + BOX_MARGIN, 1.0),
    )


def _by_pattern(text: str) -> Iterator[Redaction]:
    for kind, pattern in _PATTERNS:
        for match in pattern.finditer(text):
            yield Redaction(match.start(), match.end(), kind)


def _phones(text: str) -> Iterator[Redaction]:
    for match in _PHONE.finditer(text):
        is_long = sum(char.isdigit() for char in match.group()) >= PHONE_DIGITS
        if is_long and not _YEARS_ONLY.fullmatch(match.group().strip("() ")):
            yield Redaction(match.start(), match.end(), Kind.PHONE)


def _read(text: str, resume: Resume) -> Iterator[Redaction]:
    """Yield what the reader found: at its own span, and wherever else the same words stand."""
    lists: tuple[tuple[Kind, Iterable[Found | None]], ...] = (
        (Kind.EMAIL, resume.emails),
        (Kind.PHONE, resume.phones),
        (Kind.LINK, resume.links),
        (Kind.PLACE, resume.places),
        (Kind.SCHOOL, (row.institution for row in resume.education)),
    )
    for kind, fields in lists:
        for found in fields:
            if found is not None:
                yield Redaction(found.start, found.end, kind)
                for words in {found.value, text[found.start : found.end]}:
                    for span in _occurrences(text, words):
                        yield Redaction(*(_with_postcode(text, *span) if kind is Kind.PLACE else span), kind)


def _school_words(text: str, resume: Resume) -> Iterator[Redaction]:
    """Yield the words that tell schools apart, wherever they stand: "Stanford, CA" tells of Stanford University."""
    names = {row.institution.value for row in resume.education if row.institution is not None}
    names |= {match.group() for match in _SCHOOL.finditer(text)}
    words = {word for name in names for word in re.findall(r"\w{4,}", name) if word[0].isupper() or not word.isascii()}
    for word in words:
        if word.casefold() not in _SCHOOL_COMMON:
            for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", text):
                yield Redaction(match.start(), match.end(), Kind.SCHOOL)


def _with_postcode(text: str, start: int, end: int) -> tuple[int, int]:
    """Yield the span of a place together with a postal code before or after it on the same line."""
    before = _POSTCODE_BEFORE.search(text, max(start - 16, 0), start)
    after = _POSTCODE_AFTER.match(text, end)
    return (before.start() if before else start, after.end() if after else end)


def _links(document: Document) -> Iterator[Redaction]:
    """Yield the words that carry a hyperlink: "my homepage" leads to a name as surely as the address does."""
    for link in document.links:
        yield Redaction(link.start, link.end, Kind.LINK)


def _occurrences(text: str, words: str) -> Iterator[tuple[int, int]]:
    """Yield every place where the words stand on their own, whatever their case and the white space between them."""
    parts = words.split()
    if len("".join(parts)) < 3:
        return
    pattern = r"\s+".join(map(re.escape, parts))
    for match in re.finditer(rf"(?<!\w){pattern}(?!\w)", text, re.IGNORECASE):
        yield match.start(), match.end()


def _name_spans(text: str, name: str) -> Iterator[tuple[int, int]]:
    """Yield every word of the name wherever it stands, also joined ("amaraokafor") and in capitals.

    A word that is also an ordinary one ("Will", "Long") is hidden where it is capitalised.
    """
    parts = [part.strip(".,") for part in re.split(r"[\s\-]+", name) if len(part.strip(".,")) >= 2]
    for part in parts:
        for match in re.finditer(rf"(?<!\w){re.escape(part)}(?:['’]s|s)?(?!\w)", text, re.IGNORECASE):
            if not match.group()[0].islower() or len(part) > 4:
                yield match.start(), match.end()
    if len(parts) >= 2:
        joined = "|".join(f"{re.escape(a)}[._\\-]?{re.escape(b)}" for a in parts for b in parts if a != b)
        if joined:
            yield from ((match.start(), match.end()) for match in re.finditer(joined, text, re.IGNORECASE))
        yield from _initials(text, parts)


def _initials(text: str, parts: Sequence[str]) -> Iterator[tuple[int, int]]:
    """Yield "A. Okafor" and "Okafor, A." as publications write it."""
    first, last = re.escape(parts[0][0]), re.escape(parts[-1])
    for match in re.finditer(rf"\b{first}\.?\s*(?:\w\.?\s*)?{last}\b|\b{last},?\s+{first}\.", text):
        yield match.start(), match.end()


def _joined(found: Iterable[Redaction]) -> tuple[Redaction, ...]:
    """Yield the union of the spans; where two overlap, the kind of the one that begins first or is longer stands."""
    joined: list[Redaction] = []
    whole = (redaction for redaction in found if redaction.start < redaction.end)
    for redaction in sorted(whole, key=lambda redaction: (redaction.start, -redaction.end)):
        if joined and redaction.start < joined[-1].end:
            last = joined[-1]
            joined[-1] = Redaction(last.start, max(last.end, redaction.end), last.kind)
        else:
            joined.append(redaction)
    return tuple(joined)
