"""What is wrong with an own competency, field by field, before it is stored.

`own_faults` looks at the definition alone: what has none of these can be loaded whatever else the map holds.
`map_faults` looks at it beside the rest of the map, and `fitted` takes away what the map has outgrown since.
"""

import re
from collections.abc import Mapping
from datetime import date
from typing import NamedTuple
from urllib.parse import urlsplit

import msgspec

from assay.competencies.catalogue import KINDS, LEVEL_COUNT, Catalogue
from assay.competencies.own import METHODS, Definition, OwnTerm, owners_of_spellings, released_date, spelling_key
from assay.reading.words import tokens_of

MAX_NAME, MAX_SUMMARY, MAX_LEVEL, MAX_SPELLING, MAX_SOURCE = 80, 300, 300, 60, 300
MIN_LEVEL = 20
MAX_TERMS, MAX_ALIASES, MAX_RELATIONS, MAX_SOURCES, MAX_WORDS = 40, 12, 12, 8, 6
SHORT = 3
"""Letters up to which a spelling is too likely to mean something else."""
EVERYDAY = frozenset(
    re.findall(
        r"\w+",
        """
    a about after all also an and any are as at be been by can company could data day design did do each experience for
    from good group had has have her him his how i if in into is it its job knowledge lead like make many may me model
    more most my new no not of on one or other our out over own people per plan process product project results role
    service she skill so some support system task team test than that the their them then there these they this time to
    tool two up us use used user using was way we were what when where which who will with work worked working would
    year you your
    """,
    )
)
"""Words that stand in any résumé and name no skill by themselves."""

Faults = dict[str, str]
"""One sentence for each field; a term's fields are ``terms.2.name``."""


class Fitted(NamedTuple):
    """A definition as far as the map takes it, and what was left out, as sentences."""

    definition: Definition
    left_out: tuple[str, ...]


def own_faults(definition: Definition, *, families: frozenset[str]) -> Faults:
    """Yield what keeps the definition from being an entry of any map."""
    faults = _text_faults(definition) | _choice_faults(definition, families)
    for number, level in enumerate(definition.levels, start=1):
        if not MIN_LEVEL <= len(level) <= MAX_LEVEL:
            faults[f"level_{number}"] = f"Say in {MIN_LEVEL} to {MAX_LEVEL} letters what one sees somebody do."
        elif level.casefold() in {other.casefold() for other in definition.levels[: number - 1]}:
            faults[f"level_{number}"] = "This is said of a lower level already. What does one see beyond it?"
    for place, term in enumerate(definition.terms):
        faults |= {f"terms.{place}.{name}": text for name, text in _term_faults(term).items()}
    return faults | _doubled_spellings(definition)


def map_faults(definition: Definition, *, own_id: str, rest: Catalogue, today: date) -> Faults:
    """Yield what does not go with the rest of the map; ``own_id`` is "" for a new one, ``rest`` is without it."""
    faults: Faults = {}
    if same := [one for one in rest.competencies if one.name.casefold() == definition.name.casefold()]:
        faults["name"] = f"The map has “{same[0].name}” already{' (retired)' if same[0].is_retired else ''}."
    if wrong := [name for name in definition.implies if not is_relatable(name, own_id=own_id, rest=rest)]:
        faults["implies"] = f"{_named(wrong[0], rest)} rests on this competency itself, or is not in the map."
    if definition.part_of and not _is_parent(definition.part_of, own_id=own_id, rest=rest):
        faults["part_of"] = f"{_named(definition.part_of, rest)} is a part of this one itself, or is not in the map."
    owners = owners_of_spellings(rest)
    for place, term in enumerate(definition.terms):
        if taken := [spelling for spelling in term.spellings if spelling_key(spelling) in owners]:
            owner = _named(owners[spelling_key(taken[0])], rest)
            field = "name" if taken[0] == term.name else "aliases"
            faults[f"terms.{place}.{field}"] = f"“{taken[0]}” names {owner} already; a word names one competency only."
        released = released_date(term.released)
        if released and (released.year, released.month) > (today.year, today.month):
            faults[f"terms.{place}.released"] = "This lies in the future."
    return faults


def fitted(definition: Definition, *, own_id: str, rest: Catalogue) -> Fitted:
    """Yield the definition without relations and spellings that the rest of the map no longer allows."""
    owners = owners_of_spellings(rest)
    left_out = []
    implies = tuple(name for name in definition.implies if is_relatable(name, own_id=own_id, rest=rest))
    left_out += [f"its tie to “{name}”" for name in definition.implies if name not in implies]
    part_of = definition.part_of
    if part_of and not _is_parent(part_of, own_id=own_id, rest=rest):
        left_out.append(f"its place under “{part_of}”")
        part_of = ""
    terms = []
    for term in definition.terms:
        kept = [spelling for spelling in term.spellings if spelling_key(spelling) not in owners]
        left_out += [
            f"the word “{spelling}”, which names {_named(owners[spelling_key(spelling)], rest)}"
            for spelling in term.spellings
            if spelling not in kept
        ]
        if kept:
            terms.append(msgspec.structs.replace(term, name=kept[0], aliases=tuple(kept[1:])))
    if not left_out:
        return Fitted(definition, ())
    pruned = msgspec.structs.replace(definition, implies=implies, part_of=part_of, terms=tuple(terms))
    return Fitted(pruned, tuple(left_out))


def is_relatable(name: str, *, own_id: str, rest: Catalogue) -> bool:
    """Tell whether a competency can be one that this rests on: it is there, and does not rest on this in turn."""
    return rest.find(name) is not None and own_id not in _reached(name, rest)


def _reached(start: str, catalogue: Catalogue) -> set[str]:
    """Yield everything that a competency rests on, through others too, with itself."""
    found: set[str] = set()
    waiting = [start]
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            entry = catalogue.find(name)
            waiting += entry.implies if entry else ()
    return found


def _is_parent(name: str, *, own_id: str, rest: Catalogue) -> bool:
    seen = set()
    at: str | None = name
    while at is not None and at not in seen:
        seen.add(at)
        entry = rest.find(at)
        at = entry.part_of if entry else None
    return rest.find(name) is not None and own_id not in seen


def _text_faults(definition: Definition) -> Faults:
    faults: Faults = {}
    if not definition.name or len(definition.name) > MAX_NAME or not tokens_of(definition.name).keys:
        faults["name"] = f"Give it a name of 1 to {MAX_NAME} letters."
    if not definition.summary or len(definition.summary) > MAX_SUMMARY:
        faults["summary"] = f"Say in one sentence of at most {MAX_SUMMARY} letters what somebody does who has it."
    if len(definition.levels) != LEVEL_COUNT:
        faults["level_1"] = f"There are exactly {LEVEL_COUNT} levels."
    return faults


def _choice_faults(definition: Definition, families: frozenset[str]) -> Faults:
    sources = definition.sources
    checks: Mapping[str, tuple[bool, str]] = {
        "family": (definition.family not in families, "Choose the family that it belongs to."),
        "kind": (definition.kind not in KINDS, "Choose what kind of thing it is."),
        "methods": (
            not definition.methods or any(name not in METHODS for name in definition.methods),
            "Choose at least one way to find out whether somebody has it.",
        ),
        "implies": (len(definition.implies) > MAX_RELATIONS, f"Choose at most {MAX_RELATIONS}."),
        "sources": (
            len(sources) > MAX_SOURCES or not all(_is_source(one.title, one.url) for one in sources),
            f"At most {MAX_SOURCES} lines: a title, then an address with https:// if any (≤ {MAX_SOURCE} letters).",
        ),
        "terms": (len(definition.terms) > MAX_TERMS, f"At most {MAX_TERMS} words; give spellings in one row."),
    }
    return {name: text for name, (is_fault, text) in checks.items() if is_fault}


def _is_source(title: str, url: str) -> bool:
    if not title or max(len(title), len(url)) > MAX_SOURCE:
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return not url or (parts.scheme in {"http", "https"} and bool(parts.netloc))


def _term_faults(term: OwnTerm) -> Faults:
    faults: Faults = {}
    for field, spellings in (("aliases", term.aliases), ("name", (term.name,))):
        for spelling in spellings:
            if text := _spelling_fault(spelling, term):
                faults[field] = text
    if len(term.aliases) > MAX_ALIASES:
        faults["aliases"] = f"At most {MAX_ALIASES} other spellings; begin another row."
    if term.released and released_date(term.released) is None:
        faults["released"] = "Write the year, or year and month: 2016 or 2016-09."
    if term.released and not 0 < len(term.released_source) <= MAX_SOURCE:
        faults["released_source"] = "Say where the date comes from, so that others can look."
    if len(term.released_source) > MAX_SOURCE:
        faults["released_source"] = f"At most {MAX_SOURCE} letters."
    return faults


def _spelling_fault(spelling: str, term: OwnTerm) -> str:
    words = tokens_of(spelling).keys
    if not words:
        return f"“{spelling}” has no letter or digit." if spelling else "Write the word, or take the row out."
    if len(spelling) > MAX_SPELLING or len(words) > MAX_WORDS:
        return f"“{spelling}” is too long: at most {MAX_WORDS} words and {MAX_SPELLING} letters."
    if len(words) > 1:
        return f"“{spelling}” stands in any text." if EVERYDAY.issuperset(words) else ""
    return _single_word_fault(spelling, words[0], term)


def _single_word_fault(spelling: str, word: str, term: OwnTerm) -> str:
    if len(word) == 1 and not (term.needs_context and term.is_case_sensitive):
        return f"“{spelling}” is too short: tick both “counts only beside other technical words” and “exactly so”."
    if word in EVERYDAY and not term.needs_context:
        return f"“{spelling}” is an everyday word: tick “counts only beside other technical words”."
    if len(word) <= SHORT and not (term.needs_context or term.is_case_sensitive):
        return f"“{spelling}” is so short that it may mean many things: tick one of the two boxes."
    return ""


def _doubled_spellings(definition: Definition) -> Faults:
    faults: Faults = {}
    owner: dict[str, int] = {}
    for place, term in enumerate(definition.terms):
        for spelling in term.spellings:
            if spelling_key(spelling) and owner.setdefault(spelling_key(spelling), place) != place:
                faults[f"terms.{place}.name"] = f"“{spelling}” stands in another row already."
    return faults


def _named(name: str, catalogue: Catalogue) -> str:
    entry = catalogue.find(name)
    return f"“{entry.name if entry else name}”"
