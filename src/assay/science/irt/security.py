"""Signals for a review, never a verdict: person fit, response times, leaked items."""

from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, expit

from assay.science.arrays import BoolArray, FloatArray, IntArray
from assay.science.errors import ScienceError, TooLittleDataError
from assay.science.irt.model import Items

CUSUM_ALLOWANCE = 0.25
CUSUM_LIMIT = 10.0
"""On average 1,900 administrations pass before a sound item reaches it."""

LEAST_TIMES = 30
"""Answers to an item below which nothing is said of its usual time."""


class SpeedFit(NamedTuple):
    """A person's speed (log seconds faster than the pool), each item's residual, and the chi-square's p."""

    speed: float
    residuals: FloatArray
    p_value: float


class TimeModel(NamedTuple):
    """Lognormal response times: ``ln T ~ N(intensity_j - speed_i, 1 / precision_j^2)``; shape (J,) each."""

    intensity: FloatArray
    precision: FloatArray


def map_ability(*, items: Items, responses: IntArray) -> float:
    """Yield the posterior mode under N(0, 1) for one person's 2PL responses, shape (J,), 0 or 1."""
    _require_binary(items=items, responses=responses)
    theta = 0.0
    for _ in range(100):
        chance = expit(items.slopes * theta + items.intercepts[:, 0])
        gradient = items.slopes @ (responses - chance) - theta
        step = gradient / (items.slopes**2 @ (chance * (1.0 - chance)) + 1.0)
        theta += float(np.clip(step, -1.0, 1.0))
        if abs(step) < 1e-12:
            break
    return theta


def person_fit(*, items: Items, responses: IntArray) -> float:
    """Yield lz*, standard normal for people who follow the model; very negative is an unlikely pattern.

    Snijders (2001, doi:10.1007/BF02294437) with the posterior mode (Magis, Raiche & Beland 2012,
    doi:10.3102/1076998610396894): weights ``w = logit P``, ``r = a``, ``r0 = -theta``, ``c = sum P'w / sum P'r``;
    ``lz* = (sum (y - P) w + c r0) / sqrt(sum (w - c r)^2 P Q)``. Adaptive tests make it weak: every item lies near
    ``P = 1/2``.

    Parameters
    ----------
    items
        J items with one threshold each.
    responses
        Shape (J,), 0 or 1.
    """
    theta = map_ability(items=items, responses=responses)
    logit = items.slopes * theta + items.intercepts[:, 0]
    chance = expit(logit)
    spread = chance * (1.0 - chance)
    change = items.slopes * spread
    correction = (change @ logit) / (change @ items.slopes)
    weight = logit - correction * items.slopes
    variance = float(weight**2 @ spread)
    if variance <= 1e-12:
        raise ScienceError("person fit is not defined: the items do not differ")
    return float(((responses - chance) @ logit - correction * theta) / np.sqrt(variance))


def time_model(*, seconds: FloatArray) -> TimeModel:
    """Yield item parameters from a full table of response times in seconds, shape (n, J), n >= 30.

    Moments of van der Linden's model (2006, doi:10.3102/10769986031002181): intensities are column means of the log
    times, speeds row means around them; the residual variance is corrected for the row means that were taken off.
    """
    if len(seconds) < LEAST_TIMES:
        raise TooLittleDataError(what="response times", needed=LEAST_TIMES, found=len(seconds))
    if seconds.shape[1] < 2 or not (np.isfinite(seconds).all() and (seconds > 0.0).all()):
        raise ScienceError("response times must be positive, for at least two items")
    logs = np.log(seconds)
    intensity = logs.mean(axis=0)
    residual = logs - intensity - (logs - intensity).mean(axis=1, keepdims=True)
    count = seconds.shape[1]
    raw = residual.var(axis=0, ddof=1)
    # E[raw_j] = s_j (1 - 2/J) + mean(s) / J, solved for s_j
    mean_variance = raw.mean() / (1.0 - 1.0 / count)
    variance = (raw - mean_variance / count) / (1.0 - 2.0 / count) if count > 2 else np.full(2, mean_variance)
    return TimeModel(intensity=intensity, precision=1.0 / np.sqrt(np.maximum(variance, 0.05 * mean_variance)))


def sparse_time_model(*, person: IntArray, item: IntArray, seconds: FloatArray) -> TimeModel:
    """Yield item parameters where everybody met other items, as in adaptive tests: items and people as effects.

    Least squares of the log times by turns (speeds centred on 0), the residual variance raised by the degrees of
    freedom that the effects took.

    Parameters
    ----------
    person, item, seconds
        Shape (N,) each, one entry an answer; items are numbered from 0 and each has at least 30 answers.
    """
    if not len(seconds) or not (np.isfinite(seconds).all() and (seconds > 0.0).all()):
        raise ScienceError("response times must be positive")
    answers = np.bincount(item)
    if answers.min() < LEAST_TIMES:
        raise TooLittleDataError(what="response times", needed=LEAST_TIMES, found=int(answers.min()))
    _, who = np.unique(person, return_inverse=True)
    takers = np.bincount(who)
    freedom = len(seconds) - len(takers) - len(answers) + 1
    if freedom < LEAST_TIMES:
        raise TooLittleDataError(what="response times beyond one a person and item", needed=LEAST_TIMES, found=freedom)
    logs = np.log(seconds)
    speed = np.zeros(len(takers))
    for _ in range(200):
        intensity = np.bincount(item, logs + speed[who]) / answers
        new = np.bincount(who, intensity[item] - logs) / takers
        new -= new.mean()
        moved, speed = float(np.abs(new - speed).max()), new
        if moved < 1e-8:
            break
    residual = logs - intensity[item] + speed[who]
    variance = np.bincount(item, residual**2) / answers * len(seconds) / freedom
    return TimeModel(intensity=intensity, precision=1.0 / np.sqrt(np.maximum(variance, 0.05 * variance.mean() + 1e-9)))


def speed_fit(*, model: TimeModel, seconds: FloatArray) -> SpeedFit:
    """Yield how one person's times, shape (J,), sit with the model; ``p_value`` has J - 1 degrees of freedom."""
    if seconds.shape != model.intensity.shape or not (np.isfinite(seconds).all() and (seconds > 0.0).all()):
        raise ScienceError("response times must be positive, one for each item")
    weight = model.precision**2
    behind = np.log(seconds) - model.intensity
    speed = -float(weight @ behind / weight.sum())
    residuals = model.precision * (behind + speed)
    return SpeedFit(speed=speed, residuals=residuals, p_value=float(chdtrc(len(residuals) - 1, residuals @ residuals)))


def quick_surprises(*, items: Items, responses: IntArray, model: TimeModel, seconds: FloatArray) -> float:
    """Yield a standard normal score that is large where right answers were both unlikely and quick.

    ``-s'z / sqrt(s's - (s'p)^2 / p'p)`` with ``s = 1 - P`` of the right answers and 0 elsewhere, ``z`` the residuals of
    the log times and ``p`` the precisions: the subtracted term is what fitting the person's speed takes from the
    variance. High values are the mark of items known beforehand. 0 where nothing was right.
    """
    theta = map_ability(items=items, responses=responses)
    surprise = (1.0 - expit(items.slopes * theta + items.intercepts[:, 0])) * (responses == 1)
    fitted = float(surprise @ model.precision) ** 2 / float(model.precision @ model.precision)
    variance = float(surprise @ surprise) - fitted
    if variance <= 1e-12:
        return 0.0
    return float(-(surprise @ speed_fit(model=model, seconds=seconds).residuals) / np.sqrt(variance))


def leak_cusum(*, residuals: FloatArray) -> FloatArray:
    """Yield the running sum after each administration of one item, shape (n,).

    ``S = max(0, S + z - .25)`` with ``z = (y - P) / sqrt(P (1 - P))``; an item whose sum passes ``CUSUM_LIMIT`` is
    answered right more often than it should be and goes into quarantine (Page 1954, doi:10.1093/biomet/41.1-2.100).
    """
    total = 0.0
    out = np.empty(len(residuals))
    for index, residual in enumerate(residuals):
        total = max(0.0, total + float(residual) - CUSUM_ALLOWANCE)
        out[index] = total
    return out


def _require_binary(*, items: Items, responses: IntArray) -> None:
    is_binary: BoolArray = (responses == 0) | (responses == 1)
    if items.intercepts.shape[1] != 1 or responses.shape != (items.count,) or not is_binary.all():
        raise ScienceError("person fit is defined for one 0 or 1 on each item with one threshold")
