"""Levels in words' place: from a normal belief to levels 1..5, chances and dots."""

import math
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr, ndtri

from assay.science.arrays import FloatArray, IntArray
from assay.science.belief.posterior import Belief
from assay.science.errors import ScienceError

LEVEL_CUTS = (-1.5, -0.5, 0.5, 1.5)
"""Abilities at which the levels 2, 3, 4 and 5 begin, in sd of the pool."""
DOT_COUNT = 20


class DotPlot(NamedTuple):
    """Twenty equally likely values, rising, and the level (1..5) that each lies in. Shape (20,) each."""

    positions: FloatArray
    levels: IntArray


def level_of(*, ability: float) -> int:
    """Yield the level 1..5 in which an ability lies; an ability on a cut belongs to the higher level."""
    return 1 + int(np.searchsorted(LEVEL_CUTS, ability, side="right"))


def threshold_of(*, level: int) -> float:
    """Yield the ability at which a level begins.

    Level 1 has no lower end; -2.5, one level's width below level 2, stands for it where a number is needed.
    """
    if not 1 <= level <= 5:
        raise ScienceError(f"level {level} is outside 1..5")
    return level - 3.5


def chance_at_least(*, belief: Belief, competency: int, level: int) -> float:
    """Yield P(theta_competency >= the beginning of the level); 1 for level 1."""
    if level == 1:
        return 1.0
    sd = math.sqrt(belief.covariance[competency, competency])
    return float(ndtr((belief.mean[competency] - threshold_of(level=level)) / sd))


def level_chances(*, belief: Belief) -> FloatArray:
    """Yield the probability of each level of each competency, shape (K, 5); rows sum to 1."""
    sd = np.sqrt(np.diag(belief.covariance))
    below = ndtr((np.array(LEVEL_CUTS) - belief.mean[:, None]) / sd[:, None])
    edges = np.hstack((np.zeros((len(sd), 1)), below, np.ones((len(sd), 1))))
    return np.diff(edges, axis=1)


def quantile_dots(*, mean: float, sd: float, count: int = DOT_COUNT) -> DotPlot:
    """Yield the quantiles ``(i - 1/2) / count`` of N(mean, sd^2) with their levels.

    A quantile dot plot (Kay, Kola, Hullman & Munson 2016, doi:10.1145/2858036.2858558): each dot is one chance in
    ``count``.
    """
    if not sd > 0.0 or count < 1:
        raise ScienceError("a dot plot needs a positive sd and at least one dot")
    positions = mean + sd * ndtri((np.arange(count) + 0.5) / count)
    return DotPlot(positions=positions, levels=1 + np.searchsorted(LEVEL_CUTS, positions, side="right"))
