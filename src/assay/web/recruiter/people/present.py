"""A profile and a document as the person page shows them, with or without names."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import msgspec

from assay.evidence.models import Correction, Document
from assay.evidence.profile import ENTRIES, Entry, Field, Profile
from assay.evidence.reader import document_of
from assay.evidence.redaction import Redaction, masked, masked_value, redactions_of
from assay.people.models import Person
from assay.reading.model import Box, HiddenReason, Resume
from assay.reading.model import Document as Reading

HIDDEN_LISTS = frozenset({"emails", "phones", "links", "places"})
HIDDEN_FIELDS = frozenset({"institution"})
NOT_SHOWN = "hidden in blind mode"
LABELS = {
    "name": "Name",
    "headline": "Headline",
    "emails": "Email",
    "phones": "Phone",
    "links": "Links",
    "places": "Place",
    "employments": "Employment",
    "education": "Education",
    "projects": "Projects",
    "skills": "Skills named",
    "certificates": "Certificates",
    "publications": "Publications",
    "languages": "Languages",
    "title": "Title",
    "employer": "Employer",
    "place": "Place",
    "degree": "Degree",
    "area": "Subject",
    "institution": "School",
    "since": "From",
    "until": "Until",
}
REASONS = {
    HiddenReason.LOW_CONTRAST: "Text in the colour of its background",
    HiddenReason.TINY: "Text too small to read",
    HiddenReason.OFF_PAGE: "Text outside the page",
    HiddenReason.COVERED: "Text under a picture or a shape",
    HiddenReason.INVISIBLE: "Text drawn without ink",
    HiddenReason.INSTRUCTION: "An order to machines",
    HiddenReason.STUFFING: "A pile of keywords",
}


class Row(NamedTuple):
    """One value with where it comes from."""

    path: str
    label: str
    value: str
    document: str
    start: int | None
    end: int | None
    correction: Correction | None
    is_hidden: bool


class EntryRows(NamedTuple):
    """One employment, course of study or project."""

    path: str
    head: Sequence[Row]
    """What is written large: title, degree or name."""
    rest: Sequence[Row]
    dates: Sequence[Row]
    start: int | None
    end: int | None
    missing: Sequence[Row]
    """Fields that are not known, to be filled in."""


class Section(NamedTuple):
    """A part of the profile."""

    area: str
    heading: str
    rows: Sequence[Row] = ()
    entries: Sequence[EntryRows] = ()


class Finding(NamedTuple):
    """Words of a document that do not count, and why."""

    what: str
    words: str
    start: int | None
    end: int | None


class Hider:
    """Masks values for blind mode; without blind mode it passes them on."""

    def __init__(self, *, person: Person, documents: Mapping[str, "ReadDocument"], is_blind: bool) -> None:
        self.is_blind = is_blind
        self.person = person
        self.documents = documents if is_blind else {}

    def value(self, value: str) -> str:
        """Yield a value with every word masked that could tell who it is."""
        for read in self.documents.values():
            value = masked_value(value=value, redactions=read.redactions, text=read.document.text)
        return value


class Shown(NamedTuple):
    """A profile with what is needed to show it."""

    profile: Profile
    corrections: Mapping[int, Correction]
    hider: Hider


class ReadDocument(NamedTuple):
    """A document as values, with what blind mode hides in it."""

    row: Document
    document: Reading
    redactions: Sequence[Redaction]

    @property
    def hidden_text(self) -> str:
        """The text as blind mode shows it."""
        return masked(text=self.document.text, redactions=self.redactions)


def read_document_of(row: Document, *, names: Sequence[str] = ()) -> ReadDocument:
    """Yield a stored document as values. ``names`` are further names of the person."""
    document = document_of(text=row.text, reading=row.reading)
    resume = msgspec.convert(row.resume, Resume)
    return ReadDocument(row, document, redactions_of(document=document, resume=resume, names=names))


def sections_of(*, shown: Shown) -> list[Section]:
    """Yield the profile's parts in the order in which people look for them; contacts first."""
    lists = ("emails", "phones", "links", "places")
    sections = [Section(area, LABELS[area], _list(area, shown)) for area in lists]
    for area in ENTRIES:
        entries = [_entry(area, i, entry, shown) for i, entry in enumerate(shown.profile.entries.get(area, ()))]
        sections.append(Section(area, LABELS[area], entries=entries))
    rest = ("skills", "languages", "certificates", "publications")
    return [*sections, *(Section(area, LABELS[area], _list(area, shown)) for area in rest)]


def single_row(*, area: str, shown: Shown) -> Row:
    """Yield the row of a name or headline; with an empty value where none is known."""
    field = shown.profile.singles.get(area, Field(value=""))
    return _row(area, LABELS[area], field, shown, is_hidden=shown.hider.is_blind and area == "name")


def findings_of(*, read: ReadDocument, hider: Hider) -> list[Finding]:
    """Yield what a document hides or says to machines."""
    return [
        Finding(REASONS[hidden.reason], hider.value(hidden.text), hidden.start, hidden.end)
        for hidden in read.document.hidden
    ]


def highlight_boxes(*, document: Reading, start: int, end: int) -> list[Box]:
    """Yield the boxes of the words in a span, words side by side on one line joined."""
    boxes: list[Box] = []
    for word in document.words:
        if word.start < end and start < word.end:
            if boxes and _is_beside(boxes[-1], word.box):
                boxes[-1] = _union(boxes[-1], word.box)
            else:
                boxes.append(word.box)
    return boxes


def _is_beside(one: Box, two: Box) -> bool:
    overlap = min(one.y1, two.y1) - max(one.y0, two.y0)
    lower = min(one.y1 - one.y0, two.y1 - two.y0)
    return one.page == two.page and overlap > 0.5 * lower and -0.01 < two.x0 - one.x1 < 0.03


def _union(one: Box, two: Box) -> Box:
    return Box(
        page=one.page,
        x0=min(one.x0, two.x0),
        y0=min(one.y0, two.y0),
        x1=max(one.x1, two.x1),
        y1=max(one.y1, two.y1),
    )


def _list(area: str, shown: Shown) -> list[Row]:
    is_hidden = shown.hider.is_blind and area in HIDDEN_LISTS
    return [
        _row(f"{area}.{i}", LABELS[area], field, shown, is_hidden=is_hidden)
        for i, field in enumerate(shown.profile.lists.get(area, ()))
    ]


def _entry(area: str, index: int, entry: Entry, shown: Shown) -> EntryRows:
    path = f"{area}.{index}"
    rows = {
        name: _row(
            f"{path}.{name}", LABELS[name], field, shown, is_hidden=shown.hider.is_blind and name in HIDDEN_FIELDS
        )
        for name, field in entry.fields.items()
    }
    names = ENTRIES[area]
    missing = [_row(f"{path}.{name}", LABELS[name], Field(value=""), shown) for name in names if name not in rows]
    dates = [rows[name] for name in ("since", "until") if name in rows]
    rest = [rows[name] for name in names[1:] if name in rows and name not in {"since", "until"}]
    return EntryRows(path, [rows[names[0]]] if names[0] in rows else [], rest, dates, entry.start, entry.end, missing)


def _row(path: str, label: str, field: Field, shown: Shown, *, is_hidden: bool = False) -> Row:
    return Row(
        path=path,
        label=label,
        value=NOT_SHOWN if is_hidden else shown.hider.value(field.value),
        document=field.document or shown.profile.document,
        start=field.start,
        end=field.end,
        correction=shown.corrections.get(field.correction) if field.correction is not None else None,
        is_hidden=is_hidden,
    )
