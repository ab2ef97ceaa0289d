"""Beliefs from claims alone, for many people at once.

All sites are Gaussian and few for each person, so Woodbury's identity is used on the claims (n x n) instead of the
competencies (K x K), batched over the people who make the same number of claims. The result is that of ``posterior``.
"""

from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray, IntArray
from assay.science.belief.parameters import Parameters
from assay.science.belief.prior import Prior
from assay.science.errors import ScienceError


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class ClaimTable:
    """Claims of many people, one row a claim; all arrays have shape (n,).

    ``person`` runs from 0 to ``people - 1``, ``competency`` from 0 to K - 1, ``level`` from 1 to 5; ``age_y`` is at
    least 0. A person without a row keeps the prior.
    """

    people: int
    person: IntArray
    competency: IntArray
    level: FloatArray
    age_y: FloatArray


class PoolBelief(NamedTuple):
    """Posterior means, shape (P, K), and covariances, shape (P, K, K)."""

    mean: FloatArray
    covariance: FloatArray


class PoolFits(NamedTuple):
    """Mean and sd of one linear form for every person, shape (P,) each."""

    mean: FloatArray
    sd: FloatArray


class _Group(NamedTuple):
    """People with the same number of claims: who, and ``cross`` (G, n, K), ``solved`` (G, n, K), ``mean`` (G, K)."""

    people: IntArray
    cross: FloatArray
    solved: FloatArray
    mean: FloatArray


def claims_posteriors(*, prior: Prior, claims: ClaimTable, parameters: Parameters) -> PoolBelief:
    """Yield the posterior of every person; for P people this holds P x K x K numbers."""
    mean = np.zeros((claims.people, prior.size))
    covariance = np.repeat(prior.covariance[None], claims.people, axis=0)
    for group in _groups(prior=prior, claims=claims, parameters=parameters):
        mean[group.people] = group.mean
        covariance[group.people] -= group.cross.transpose(0, 2, 1) @ group.solved
    return PoolBelief(mean=mean, covariance=covariance)


def claims_fits(*, prior: Prior, claims: ClaimTable, parameters: Parameters, direction: FloatArray) -> PoolFits:
    """Yield the posterior of ``direction' theta`` for every person, without holding any covariance matrix.

    ``direction`` has shape (K,); ``fit_direction`` gives a role's.
    """
    mean = np.zeros(claims.people)
    variance = np.full(claims.people, direction @ prior.covariance @ direction)
    for group in _groups(prior=prior, claims=claims, parameters=parameters):
        mean[group.people] = group.mean @ direction
        variance[group.people] -= np.einsum("gn,gn->g", group.cross @ direction, group.solved @ direction)
    return PoolFits(mean=mean, sd=np.sqrt(variance))


def _groups(*, prior: Prior, claims: ClaimTable, parameters: Parameters) -> list[_Group]:
    _check(prior=prior, claims=claims)
    order = np.lexsort((claims.age_y, claims.level, claims.competency, claims.person))
    counts = np.bincount(claims.person, minlength=claims.people)
    starts = np.cumsum(counts) - counts
    groups = []
    for count in np.unique(counts[counts > 0]).tolist():
        people = np.flatnonzero(counts == count)
        rows = order[starts[people][:, None] + np.arange(count)]
        groups.append(_solve_group(prior=prior, claims=claims, parameters=parameters, people=people, rows=rows))
    return groups


def _solve_group(
    *, prior: Prior, claims: ClaimTable, parameters: Parameters, people: IntArray, rows: IntArray
) -> _Group:
    """Solve people who make n claims each; ``rows`` has shape (G, n)."""
    numbers = parameters.sources.claim
    competency = claims.competency[rows]
    tau_y = np.where(prior.is_perishable[competency], parameters.decay.perishable_y, parameters.decay.durable_y)
    now = numbers.slope * np.exp(-claims.age_y[rows] / tau_y)
    value = claims.level[rows] - 3.0 - numbers.bias
    cross = now[:, :, None] * prior.covariance[competency]
    between = prior.covariance[competency[:, :, None], competency[:, None, :]]
    total = now[:, :, None] * now[:, None, :] * between + numbers.inflation_sd**2
    place = np.arange(rows.shape[1])
    # what time has taken from the slope comes back as noise, so that a claim's variance does not depend on its age
    total[:, place, place] += numbers.noise_sd**2 + numbers.slope**2 - now**2
    solved = np.linalg.solve(total, cross)
    mean = (solved.transpose(0, 2, 1) @ value[:, :, None])[:, :, 0]
    return _Group(people=people, cross=cross, solved=solved, mean=mean)


def _check(*, prior: Prior, claims: ClaimTable) -> None:
    columns = (claims.person, claims.competency, claims.level, claims.age_y)
    if len({column.shape for column in columns}) != 1 or claims.person.ndim != 1:
        raise ScienceError("the columns of a claim table must have one length")
    inside = {
        "person": (claims.person >= 0) & (claims.person < claims.people),
        "competency": (claims.competency >= 0) & (claims.competency < prior.size),
        "level": (claims.level >= 1.0) & (claims.level <= 5.0),
        "age_y": (claims.age_y >= 0.0) & np.isfinite(claims.age_y),
    }
    for name, is_inside in inside.items():
        if not is_inside.all():
            raise ScienceError(f"row {int(np.argmin(is_inside))} of the claim table has a {name} outside its range")
