"""What is shown of a person: the reader's fields under a person's corrections. Pure.

A correction is tied to the *words* it was made on, not to a position in a list: a later reader may find more entries,
fewer, or others, and the correction still stands where it belongs; where the words are no longer read at all, the
corrected field is shown all the same. A correction therefore beats every reader for good.
"""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import msgspec
from rapidfuzz import fuzz

from assay.reading.model import Education, Employment, Found, PartialDate, Period, Project, Resume, SkillMention

SINGLES = ("name", "headline")
LISTS = ("emails", "phones", "links", "places", "certificates", "publications", "languages", "skills")
CONTACT_LISTS = ("emails", "phones", "links", "places")
ENTRIES: dict[str, tuple[str, ...]] = {
    "employments": ("title", "employer", "place", "since", "until"),
    "education": ("degree", "area", "institution", "since", "until"),
    "projects": ("name", "since", "until"),
}
NOW = "now"
"""The value of ``until`` while something lasts."""

QUOTE_CHARS = 300
SAME_ENTRY_AT_LEAST = 60.0
"""Mean of two rapidfuzz ratios, 0 to 100: of the entry's words and of its values."""


class Field(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One value with the words it was read from, or the correction that set it."""

    value: str
    start: int | None = None
    end: int | None = None
    correction: int | None = None
    document: str = ""
    """The document that the span points into, where it is not the profile's."""


class Entry(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """One employment, course of study or project."""

    fields: dict[str, Field]
    quote: str = ""
    """The beginning of its words: what corrections hold on to."""
    start: int | None = None
    end: int | None = None
    correction: int | None = None
    """Set where a person added the whole entry."""


class Profile(msgspec.Struct, frozen=True, kw_only=True):
    """A person as shown; spans point into the text of ``document``."""

    document: str = ""
    singles: dict[str, Field] = {}
    lists: dict[str, tuple[Field, ...]] = {}
    entries: dict[str, tuple[Entry, ...]] = {}


class Anchor(msgspec.Struct, frozen=True, omit_defaults=True, kw_only=True):
    """What a correction was made on: the value that stood there and, in an entry, the entry's words and values."""

    was: str = ""
    quote: str = ""
    values: dict[str, str] = {}


class Fix(NamedTuple):
    """A correction as the merge needs it."""

    id: int
    field: str
    """``name``, ``emails``, ``employments`` (a whole entry) or ``employments.title``."""
    value: str | dict[str, str] | None
    """None: it should not be there."""
    anchor: Anchor


class Other(NamedTuple):
    """Another document of the person: its contacts count, and its name where the profile's own document has none."""

    document: str
    resume: Resume


def merge(
    *,
    document: str,
    text: str,
    resume: Resume,
    skills: Sequence[SkillMention],
    fixes: Iterable[Fix],
    others: Iterable[Other] = (),
) -> Profile:
    """Yield the profile: what was read, and each correction laid over it in the order in which they were made."""
    profile = as_read(document=document, text=text, resume=resume, skills=skills)
    for other in others:
        profile = _with_contacts_of(profile, other)
    for fix in fixes:
        profile = _fixed(profile, fix)
    return profile


def as_read(*, document: str, text: str, resume: Resume, skills: Sequence[SkillMention]) -> Profile:
    """Yield the profile that a reading says, without corrections."""
    singles = {name: _field(found) for name in SINGLES if (found := getattr(resume, name)) is not None}
    lists = {name: _distinct(map(_field, getattr(resume, name))) for name in LISTS if name != "skills"}
    lists["skills"] = _distinct(
        Field(value=mention.term, start=mention.start, end=mention.end)
        for mention in skills
        if mention.depth != "negated"
    )
    entries = {
        name: tuple(_entry(row, names=fields, text=text) for row in getattr(resume, name))
        for name, fields in ENTRIES.items()
    }
    return Profile(document=document, singles=singles, lists=lists, entries=entries)


def _with_contacts_of(profile: Profile, other: Other) -> Profile:
    singles = {**profile.singles}
    if "name" not in singles and other.resume.name is not None:
        singles["name"] = msgspec.structs.replace(_field(other.resume.name), document=other.document)
    lists = {
        name: _distinct(
            (
                *profile.lists.get(name, ()),
                *(
                    msgspec.structs.replace(_field(found), document=other.document)
                    for found in getattr(other.resume, name)
                ),
            )
        )
        for name in CONTACT_LISTS
    }
    return msgspec.structs.replace(profile, singles=singles, lists={**profile.lists, **lists})


def struck_skills(fixes: Iterable[Fix]) -> frozenset[str]:
    """Yield the terms (case-folded) that a person said the reader is wrong about: they make no claim."""
    struck: set[str] = set()
    for fix in fixes:
        if fix.field == "skills":
            struck.add(fix.anchor.was.casefold())
            if isinstance(fix.value, str):
                struck.discard(fix.value.casefold())
    return frozenset(struck - {""})


def _field(found: Found) -> Field:
    return Field(value=found.value, start=found.start, end=found.end)


def _distinct(fields: Iterable[Field]) -> tuple[Field, ...]:
    kept: dict[str, Field] = {}
    for field in fields:
        kept.setdefault(_plain(field.value), field)
    return tuple(kept.values())


def _plain(value: str) -> str:
    return " ".join(value.casefold().split())


def _entry(row: Employment | Education | Project, *, names: Sequence[str], text: str) -> Entry:
    fields = {name: _field(found) for name in names if (found := getattr(row, name, None)) is not None}
    fields |= _dates(row.period)
    return Entry(fields=fields, quote=text[row.start : row.end][:QUOTE_CHARS], start=row.start, end=row.end)


def _dates(period: Period | None) -> dict[str, Field]:
    if period is None:
        return {}
    dates: dict[str, Field] = {}
    if period.since is not None:
        dates["since"] = Field(value=_written(period.since), start=period.start, end=period.end)
    if period.is_current:
        dates["until"] = Field(value=NOW, start=period.start, end=period.end)
    elif period.until is not None:
        dates["until"] = Field(value=_written(period.until), start=period.start, end=period.end)
    return dates


def _written(date: PartialDate) -> str:
    return f"{date.year:04d}-{date.month:02d}" if date.month else f"{date.year:04d}"


def _fixed(profile: Profile, fix: Fix) -> Profile:
    area, _, name = fix.field.partition(".")
    if area in SINGLES:
        return _with(profile, "singles", area, _fixed_single(fix))
    if area in LISTS:
        return _with(profile, "lists", area, _fixed_list(profile.lists.get(area, ()), fix))
    return _with(profile, "entries", area, _fixed_entries(profile.entries.get(area, ()), fix, name))


def _with(profile: Profile, part: str, key: str, value: object) -> Profile:
    kept = {**getattr(profile, part)}
    if value is None:
        kept.pop(key, None)
    else:
        kept[key] = value
    return msgspec.structs.replace(profile, **{part: kept})


def _fixed_single(fix: Fix) -> Field | None:
    return Field(value=fix.value, correction=fix.id) if isinstance(fix.value, str) else None


def _fixed_list(fields: tuple[Field, ...], fix: Fix) -> tuple[Field, ...]:
    kept = list(fields)
    was = _plain(fix.anchor.was)
    at = next((i for i, field in enumerate(kept) if was and _plain(field.value) == was), None)
    new = [Field(value=fix.value, correction=fix.id)] if isinstance(fix.value, str) else []
    if at is None:
        return _distinct([*kept, *new])
    return _distinct([*kept[:at], *new, *kept[at + 1 :]])


def _fixed_entries(entries: tuple[Entry, ...], fix: Fix, name: str) -> tuple[Entry, ...]:
    if not name and isinstance(fix.value, dict):
        return (*entries, _added(fix, fix.value))
    at = _place_of(fix.anchor, entries)
    if not name:
        return entries if at is None else (*entries[:at], *entries[at + 1 :])
    if at is None:
        entries, at = (*entries, _remembered(fix.anchor)), len(entries)
    fields = {**entries[at].fields}
    if isinstance(fix.value, str):
        fields[name] = Field(value=fix.value, correction=fix.id)
    else:
        fields.pop(name, None)
    return (*entries[:at], msgspec.structs.replace(entries[at], fields=fields), *entries[at + 1 :])


def _added(fix: Fix, values: dict[str, str]) -> Entry:
    fields = {name: Field(value=value, correction=fix.id) for name, value in values.items() if value}
    return Entry(fields=fields, quote=f"added by hand, {fix.id}", correction=fix.id)


def _remembered(anchor: Anchor) -> Entry:
    """Yield an entry that no reader finds any more, as it stood when it was corrected."""
    return Entry(fields={name: Field(value=value) for name, value in anchor.values.items()}, quote=anchor.quote)


def _place_of(anchor: Anchor, entries: Sequence[Entry]) -> int | None:
    """Yield which entry a correction was made on: the one with its very words, else the most alike."""
    for i, entry in enumerate(entries):
        if entry.quote == anchor.quote and (entry.start is not None or entry.correction is not None):
            return i
    scores = [_alikeness(anchor, entry) for entry in entries]
    best = max(range(len(scores)), key=scores.__getitem__, default=None)
    return best if best is not None and scores[best] >= SAME_ENTRY_AT_LEAST else None


def _alikeness(anchor: Anchor, entry: Entry) -> float:
    before = " ".join(anchor.values.values())
    after = " ".join(field.value for field in entry.fields.values())
    words = fuzz.token_set_ratio(anchor.quote.casefold(), entry.quote.casefold())
    values = fuzz.token_sort_ratio(before.casefold(), after.casefold())
    return float(words + values) / 2
