"""Intraclass correlations of a full table of ratings (Shrout & Fleiss 1979, doi:10.1037/0033-2909.86.2.420)."""

from typing import NamedTuple

import numpy as np
from scipy.special import fdtri

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError


class MeanSquares(NamedTuple):
    """Mean squares between targets, within targets, between judges, and error."""

    targets: float
    within: float
    judges: float
    error: float


class Intraclass(NamedTuple):
    """The six forms. ``*_single`` is for one judge, ``*_mean`` for the mean of all k.

    ``one_way``: every target has its own judges; ``agreement``: judges are a sample, their severity counts as error
    (ICC(2, .)); ``consistency``: only the order counts (ICC(3, .)). ``agreement_low`` and ``agreement_high`` are the
    95 % interval of ``agreement_single``.
    """

    one_way_single: float
    agreement_single: float
    consistency_single: float
    one_way_mean: float
    agreement_mean: float
    consistency_mean: float
    agreement_low: float
    agreement_high: float


def mean_squares(*, ratings: FloatArray) -> MeanSquares:
    """Yield the two-way analysis of variance of a full table, shape (n targets, k judges), n and k at least 2."""
    if ratings.ndim != 2 or min(ratings.shape) < 2 or not np.isfinite(ratings).all():
        raise ScienceError("a full table of at least two targets and two judges is needed")
    count, judges = ratings.shape
    grand = ratings.mean()
    by_target, by_judge = ratings.mean(axis=1, keepdims=True), ratings.mean(axis=0, keepdims=True)
    within = float(((ratings - by_target) ** 2).sum())
    between_judges = float(count * ((by_judge - grand) ** 2).sum())
    return MeanSquares(
        targets=float(judges * ((by_target - grand) ** 2).sum()) / (count - 1),
        within=within / (count * (judges - 1)),
        judges=between_judges / (judges - 1),
        error=(within - between_judges) / ((count - 1) * (judges - 1)),
    )


def intraclass(*, ratings: FloatArray) -> Intraclass:
    """Yield all forms for a full table, shape (n, k); raises ``ScienceError`` where targets or errors do not vary."""
    squares = mean_squares(ratings=ratings)
    n, k = ratings.shape
    between, within, judges, error = squares
    if between <= 0.0 or error <= 1e-15:
        raise ScienceError("the intraclass correlation is not defined: targets or errors do not vary")
    spread = k * (judges - error) / n
    agreement = (between - error) / (between + (k - 1) * error + spread)
    low, high = _agreement_interval(squares=squares, count=n, judges=k, agreement=agreement)
    return Intraclass(
        one_way_single=(between - within) / (between + (k - 1) * within),
        agreement_single=agreement,
        consistency_single=(between - error) / (between + (k - 1) * error),
        one_way_mean=(between - within) / between,
        agreement_mean=(between - error) / (between + (judges - error) / n),
        consistency_mean=(between - error) / between,
        agreement_low=low,
        agreement_high=high,
    )


def _agreement_interval(*, squares: MeanSquares, count: int, judges: int, agreement: float) -> tuple[float, float]:
    """95 % limits of ICC(2, 1) with Satterthwaite's degrees of freedom (Shrout & Fleiss 1979, p. 424)."""
    between, _, by_judge, error = squares
    n, k = count, judges
    ratio = by_judge / error
    mixed = n * (1.0 + (k - 1) * agreement) - k * agreement
    df = (k - 1) * (n - 1) * (k * agreement * ratio + mixed) ** 2
    df /= (n - 1) * (k * agreement * ratio) ** 2 + mixed**2
    lower, upper = float(fdtri(n - 1, df, 0.975)), float(fdtri(df, n - 1, 0.975))
    noise = k * by_judge + (k * n - k - n) * error
    return (
        n * (between - lower * error) / (lower * noise + n * between),
        n * (upper * between - error) / (noise + n * upper * between),
    )
