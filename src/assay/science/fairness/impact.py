"""Adverse impact of a selection on one group against another: the ratio, and how sure it is.

Never a bare traffic light: with nothing wrong, the ratio is below four fifths in a third of selections of 200 against
60 people, or 100 against 20.
"""

import math
from typing import NamedTuple

import numpy as np
from scipy.special import betainc, betaincinv
from scipy.stats import binom, boschloo_exact, fisher_exact, hypergeom

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError

FOUR_FIFTHS = 0.8
"""Uniform Guidelines on Employee Selection Procedures, 29 CFR 1607.4 D."""
_Z_95 = 1.959963984540054
_NODES, _WEIGHTS = np.polynomial.legendre.leggauss(400)
BOSCHLOO_POINTS = 64


class Group(NamedTuple):
    """How many of a group were selected."""

    selected: int
    total: int

    @property
    def rate(self) -> float:
        """Share selected."""
        return self.selected / self.total


class RatioInterval(NamedTuple):
    """A ratio of rates with its 95 % limits."""

    ratio: float
    low: float
    high: float


class AdverseImpact(NamedTuple):
    """One comparison; ``ratio`` is the compared group's rate over the reference group's.

    ``wald`` is None where a group has nobody, or everybody, selected (no standard error); ``posterior`` (median and
    limits under Jeffreys' priors) is always there. ``p_below_four_fifths`` is the posterior probability that the
    ratio of the underlying rates is below .8. ``flips`` is the number of selections that would have to go the other way
    for the ratio to reach four fifths (or, where it does, to fall below); None where no number would.
    """

    ratio: float | None
    wald: RatioInterval | None
    posterior: RatioInterval
    p_below_four_fifths: float
    z: float | None
    fisher_p: float
    mid_p: float
    boschloo_p: float
    flips: int | None


def adverse_impact(*, reference: Group, compared: Group) -> AdverseImpact:
    """Yield all figures of a comparison; ``reference`` is usually the group with the highest rate.

    ``ratio`` is None where nobody of the reference group was selected. Tests are two-sided; Boschloo's with 64 points
    over the common rate.
    """
    for group in (reference, compared):
        if not (0 <= group.selected <= group.total and group.total > 0):
            raise ScienceError(f"{group.selected} of {group.total} is not a selection")
    table = [
        [reference.selected, reference.total - reference.selected],
        [compared.selected, compared.total - compared.selected],
    ]
    ratio = compared.rate / reference.rate if reference.selected else None
    return AdverseImpact(
        ratio=ratio,
        wald=_wald(reference=reference, compared=compared),
        posterior=_posterior_interval(reference=reference, compared=compared),
        p_below_four_fifths=_p_ratio_below(FOUR_FIFTHS, reference=reference, compared=compared),
        z=_pooled_z(reference=reference, compared=compared),
        fisher_p=float(fisher_exact(table).pvalue),
        mid_p=_mid_p(reference=reference, compared=compared),
        boschloo_p=_boschloo(table=table),
        flips=flips_needed(reference=reference, compared=compared),
    )


def flips_needed(*, reference: Group, compared: Group) -> int | None:
    """Yield how many people must change between selected and not for the four-fifths conclusion to change.

    Each flip selects one more of the compared group in place of one of the reference group, or the other way
    round, so the number selected stays. One flip is too few to infer anything (Uniform Guidelines, Q&A 21). None where
    people run out first.
    """
    is_below = _is_below(reference, compared)
    step = 1 if is_below else -1
    here, there = reference.selected, compared.selected
    for count in range(1, reference.total + compared.total + 1):
        here, there = here - step, there + step
        if not (0 <= here <= reference.total and 0 <= there <= compared.total):
            return None
        if _is_below(Group(here, reference.total), Group(there, compared.total)) != is_below:
            return count
    return None


def p_false_alarm(*, reference_total: int, compared_total: int, rate: float) -> float:
    """Yield the chance that the ratio is below four fifths when both groups have the same true rate.

    Exact over both binomials; a draw with nobody selected in the reference group counts as no alarm.
    """
    if not (0.0 < rate < 1.0 and reference_total > 0 and compared_total > 0):
        raise ScienceError("the rate lies between 0 and 1 and both groups have people")
    here, there = np.arange(reference_total + 1), np.arange(compared_total + 1)
    # in whole numbers: 5 * c / n_c < 4 * r / n_r
    is_below = 5 * there[None, :] * reference_total < 4 * here[:, None] * compared_total
    chance = binom.pmf(here, reference_total, rate)[:, None] * binom.pmf(there, compared_total, rate)[None, :]
    return float(chance[is_below].sum())


def _is_below(reference: Group, compared: Group) -> bool:
    return 5 * compared.selected * reference.total < 4 * reference.selected * compared.total


def _wald(*, reference: Group, compared: Group) -> RatioInterval | None:
    """Katz's interval on the log scale (Katz et al. 1978, doi:10.2307/2530610)."""
    if not reference.selected or not compared.selected:
        return None
    variance = (1.0 - reference.rate) / reference.selected + (1.0 - compared.rate) / compared.selected
    if variance <= 0.0:
        return None
    ratio, half = compared.rate / reference.rate, _Z_95 * math.sqrt(variance)
    return RatioInterval(ratio=ratio, low=ratio * math.exp(-half), high=ratio * math.exp(half))


def _pooled_z(*, reference: Group, compared: Group) -> float | None:
    pooled = (reference.selected + compared.selected) / (reference.total + compared.total)
    variance = pooled * (1.0 - pooled) * (1.0 / reference.total + 1.0 / compared.total)
    return None if variance <= 0.0 else (reference.rate - compared.rate) / math.sqrt(variance)


def _mid_p(*, reference: Group, compared: Group) -> float:
    """Fisher's two-sided p with half the weight of tables as likely as the one seen (Lancaster 1961)."""
    total = reference.total + compared.total
    law = hypergeom(total, reference.selected + compared.selected, reference.total)
    chances = law.pmf(np.arange(total + 1))
    seen = law.pmf(reference.selected)
    is_same = np.abs(chances - seen) <= 1e-9 * seen
    return float(chances[(chances < seen) & ~is_same].sum() + 0.5 * chances[is_same].sum())


def _boschloo(*, table: list[list[int]]) -> float:
    """Yield Boschloo's p, groups in the columns: scipy takes the column sums, the sizes of the groups, as fixed."""
    if sum(row[0] for row in table) == 0 or sum(row[1] for row in table) == 0:
        return 1.0
    return min(float(boschloo_exact(np.array(table).T, n=BOSCHLOO_POINTS).pvalue), 1.0)


def _p_ratio_below(limit: float, *, reference: Group, compared: Group) -> float:
    """P(compared rate < limit * reference rate) under independent Jeffreys posteriors, by quadrature over quantiles."""
    from_quantile = 0.5 * (_NODES + 1.0)
    rate = betaincinv(reference.selected + 0.5, reference.total - reference.selected + 0.5, from_quantile)
    below = _beta_cdf(compared, np.minimum(limit * rate, 1.0))
    return float(0.5 * _WEIGHTS @ below)


def _beta_cdf(group: Group, rate: FloatArray) -> FloatArray:
    share: FloatArray = betainc(group.selected + 0.5, group.total - group.selected + 0.5, rate)
    return share


def _posterior_interval(*, reference: Group, compared: Group) -> RatioInterval:
    found = [_ratio_quantile(share, reference=reference, compared=compared) for share in (0.5, 0.025, 0.975)]
    return RatioInterval(ratio=found[0], low=found[1], high=found[2])


def _ratio_quantile(share: float, *, reference: Group, compared: Group) -> float:
    """Bisect on the log of the ratio between 1e-9 and 1e9."""
    low, high = math.log(1e-9), math.log(1e9)
    for _ in range(80):
        middle = 0.5 * (low + high)
        if _p_ratio_below(math.exp(middle), reference=reference, compared=compared) < share:
            low = middle
        else:
            high = middle
    return math.exp(0.5 * (low + high))
