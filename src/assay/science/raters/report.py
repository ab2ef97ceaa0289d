"""What one interviewer is told about their own ratings."""

from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray, IntArray
from assay.science.errors import ScienceError
from assay.science.raters.severity import SeverityModel

MIN_INTERVIEWS = 18
"""From this number on severity is measured with reliability .7: ``.7 / .3 * 1.2 / .16``, rounded up."""
_Z_90 = 1.6448536269514722


class RaterReport(NamedTuple):
    """One rater. Severity in levels with its 90 % interval; positive is harsh.

    ``spread_ratio`` is the sd of the rater's ratings over that of all; ``infit`` the mean square of the standardised
    residuals (.5 to 1.5 is usual). ``may_name`` is False below 18 interviews: show the interval, compare nobody.
    """

    rater: int
    interviews: int
    severity: float
    severity_low: float
    severity_high: float
    spread_ratio: float | None
    infit: float
    may_name: bool


def rater_reports(*, model: SeverityModel, rater: IntArray, rating: FloatArray) -> list[RaterReport]:
    """Yield a report for every rater with at least one rating; ``rater`` and ``rating`` as given to the model."""
    spread = float(rating.std(ddof=1))
    if spread <= 0.0:
        raise ScienceError("all ratings are alike")
    out = []
    for index in np.unique(rater).tolist():
        own = rater == index
        half = _Z_90 * float(model.severity_sd[index])
        severity = float(model.severity[index])
        count = int(own.sum())
        out.append(
            RaterReport(
                rater=index,
                interviews=count,
                severity=severity,
                severity_low=severity - half,
                severity_high=severity + half,
                spread_ratio=float(rating[own].std(ddof=1)) / spread if count > 1 else None,
                infit=float(np.mean(model.residuals[own] ** 2) / np.mean(model.residuals**2)),
                may_name=count >= MIN_INTERVIEWS,
            )
        )
    return out


def halo_index(*, scores: FloatArray, rater: IntArray) -> FloatArray:
    """Yield how much more alike each rater's criteria are than everybody's, shape (R,); NaN where it is not defined.

    Mean correlation between criteria over the rater's interviews, minus that over all interviews; 0 is usual, .3 a
    general impression that colours every criterion.

    Parameters
    ----------
    scores
        Shape (interviews, criteria), full, at least two criteria.
    rater
        Shape (interviews,). Raters with fewer than five interviews, or with a criterion that they always rate alike,
        get NaN.
    """
    if scores.ndim != 2 or scores.shape[1] < 2 or not np.isfinite(scores).all():
        raise ScienceError("a full table of at least two criteria is needed")
    everybody = _mean_correlation(scores)
    if np.isnan(everybody):
        raise ScienceError("a criterion was rated alike by everybody")
    out = np.full(int(rater.max()) + 1, np.nan)
    for index in np.unique(rater).tolist():
        own = scores[rater == index]
        if len(own) >= 5:
            out[index] = _mean_correlation(own) - everybody
    return out


def needs_calibration(*, alpha: float, reports: list[RaterReport]) -> bool:
    """Say whether to calibrate: ordinal alpha below .667, or a severity beyond .5 whose interval excludes 0."""
    return alpha < 0.667 or any(
        abs(each.severity) > 0.5 and each.severity_low * each.severity_high > 0.0 for each in reports
    )


def _mean_correlation(scores: FloatArray) -> float:
    centred = scores - scores.mean(axis=0)
    length = np.sqrt((centred**2).sum(axis=0))
    if (length <= 0.0).any():
        return float("nan")
    correlation = (centred / length).T @ (centred / length)
    size = len(correlation)
    return float((correlation.sum() - size) / (size * (size - 1)))
