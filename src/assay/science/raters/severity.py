"""Severity of raters by a crossed mixed model: ``y = mean + candidate - severity + e``.

Restricted maximum likelihood of the two variance ratios (Patterson & Thompson 1971, doi:10.1093/biomet/58.3.545);
candidates are absorbed, so each step solves a system no larger than the number of raters.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.optimize import minimize

from assay.science.arrays import FloatArray, IntArray
from assay.science.errors import ConvergenceError, ScienceError, TooLittleDataError

_SMALLEST_LOG_RATIO, _LARGEST_LOG_RATIO = -14.0, 9.0


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class SeverityModel:
    """The fitted model, in the ratings' own units (levels).

    Attributes
    ----------
    mean
        Mean rating of an average candidate by an average rater.
    severity, severity_sd
        Shape (R,) each: best linear unbiased prediction and its standard error; positive is harsh.
    candidate_sd, rater_sd, residual_sd
        Standard deviations of the three parts.
    residuals
        Shape (n,): what neither candidate nor rater explains.
    counts
        Shape (R,): ratings by each rater.
    """

    mean: float
    severity: FloatArray
    severity_sd: FloatArray
    candidate_sd: float
    rater_sd: float
    residual_sd: float
    residuals: FloatArray
    counts: IntArray


class _Solved(NamedTuple):
    """Henderson's equations at given variance ratios."""

    deviance: float
    residual_variance: float
    effects: FloatArray
    inverse: FloatArray


class _Table(NamedTuple):
    candidate: IntArray
    rater: IntArray
    value: FloatArray
    candidate_counts: FloatArray
    raters: int


def fit_severity(
    *,
    candidate: IntArray,
    rater: IntArray,
    rating: FloatArray,
    expected: FloatArray | None = None,
) -> SeverityModel:
    """Yield every rater's severity.

    Parameters
    ----------
    candidate, rater
        Shape (n,) each: indices from 0; one row for each interview (the mean of its criteria) or rated answer.
    rating
        Shape (n,).
    expected
        Shape (n,): the rating that all *other* evidence leads to expect of this candidate. Where harsh interviewers
        see better candidates, raw means get the wrong sign; the ledger's tests put it right, even with one
        interview a candidate.

    Raises
    ------
    TooLittleDataError
        Fewer than two raters, or fewer than ten ratings.
    ScienceError
        Without ``expected`` and with one rating a candidate, severity cannot be told from the candidates.
    """
    table = _table(candidate=candidate, rater=rater, rating=rating, expected=expected)
    log_ratios = _best_log_ratios(table)
    solved = _solve(table=table, log_ratios=log_ratios)
    candidate_ratio, rater_ratio = np.exp(log_ratios)
    left = table.value - solved.effects[0] - solved.effects[1:][table.rater]
    shrink = candidate_ratio / (1.0 + candidate_ratio * table.candidate_counts)
    ability = shrink * np.bincount(table.candidate, left, minlength=len(table.candidate_counts))
    residual_sd = float(np.sqrt(solved.residual_variance))
    return SeverityModel(
        mean=float(solved.effects[0]),
        severity=-solved.effects[1:],
        severity_sd=residual_sd * np.sqrt(np.diag(solved.inverse)[1:]),
        candidate_sd=residual_sd * float(np.sqrt(candidate_ratio)),
        rater_sd=residual_sd * float(np.sqrt(rater_ratio)),
        residual_sd=residual_sd,
        residuals=left - ability[table.candidate],
        counts=np.bincount(table.rater, minlength=table.raters).astype(np.int64),
    )


def _table(*, candidate: IntArray, rater: IntArray, rating: FloatArray, expected: FloatArray | None) -> _Table:
    if not candidate.shape == rater.shape == rating.shape or not np.isfinite(rating).all():
        raise ScienceError("candidate, rater and rating must be columns of one length, ratings finite")
    if len(rating) < 10:
        raise TooLittleDataError(what="ratings", needed=10, found=len(rating))
    raters = int(rater.max()) + 1
    if len(np.unique(rater)) < 2:
        raise TooLittleDataError(what="raters", needed=2, found=len(np.unique(rater)))
    counts = np.bincount(candidate).astype(float)
    if expected is None and counts.max() < 2.0:
        raise ScienceError("with one rating a candidate, severity needs the rating that other evidence expects")
    value = rating.astype(float) if expected is None else rating - expected
    return _Table(candidate=candidate, rater=rater, value=value, candidate_counts=counts, raters=raters)


def _best_log_ratios(table: _Table) -> FloatArray:
    """Minimise the deviance from three starts: it may have a second valley where one variance is nearly 0."""
    limits = [(_SMALLEST_LOG_RATIO, _LARGEST_LOG_RATIO)] * 2
    fits = [
        minimize(lambda x: _solve(table=table, log_ratios=x).deviance, start, method="L-BFGS-B", bounds=limits)
        for start in ((0.0, -1.0), (-2.0, -2.0), (1.0, 1.0))
    ]
    best = min(fits, key=lambda fit: float(fit.fun))
    if not np.isfinite(best.fun):
        raise ConvergenceError("the mixed model did not settle")
    return np.asarray(best.x)


def _solve(*, table: _Table, log_ratios: FloatArray) -> _Solved:
    """Absorb the candidates, then solve for mean and raters; the deviance is minus twice the restricted likelihood."""
    candidate_ratio, rater_ratio = np.exp(log_ratios)
    design = np.zeros((len(table.value), 1 + table.raters))
    design[:, 0] = 1.0
    design[np.arange(len(design)), 1 + table.rater] = 1.0
    cells = np.zeros((len(table.candidate_counts), 1 + table.raters))
    np.add.at(cells, table.candidate, design)
    sums = np.bincount(table.candidate, table.value, minlength=len(cells))
    shrink = candidate_ratio / (1.0 + candidate_ratio * table.candidate_counts)
    normal = design.T @ design - cells.T @ (shrink[:, None] * cells)
    right = design.T @ table.value - cells.T @ (shrink * sums)
    total = float(table.value @ table.value - sums @ (shrink * sums))
    normal[np.arange(1, len(normal)), np.arange(1, len(normal))] += 1.0 / rater_ratio
    inverse = np.linalg.inv(normal)
    effects = inverse @ right
    degrees = len(table.value) - 1
    residual_variance = (total - float(right @ effects)) / degrees
    deviance = (
        degrees * np.log(max(residual_variance, 1e-300))
        + np.log1p(candidate_ratio * table.candidate_counts).sum()
        + np.linalg.slogdet(normal)[1]
        + table.raters * np.log(rater_ratio)
    )
    return _Solved(deviance=float(deviance), residual_variance=residual_variance, effects=effects, inverse=inverse)
