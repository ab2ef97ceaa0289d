"""An organisation's own competency as a value: what a member writes down, and the entry of the map that it makes."""

import re
from collections.abc import Sequence

import msgspec

from assay.competencies.catalogue import Catalogue, Competency, Source
from assay.reading.model import PartialDate
from assay.reading.vocabulary import Term
from assay.reading.words import tokens_of

PREFIX = "own_"
"""What the id of every own competency begins with; no shipped one does, so an update of the map takes no id."""
METHODS = ("claim", "test", "exercise", "work_sample", "portfolio", "interview", "reference")
HALF_LIFE_YEARS = {"tool": 4.0, "foundation": 12.0, "practice": 12.0, "soft": 12.0, "domain": 12.0}
"""As the shipped map has it: knowledge of a tool fades faster than what it rests on."""
_RELEASED = re.compile(r"(19[5-9]\d|20\d\d)(?:-(0[1-9]|1[0-2]))?")


class OwnTerm(msgspec.Struct, frozen=True, kw_only=True):
    """A word that names the competency, as a member writes it down."""

    name: str
    aliases: tuple[str, ...] = ()
    is_tool: bool = False
    is_prose: bool = False
    is_case_sensitive: bool = False
    needs_context: bool = False
    released: str = ""
    """``2016`` or ``2016-09``."""
    released_source: str = ""

    @property
    def spellings(self) -> tuple[str, ...]:
        """The name and its other spellings."""
        return (self.name, *self.aliases)


class Definition(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that a member says of a competency; its id comes from its first name and never changes."""

    name: str
    family: str
    summary: str
    kind: str
    levels: tuple[str, ...]
    implies: tuple[str, ...] = ()
    part_of: str = ""
    methods: tuple[str, ...] = ()
    sources: tuple[Source, ...] = ()
    terms: tuple[OwnTerm, ...] = ()


class OwnEntry(msgspec.Struct, frozen=True, kw_only=True):
    """A definition under its id."""

    id: str
    definition: Definition
    is_retired: bool = False


def tidied(definition: Definition) -> Definition:
    """Yield the definition with single blanks, without signs that cannot be printed, and with nothing said twice."""
    return msgspec.structs.replace(
        definition,
        name=_tidy(definition.name),
        summary=_tidy(definition.summary),
        levels=tuple(_tidy(level) for level in definition.levels),
        implies=tuple(dict.fromkeys(definition.implies)),
        methods=tuple(dict.fromkeys(definition.methods)),
        sources=tuple(_tidy_source(source) for source in definition.sources),
        terms=tuple(_tidy_term(term) for term in definition.terms),
    )


def competency_of(entry: OwnEntry) -> Competency:
    """Yield the entry in the form of the map. The definition has passed `checks.own_faults`."""
    given = entry.definition
    return Competency(
        id=entry.id,
        family=given.family,
        name=given.name,
        summary=given.summary,
        kind=given.kind,
        half_life_years=HALF_LIFE_YEARS[given.kind],
        levels=given.levels,
        implies=given.implies,
        part_of=given.part_of or None,
        methods=given.methods,
        sources=given.sources,
        terms=() if entry.is_retired else tuple(_term(term, entry.id) for term in given.terms),
        is_own=True,
        is_retired=entry.is_retired,
    )


def released_date(given: str) -> PartialDate | None:
    """Yield ``2016-09`` or ``2016`` as a date, None for anything else."""
    match = _RELEASED.fullmatch(given)
    return PartialDate(year=int(match[1]), month=int(match[2] or 0)) if match else None


def spelling_key(spelling: str) -> str:
    """Yield what two spellings of one term have in common: no case, accents, blanks, hyphens or plural."""
    glued = "".join(tokens_of(spelling).keys)
    return glued[:-1] if len(glued) > 3 and glued.endswith("s") and glued.isalpha() else glued


def owners_of_spellings(catalogue: Catalogue) -> dict[str, str]:
    """Yield for each spelling of a map, as `spelling_key` has it, the id of the competency that it names."""
    return {
        spelling_key(spelling): competency.id
        for competency in catalogue.competencies
        for term in competency.terms
        for spelling in (term.name, *term.aliases)
    }


def key_for(*, name: str, taken: Sequence[str], max_length: int) -> str:
    """Yield an id for a new competency: readable, and none of ``taken``."""
    words = "_".join(key for key in tokens_of(name).keys if key.isascii() and key.isalnum()) or "competency"
    stem = f"{PREFIX}{words}"[: max_length - 4]
    free = (f"{stem}_{number}" for number in range(2, len(taken) + 3))
    return stem if stem not in taken else next(key for key in free if key not in taken)


def _term(given: OwnTerm, competency: str) -> Term:
    return Term(
        name=given.name,
        competency=competency,
        aliases=given.aliases,
        is_case_sensitive=given.is_case_sensitive,
        needs_context=given.needs_context,
        is_tool=given.is_tool,
        is_prose=given.is_prose,
        released=released_date(given.released),
        released_source=given.released_source,
    )


def _tidy(text: str) -> str:
    return " ".join("".join(char if char.isprintable() else " " for char in text).split())


def _tidy_source(source: Source) -> Source:
    return Source(**{name: _tidy(value) for name, value in msgspec.structs.asdict(source).items()})


def _tidy_term(term: OwnTerm) -> OwnTerm:
    name = _tidy(term.name)
    aliases = dict.fromkeys(filter(None, map(_tidy, term.aliases)))
    return msgspec.structs.replace(
        term,
        name=name,
        aliases=tuple(alias for alias in aliases if alias != name),
        released=_tidy(term.released),
        released_source=_tidy(term.released_source),
    )
