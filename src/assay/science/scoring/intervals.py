"""Percentile bootstrap of a metric, and of the paired difference between two hand-ins on the same rows.

Efron & Tibshirani (1993), An Introduction to the Bootstrap, ch. 13, doi:10.1201/9780429246593.
"""

from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.scoring.metrics import Metric

REPEATS = 1000
LEVEL = 0.95
CHUNK = 100
"""Replicates weighed at once: 100 over 20,000 rows are 16 MB."""


class Estimate(NamedTuple):
    """A metric with its interval, on ``rows`` rows."""

    value: float
    low: float
    high: float
    rows: int


class Comparison(NamedTuple):
    """How much better a hand-in is than another one; above 0 is better whichever way the metric runs."""

    difference: float
    low: float
    high: float

    @property
    def is_better(self) -> bool:
        """Whether the whole interval lies above 0."""
        return self.low > 0


def estimate(
    *, metric: Metric, truth: FloatArray, prediction: FloatArray, rng: np.random.Generator, repeats: int = REPEATS
) -> Estimate:
    """Yield the metric with its 95% interval.

    Parameters
    ----------
    truth
        Shape (rows,). Classes are numbers 0, 1, 2, …
    prediction
        Shape (rows,), or (rows, classes) for probabilities.

    Raises
    ------
    TooLittleDataError
        Fewer than two rows.
    ScienceError
        The rows do not pair up, a prediction is not finite, or the metric is undefined here.
    """
    _check(truth=truth, prediction=prediction)
    values = _replicates(metric=metric, truth=truth, predictions=[prediction], rng=rng, repeats=repeats)[0]
    low, high = _percentiles(values)
    return Estimate(metric.value(truth=truth, prediction=prediction), low, high, len(truth))


def compare(
    *,
    metric: Metric,
    truth: FloatArray,
    prediction: FloatArray,
    other: FloatArray,
    rng: np.random.Generator,
    repeats: int = REPEATS,
) -> Comparison:
    """Yield how much better ``prediction`` is than ``other``: both see the same resampled rows, so their noise cancels.

    Raises
    ------
    ScienceError
        As `estimate`, for either of the two.
    """
    _check(truth=truth, prediction=prediction)
    _check(truth=truth, prediction=other)
    mine, theirs = _replicates(metric=metric, truth=truth, predictions=[prediction, other], rng=rng, repeats=repeats)
    sign = 1.0 if metric.is_higher_better else -1.0
    low, high = _percentiles(sign * (mine - theirs))
    plain = metric.value(truth=truth, prediction=prediction) - metric.value(truth=truth, prediction=other)
    return Comparison(sign * plain, low, high)


def _check(*, truth: FloatArray, prediction: FloatArray) -> None:
    if len(truth) < 2:
        raise TooLittleDataError(what="rows to score", needed=2, found=len(truth))
    if len(prediction) != len(truth):
        raise ScienceError(f"{len(truth)} rows were asked for, {len(prediction)} came back")
    if not np.isfinite(prediction).all():
        raise ScienceError("a prediction is not a finite number")


def _replicates(
    *, metric: Metric, truth: FloatArray, predictions: list[FloatArray], rng: np.random.Generator, repeats: int
) -> FloatArray:
    """Shape (predictions, repeats): the metric of each on the same resampled rows."""
    rows = len(truth)
    parts = []
    for start in range(0, repeats, CHUNK):
        count = min(CHUNK, repeats - start)
        weights = rng.multinomial(rows, np.full(rows, 1 / rows), size=count).astype(float)
        parts.append(np.stack([metric.of_weights(truth, prediction, weights) for prediction in predictions]))
    return np.concatenate(parts, axis=1)


def _percentiles(values: FloatArray) -> tuple[float, float]:
    defined = values[np.isfinite(values)]
    if len(defined) < len(values) / 2:
        raise ScienceError("the metric is undefined in most resamples: too few rows of a class")
    low, high = np.quantile(defined, [(1 - LEVEL) / 2, (1 + LEVEL) / 2])
    return float(low), float(high)
