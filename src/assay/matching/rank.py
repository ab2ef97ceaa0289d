"""From a role and people to an order with intervals.

While only claims are known of a person, the fit is the first look's (docs/adr/0019): claiming more never counts
against anybody, and no date enters. Once something was measured, the belief's own fit takes its place.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from scipy.special import ndtr

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
from assay.matching.role import CODE_OF, Competencies, RoleModel
from assay.science.arrays import BoolArray, IntArray
from assay.science.belief import FirstLook, PoolFits, first_look_fits, fit_from_moments, threshold_of

P_MET, P_UNMET = 0.8, 0.2
"""From these probabilities on, a measured must-have counts as met or as not met."""
DIGITS = 9
"""Fits that agree to so many digits are equal: what differs behind is rounding, not evidence."""

_HOPE = (MustHaveState.MET, MustHaveState.UNKNOWN, MustHaveState.UNMET)
Codes = NDArray[np.uint8]


class MeasuredFit(NamedTuple):
    """Mean and sd of the fit of a person of whom more than claims is known."""

    mean: float
    sd: float


class Pool(NamedTuple):
    """People as arrays: ``codes`` (P, K) of claims, keys that break ties, who is ruled out, and who was measured."""

    codes: Codes
    keys: Sequence[str]
    is_out: BoolArray
    measured: Mapping[int, MeasuredFit]


def codes_of(*, people: Sequence[Applicant], competencies: Competencies) -> Codes:
    """Yield the claims of people as codes, shape (P, K); 0 where nothing is claimed."""
    codes = np.zeros((len(people), len(competencies.ids)), dtype=np.uint8)
    for row, person in enumerate(people):
        for line in person.claims:
            if (column := competencies.place.get(line.competency)) is not None:
                codes[row, column] = max(codes[row, column], CODE_OF[line.stance])
    return codes


def pool_fits(*, pool: Pool, role: RoleModel) -> PoolFits:
    """Yield mean and sd of the fit of every person, shape (P,)."""
    # what the role does not ask for has the coefficient 0 and is left out of the sums
    columns = np.flatnonzero(role.first_look.coefficients)
    look = FirstLook(
        coefficients=role.first_look.coefficients[columns],
        claim_covariance=role.first_look.claim_covariance[np.ix_(columns, columns)],
        fit_covariance=role.first_look.fit_covariance[columns],
        bias=role.first_look.bias,
    )
    first = first_look_fits(first_look=look, levels=role.scale.value[pool.codes[:, columns]])
    mean, sd = first.mean.copy(), first.sd.copy()
    for row, fit in pool.measured.items():
        mean[row], sd[row] = fit
    return PoolFits(mean=mean, sd=sd)


def measured_fit(*, belief: Measured, role: RoleModel) -> MeasuredFit:
    """Yield the fit that a belief means for a role."""
    return MeasuredFit(
        mean=float(role.direction @ belief.mean),
        sd=math.sqrt(role.direction @ belief.covariance @ role.direction),
    )


def order_pool(*, pool: Pool, role: RoleModel) -> Order:
    """Yield the order: those whom a stated fact rules out last, then by fit, then by must-haves met.

    Between people with equal fits and must-haves a hash of the evidence decides, and between people with the very same
    evidence the key: never a name and never the order of arrival.
    """
    fits = pool_fits(pool=pool, role=role)
    place = role.competencies.place
    met = np.zeros(len(pool.codes), dtype=np.int64)
    for wanted in role.must_haves:
        columns = [place[name] for name in wanted.any_of]
        met += (role.scale.said[pool.codes[:, columns]] >= wanted.level).any(axis=1)
    evidence = (pool.is_out, -np.round(fits.mean, DIGITS), -met)
    rows = np.lexsort(evidence[::-1])
    is_new = np.zeros(len(rows), dtype=np.bool_)
    for values in evidence:
        is_new[1:] |= values[rows[1:]] != values[rows[:-1]]
    return Order(rows=_without_ties(rows=rows, run=np.cumsum(is_new), pool=pool), mean=fits.mean, sd=fits.sd)


def order_people(*, people: Sequence[Applicant], role: RoleModel) -> Order:
    """Yield the order of people; see `order_pool`."""
    return order_pool(pool=pool_of(people=people, role=role), role=role)


def pool_of(*, people: Sequence[Applicant], role: RoleModel) -> Pool:
    """Yield people as arrays."""
    return Pool(
        codes=codes_of(people=people, competencies=role.competencies),
        keys=[person.key for person in people],
        is_out=np.array([is_ruled_out(person=person, role=role) for person in people], dtype=np.bool_),
        measured={
            row: measured_fit(belief=person.measured, role=role)
            for row, person in enumerate(people)
            if person.measured is not None
        },
    )


def is_ruled_out(*, person: Applicant, role: RoleModel) -> bool:
    """Tell whether something that the person stated excludes them from the role."""
    return any(check.state is MustHaveState.UNMET for check in check_constraints(role=role, stated=person.stated))


def _without_ties(*, rows: IntArray, run: IntArray, pool: Pool) -> IntArray:
    """Yield the rows with each run of equals, numbered by ``run``, in the order of the evidence's hash and the key."""
    tied = np.flatnonzero((np.bincount(run) > 1)[run])
    if not tied.size:
        return rows
    those = rows[tied]
    width, evidence = pool.codes.shape[1], pool.codes[those].tobytes()
    digests = b"".join(
        [hashlib.sha256(evidence[start : start + width]).digest() for start in range(0, len(evidence), width)]
    )
    words = np.frombuffer(digests, dtype=">u8").astype(np.uint64).reshape(len(those), 4)
    by_key = np.empty(len(those), dtype=np.int64)
    by_key[sorted(range(len(those)), key=[pool.keys[row] for row in those.tolist()].__getitem__)] = range(len(those))
    settled = rows.copy()
    settled[tied] = those[np.lexsort((by_key, *words.T[::-1], run[tied]))]
    return settled


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
    found = []
    for wanted in role.must_haves:
        states = {
            name: _state(
                line=said.get(name),
                level=wanted.level,
                measured=person.measured,
                place=role.competencies.place[name],
                role=role,
            )
            for name in wanted.any_of
        }
        # any one does: met beats not known, and not met only where every one of them is ruled out
        by = next(name for state in _HOPE for name in wanted.any_of if states[name] is state)
        found.append(
            MustHave(
                competency=wanted.competency,
                level=wanted.level,
                state=states[by],
                by=by,
                alternatives=wanted.alternatives,
                is_claim=person.measured is None,
            )
        )
    return tuple(found)


def _state(
    *, line: ClaimLine | None, level: int, measured: Measured | None, place: int, role: RoleModel
) -> MustHaveState:
    if measured is not None:
        sd = math.sqrt(measured.covariance[place, place])
        p_reached = float(ndtr((measured.mean[place] - threshold_of(level=level)) / sd))
        if p_reached >= P_MET:
            return MustHaveState.MET
        if p_reached <= P_UNMET:
            return MustHaveState.UNMET
    if line is None:
        return MustHaveState.UNKNOWN
    code = CODE_OF[line.stance]
    if role.scale.said[code] >= level:
        return MustHaveState.MET
    return MustHaveState.UNMET if role.scale.is_against[code] else MustHaveState.UNKNOWN


def contributions_of(*, person: Applicant, role: RoleModel) -> tuple[Contribution, ...]:
    """Yield what moved the fit, the strongest first: the exact difference that leaving the claim out would make."""
    look, place = role.first_look, role.competencies.place
    effects: dict[str, float] = {}
    for line in person.claims:
        column = place.get(line.competency)
        value = float(role.scale.value[CODE_OF[line.stance]])
        if column is None or math.isnan(value):
            continue
        effect = float(look.coefficients[column]) * max(value - 3.0 - look.bias, 0.0)
        if effect > 0.0:
            effects[line.competency] = max(effect, effects.get(line.competency, 0.0))
    found = [Contribution(competency=name, effect=effect) for name, effect in effects.items()]
    return tuple(sorted(found, key=lambda one: (-one.effect, one.competency)))


def not_measured_of(*, person: Applicant, role: RoleModel) -> tuple[str, ...]:
    """Yield the demanded competencies of which no word is known, the weightiest first."""
    known = {line.competency for line in person.claims}
    for wanted in role.must_haves:
        if known.intersection(wanted.any_of):
            known.update(wanted.any_of)  # one of several alternatives is enough
    return tuple(competency for competency in role.demanded if competency not in known)
