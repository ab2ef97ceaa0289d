"""Item parameters by marginal maximum likelihood, with priors that keep slopes from running away.

Bock & Aitkin (1981, doi:10.1007/BF02293801): abilities are integrated over the pool's N(0, 1) on a grid. The gradient
comes from expected counts (Fisher's identity) and L-BFGS climbs the sum of log-likelihood and log-prior.
"""

from dataclasses import dataclass
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from assay.science.arrays import FloatArray, IntArray
from assay.science.errors import ConvergenceError, ScienceError, TooLittleDataError
from assay.science.irt.model import GRID, Items, at_least, normal_weights

MISSING = -1
MIN_RESPONSES = 100
"""Fewer responses to an item than this are refused: its difficulty would be uncertain by more than a quarter sd."""


class Slopes(StrEnum):
    """Free slopes (2PL, GRM), one common slope (1PL), or all 1 (Rasch with ability sd 1)."""

    FREE = "free"
    COMMON = "common"
    ONE = "one"


@dataclass(frozen=True, slots=True, kw_only=True)
class ItemPrior:
    """``ln a ~ N(log_slope_mean, log_slope_sd)`` and ``c ~ N(0, intercept_sd)``."""

    log_slope_mean: float = 0.2
    log_slope_sd: float = 0.3
    intercept_sd: float = 2.0


DEFAULT_PRIOR = ItemPrior()


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Calibration:
    """Estimates, with the log-likelihood (without prior) and the responses behind each item.

    ``slope_se`` (J,) and ``intercept_se`` (J, M) come from the cross-products of the persons' scores plus the prior's
    curvature; NaN where a parameter was not estimated.
    """

    items: Items
    log_likelihood: float
    slope_se: FloatArray
    intercept_se: FloatArray
    responses: IntArray


class _Data(NamedTuple):
    """Distinct patterns: one-hot categories (n, J * (M + 1)), counts (n,), thresholds (J, M) as mask."""

    onehot: FloatArray
    counts: FloatArray
    is_threshold: FloatArray
    thresholds: int


class _Marginal(NamedTuple):
    log_likelihood: float
    posterior: FloatArray
    """Shape (n, Q): each pattern's ability."""


def calibrate(
    *,
    responses: IntArray,
    counts: IntArray | None = None,
    prior: ItemPrior | None = DEFAULT_PRIOR,
    slopes: Slopes = Slopes.FREE,
    min_responses: int = MIN_RESPONSES,
) -> Calibration:
    """Yield the items' parameters.

    Parameters
    ----------
    responses
        Shape (n, J), categories 0, 1, ...; ``MISSING`` (-1) where a person did not see an item.
    counts
        Shape (n,): how many people gave each row; 1 each if left out.
    prior
        None for plain maximum likelihood, where one item in a hundred runs away at 200 people.
    slopes
        What is estimated of the slopes.

    Raises
    ------
    TooLittleDataError
        An item has fewer than ``min_responses`` responses.
    ScienceError
        An item was answered alike by everybody, or a category between others was never given.
    """
    weights = np.ones(len(responses)) if counts is None else np.asarray(counts, dtype=float)
    data, seen = _data(responses=responses, counts=weights, min_responses=min_responses)
    shape = _Shape(data=data, slopes=slopes)
    start = shape.start(seen)
    found = minimize(
        _objective, start, args=(shape, prior), jac=True, method="L-BFGS-B", options={"maxiter": 2000, "ftol": 1e-13}
    )
    if not found.success:
        raise ConvergenceError(f"the calibration did not settle: {found.message}")
    items = shape.items(found.x)
    marginal = _marginal(data=data, items=items)
    slope_se, intercept_se = _standard_errors(shape=shape, parameters=found.x, prior=prior)
    return Calibration(
        items=items,
        log_likelihood=marginal.log_likelihood,
        slope_se=slope_se,
        intercept_se=intercept_se,
        responses=seen.sum(axis=1).astype(np.int64),
    )


def _data(*, responses: IntArray, counts: FloatArray, min_responses: int) -> tuple[_Data, FloatArray]:
    if responses.ndim != 2 or counts.shape != (len(responses),) or (responses < MISSING).any():
        raise ScienceError("responses must be a table of categories 0, 1, ... or -1, with one count a row")
    categories = int(responses.max(initial=1)) + 1
    onehot = (responses[:, :, None] == np.arange(categories)).astype(float)
    seen = np.einsum("n,njx->jx", counts, onehot)
    total = seen.sum(axis=1)
    if (total < min_responses).any():
        place = int(np.argmin(total))
        raise TooLittleDataError(what=f"item {place}", needed=min_responses, found=int(total[place]))
    top = categories - 1 - np.argmax(seen[:, ::-1] > 0, axis=1)
    for item, (row, last) in enumerate(zip(seen, top, strict=True)):
        if last == 0 or (row[: last + 1] == 0).any():
            raise ScienceError(f"item {item}: every category up to the highest must have been given by somebody")
    is_threshold = (np.arange(1, categories) <= top[:, None]).astype(float)
    patterns = _Data(
        onehot=onehot.reshape(len(responses), -1),
        counts=counts,
        is_threshold=is_threshold,
        thresholds=categories - 1,
    )
    return patterns, seen


class _Shape:
    """The layout of the free parameters: log slopes, first intercepts, logs of the steps down to the next ones."""

    def __init__(self, *, data: _Data, slopes: Slopes) -> None:
        self.data = data
        self.slopes = slopes
        self.count = len(data.is_threshold)
        self.slope_count = {Slopes.FREE: self.count, Slopes.COMMON: 1, Slopes.ONE: 0}[slopes]
        self.step_mask = data.is_threshold[:, 1:].astype(bool)

    def start(self, seen: FloatArray) -> FloatArray:
        """Slopes 1 and the intercepts that give the observed shares at ability 0."""
        above = np.cumsum(seen[:, ::-1], axis=1)[:, ::-1][:, 1:]
        share = np.clip(above / seen.sum(axis=1)[:, None], 0.005, 0.995)
        logits = 1.2 * np.log(share / (1.0 - share))
        steps = np.maximum(-np.diff(logits, axis=1), 0.05)
        return np.concatenate((np.zeros(self.slope_count), logits[:, 0], np.log(steps)[self.step_mask]))

    def items(self, parameters: FloatArray) -> Items:
        """Items of a parameter vector."""
        slopes = np.exp(self._log_slopes(parameters))
        first = parameters[self.slope_count : self.slope_count + self.count]
        intercepts = np.full(self.data.is_threshold.shape, -np.inf)
        steps = np.zeros(self.step_mask.shape)
        steps[self.step_mask] = np.exp(parameters[self.slope_count + self.count :])
        falling = np.hstack((first[:, None], first[:, None] - np.cumsum(steps, axis=1)))
        kept = self.data.is_threshold.astype(bool)
        intercepts[kept] = falling[kept]
        return Items(slopes=slopes, intercepts=intercepts)

    def _log_slopes(self, parameters: FloatArray) -> FloatArray:
        if self.slopes is Slopes.ONE:
            return np.zeros(self.count)
        if self.slopes is Slopes.COMMON:
            return np.full(self.count, parameters[0])
        return parameters[: self.count]

    def chain(self, *, by_slope: FloatArray, by_intercept: FloatArray, items: Items, steps: FloatArray) -> FloatArray:
        """Turn gradients by ``a`` (..., J) and ``c`` (..., J, M) into one by the free parameters (..., p)."""
        log_slope = by_slope * items.slopes
        if self.slopes is Slopes.COMMON:
            log_slope = log_slope.sum(axis=-1, keepdims=True)
        elif self.slopes is Slopes.ONE:
            log_slope = log_slope[..., :0]
        below = np.cumsum(by_intercept[..., ::-1], axis=-1)[..., ::-1]
        by_step = -(below[..., 1:] * 1.0)[..., self.step_mask] * steps
        return np.concatenate((log_slope, below[..., 0], by_step), axis=-1)


def _marginal(*, data: _Data, items: Items) -> _Marginal:
    probability = -np.diff(at_least(items=items, ability=GRID), axis=1)
    log_p = np.log(np.maximum(probability, 1e-300)).reshape(-1, len(GRID))
    joint = data.onehot @ log_p + np.log(np.maximum(normal_weights(), 1e-300))
    top = joint.max(axis=1, keepdims=True)
    density = np.exp(joint - top)
    total = density.sum(axis=1, keepdims=True)
    log_likelihood = float(data.counts @ (np.log(total) + top)[:, 0])
    return _Marginal(log_likelihood=log_likelihood, posterior=density / total)


def _slope_of_log_p(*, items: Items) -> FloatArray:
    """Yield d ln P(Y = x) / d logit_k, shape (J, x = M + 1, k = M, Q)."""
    above = at_least(items=items, ability=GRID)
    probability = -np.diff(above, axis=1)
    inverse = np.where(probability > 0.0, 1.0 / np.maximum(probability, 1e-300), 0.0)
    density = (above * (1.0 - above))[:, 1:-1]
    size = density.shape[1]
    out = np.zeros((items.count, size + 1, size, len(GRID)))
    for k in range(size):
        out[:, k + 1, k] = density[:, k] * inverse[:, k + 1]
        out[:, k, k] = -density[:, k] * inverse[:, k]
    return out


def _objective(parameters: FloatArray, shape: _Shape, prior: ItemPrior | None) -> tuple[float, FloatArray]:
    """Minus log-likelihood and log-prior, with the gradient."""
    data, items = shape.data, shape.items(parameters)
    marginal = _marginal(data=data, items=items)
    expected = (data.onehot.T @ (data.counts[:, None] * marginal.posterior)).reshape(
        items.count, data.thresholds + 1, len(GRID)
    )
    by_logit = np.einsum("jxq,jxkq->jkq", expected, _slope_of_log_p(items=items))
    by_slope, by_intercept = (by_logit @ GRID).sum(axis=1), by_logit.sum(axis=2)
    value = marginal.log_likelihood
    if prior is not None:
        free = data.is_threshold.astype(bool)
        score = (np.log(items.slopes) - prior.log_slope_mean) / prior.log_slope_sd**2
        counted = 0.0 if shape.slopes is Slopes.ONE else 1.0
        value -= 0.5 * counted * float(score @ (np.log(items.slopes) - prior.log_slope_mean))
        value -= 0.5 * float(np.sum((items.intercepts[free] / prior.intercept_sd) ** 2))
        by_slope = by_slope - counted * score / items.slopes
        by_intercept = by_intercept - np.where(free, items.intercepts, 0.0) / prior.intercept_sd**2
    steps = np.exp(parameters[shape.slope_count + shape.count :])
    return -value, -shape.chain(by_slope=by_slope, by_intercept=by_intercept, items=items, steps=steps)


def _standard_errors(
    *, shape: _Shape, parameters: FloatArray, prior: ItemPrior | None
) -> tuple[FloatArray, FloatArray]:
    """Yield standard errors of ``a`` (J,) and ``c`` (J, M)."""
    data, items = shape.data, shape.items(parameters)
    posterior = _marginal(data=data, items=items).posterior
    slopes = _slope_of_log_p(items=items)
    onehot = data.onehot.reshape(len(data.onehot), items.count, -1)
    scores = np.zeros((len(onehot), items.count, 1 + data.thresholds))
    for item in range(items.count):
        by_logit = np.einsum("nx,xkq,nq->nkq", onehot[:, item], slopes[item], posterior, optimize=True)
        scores[:, item, 0] = (by_logit @ GRID).sum(axis=1)
        scores[:, item, 1:] = by_logit.sum(axis=2)
    free = np.hstack((np.full((items.count, 1), shape.slopes is Slopes.FREE), data.is_threshold.astype(bool)))
    if shape.slopes is Slopes.COMMON:
        scores[:, 0, 0] = scores[:, :, 0].sum(axis=1)
        free[0, 0] = True
    flat = scores[:, free]
    observed = flat.T @ (data.counts[:, None] * flat)
    if prior is not None:
        by_slope = 1.0 / (prior.log_slope_sd * items.slopes[:, None]) ** 2
        by_intercept = np.full(data.is_threshold.shape, prior.intercept_sd**-2)
        observed[np.diag_indices_from(observed)] += np.hstack((by_slope, by_intercept))[free]
    errors = np.full(free.shape, np.nan)
    errors[free] = np.sqrt(np.diag(np.linalg.inv(observed)))
    if shape.slopes is Slopes.COMMON:
        errors[:, 0] = errors[0, 0]
    return errors[:, 0], errors[:, 1:]
