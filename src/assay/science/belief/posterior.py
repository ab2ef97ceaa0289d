"""What is believed of one person: the posterior over all competencies, and what moved it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np
from scipy.special import ndtri

from assay.science.arrays import FloatArray, IntArray, frozen
from assay.science.belief.design import Design, design_from
from assay.science.belief.observations import ItemResponse, Observation
from assay.science.belief.parameters import Parameters
from assay.science.belief.prior import Prior
from assay.science.belief.propagation import (
    SiteTerms,
    category_probability,
    propagate,
    solve,
    subset,
    tilted_moments,
)
from assay.science.errors import ScienceError

CONFLICT_Z = 2.5
"""From this standardised residual on, a source disagrees with all others together."""
_LARGEST_TAIL = 1.0 - 1e-15


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Belief:
    """The posterior of one person; a pure function of prior, observations and parameters.

    Attributes
    ----------
    mean, covariance
        Shapes (K,) and (K, K), on the pool's scale.
    evidence_counts
        Shape (K,): how many observations look at each competency itself. 0 means "not yet measured".
    parameters_version
        The version of the numbers that were used.
    sweeps
        Sweeps of expectation propagation; 0 where all sites are Gaussian.
    state_mean, state_covariance
        Shapes (D,) and (D, D): abilities first, then the nuisances of ``design.nuisances``.
    """

    prior: Prior
    parameters_version: str
    design: Design
    terms: SiteTerms
    state_mean: FloatArray
    state_covariance: FloatArray

    @property
    def mean(self) -> FloatArray:
        """Shape (K,)."""
        return self.state_mean[: self.prior.size]

    @property
    def covariance(self) -> FloatArray:
        """Shape (K, K)."""
        return self.state_covariance[: self.prior.size, : self.prior.size]

    @property
    def sweeps(self) -> int:
        """Sweeps until nothing moved."""
        return self.terms.sweeps

    @property
    def evidence_counts(self) -> IntArray:
        """Shape (K,)."""
        counts: IntArray = np.count_nonzero(self.design.loadings[:, : self.prior.size], axis=0).astype(np.int64)
        return counts


class LeaveOneOut(NamedTuple):
    """The posterior without each site: ``a' m`` and ``a' C a``, shape (n,) each, and ``C a``, shape (D, n)."""

    mean: FloatArray
    variance: FloatArray
    gain: FloatArray


class Conflict(NamedTuple):
    """An observation that disagrees with all others together.

    ``observation`` is its place in the sequence given to ``posterior``; ``z`` is positive where it says more than the
    rest does.
    """

    observation: int
    z: float


def posterior(*, prior: Prior, observations: Sequence[Observation], parameters: Parameters) -> Belief:
    """Yield the belief from all observations of one person.

    The order of ``observations`` does not matter, to the byte.

    Raises
    ------
    ScienceError
        An observation is outside its range or names a competency or family that the prior does not hold.
    """
    design = design_from(prior=prior, observations=observations, parameters=parameters)
    precision = _state_precision(prior=prior, design=design)
    terms = propagate(precision=precision, design=design)
    solution = solve(precision=precision, design=design, terms=terms)
    return Belief(
        prior=prior,
        parameters_version=parameters.version,
        design=design,
        terms=terms,
        state_mean=frozen(solution.mean),
        state_covariance=frozen(solution.covariance),
    )


def updated_with_answer(*, belief: Belief, answer: ItemResponse, parameters: Parameters) -> Belief:
    """Yield the belief after one more test answer, by one rank-one step.

    Assumed-density filtering: the new site is set once against the present posterior and the others stay as they are.
    It is for the next question of a running test; ``posterior`` over all answers is what is kept afterwards.
    """
    _require_version(belief=belief, parameters=parameters)
    single = design_from(prior=belief.prior, observations=[answer], parameters=parameters)
    loading = np.zeros(belief.state_mean.size)
    loading[: belief.prior.size] = single.loadings[0]
    reach = belief.state_covariance @ loading
    mean, variance = float(loading @ belief.state_mean), float(loading @ reach)
    tilted = tilted_moments(design=single, mean=np.array([mean]), variance=np.array([variance]))
    tau = 1.0 / tilted.variance - 1.0 / variance
    nu = tilted.mean / tilted.variance - mean / variance
    step = (tilted.mean[0] - mean) / variance
    shrink = (variance - tilted.variance[0]) / variance**2
    return Belief(
        prior=belief.prior,
        parameters_version=belief.parameters_version,
        design=_appended(design=belief.design, single=single, loading=loading),
        terms=SiteTerms(
            tau=np.append(belief.terms.tau, tau), nu=np.append(belief.terms.nu, nu), sweeps=belief.terms.sweeps
        ),
        state_mean=frozen(belief.state_mean + step * reach),
        state_covariance=frozen(belief.state_covariance - shrink * np.outer(reach, reach)),
    )


def leave_one_out(*, belief: Belief) -> LeaveOneOut:
    """Yield the marginal of every site's linear form in the posterior without that site (its cavity)."""
    loadings = belief.design.loadings
    gain = belief.state_covariance @ loadings.T
    variance = np.einsum("nd,dn->n", loadings, gain)
    mean = loadings @ belief.state_mean
    left = 1.0 - belief.terms.tau * variance
    return LeaveOneOut(mean=(mean - belief.terms.nu * variance) / left, variance=variance / left, gain=gain)


def contributions(*, belief: Belief, direction: FloatArray) -> FloatArray:
    """Yield how far each observation moved the mean of ``direction' theta``.

    Exact leave-one-out given the sites: the difference between the posterior mean and the posterior mean without the
    observation's site, all others as they are, by Sherman and Morrison's identity.

    Parameters
    ----------
    direction
        Shape (K,): a role's weights for the fit, a unit vector for one competency.

    Returns
    -------
    FloatArray
        Shape (n,), in the order in which the observations were given.
    """
    if direction.shape != (belief.prior.size,):
        raise ScienceError(f"direction has shape {direction.shape}, not ({belief.prior.size},)")
    cavity = leave_one_out(belief=belief)
    along = direction @ cavity.gain[: belief.prior.size]
    moved = along * (belief.terms.nu - belief.terms.tau * cavity.mean)
    out = np.empty(len(moved))
    out[belief.design.position] = moved
    return out


def residuals(*, belief: Belief) -> FloatArray:
    """Yield each observation's standardised residual against all others together.

    A Gaussian site: ``(y - a'm_-) / sqrt(a'C_-a + s^2)``. An ordinal one: the normal score of its mid-probability
    ``P(Y < y) + P(Y = y) / 2`` under the cavity, which is the same for a continuous response.

    Returns
    -------
    FloatArray
        Shape (n,), in the order in which the observations were given.
    """
    design = belief.design
    cavity = leave_one_out(belief=belief)
    z = (design.value - cavity.mean) / np.sqrt(cavity.variance + design.variance)
    ordinal = ~design.is_gaussian
    if ordinal.any():
        z[ordinal] = _mid_probability_score(
            design=subset(design=design, rows=ordinal),
            mean=cavity.mean[ordinal],
            variance=cavity.variance[ordinal],
        )
    out = np.empty(len(z))
    out[design.position] = z
    return out


def conflicts(*, belief: Belief, threshold_z: float = CONFLICT_Z) -> list[Conflict]:
    """Yield the observations whose residual is beyond ``threshold_z``, the largest first."""
    z = residuals(belief=belief)
    found = [Conflict(observation=index, z=float(value)) for index, value in enumerate(z) if abs(value) > threshold_z]
    return sorted(found, key=lambda conflict: (-abs(conflict.z), conflict.observation))


def _state_precision(*, prior: Prior, design: Design) -> FloatArray:
    precision = np.eye(prior.size + len(design.nuisances))
    precision[: prior.size, : prior.size] = prior.precision
    return precision


def _mid_probability_score(*, design: Design, mean: FloatArray, variance: FloatArray) -> FloatArray:
    from_below = np.full(len(mean), -np.inf)
    nodes, weights = np.polynomial.hermite_e.hermegauss(31)
    points = mean[:, None] + np.sqrt(variance + design.variance)[:, None] * nodes
    share = weights / weights.sum()
    below = category_probability(design=design, points=points, low=from_below, high=design.low) @ share
    same = category_probability(design=design, points=points, low=design.low, high=design.high) @ share
    score: FloatArray = ndtri(np.clip(below + same / 2.0, 1.0 - _LARGEST_TAIL, _LARGEST_TAIL))
    return score


def _appended(*, design: Design, single: Design, loading: FloatArray) -> Design:
    return Design(
        loadings=np.vstack((design.loadings, loading)),
        value=np.append(design.value, single.value),
        variance=np.append(design.variance, single.variance),
        low=np.append(design.low, single.low),
        high=np.append(design.high, single.high),
        steepness=np.append(design.steepness, single.steepness),
        is_probit=np.append(design.is_probit, single.is_probit),
        position=np.append(design.position, len(design.position)),
        nuisances=design.nuisances,
    )


def _require_version(*, belief: Belief, parameters: Parameters) -> None:
    if belief.parameters_version != parameters.version:
        raise ScienceError(f"the belief was made with version {belief.parameters_version}, not {parameters.version}")
