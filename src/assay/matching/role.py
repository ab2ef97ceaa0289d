"""A role as numbers: what its profile means for the mathematics."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple, Protocol

import numpy as np

from assay.evidence.claims import ClaimRules, Stance
from assay.roles.profile import Constraints, RoleProfile
from assay.science.arrays import BoolArray, FloatArray, IntArray
from assay.science.belief import FirstLook, Parameters, Prior, bar_of, first_look_for, fit_direction

PERISHABLE_BELOW_Y = 8.0
"""A competency whose half-life is shorter fades with the short time constant."""


class MapEntry(Protocol):
    """What is needed of a competency."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def name(self) -> str: ...  # noqa: D102
    @property
    def family(self) -> str: ...  # noqa: D102
    @property
    def half_life_years(self) -> float: ...  # noqa: D102


class NothingDemandedError(ValueError):
    """The role demands nothing that the map holds, so nobody can be ranked for it."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Competencies:
    """The map as the mathematics sees it: ids in order, their places, and the prior over them."""

    ids: tuple[str, ...]
    place: Mapping[str, int]
    names: Mapping[str, str]
    prior: Prior


class Wanted(NamedTuple):
    """A must-have: a competency, its level 1..5, and the competencies of which any one does as well."""

    competency: str
    level: int
    alternatives: tuple[str, ...]

    @property
    def any_of(self) -> tuple[str, ...]:
        """The competency itself and its alternatives."""
        return (self.competency, *self.alternatives)


class ClaimScale(NamedTuple):
    """What each code of a claim is worth: code 0 is no claim, 1 to 5 are the stances from ``negated`` to ``strong``.

    ``value`` is NaN where a claim has no weight; ``said`` is the level that the words themselves put.
    """

    value: FloatArray
    said: IntArray
    is_against: BoolArray


CODE_OF = {stance: code for code, stance in enumerate(Stance, start=1)}
STANCE_OF = {code: stance for stance, code in CODE_OF.items()}


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class RoleModel:
    """A role ready to rank for.

    Attributes
    ----------
    weights, direction
        Shape (K,): the profile's weights, and the same over the prior sd of their composite.
    required
        Place of a competency to the level 1..5 that the role asks for.
    must_haves
        In the order of the profile.
    """

    competencies: Competencies
    weights: FloatArray
    direction: FloatArray
    required: Mapping[int, int]
    must_haves: tuple[Wanted, ...]
    demanded: tuple[str, ...]
    constraints: Constraints
    first_look: FirstLook
    bar: float | None
    pay_ceiling: str
    scale: ClaimScale


def competencies_from(*, entries: Sequence[MapEntry], parameters: Parameters) -> Competencies:
    """Yield the map in its own order with the registry's prior."""
    ids = tuple(entry.id for entry in entries)
    prior = Prior.from_families(
        families=[entry.family for entry in entries],
        rho_within=parameters.prior.rho_within,
        rho_between=parameters.prior.rho_between,
        is_perishable=[entry.half_life_years < PERISHABLE_BELOW_Y for entry in entries],
    )
    return Competencies(
        ids=ids,
        place={name: place for place, name in enumerate(ids)},
        names={entry.id: entry.name for entry in entries},
        prior=prior,
    )


def claim_scale(rules: ClaimRules) -> ClaimScale:
    """Yield the rule table by code."""
    value, said = np.full(len(CODE_OF) + 1, np.nan), np.zeros(len(CODE_OF) + 1, dtype=np.int64)
    is_against = np.zeros(len(CODE_OF) + 1, dtype=np.bool_)
    for stance, code in CODE_OF.items():
        rule = rules.stances[stance]
        is_against[code] = stance in rules.weightless
        value[code] = np.nan if is_against[code] else rule.value
        said[code] = rule.level_said
    return ClaimScale(value=value, said=said, is_against=is_against)


def role_model(
    *, profile: RoleProfile, competencies: Competencies, parameters: Parameters, rules: ClaimRules
) -> RoleModel:
    """Yield the role as numbers. Demands that the map does not hold are left out.

    Raises
    ------
    NothingDemandedError
        No demand of positive weight is left.
    """
    demands = [one for one in profile.demands if one.competency in competencies.place and one.weight > 0]
    if not demands:
        raise NothingDemandedError("The role asks for nothing that the competency map knows, so nobody can be ranked.")
    weights = np.zeros(len(competencies.ids))
    for demand in demands:
        weights[competencies.place[demand.competency]] = demand.weight
    required = {competencies.place[demand.competency]: demand.level for demand in demands}
    direction = fit_direction(prior=competencies.prior, weights=weights)
    by_weight = sorted(demands, key=lambda demand: (-demand.weight, demand.competency))
    return RoleModel(
        competencies=competencies,
        weights=weights,
        direction=direction,
        required=required,
        must_haves=tuple(
            Wanted(
                demand.competency,
                demand.level,
                tuple(name for name in demand.alternatives if name in competencies.place),
            )
            for demand in demands
            if demand.is_must_have
        ),
        demanded=tuple(demand.competency for demand in by_weight),
        constraints=profile.constraints,
        first_look=first_look_for(prior=competencies.prior, weights=weights, parameters=parameters),
        bar=bar_of(direction=direction, required_levels=required),
        pay_ceiling=_pay_ceiling(profile),
        scale=claim_scale(rules),
    )


def _pay_ceiling(profile: RoleProfile) -> str:
    """Yield the most that the role pays as ``90000 EUR year``; empty where it does not say."""
    pay = profile.pay
    return f"{pay.high:.0f} {pay.currency} {pay.period}" if pay is not None and pay.high is not None else ""
