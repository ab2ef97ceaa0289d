"""Two-parameter logistic and graded response items on one ability, as arrays.

``P(Y >= k | theta) = 1 / (1 + exp(-(a theta + c_k)))`` with ``c_1 > c_2 > ...``; difficulty ``b_k = -c_k / a``. One
threshold is the 2PL (Birnbaum 1968), several are Samejima's graded response model (1969, Psychometrika Monograph 17).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Self

import numpy as np
from scipy.special import expit

from assay.science.arrays import FloatArray, IntArray, frozen
from assay.science.errors import ScienceError

GRID = frozen(np.linspace(-6.0, 6.0, 61))
"""Abilities at which integrals are taken, in sd of the pool."""


def normal_weights(*, mean: float = 0.0, sd: float = 1.0, grid: FloatArray = GRID) -> FloatArray:
    """Yield the weights of N(mean, sd^2) on the grid, shape (Q,), summing to 1."""
    if not sd > 0.0:
        raise ScienceError("the sd of an ability must be positive")
    density = np.exp(-0.5 * ((grid - mean) / sd) ** 2)
    weights: FloatArray = density / density.sum()
    return weights


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Items:
    """J items with up to M thresholds each.

    Attributes
    ----------
    slopes
        Shape (J,), positive: discrimination per sd of ability.
    intercepts
        Shape (J, M), falling along each row; ``-inf`` fills the rows of items with fewer thresholds.
    """

    slopes: FloatArray
    intercepts: FloatArray

    @classmethod
    def from_difficulties(cls, *, discriminations: Sequence[float], difficulties: Sequence[Sequence[float]]) -> Self:
        """Yield items from ``a`` and the difficulties ``b_1 < b_2 < ...`` of each; others raise ``ScienceError``."""
        slopes = np.array(discriminations, dtype=float)
        if slopes.shape != (len(difficulties),) or not (np.isfinite(slopes).all() and (slopes > 0.0).all()):
            raise ScienceError("every item needs one positive discrimination")
        intercepts = np.full((len(slopes), max(map(len, difficulties), default=1)), -np.inf)
        for index, places in enumerate(difficulties):
            if not len(places) or not np.isfinite(places).all() or (np.diff(places) <= 0.0).any():
                raise ScienceError(f"the difficulties of item {index} must be finite and rise")
            intercepts[index, : len(places)] = -slopes[index] * np.array(places)
        return cls(slopes=frozen(slopes), intercepts=frozen(intercepts))

    @property
    def count(self) -> int:
        """J."""
        return len(self.slopes)

    @property
    def thresholds(self) -> IntArray:
        """Number of thresholds of each item, shape (J,)."""
        found: IntArray = np.isfinite(self.intercepts).sum(axis=1)
        return found

    @property
    def difficulties(self) -> FloatArray:
        """Shape (J, M), rising; ``inf`` where an item has fewer thresholds."""
        found: FloatArray = -self.intercepts / self.slopes[:, None]
        return found


def at_least(*, items: Items, ability: FloatArray) -> FloatArray:
    """Yield P(Y >= k) for k = 0 .. M + 1, shape (J, M + 2, Q); the first is 1, the last 0."""
    logits = items.slopes[:, None, None] * ability + items.intercepts[:, :, None]
    ends = np.ones((items.count, 1, len(ability)))
    return np.concatenate((ends, expit(logits), 0.0 * ends), axis=1)


def category_probabilities(*, items: Items, ability: FloatArray) -> FloatArray:
    """Yield P(Y = x) for x = 0 .. M, shape (J, M + 1, Q); 0 for categories that an item does not have."""
    return -np.diff(at_least(items=items, ability=ability), axis=1)


def information(*, items: Items, ability: FloatArray) -> FloatArray:
    """Yield the Fisher information of each item, shape (J, Q).

    ``I(theta) = sum_x P'_x^2 / P_x`` (Samejima 1969); for the 2PL ``a^2 P (1 - P)``.
    """
    above = at_least(items=items, ability=ability)
    slope = items.slopes[:, None, None] * above * (1.0 - above)
    probability = -np.diff(above, axis=1)
    change = -np.diff(slope, axis=1)
    safe = np.where(probability > 0.0, probability, 1.0)
    total: FloatArray = np.where(probability > 0.0, change**2 / safe, 0.0).sum(axis=1)
    return total
