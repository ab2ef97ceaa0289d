"""From a role and people to an order with intervals.

While only claims are known of a person, the fit is the first look's (docs/adr/0019): claiming more never counts
against anybody, and no date enters. Once something was measured, the belief's own fit takes its place.
"""

import hashlib
import math
from collections.abc import Sequence

import numpy as np
from scipy.special import ndtr

from assay.evidence.claims import Stance
from assay.matching.constraints import check_constraints
from assay.matching.model import (
    Applicant,
    ClaimLine,
    Contribution,
    FitValues,
    Measured,
    MustHave,
    MustHaveState,
    Order,
    Standing,
)
from assay.matching.role import RoleModel
from assay.science.arrays import FloatArray
from assay.science.belief import PoolFits, first_look_fits, fit_from_moments, threshold_of

P_MET, P_UNMET = 0.8, 0.2
"""From these probabilities on, a measured must-have counts as met or as not met."""
WEIGHTLESS = frozenset({Stance.BASIC, Stance.NEGATED})


def claimed_levels(*, people: Sequence[Applicant], role: RoleModel) -> FloatArray:
    """Yield the claims as a table, shape (P, K), NaN where nothing that counts is claimed."""
    place = role.competencies.place
    table = np.full((len(people), len(place)), np.nan)
    for row, person in enumerate(people):
        for line in person.claims:
            if line.stance not in WEIGHTLESS and (column := place.get(line.competency)) is not None:
                table[row, column] = np.fmax(table[row, column], line.value)
    return table


def pool_fits(*, people: Sequence[Applicant], role: RoleModel) -> PoolFits:
    """Yield mean and sd of the fit of every person, shape (P,)."""
    first = first_look_fits(first_look=role.first_look, levels=claimed_levels(people=people, role=role))
    mean, sd = first.mean.copy(), first.sd.copy()
    for row, person in enumerate(people):
        if person.measured is not None:
            mean[row] = role.direction @ person.measured.mean
            sd[row] = math.sqrt(role.direction @ person.measured.covariance @ role.direction)
    return PoolFits(mean=mean, sd=sd)


def order_people(*, people: Sequence[Applicant], role: RoleModel) -> Order:
    """Yield the order: those whom a stated fact rules out last, then by fit, then by must-haves, then by evidence.

    Between people of equal fit the one with more must-haves met stands first; between people with the very same
    evidence a hash of the evidence and then of the documents decides, never a name or the order of arrival.
    """
    fits = pool_fits(people=people, role=role)
    keys = []
    for row, person in enumerate(people):
        is_out = any(check.state is MustHaveState.UNMET for check in check_constraints(role=role, stated=person.stated))
        met = sum(one.state is MustHaveState.MET for one in must_haves_of(person=person, role=role))
        keys.append((is_out, -round(float(fits.mean[row]), 9), -met, evidence_hash(person), person.key, row))
    rows = np.array([key[-1] for key in sorted(keys)], dtype=np.int64)
    return Order(rows=rows, mean=fits.mean, sd=fits.sd)


def standing_of(*, person: Applicant, row: int, order: Order, role: RoleModel) -> Standing:
    """Yield where a person stands and why."""
    return Standing(
        row=row,
        fit=fit_values(mean=float(order.mean[row]), sd=float(order.sd[row]), bar=role.bar),
        must_haves=must_haves_of(person=person, role=role),
        constraints=check_constraints(role=role, stated=person.stated),
        contributions=contributions_of(person=person, role=role),
        not_measured=not_measured_of(person=person, role=role),
    )


def fit_values(*, mean: float, sd: float, bar: float | None) -> FitValues:
    """Yield the fit of a normal belief with its 80 % interval."""
    fit = fit_from_moments(mean=mean, sd=sd, bar=bar)
    return FitValues(
        mean=mean, sd=sd, interval80=(fit.interval80.low, fit.interval80.high), p_above_bar=fit.p_above_bar
    )


def must_haves_of(*, person: Applicant, role: RoleModel) -> tuple[MustHave, ...]:
    """Yield what is known of every must-have, in the order of the role.

    Claims only: met where the words themselves reach the level, not met where they say they do not ("basics",
    "no experience"), else not known. Measured: by the belief's probability. No word at all: not known.
    """
    said = {line.competency: line for line in person.claims}
    return tuple(
        MustHave(
            competency=competency,
            level=level,
            state=_state(
                line=said.get(competency),
                level=level,
                measured=person.measured,
                place=role.competencies.place[competency],
            ),
            is_claim=person.measured is None,
        )
        for competency, level in role.must_haves
    )


def _state(*, line: ClaimLine | None, level: int, measured: Measured | None, place: int) -> MustHaveState:
    if measured is not None:
        sd = math.sqrt(measured.covariance[place, place])
        p_reached = float(ndtr((measured.mean[place] - threshold_of(level=level)) / sd))
        if p_reached >= P_MET:
            return MustHaveState.MET
        if p_reached <= P_UNMET:
            return MustHaveState.UNMET
    if line is None:
        return MustHaveState.UNKNOWN
    if line.level_said >= level:
        return MustHaveState.MET
    return MustHaveState.UNMET if line.stance in WEIGHTLESS else MustHaveState.UNKNOWN


def contributions_of(*, person: Applicant, role: RoleModel) -> tuple[Contribution, ...]:
    """Yield what moved the fit, the strongest first: the exact difference that leaving the claim out would make."""
    look, place = role.first_look, role.competencies.place
    effects: dict[str, float] = {}
    for line in person.claims:
        column = place.get(line.competency)
        if column is None or line.stance in WEIGHTLESS:
            continue
        effect = float(look.coefficients[column]) * max(line.value - 3.0 - look.bias, 0.0)
        if effect > 0.0:
            effects[line.competency] = max(effect, effects.get(line.competency, 0.0))
    found = [Contribution(competency=name, effect=effect) for name, effect in effects.items()]
    return tuple(sorted(found, key=lambda one: (-one.effect, one.competency)))


def not_measured_of(*, person: Applicant, role: RoleModel) -> tuple[str, ...]:
    """Yield the demanded competencies of which no word is known, the weightiest first."""
    known = {line.competency for line in person.claims}
    return tuple(competency for competency in role.demanded if competency not in known)


def evidence_hash(person: Applicant) -> str:
    """Yield a hash of the claims, the same for two people who claim the same in the same way."""
    lines = sorted(f"{line.competency}:{line.value:.3f}:{line.stance}" for line in person.claims)
    return hashlib.sha256("\n".join(lines).encode()).hexdigest()
