"""What a role asks for, as a value: the content of a role's version, with the words behind each demand."""

from collections.abc import Collection

import msgspec

from assay.reading.model import Pay, Requirement, RequirementKind


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base: immutable and compact as JSON."""


class Quote(Struct, frozen=True, kw_only=True):
    """A span of the ad's text, half-open, and its words."""

    text: str
    start: int
    end: int


class Outcome(Struct, frozen=True, kw_only=True):
    """What the business has in twelve months if the hire works out."""

    text: str
    quote: Quote | None = None


class Demand(Struct, frozen=True, kw_only=True):
    """One competency that the role asks for."""

    competency: str
    level: int
    """1 (first steps) to 5 (expert): the level that the work needs."""
    weight: float
    """Positive; only its share of the sum counts."""
    is_must_have: bool = False
    why: str = ""
    quotes: tuple[Quote, ...] = ()
    terms: tuple[str, ...] = ()
    """Tools that the ad names by name, such as ``PyTorch``."""
    alternatives: tuple[str, ...] = ()
    """Competencies that do as well ("PyTorch or TensorFlow"): a must-have is met by any one of them."""


class Place(Struct, frozen=True, kw_only=True):
    """Where the work is done; an empty ``name`` with ``is_remote`` is remote from anywhere."""

    name: str = ""
    is_remote: bool = False


class Constraints(Struct, frozen=True, kw_only=True):
    """Hard facts, met only by what a candidate states; never inferred, and not stated is never a rejection."""

    places: tuple[Place, ...] = ()
    work_permit: str = ""
    """Where the candidate must be allowed to work, such as ``EU``; empty where it does not matter."""
    languages: tuple[str, ...] = ()
    """ISO 639-1 codes that the work needs."""
    start_by: str = ""
    """ISO date by which the work must begin; empty where it does not matter."""


class RoleProfile(Struct, frozen=True, kw_only=True):
    """Everything that a role asks for. Weights need not sum to one; at least one demand."""

    title: str
    summary: str = ""
    outcomes: tuple[Outcome, ...] = ()
    demands: tuple[Demand, ...] = ()
    constraints: Constraints = Constraints()
    pay: Pay | None = None
    requirements: tuple[Requirement, ...] = ()
    """The ad's own lines, also those that are no competency (years, degrees): for the lint, never for the ranking."""
    template: str = ""
    """Id of the template that it began with."""


def not_in_map(profile: RoleProfile) -> tuple[Requirement, ...]:
    """Yield the knowledge that the ad names and the map does not, each once, in the ad's order; it enters no fit."""
    found: dict[str, Requirement] = {}
    for one in profile.requirements:
        if one.kind is RequirementKind.OTHER and one.value:
            found.setdefault(one.value.casefold(), one)
    return tuple(found.values())


def words_not_in_map(profile: RoleProfile) -> tuple[str, ...]:
    """Yield the words of `not_in_map`."""
    return tuple(one.value for one in not_in_map(profile))


def without_words(profile: RoleProfile, *, words: Collection[str]) -> RoleProfile:
    """Yield the profile without these words among those that are not in the map."""
    removed = {word.casefold() for word in words}
    kept = tuple(
        one
        for one in profile.requirements
        if one.kind is not RequirementKind.OTHER or one.value.casefold() not in removed
    )
    return msgspec.structs.replace(profile, requirements=kept)


def weight_shares(profile: RoleProfile) -> dict[str, float]:
    """Yield each competency's share of the weights; the shares sum to one. Empty where nothing is demanded."""
    total = sum(demand.weight for demand in profile.demands)
    return {demand.competency: demand.weight / total for demand in profile.demands} if total > 0 else {}
