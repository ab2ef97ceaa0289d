"""From a job ad as it was read to what a role asks for. Pure: the same ad gives the same profile."""

from collections.abc import Iterable
from typing import Protocol

from assay.reading.model import Document, JobAd, Requirement, RequirementKind, Strength
from assay.roles.profile import Constraints, Demand, Outcome, Place, Quote, RoleProfile

BASE_WEIGHT = {Strength.REQUIRED: 1.0, Strength.PREFERRED: 0.5, Strength.NICE_TO_HAVE: 0.25}
DEFAULT_LEVEL = {Strength.REQUIRED: 3, Strength.PREFERRED: 3, Strength.NICE_TO_HAVE: 2}
"""Level where the ad does not say one: solid for the work's core, basic for what is merely welcome."""
REPEAT_SHARE = 0.25
"""What each further sentence that asks for a competency adds to its weight, as a share of the base."""
MOST_REPEATS = 4
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
    at most). Must-haves are what the ad calls required. Years and degrees stay among the requirements for the lint and
    are never a demand.
    """
    text = document.text
    known = {one.id for one in catalogue.competencies}
    by_competency: dict[str, list[Requirement]] = {}
    for one in ad.requirements:
        if one.competency is not None and one.competency in known:
            by_competency.setdefault(one.competency, []).append(one)
    return RoleProfile(
        title=_title(ad=ad, text=text),
        outcomes=tuple(
            Outcome(text=one.value, quote=Quote(text=text[one.start : one.end], start=one.start, end=one.end))
            for one in ad.outcomes
        ),
        demands=tuple(_demand(competency, asked, text) for competency, asked in by_competency.items()),
        constraints=_constraints(ad),
        pay=ad.pay,
        requirements=ad.requirements,
    )


def _demand(competency: str, asked: list[Requirement], text: str) -> Demand:
    firmest = min((one.strength for one in asked), key=_FIRMEST.index)
    quotes = tuple(
        Quote(text=text[start:end], start=start, end=end)
        for start, end in dict.fromkeys((one.quote_start, one.quote_end) for one in asked)
    )
    levels = [one.level for one in asked if one.level is not None]
    repeats = min(len(quotes) - 1, MOST_REPEATS)
    return Demand(
        competency=competency,
        level=max(levels, default=DEFAULT_LEVEL[firmest]),
        weight=BASE_WEIGHT[firmest] * (1.0 + REPEAT_SHARE * repeats),
        is_must_have=firmest is Strength.REQUIRED,
        quotes=quotes,
        terms=tuple(dict.fromkeys(one.term for one in asked if one.term)),
    )


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
