"""Expectation propagation over one-dimensional sites, in precision form.

The posterior is ``N(P^-1 h, P^-1)`` with ``P = P0 + sum_j tau_j a_j a_j'`` and ``h = sum_j nu_j a_j``. Gaussian sites
are exact (``tau = 1/s^2``, ``nu = y/s^2``). For an ordinal site the pair ``(tau, nu)`` is set so that the posterior
of ``a'x`` has the moments of cavity times likelihood (Minka 2001, "Expectation propagation for approximate Bayesian
inference"), taken with 31 Gauss-Hermite points. All ordinal sites move at once, damped.
"""

from typing import NamedTuple

import numpy as np
from scipy.linalg import lapack
from scipy.special import expit, ndtr

from assay.science.arrays import FloatArray
from assay.science.belief.design import Design
from assay.science.errors import ConvergenceError, ScienceError

STEP = 0.8
"""Share of the way that a site moves in one sweep."""
TOLERANCE = 1e-6
"""A sweep that moves no marginal by more than this share of its sd, nor any variance by this share, is the last."""
MAX_SWEEPS = 100
_MIN_TAU = 1e-6
_TINY = 1e-300

_POINTS, _RAW_WEIGHTS = np.polynomial.hermite_e.hermegauss(31)
_WEIGHTS = _RAW_WEIGHTS / _RAW_WEIGHTS.sum()


class SiteTerms(NamedTuple):
    """Natural parameters of all sites, shape (n,) each, and the number of sweeps that were needed."""

    tau: FloatArray
    nu: FloatArray
    sweeps: int


class Moments(NamedTuple):
    """Probability of the response and moments of ``s`` given it, shape (n,) each."""

    probability: FloatArray
    mean: FloatArray
    variance: FloatArray


class Solution(NamedTuple):
    """Mean, shape (D,), and covariance, shape (D, D)."""

    mean: FloatArray
    covariance: FloatArray


def category_probability(*, design: Design, points: FloatArray, low: FloatArray, high: FloatArray) -> FloatArray:
    """Yield P(low < s + link noise <= high | s = points) for ordinal sites; ``points`` has shape (n, Q).

    Where both cuts lie below ``s`` the difference is taken of the upper tails, so that it keeps its relative
    precision however surprising the response is.
    """
    steep = design.steepness[:, None]
    above_low = steep * (points - low[:, None])
    above_high = steep * (points - high[:, None])
    is_far = above_high > 0.0
    first = np.where(is_far, -above_high, above_low)
    second = np.where(is_far, -above_low, above_high)
    probit = design.is_probit
    out = np.empty(points.shape)
    out[probit] = ndtr(first[probit]) - ndtr(second[probit])
    out[~probit] = expit(first[~probit]) - expit(second[~probit])
    return out


def tilted_moments(*, design: Design, mean: FloatArray, variance: FloatArray) -> Moments:
    """Yield the moments of cavity times likelihood for ordinal sites.

    ``mean`` and ``variance``, shape (n,), are the cavity's. A site's own Gaussian noise (``design.variance``) widens
    the cavity before the integral and is taken out of its moments again, which is exact.
    """
    wide = variance + design.variance
    sd = np.sqrt(wide)
    points = mean[:, None] + sd[:, None] * _POINTS
    weighted = _WEIGHTS * category_probability(design=design, points=points, low=design.low, high=design.high)
    probability = np.maximum(weighted.sum(axis=1), _TINY)
    first = weighted @ _POINTS / probability
    second = weighted @ _POINTS**2 / probability
    gain = variance / wide
    return Moments(
        probability=probability,
        mean=mean + gain * sd * first,
        variance=variance * (1.0 - gain) + gain**2 * wide * (second - first**2),
    )


def subset(*, design: Design, rows: FloatArray | np.ndarray) -> Design:
    """Yield the design of some sites only; ``rows`` is a mask or indices."""
    return Design(
        loadings=design.loadings[rows],
        value=design.value[rows],
        variance=design.variance[rows],
        low=design.low[rows],
        high=design.high[rows],
        steepness=design.steepness[rows],
        is_probit=design.is_probit[rows],
        position=design.position[rows],
        nuisances=design.nuisances,
    )


def propagate(*, precision: FloatArray, design: Design) -> SiteTerms:
    """Yield the natural parameters of every site.

    Parameters
    ----------
    precision
        Shape (D, D), the prior's, positive definite.
    design
        The sites.

    Raises
    ------
    ConvergenceError
        The sweeps did not settle; sites that are log-concave, as all of ours are, always did so far.
    """
    exact = design.is_gaussian
    tau = np.zeros(len(exact))
    nu = np.zeros(len(exact))
    tau[exact] = 1.0 / design.variance[exact]
    nu[exact] = tau[exact] * design.value[exact]
    base = precision + _weighted_gram(design.loadings[exact], tau[exact])
    shift = nu[exact] @ design.loadings[exact]
    if exact.all():
        return SiteTerms(tau=tau, nu=nu, sweeps=0)
    found = _sweep(base=base, shift=shift, design=subset(design=design, rows=~exact))
    tau[~exact] = found.tau
    nu[~exact] = found.nu
    return SiteTerms(tau=tau, nu=nu, sweeps=found.sweeps)


def _sweep(*, base: FloatArray, shift: FloatArray, design: Design) -> SiteTerms:
    loadings = design.loadings
    tau: FloatArray = np.zeros(len(loadings))
    nu: FloatArray = np.zeros(len(loadings))
    before: FloatArray = np.zeros(len(loadings))
    before_variance: FloatArray = np.ones(len(loadings))
    for sweep in range(MAX_SWEEPS):
        mean, variance = _marginals(base=base, shift=shift, loadings=loadings, tau=tau, nu=nu)
        moved = np.abs(mean - before) / np.sqrt(variance)
        if sweep and max(moved.max(), np.abs(variance / before_variance - 1.0).max()) < TOLERANCE:
            return SiteTerms(tau=tau, nu=nu, sweeps=sweep)
        before, before_variance = mean, variance
        cavity_precision = 1.0 / variance - tau
        cavity_shift = mean / variance - nu
        tilted = tilted_moments(design=design, mean=cavity_shift / cavity_precision, variance=1.0 / cavity_precision)
        new_tau = np.maximum(1.0 / tilted.variance - cavity_precision, _MIN_TAU)
        new_nu = tilted.mean * (new_tau + cavity_precision) - cavity_shift
        tau = tau + STEP * (new_tau - tau)
        nu = nu + STEP * (new_nu - nu)
    raise ConvergenceError(f"expectation propagation did not settle in {MAX_SWEEPS} sweeps")


def _marginals(
    *, base: FloatArray, shift: FloatArray, loadings: FloatArray, tau: FloatArray, nu: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Mean and variance of every ``a'x``, shape (n,) each, from one factor and one triangular solve."""
    factor = _cholesky(base + _weighted_gram(loadings, tau))
    sides = np.column_stack((loadings.T, shift + nu @ loadings))
    half, failure = lapack.dtrtrs(factor, sides, lower=1)
    _require_solved(failure)
    forms = half[:, :-1]
    return forms.T @ half[:, -1], np.einsum("ij,ij->j", forms, forms)


def solve(*, precision: FloatArray, design: Design, terms: SiteTerms) -> Solution:
    """Yield the posterior over the whole state, given the sites' natural parameters."""
    factor = _cholesky(precision + _weighted_gram(design.loadings, terms.tau))
    lower, failure = lapack.dpotri(factor, lower=1)
    _require_solved(failure)
    covariance = np.tril(lower) + np.tril(lower, -1).T
    return Solution(mean=covariance @ (terms.nu @ design.loadings), covariance=covariance)


def _weighted_gram(loadings: FloatArray, tau: FloatArray) -> FloatArray:
    gram: FloatArray = loadings.T @ (tau[:, None] * loadings)
    return gram


def _cholesky(matrix: FloatArray) -> FloatArray:
    factor, failure = lapack.dpotrf(matrix, lower=1)
    _require_solved(failure)
    lower: FloatArray = factor
    return lower


def _require_solved(failure: int) -> None:
    if failure:
        raise ScienceError("the precision matrix is not positive definite")
