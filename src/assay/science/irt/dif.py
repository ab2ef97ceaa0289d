"""Does an item treat two groups of equal ability alike? Mantel-Haenszel and logistic regression."""

import math
from enum import StrEnum
from typing import NamedTuple

import numpy as np
from scipy.special import chdtrc, expit

from assay.science.arrays import BoolArray, FloatArray, IntArray
from assay.science.errors import ConvergenceError, ScienceError, TooLittleDataError

MIN_FOCAL = 50
"""Below this number in the focal group the tests are not run: they would see one item in ten that differs."""
ACT_FOCAL = 200
"""From this number in the focal group on a finding may be acted upon."""


class EtsClass(StrEnum):
    """Educational Testing Service's classes: negligible, moderate, large."""

    A = "A"
    B = "B"
    C = "C"


class MantelHaenszel(NamedTuple):
    """``odds_ratio`` above 1 favours the first row (the reference group); ``log_odds_se`` after Robins et al."""

    chi_square: float
    p_value: float
    odds_ratio: float
    log_odds_se: float


class ItemDif(NamedTuple):
    """One item: Mantel-Haenszel, delta on the ETS scale with its 95 % interval, and the class."""

    test: MantelHaenszel
    delta: float
    delta_low: float
    delta_high: float
    ets_class: EtsClass
    may_act: bool


class LogisticDif(NamedTuple):
    """Likelihood-ratio tests of group (uniform, 1 df) and group by total (non-uniform, 1 df); Nagelkerke's R^2."""

    uniform_chi_square: float
    uniform_p: float
    non_uniform_chi_square: float
    non_uniform_p: float
    r_squared_change: float


def mantel_haenszel(*, tables: FloatArray | IntArray) -> MantelHaenszel:
    """Yield the test over strata.

    Mantel & Haenszel (1959, doi:10.1093/jnci/22.4.719) with continuity correction; the common odds ratio's standard
    error after Robins, Breslow & Greenland (1986, doi:10.2307/2531052).

    Parameters
    ----------
    tables
        Shape (S, 2, 2): rows reference and focal group, columns right and wrong. Strata with one person are skipped.

    Raises
    ------
    ScienceError
        No stratum compares the groups.
    """
    counts = np.asarray(tables, dtype=float)
    counts = counts[counts.sum(axis=(1, 2)) > 1.0]
    total = counts.sum(axis=(1, 2))
    a, b, c, d = (counts[:, i, j] for i, j in ((0, 0), (0, 1), (1, 0), (1, 1)))
    expected = (a + b) * (a + c) / total
    variance = float(((a + b) * (c + d) * (a + c) * (b + d) / (total**2 * (total - 1.0))).sum())
    r, s = a * d / total, b * c / total
    if variance <= 0.0 or r.sum() <= 0.0 or s.sum() <= 0.0:
        raise ScienceError("no stratum holds right and wrong answers of both groups")
    chi_square = max(abs(float((a - expected).sum())) - 0.5, 0.0) ** 2 / variance
    p, q = (a + d) / total, (b + c) / total
    square = (
        (p @ r) / (2.0 * r.sum() ** 2) + (p @ s + q @ r) / (2.0 * r.sum() * s.sum()) + (q @ s) / (2.0 * s.sum() ** 2)
    )
    return MantelHaenszel(
        chi_square=chi_square,
        p_value=float(chdtrc(1, chi_square)),
        odds_ratio=float(r.sum() / s.sum()),
        log_odds_se=math.sqrt(float(square)),
    )


def item_dif(*, right: BoolArray, is_focal: BoolArray, total: IntArray) -> ItemDif:
    """Yield Mantel-Haenszel DIF of one item, people matched on the total score with the item inside.

    ``delta = -2.35 ln(odds ratio)``: negative is harder for the focal group. Class C: ``|delta| >= 1.5`` and
    significantly beyond 1; class A: ``|delta| < 1`` or not significantly different from 0; else B (Zwick 2012, ETS
    RR-12-08). ``may_act`` needs 200 in the focal group, or class C with an interval that excludes -1 and 1.

    Parameters
    ----------
    right, is_focal, total
        Shape (n,) each.
    """
    focal = int(is_focal.sum())
    if min(focal, len(is_focal) - focal) < MIN_FOCAL:
        raise TooLittleDataError(what="the smaller group", needed=MIN_FOCAL, found=min(focal, len(is_focal) - focal))
    tables = np.array(
        [
            [[np.sum(right & group & at), np.sum(~right & group & at)] for group in (~is_focal, is_focal)]
            for at in (total == score for score in np.unique(total))
        ]
    )
    test = mantel_haenszel(tables=tables)
    delta = -2.35 * math.log(test.odds_ratio)
    half = 1.959963984540054 * 2.35 * test.log_odds_se
    beyond_one = abs(delta) - 1.6448536269514722 * 2.35 * test.log_odds_se > 1.0
    if abs(delta) >= 1.5 and beyond_one:
        ets_class = EtsClass.C
    elif abs(delta) < 1.0 or test.p_value >= 0.05:
        ets_class = EtsClass.A
    else:
        ets_class = EtsClass.B
    excludes_one = delta - half > 1.0 or delta + half < -1.0
    may_act = focal >= ACT_FOCAL or (ets_class is EtsClass.C and excludes_one)
    return ItemDif(
        test=test, delta=delta, delta_low=delta - half, delta_high=delta + half, ets_class=ets_class, may_act=may_act
    )


def logistic_dif(*, right: BoolArray, is_focal: BoolArray, total: IntArray) -> LogisticDif:
    """Yield logistic-regression DIF (Swaminathan & Rogers 1990, doi:10.1111/j.1745-3984.1990.tb00754.x).

    Three nested models of a right answer: total; and group; and group by total.
    """
    score = (total - total.mean()) / max(float(total.std()), 1e-12)
    columns = np.column_stack((np.ones(len(right)), score, is_focal, is_focal * score))
    fits = [_log_likelihood(columns[:, :width], right) for width in (1, 2, 3, 4)]
    uniform, non_uniform = 2.0 * (fits[2] - fits[1]), 2.0 * (fits[3] - fits[2])
    return LogisticDif(
        uniform_chi_square=uniform,
        uniform_p=float(chdtrc(1, max(uniform, 0.0))),
        non_uniform_chi_square=non_uniform,
        non_uniform_p=float(chdtrc(1, max(non_uniform, 0.0))),
        r_squared_change=_nagelkerke(fits[0], fits[3], len(right)) - _nagelkerke(fits[0], fits[1], len(right)),
    )


def _log_likelihood(design: FloatArray, right: BoolArray) -> float:
    """Maximised log-likelihood of a logistic regression by Newton's method."""
    beta = np.zeros(design.shape[1])
    for _ in range(60):
        chance = expit(design @ beta)
        hessian = design.T @ (design * (chance * (1.0 - chance))[:, None])
        if np.linalg.cond(hessian) > 1e12:
            raise ScienceError(
                "the logistic regression is not identified: the answers are separated, or the groups are"
            )
        step = np.linalg.solve(hessian, design.T @ (right - chance))
        beta = beta + step
        if np.abs(step).max() < 1e-10:
            chance = np.clip(expit(design @ beta), 1e-300, 1.0 - 1e-16)
            return float(np.where(right, np.log(chance), np.log1p(-chance)).sum())
    raise ConvergenceError("the logistic regression did not settle")


def _nagelkerke(empty: float, fitted: float, count: int) -> float:
    return (1.0 - math.exp(2.0 * (empty - fitted) / count)) / (1.0 - math.exp(2.0 * empty / count))
