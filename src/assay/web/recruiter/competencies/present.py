"""The map as its pages show it: families with what a search found, and one competency with its neighbours."""

from collections.abc import Sequence
from typing import NamedTuple

from assay.competencies.catalogue import Catalogue, Competency, Source
from assay.competencies.own import Definition
from assay.competencies.release_dates import source_of
from assay.reading.model import PartialDate
from assay.reading.vocabulary import Term
from assay.web.recruiter.roles.present import LEVEL_WORDS

KIND_WORDS = {
    "tool": "Tool or product",
    "foundation": "Foundation",
    "practice": "Practice",
    "soft": "Working with people",
    "domain": "Industry domain",
}
METHOD_WORDS = {
    "claim": "What a résumé says",
    "test": "Test",
    "exercise": "Coding exercise",
    "work_sample": "Work sample",
    "portfolio": "Portfolio",
    "interview": "Structured interview",
    "reference": "Reference",
}
SHOWN_TERMS = 3


class Found(NamedTuple):
    """One competency in the list, and the words by which a search found it."""

    entry: Competency
    words: tuple[str, ...]


class FoundFamily(NamedTuple):
    """A family with what of it is shown."""

    name: str
    description: str
    found: list[Found]


class ShownTerm(NamedTuple):
    """A word with its other spellings and, for a tool, when it first came out."""

    name: str
    aliases: tuple[str, ...]
    released: str
    source: str
    source_url: str
    note: str


class ShownCompetency(NamedTuple):
    """One competency ready for a page."""

    entry: Competency
    family: str
    kind: str
    levels: list[tuple[int, str, str]]
    tools: list[ShownTerm]
    """Tools whose first release is known."""
    other_tools: list[ShownTerm]
    words: list[ShownTerm]
    phrases: list[ShownTerm]
    methods: list[str]
    sources: tuple[Source, ...]
    rests_on: list[Competency]
    base_of: list[Competency]
    parent: Competency | None
    parts: list[Competency]


def families_found(*, catalogue: Catalogue, text: str, is_own_only: bool, is_with_retired: bool) -> list[FoundFamily]:
    """Yield the families with the competencies that hold every word of ``text`` in their name, summary or words."""
    asked = text.casefold().split()
    wanted = [
        one
        for one in catalogue.competencies
        if (one.is_own or not is_own_only) and (is_with_retired or not one.is_retired)
    ]
    found = {one.id: hit for one in wanted if (hit := _found(one, asked)) is not None}
    families = [
        FoundFamily(
            family.name,
            family.description,
            [found[one.id] for one in wanted if one.family == family.id and one.id in found],
        )
        for family in catalogue.families
    ]
    return [family for family in families if family.found]


def shown_competency(*, entry: Competency, catalogue: Catalogue) -> ShownCompetency:
    """Yield a competency with everything that its page says."""
    parent = catalogue.find(entry.part_of) if entry.part_of else None
    names = {family.id: family.name for family in catalogue.families}
    shown = [(term, _shown_term(term)) for term in entry.terms]
    return ShownCompetency(
        entry=entry,
        family=names.get(entry.family, entry.family),
        kind=KIND_WORDS.get(entry.kind, entry.kind),
        levels=[(number, LEVEL_WORDS[number - 1], text) for number, text in enumerate(entry.levels, start=1)],
        tools=[line for term, line in shown if term.is_tool and term.released],
        other_tools=[line for term, line in shown if term.is_tool and not term.released],
        words=[line for term, line in shown if not term.is_tool and not term.is_prose],
        phrases=[line for term, line in shown if not term.is_tool and term.is_prose],
        methods=[METHOD_WORDS.get(method, method) for method in entry.methods],
        sources=entry.sources,
        rests_on=[other for name in entry.implies if (other := catalogue.find(name)) is not None],
        base_of=[other for other in catalogue.competencies if entry.id in other.implies],
        parent=parent,
        parts=[other for other in catalogue.competencies if other.part_of == entry.id],
    )


def changes_between(*, old: Definition | None, new: Definition) -> list[str]:
    """Yield in words which parts of an own competency a version changed."""
    if old is None:
        return ["First version."]
    labels = {
        "name": "name", "family": "family", "summary": "summary", "kind": "kind", "levels": "levels",
        "implies": "what it rests on", "part_of": "what it is part of", "methods": "ways to measure it",
        "sources": "sources", "terms": "words",
    }  # fmt: skip
    changed = [label for field, label in labels.items() if getattr(old, field) != getattr(new, field)]
    sentences = [f"Changed: {', '.join(changed)}."] if changed else []
    before, after = _words(old), _words(new)
    sentences += [f"New words: {', '.join(sorted(after - before))}."] if after - before else []
    sentences += [f"Words taken out: {', '.join(sorted(before - after))}."] if before - after else []
    return sentences


def _words(definition: Definition) -> set[str]:
    return {spelling for term in definition.terms for spelling in term.spellings}


def _found(entry: Competency, asked: Sequence[str]) -> Found | None:
    spellings = tuple(dict.fromkeys(word for term in entry.terms for word in (term.name, *term.aliases)))
    own_text = f"{entry.name} {entry.summary}".casefold()
    everything = "\n".join((own_text, *(spelling.casefold() for spelling in spellings)))
    if not all(word in everything for word in asked):
        return None
    if all(word in own_text for word in asked):
        return Found(entry, ())
    hits = tuple(spelling for spelling in spellings if any(word in spelling.casefold() for word in asked))
    return Found(entry, hits[:SHOWN_TERMS])


def _shown_term(term: Term) -> ShownTerm:
    source = source_of(released_source=term.released_source) if term.released else ""
    is_link = source.startswith(("https://", "http://")) and " " not in source
    notes = []
    if term.needs_context:
        notes.append("counts only beside other technical words")
    if term.is_case_sensitive:
        notes.append("exactly so")
    return ShownTerm(
        term.name, term.aliases, _month(term.released), source, source if is_link else "", ", ".join(notes)
    )


def _month(date: PartialDate | None) -> str:
    if date is None:
        return ""
    return f"{date.year}-{date.month:02d}" if date.month else str(date.year)
