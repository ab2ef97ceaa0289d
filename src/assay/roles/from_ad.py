"""From a job ad as it was read to what a role asks for. Pure: the same ad gives the same profile."""

import re
from collections.abc import Iterable
from itertools import pairwise
from typing import Protocol

import msgspec

from assay.reading.model import Document, JobAd, Requirement, RequirementKind, Strength
from assay.roles.profile import Constraints, Demand, Outcome, Place, Quote, RoleProfile

BASE_WEIGHT = {Strength.REQUIRED: 1.0, Strength.PREFERRED: 0.5, Strength.NICE_TO_HAVE: 0.25}
DEFAULT_LEVEL = {Strength.REQUIRED: 3, Strength.PREFERRED: 3, Strength.NICE_TO_HAVE: 2}
"""Level where the ad does not say one: solid for the work's core, basic for what is merely welcome."""
_ABOVE = re.compile(r"\b(?:senior|staff|lead|leader|principal|head|director|sr)\b|leiter(?:in)?\b", re.IGNORECASE)
_BELOW = re.compile(
    r"\b(?:junior|jr|intern|internship|trainee|graduate|entry[- ]level|werkstudent(?:in)?)\b", re.IGNORECASE
)
REPEAT_SHARE = 0.25
"""What each further sentence that asks for a competency adds to its weight, as a share of the base."""
MOST_REPEATS = 4
_JOINT = re.compile(r"\s*(?:,|/|;|,?\s*(?:and/or|or|oder|ou|and|und|et|y|o)\b)?\s*", re.IGNORECASE)
"""What may stand between two terms of one enumeration."""
_OR = re.compile(r"\b(?:and/or|or|oder|ou)\b|/", re.IGNORECASE)
_AND = re.compile(r"(?<!/)\b(?:and|und|et)\b(?!/)", re.IGNORECASE)
_FIRMEST = (Strength.REQUIRED, Strength.PREFERRED, Strength.NICE_TO_HAVE)


class KnownCompetency(Protocol):
    """What is needed of a competency of the map."""

    @property
    def id(self) -> str: ...  # noqa: D102


class KnownCompetencies(Protocol):
    """What is needed of the map."""

    @property
    def competencies(self) -> Iterable[KnownCompetency]: ...  # noqa: D102


def profile_from_ad(*, ad: JobAd, document: Document, catalogue: KnownCompetencies) -> RoleProfile:
    """Yield what the ad asks for, each demand with the ad's own words.

    A competency's weight is that of the firmest sentence asking for it, plus a quarter for each further sentence (four
    at most). Must-haves are what the ad calls required. A title such as *senior* or *junior* moves the levels that the
    ad leaves open by one. Years and degrees stay among the requirements for the lint and
    are never a demand.
    """
    text = document.text
    known = {one.id for one in catalogue.competencies}
    title = _title(ad=ad, text=text)
    shift = int(bool(_ABOVE.search(title))) - int(bool(_BELOW.search(title)))
    by_competency: dict[str, list[Requirement]] = {}
    for one in ad.requirements:
        if one.competency is not None and one.competency in known:
            by_competency.setdefault(one.competency, []).append(one)
    return RoleProfile(
        title=title,
        outcomes=tuple(
            Outcome(text=one.value, quote=Quote(text=text[one.start : one.end], start=one.start, end=one.end))
            for one in ad.outcomes
        ),
        demands=_with_alternatives(
            [_demand(competency, asked, text, shift) for competency, asked in by_competency.items()],
            alternatives=_alternatives(requirements=ad.requirements, text=text),
        ),
        constraints=_constraints(ad),
        pay=ad.pay,
        requirements=ad.requirements,
    )


def _demand(competency: str, asked: list[Requirement], text: str, shift: int) -> Demand:
    firmest = min((one.strength for one in asked), key=_FIRMEST.index)
    quotes = tuple(
        Quote(text=text[start:end], start=start, end=end)
        for start, end in dict.fromkeys((one.quote_start, one.quote_end) for one in asked)
    )
    levels = [one.level for one in asked if one.level is not None]
    repeats = min(len(quotes) - 1, MOST_REPEATS)
    return Demand(
        competency=competency,
        level=max(levels, default=DEFAULT_LEVEL[firmest] + shift),
        weight=BASE_WEIGHT[firmest] * (1.0 + REPEAT_SHARE * repeats),
        is_must_have=firmest is Strength.REQUIRED,
        quotes=quotes,
        terms=tuple(dict.fromkeys(one.term for one in asked if one.term)),
    )


def _alternatives(*, requirements: Iterable[Requirement], text: str) -> dict[str, set[str]]:
    """Yield for each competency those that the ad offers in its stead everywhere: "PyTorch or TensorFlow"."""
    sentences: dict[tuple[int, int], list[Requirement]] = {}
    for one in requirements:
        if one.competency is not None:
            sentences.setdefault((one.quote_start, one.quote_end), []).append(one)
    offered: dict[str, set[str]] = {}
    alone: set[str] = set()
    for named in sentences.values():
        for chain in _chains(sorted(named, key=lambda one: (one.start, one.end)), text):
            members = {one.competency for one in chain if one.competency is not None}
            alone |= members if len(members) == 1 else set()
            for member in members:
                offered.setdefault(member, set()).update(members - {member})
    return {name: others for name, others in offered.items() if others and name not in alone}


def _chains(named: list[Requirement], text: str) -> list[list[Requirement]]:
    """Part the terms of a sentence into enumerations joined by "or"; a term of none is a chain of itself."""
    chains: list[list[Requirement]] = []
    for one in named:
        if chains and _JOINT.fullmatch(text[chains[-1][-1].end : one.start]):
            chains[-1].append(one)
        else:
            chains.append([one])
    parted = []
    for chain in chains:
        joints = [text[left.end : right.start] for left, right in pairwise(chain)]
        is_either = any(_OR.search(joint) for joint in joints) and not any(_AND.search(joint) for joint in joints)
        parted += [chain] if is_either else [[one] for one in chain]
    return parted


def _with_alternatives(demands: list[Demand], *, alternatives: dict[str, set[str]]) -> tuple[Demand, ...]:
    """Join the demands of which any one does: they share one weight, and the first is the must-have of all."""
    known = [demand.competency for demand in demands]
    joined = []
    for demand in demands:
        # both must offer each other: a competency that is also asked for by itself has no stand-in
        others = tuple(
            name
            for name in known
            if name in alternatives.get(demand.competency, ()) and demand.competency in alternatives.get(name, ())
        )
        is_first = all(known.index(demand.competency) < known.index(name) for name in others)
        joined.append(
            msgspec.structs.replace(
                demand,
                weight=demand.weight / (1 + len(others)),
                is_must_have=demand.is_must_have and is_first,
                alternatives=others,
            )
        )
    return tuple(joined)


def _constraints(ad: JobAd) -> Constraints:
    """Keep the hard facts that the ad requires; what it only prefers excludes nobody."""
    firm = [one for one in ad.requirements if one.strength is Strength.REQUIRED]
    permits = [one.value for one in firm if one.kind is RequirementKind.WORK_PERMIT and one.value]
    languages = dict.fromkeys(one.value for one in firm if one.kind is RequirementKind.LANGUAGE and one.value)
    places = [Place(name=place.value, is_remote=False) for place in ad.places]
    if ad.remote is not None:
        places.append(Place(is_remote=True))
    return Constraints(
        places=tuple(dict.fromkeys(places)), work_permit=permits[0] if permits else "", languages=tuple(languages)
    )


def _title(*, ad: JobAd, text: str) -> str:
    if ad.title is not None:
        return ad.title.value
    first = next((line.strip() for line in text.splitlines() if line.strip()), "")
    return first[:120] or "Role"
