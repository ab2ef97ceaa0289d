"""What an assessment is worth before it is taken: value of information per minute of people's time.

The knowledge gradient for correlated normal beliefs (Frazier, Powell & Dayanik 2009, doi:10.1287/ijoc.1080.0314) with
a bundle rule against its short sight: two assessments may be worthless alone and decisive together.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import ndtr

from assay.science.arrays import BoolArray, FloatArray, IntArray
from assay.science.errors import ScienceError

DEFAULT_PRICE = 1e-4
"""Standard deviations of fit that a minute of somebody's time must bring."""


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Assessment:
    """Something that could be done with a candidate, as m normal measurements of K competencies.

    ``loadings`` has shape (m, K), ``noise`` shape (m, m): the covariance of what is not ability, such as the halo
    that the ratings of one interview share.
    """

    name: str
    loadings: FloatArray
    noise: FloatArray
    candidate_min: float
    staff_min: float

    def cost_min(self, *, staff_weight: float) -> float:
        """Minutes, those of staff counted ``staff_weight`` times."""
        return self.candidate_min + staff_weight * self.staff_min


class NextStep(NamedTuple):
    """One recommendation.

    ``score`` is worth per minute, in sd of fit; ``p_change`` the chance that the whole of what is credited (the
    assessment, or the bundle that it begins) turns the decision about this candidate.
    """

    candidate: int
    assessment: int
    score: float
    p_change: float
    is_required: bool
    is_bundle: bool


class PoolPlan(NamedTuple):
    """Recommendations, the best first; empty when nothing left is worth its price.

    ``thresholds`` has shape (n,): the fit against which each candidate is decided.
    """

    steps: tuple[NextStep, ...]
    thresholds: FloatArray


class _Worth(NamedTuple):
    """Worth per minute and chance of a change: shape (n,) for one assessment, (n, assessments) for several."""

    score: FloatArray
    p_change: FloatArray


def value_of_information(*, change_sd: FloatArray, distance: FloatArray) -> FloatArray:
    """Yield the expected gain of a decision between the candidate and a threshold at ``distance``.

    ``s (phi(z) - z Phi(-z))`` with ``z = |distance| / s``, ``s`` the sd of the change of the posterior mean; 0 where
    ``s`` is 0.
    """
    safe = np.where(change_sd > 0.0, change_sd, 1.0)
    z = np.abs(distance) / safe
    gain = safe * (np.exp(-0.5 * z**2) / math.sqrt(2.0 * math.pi) - z * ndtr(-z))
    value: FloatArray = np.where(change_sd > 0.0, np.maximum(gain, 0.0), 0.0)
    return value


def p_decision_changes(*, change_sd: FloatArray, distance: FloatArray) -> FloatArray:
    """Yield the chance that the posterior mean ends on the other side of the threshold."""
    safe = np.where(change_sd > 0.0, change_sd, 1.0)
    chance: FloatArray = np.where(change_sd > 0.0, ndtr(-np.abs(distance) / safe), 0.0)
    return chance


def change_sds(*, covariances: FloatArray, direction: FloatArray, assessment: Assessment) -> FloatArray:
    """Yield the sd of the change of the fit's mean that the assessment will cause, shape (n,).

    ``s^2 = g'C A' (A C A' + R)^-1 A C g``.

    Parameters
    ----------
    covariances
        Shape (n, K, K): what is not known of each candidate.
    direction
        Shape (K,): the role's ``fit_direction``.
    """
    reach = assessment.loadings @ covariances
    toward = reach @ direction
    total = reach @ assessment.loadings.T + assessment.noise
    solved = np.linalg.solve(total, toward[:, :, None])[:, :, 0]
    found: FloatArray = np.sqrt(np.maximum(np.einsum("nm,nm->n", toward, solved), 0.0))
    return found


def bundle_of(*, assessments: Sequence[Assessment]) -> Assessment:
    """Yield several assessments as one: their measurements together, their minutes added."""
    sizes = [len(each.loadings) for each in assessments]
    noise = np.zeros((sum(sizes), sum(sizes)))
    start = 0
    for each, size in zip(assessments, sizes, strict=True):
        noise[start : start + size, start : start + size] = each.noise
        start += size
    return Assessment(
        name=" + ".join(each.name for each in assessments),
        loadings=np.vstack([each.loadings for each in assessments]),
        noise=noise,
        candidate_min=sum(each.candidate_min for each in assessments),
        staff_min=sum(each.staff_min for each in assessments),
    )


def ranking_thresholds(*, means: FloatArray, hires: int) -> FloatArray:
    """Yield what each candidate is decided against: the best of those outside for those inside the top ``hires``.

    The (h + 1)-th mean for the first h, the h-th for all others; with no more candidates than hires there is nobody
    to be replaced by and the threshold is minus infinity.
    """
    if hires < 1:
        raise ScienceError("at least one hire is planned")
    if len(means) <= hires:
        return np.full(len(means), -np.inf)
    falling = np.argsort(-means, kind="stable")
    thresholds = np.full(len(means), means[falling[hires - 1]])
    thresholds[falling[:hires]] = means[falling[hires]]
    return thresholds


def plan_steps(
    *,
    means: FloatArray,
    covariances: FloatArray,
    direction: FloatArray,
    assessments: Sequence[Assessment],
    is_left: BoolArray,
    thresholds: FloatArray,
    is_required: BoolArray | None = None,
    price: float = DEFAULT_PRICE,
    staff_weight: float = 1.0,
) -> PoolPlan:
    """Yield for each candidate the next assessment that is worth its minutes, the most worth first.

    Parameters
    ----------
    means, covariances
        Shapes (n,) and (n, K, K): mean of the fit, and covariance of the competencies.
    is_left
        Shape (n, number of assessments): what may still be done.
    thresholds
        Shape (n,): ``ranking_thresholds`` for a pool, the role's bar for one candidate at a time.
    is_required
        Same shape as ``is_left``: evidence without which nobody is hired (such as two structured interviews). For a
        candidate above the threshold it comes first, whatever it is worth.
    price
        Sd of fit that a minute must bring.
    staff_weight
        How many candidate minutes a minute of staff counts.

    Notes
    -----
    Bundle rule: where all remaining assessments together are worth more per minute than the best alone, that worth
    is credited to the best alone, as the first step of the bundle.
    """
    shape = (len(means), len(assessments))
    required = np.zeros(shape, dtype=np.bool_) if is_required is None else is_required & is_left
    if is_left.shape != shape or required.shape != shape or thresholds.shape != means.shape:
        raise ScienceError(f"is_left and is_required must have shape {shape}, thresholds {means.shape}")
    distance = np.where(np.isfinite(thresholds), means - thresholds, 1e6)
    pool = _Pool(covariances=covariances, direction=direction, distance=distance, staff_weight=staff_weight)
    alone = [pool.worth(rows=np.arange(shape[0]), assessment=each) for each in assessments]
    score = np.where(is_left, np.column_stack([each.score for each in alone]), -np.inf)
    steps = _chosen(
        alone=_Worth(score=score, p_change=np.column_stack([each.p_change for each in alone])),
        together=_bundles(pool=pool, assessments=assessments, is_left=is_left),
        must=required & (means >= thresholds)[:, None],
        price=price,
    )
    return PoolPlan(steps=tuple(steps), thresholds=thresholds)


def _chosen(*, alone: _Worth, together: _Worth, must: BoolArray, price: float) -> list[NextStep]:
    """Pick one assessment a candidate; what is left has a finite score."""
    steps = []
    for candidate in np.flatnonzero(np.isfinite(alone.score).any(axis=1)).tolist():
        is_required = bool(must[candidate].any())
        own = np.where(must[candidate], alone.score[candidate], -np.inf) if is_required else alone.score[candidate]
        pick = int(np.argmax(own))
        is_bundle = bool(together.score[candidate] > alone.score[candidate, pick])
        worth = max(float(alone.score[candidate, pick]), float(together.score[candidate]))
        if is_required or worth >= price:
            p_change = float(together.p_change[candidate] if is_bundle else alone.p_change[candidate, pick])
            steps.append(NextStep(candidate, pick, worth, p_change, is_required, is_bundle))
    return sorted(steps, key=lambda step: (not step.is_required, -step.score, step.candidate))


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class _Pool:
    covariances: FloatArray
    direction: FloatArray
    distance: FloatArray
    staff_weight: float

    def worth(self, *, rows: IntArray, assessment: Assessment) -> _Worth:
        cost_min = assessment.cost_min(staff_weight=self.staff_weight)
        if not cost_min > 0.0:
            raise ScienceError(f"{assessment.name} takes no time, so it has no worth per minute")
        change = change_sds(covariances=self.covariances[rows], direction=self.direction, assessment=assessment)
        return _Worth(
            score=value_of_information(change_sd=change, distance=self.distance[rows]) / cost_min,
            p_change=p_decision_changes(change_sd=change, distance=self.distance[rows]),
        )


def _bundles(*, pool: _Pool, assessments: Sequence[Assessment], is_left: BoolArray) -> _Worth:
    """Worth of everything that is left, for each candidate; candidates with the same rest are taken together."""
    score, p_change = np.full(len(is_left), -np.inf), np.zeros(len(is_left))
    for pattern in np.unique(is_left, axis=0):
        if pattern.sum() < 2:
            continue
        rows = np.flatnonzero((is_left == pattern).all(axis=1))
        chosen = [each for each, is_in in zip(assessments, pattern, strict=True) if is_in]
        found = pool.worth(rows=rows, assessment=bundle_of(assessments=chosen))
        score[rows], p_change[rows] = found
    return _Worth(score=score, p_change=p_change)
