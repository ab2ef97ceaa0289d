"""From a belief to a role: fit, must-haves, and who cannot be told apart."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from assay.science.arrays import FloatArray
from assay.science.belief.levels import threshold_of
from assay.science.belief.orthant import p_all_positive
from assay.science.belief.posterior import Belief, contributions
from assay.science.belief.prior import Prior
from assay.science.errors import ScienceError

SEPARABLE_P = 0.8
"""Two people are told apart where one is ahead with at least this probability."""
Z_80 = float(ndtri(0.9))
Z_95 = float(ndtri(0.975))


class Interval(NamedTuple):
    """A central interval of a normal belief."""

    low: float
    high: float


class Fit(NamedTuple):
    """Belief about ``F = w'theta / sd(w'theta)``, where the pool has mean 0 and sd 1.

    ``bar`` is the fit of the person who stands exactly where every required level begins, and ``p_above_bar`` is
    P(F > bar). Both are None where no level is required.
    """

    mean: float
    sd: float
    interval80: Interval
    interval95: Interval
    bar: float | None
    p_above_bar: float | None


class Bracket(NamedTuple):
    """Places ``first`` to ``last`` (0-based, inclusive) of a ranking that cannot be separated."""

    first: int
    last: int


def fit_direction(*, prior: Prior, weights: FloatArray) -> FloatArray:
    """Yield the weights over the prior sd of their composite, shape (K,): ``F = direction' theta``."""
    if weights.shape != (prior.size,) or not np.isfinite(weights).all() or (weights < 0.0).any():
        raise ScienceError(f"weights must be {prior.size} finite numbers of at least 0")
    if not weights.any():
        raise ScienceError("a role weighs at least one competency")
    direction: FloatArray = weights / math.sqrt(weights @ prior.covariance @ weights)
    return direction


def bar_of(*, direction: FloatArray, required_levels: Mapping[int, int]) -> float | None:
    """Yield the fit of a person at the beginning of every required level; None where nothing is required.

    Competencies that are weighed but have no required level count with the pool's mean, 0.
    """
    if not required_levels:
        return None
    return float(sum(direction[index] * threshold_of(level=level) for index, level in required_levels.items()))


def fit_from_moments(*, mean: float, sd: float, bar: float | None) -> Fit:
    """Yield the fit of a normal belief about ``F``."""
    return Fit(
        mean=mean,
        sd=sd,
        interval80=Interval(low=mean - Z_80 * sd, high=mean + Z_80 * sd),
        interval95=Interval(low=mean - Z_95 * sd, high=mean + Z_95 * sd),
        bar=bar,
        p_above_bar=None if bar is None else float(ndtr((mean - bar) / sd)),
    )


def role_fit(*, belief: Belief, weights: FloatArray, required_levels: Mapping[int, int] | None = None) -> Fit:
    """Yield the fit of one person to one role.

    Parameters
    ----------
    weights
        Shape (K,), at least 0, not all 0; their scale does not matter.
    required_levels
        Competency index to required level 1..5; gives the bar.
    """
    direction = fit_direction(prior=belief.prior, weights=weights)
    return fit_from_moments(
        mean=float(direction @ belief.mean),
        sd=math.sqrt(direction @ belief.covariance @ direction),
        bar=bar_of(direction=direction, required_levels=required_levels or {}),
    )


def fit_contributions(*, belief: Belief, weights: FloatArray) -> FloatArray:
    """Yield by how much each observation moved the fit's mean, shape (n,), in the order they were given."""
    return contributions(belief=belief, direction=fit_direction(prior=belief.prior, weights=weights))


def p_must_haves(*, belief: Belief, required_levels: Mapping[int, int]) -> float:
    """Yield the joint probability that every must-have is met: P(all theta_k >= beginning of level k).

    Never the product of the single chances: competencies are correlated. Level 1 is met by everybody. No must-have
    gives 1. The error is below 1e-3 (see ``orthant``).
    """
    indices = sorted(index for index, level in required_levels.items() if level > 1)
    thresholds = np.array([threshold_of(level=required_levels[index]) for index in indices])
    if not indices:
        return 1.0
    return p_all_positive(
        mean=belief.mean[indices] - thresholds, covariance=belief.covariance[np.ix_(indices, indices)]
    )


def p_ahead(*, means: FloatArray, variances: FloatArray) -> FloatArray:
    """Yield P(F_i > F_j) for all pairs, shape (n, n), for people whose beliefs are independent."""
    spread = np.sqrt(variances[:, None] + variances[None, :])
    ahead: FloatArray = ndtr((means[:, None] - means[None, :]) / spread)
    return ahead


def brackets(*, fits: Sequence[Fit], threshold_p: float = SEPARABLE_P) -> list[Bracket]:
    """Yield the longest stretches of a ranking inside which no two people can be separated.

    ``fits`` stand in the order of the ranking. Stretches may overlap; each holds at least two people and none lies
    inside another. Two people are inseparable where neither is ahead with probability ``threshold_p`` or more.
    """
    return brackets_of_moments(
        means=np.array([fit.mean for fit in fits]), sds=np.array([fit.sd for fit in fits]), threshold_p=threshold_p
    )


def brackets_of_moments(*, means: FloatArray, sds: FloatArray, threshold_p: float = SEPARABLE_P) -> list[Bracket]:
    """Yield the same as `brackets` from means and sds, shape (n,) each, in the order of the ranking.

    The stretches are walked with two ends, so that a long ranking takes memory for one stretch and not for all pairs.
    """
    variances = sds**2
    farthest = float(ndtri(threshold_p))
    found: list[Bracket] = []
    last = 0
    for first in range(len(means)):
        reach = max(last, first)
        while reach + 1 < len(means):
            own = slice(first, reach + 1)
            spread = np.sqrt(variances[own] + variances[reach + 1])
            if (np.abs(means[own] - means[reach + 1]) >= farthest * spread).any():
                break
            reach += 1
        if reach > first and reach > last:
            found.append(Bracket(first=first, last=reach))
        last = max(last, reach)
    return found
