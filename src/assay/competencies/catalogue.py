"""The competency map as a value: families, competencies with five observable levels, and the words that name them."""

from collections import Counter
from functools import cache, cached_property
from hashlib import blake2b
from pathlib import Path
from typing import Any

import msgspec
import yaml

from assay.core.content import content_path
from assay.reading.model import PartialDate
from assay.reading.vocabulary import Term, Vocabulary

LEVEL_COUNT = 5
KINDS = ("tool", "foundation", "practice", "soft", "domain")


class MapError(ValueError):
    """The map's content does not hold together; the message names the entry."""


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """A group of competencies that tend to go together."""

    id: str
    name: str
    description: str = ""


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """Where a reader can look up what a competency is; its description is in our own words."""

    title: str
    url: str = ""
    doi: str = ""
    citation: str = ""


class Competency(msgspec.Struct, frozen=True, kw_only=True):
    """One thing that a person can be able to do."""

    id: str
    family: str
    name: str
    summary: str
    kind: str
    half_life_years: float
    levels: tuple[str, ...]
    """Observable behaviour at level 1 (first steps), 2 (basic), 3 (solid), 4 (strong), 5 (expert)."""
    implies: tuple[str, ...] = ()
    part_of: str | None = None
    methods: tuple[str, ...] = ()
    """What can measure it: claim, test, exercise, work_sample, portfolio, interview, reference."""
    sources: tuple[Source, ...] = ()
    terms: tuple[Term, ...] = ()
    is_own: bool = False
    """True for one that an organisation added itself."""
    is_retired: bool = False
    """True for one that is kept for what refers to it, is offered no more and has no terms."""


class Catalogue(msgspec.Struct, frozen=True, kw_only=True, dict=True):
    """The whole map under one version, which changes with every change of content."""

    version: str
    families: tuple[Family, ...]
    competencies: tuple[Competency, ...]

    def vocabulary(self) -> Vocabulary:
        """Yield the words that name the competencies; made once."""
        return self._vocabulary

    def competency(self, competency_id: str) -> Competency:
        """Yield one competency. Raises `KeyError` where the map has none of that id."""
        return self._by_id[competency_id]

    def find(self, competency_id: str) -> Competency | None:
        """Yield one competency, None where the map has none of that id."""
        return self._by_id.get(competency_id)

    def families_of(self) -> tuple[str, ...]:
        """Yield each competency's family, in the map's order: the form that the ledger's prior takes."""
        return tuple(competency.family for competency in self.competencies)

    @cached_property
    def _by_id(self) -> dict[str, Competency]:
        return {competency.id: competency for competency in self.competencies}

    @cached_property
    def _vocabulary(self) -> Vocabulary:
        terms = tuple(term for competency in self.competencies for term in competency.terms)
        return Vocabulary(version=self.version, terms=terms)


@cache
def shipped_catalogue() -> Catalogue:
    """Yield the map that ships with Assay. Raises `MapError` where its content does not hold together."""
    return load_catalogue(folder=content_path() / "competencies")


def load_catalogue(*, folder: Path) -> Catalogue:
    """Read ``map.yaml``, one file for each of its families, and ``sources.yaml``. Raises `MapError`.

    The sources are no part of the version: what a document was read to say does not hang on a citation.
    """
    head = folder / "map.yaml"
    digest = blake2b(head.read_bytes(), digest_size=6)
    content = _parse(head)
    families = msgspec.convert(content["families"], tuple[Family, ...])
    sources = _parse(folder / "sources.yaml")["sources"]
    competencies: list[Competency] = []
    for family in families:
        path = folder / f"{family.id}.yaml"
        digest.update(path.read_bytes())
        competencies += [
            competency_from(definition=_with_sources(definition, sources), family=family.id)
            for definition in _parse(path)["competencies"]
        ]
    version = f"{content['version']}-{digest.hexdigest()}"
    return checked(Catalogue(version=version, families=families, competencies=tuple(competencies)))


def _with_sources(definition: dict[str, Any], sources: dict[str, Any]) -> dict[str, Any]:
    named = definition.get("sources", [])
    if unknown := [name for name in named if name not in sources]:
        message = f"{definition.get('id', 'an entry without id')}: source {unknown[0]} does not exist"
        raise MapError(message)
    return {**definition, "sources": [sources[name] for name in named]}


def competency_from(*, definition: dict[str, Any], family: str) -> Competency:
    """Turn one entry of the content into a competency. Raises `MapError` naming the entry and the fault."""
    name = definition.get("id", "an entry without id")
    terms = [_term(given, competency=name) for given in definition.get("terms", [])]
    try:
        entry = msgspec.convert({**definition, "family": family, "terms": ()}, Competency)
    except msgspec.ValidationError as error:
        message = f"{name}: {error}"
        raise MapError(message) from error
    return msgspec.structs.replace(entry, terms=tuple(terms))


def checked(catalogue: Catalogue) -> Catalogue:
    """Yield the catalogue as it is. Raises `MapError` for the first thing that does not hold."""
    ids = Counter(competency.id for competency in catalogue.competencies)
    if twice := [name for name, count in ids.items() if count > 1]:
        message = f"{twice[0]} stands twice"
        raise MapError(message)
    for competency in catalogue.competencies:
        _check(competency, known=ids)
    return catalogue


def _check(competency: Competency, *, known: Counter[str]) -> None:
    faults = [
        (len(competency.levels) != LEVEL_COUNT, "needs exactly five levels"),
        (competency.kind not in KINDS, f"kind {competency.kind!r} is none of {', '.join(KINDS)}"),
        (competency.half_life_years <= 0, "half_life_years must be positive"),
        (bool(competency.part_of) and competency.part_of not in known, f"part_of {competency.part_of} does not exist"),
        (any(name not in known for name in competency.implies), "implies a competency that does not exist"),
        (any(term.released and not term.released_source for term in competency.terms), "has a release without source"),
    ]
    for is_fault, text in faults:
        if is_fault:
            message = f"{competency.id}: {text}"
            raise MapError(message)


def _term(given: str | dict[str, Any], *, competency: str) -> Term:
    entry = {"name": given} if isinstance(given, str) else given
    return Term(
        name=entry["name"],
        competency=competency,
        aliases=tuple(entry.get("aliases", ())),
        is_case_sensitive=bool(entry.get("case", False)),
        needs_context=bool(entry.get("context", False)),
        is_name=bool(entry.get("named", False)),
        is_tool=bool(entry.get("tool", False)),
        is_prose=bool(entry.get("prose", False)),
        released=_partial_date(entry.get("released")),
        released_source=entry.get("released_source", ""),
    )


def _partial_date(given: object) -> PartialDate | None:
    if given is None:
        return None
    year, _, rest = str(given).partition("-")
    return PartialDate(year=int(year), month=int(rest[:2]) if rest else 0)


def _parse(path: Path) -> dict[str, Any]:
    content: dict[str, Any] = yaml.load(path.read_text(encoding="utf-8"), Loader=yaml.CSafeLoader)
    return content
