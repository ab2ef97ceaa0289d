"""Correlations of the prior, estimated again from what the ledger holds.

Expectation maximisation: with everybody's posterior under the present correlations, the covariance of abilities is
the mean of ``m m' + C``; rescaled to a correlation matrix and averaged inside and between families it gives the next
ones. The result is drawn towards the registry's by a weight of 200 people, and returned for a new version of the
numbers: nothing is changed in place.
"""

from collections.abc import Sequence
from typing import NamedTuple

import msgspec
import numpy as np

from assay.science.arrays import FloatArray
from assay.science.belief.observations import Observation
from assay.science.belief.parameters import Parameters, PriorParameters
from assay.science.belief.posterior import posterior
from assay.science.belief.prior import Prior
from assay.science.errors import ScienceError, TooLittleDataError

MIN_PEOPLE = 100
SHRINK_PEOPLE = 200
"""The registry's correlations count as much as this many people."""
TOLERANCE = 1e-3
MAX_ROUNDS = 40


class Correlations(NamedTuple):
    """Estimated from the data alone, and after shrinking; ``people`` and ``rounds`` say from how much and how long."""

    raw_within: float
    raw_between: float
    rho_within: float
    rho_between: float
    people: int
    rounds: int


def reestimated_correlations(
    *, prior: Prior, people: Sequence[Sequence[Observation]], parameters: Parameters
) -> Correlations:
    """Yield new correlations inside and between families.

    Parameters
    ----------
    prior
        Gives the families; its own correlations do not matter.
    people
        Each person's observations; at least 100 people.

    Raises
    ------
    TooLittleDataError
        Fewer than 100 people.
    ScienceError
        The map has no two families, or no family with two competencies.
    """
    if len(people) < MIN_PEOPLE:
        raise TooLittleDataError(what="people", needed=MIN_PEOPLE, found=len(people))
    codes = np.unique(np.array(prior.families), return_inverse=True)[1]
    same = codes[:, None] == codes[None, :]
    inside = same & ~np.eye(prior.size, dtype=np.bool_)
    if not inside.any() or same.all():
        raise ScienceError("correlations inside and between families need both kinds of pairs")
    within, between = parameters.prior.rho_within, parameters.prior.rho_between
    rounds, moved = 0, 1.0
    while moved >= TOLERANCE and rounds < MAX_ROUNDS:
        current = Prior.from_families(
            families=prior.families,
            rho_within=within,
            rho_between=between,
            is_perishable=prior.is_perishable.tolist(),
        )
        matrix = _expected_correlation(prior=current, people=people, parameters=parameters)
        next_between = float(np.clip(matrix[~same].mean(), 0.0, 0.95))
        next_within = float(np.clip(matrix[inside].mean(), next_between, 0.97))
        moved = max(abs(next_within - within), abs(next_between - between))
        within, between = next_within, next_between
        rounds += 1
    weight = len(people) / (len(people) + SHRINK_PEOPLE)
    return Correlations(
        raw_within=within,
        raw_between=between,
        rho_within=weight * within + (1.0 - weight) * parameters.prior.rho_within,
        rho_between=weight * between + (1.0 - weight) * parameters.prior.rho_between,
        people=len(people),
        rounds=rounds,
    )


def with_correlations(*, parameters: Parameters, correlations: Correlations, version: str) -> Parameters:
    """Yield the numbers with the new correlations, under a new version."""
    numbers = PriorParameters(rho_within=correlations.rho_within, rho_between=correlations.rho_between)
    return msgspec.structs.replace(parameters, prior=numbers, version=version)


def _expected_correlation(
    *, prior: Prior, people: Sequence[Sequence[Observation]], parameters: Parameters
) -> FloatArray:
    total = np.zeros((prior.size, prior.size))
    for observations in people:
        belief = posterior(prior=prior, observations=observations, parameters=parameters)
        total += np.outer(belief.mean, belief.mean) + belief.covariance
    scale = np.sqrt(np.diag(total))
    matrix: FloatArray = total / np.outer(scale, scale)
    return matrix
