"""Krippendorff's alpha: agreement beyond chance, for any number of raters, with gaps.

Krippendorff (2011), "Computing Krippendorff's alpha-reliability", https://repository.upenn.edu/asc_papers/43.
"""

from enum import StrEnum
from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError, TooLittleDataError


class Scale(StrEnum):
    """What a difference between two values means."""

    NOMINAL = "nominal"
    ORDINAL = "ordinal"
    INTERVAL = "interval"
    RATIO = "ratio"


class AlphaInterval(NamedTuple):
    """Alpha with a percentile interval from resampled units."""

    alpha: float
    low: float
    high: float


def krippendorff_alpha(*, ratings: FloatArray, scale: Scale) -> float:
    """Yield ``1 - observed disagreement / expected disagreement``: 1 perfect, 0 chance, below 0 opposition.

    Parameters
    ----------
    ratings
        Shape (raters, units), NaN where a rater did not rate a unit. Units with one rating do not count. Ratio scales
        need values above 0.

    Raises
    ------
    TooLittleDataError
        Fewer than two units were rated twice.
    ScienceError
        All ratings are alike: there is no expected disagreement to compare with.
    """
    paired = ratings[:, np.sum(~np.isnan(ratings), axis=0) >= 2]
    if paired.shape[1] < 2:
        raise TooLittleDataError(what="units rated twice", needed=2, found=paired.shape[1])
    values, codes = np.unique(paired[~np.isnan(paired)], return_inverse=True)
    units = np.nonzero(~np.isnan(paired))[1]
    table = np.zeros((paired.shape[1], len(values)))
    np.add.at(table, (units, codes), 1.0)
    return _alpha(table=table, values=values, scale=scale)


def alpha_interval(
    *, ratings: FloatArray, scale: Scale, rng: np.random.Generator, repeats: int = 1000, level: float = 0.95
) -> AlphaInterval:
    """Yield alpha with the percentile interval of ``repeats`` samples of units; those without variance are left out."""
    alpha = krippendorff_alpha(ratings=ratings, scale=scale)
    paired = ratings[:, np.sum(~np.isnan(ratings), axis=0) >= 2]
    values, codes = np.unique(paired[~np.isnan(paired)], return_inverse=True)
    table = np.zeros((paired.shape[1], len(values)))
    np.add.at(table, (np.nonzero(~np.isnan(paired))[1], codes), 1.0)
    draws = (table[rng.integers(len(table), size=len(table))] for _ in range(repeats))
    found = [_alpha(table=draw, values=values, scale=scale) for draw in draws if np.count_nonzero(draw.sum(axis=0)) > 1]
    if not found:
        raise ScienceError("no sample of units holds two different ratings")
    low, high = np.quantile(found, [(1.0 - level) / 2.0, (1.0 + level) / 2.0])
    return AlphaInterval(alpha=alpha, low=float(low), high=float(high))


def _alpha(*, table: FloatArray, values: FloatArray, scale: Scale) -> float:
    """``table`` has shape (units, values): how often each unit got each value."""
    per_unit = table.sum(axis=1)
    coincidences = (table.T / (per_unit - 1.0)) @ table
    coincidences[np.diag_indices(len(values))] -= (table / (per_unit - 1.0)[:, None]).sum(axis=0)
    totals = coincidences.sum(axis=1)
    distance = _squared_distances(values=values, totals=totals, scale=scale)
    expected = float(totals @ distance @ totals)
    if expected <= 0.0:
        raise ScienceError("all ratings are alike: agreement beyond chance is not defined")
    return float(1.0 - (totals.sum() - 1.0) * (coincidences * distance).sum() / expected)


def _squared_distances(*, values: FloatArray, totals: FloatArray, scale: Scale) -> FloatArray:
    if scale is Scale.NOMINAL:
        return 1.0 - np.eye(len(values))
    if scale is Scale.ORDINAL:
        rank = np.cumsum(totals) - totals / 2.0
        return np.asarray((rank[:, None] - rank[None, :]) ** 2)
    difference = values[:, None] - values[None, :]
    if scale is Scale.INTERVAL:
        return np.asarray(difference**2)
    if (values <= 0.0).any():
        raise ScienceError("a ratio scale needs values above 0")
    return np.asarray((difference / (values[:, None] + values[None, :])) ** 2)
