"""Run the policies over many seeded pools and compare them pool by pool."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError
from assay.science.simlab.policies import POLICIES
from assay.science.simlab.world import INSTRUMENTS, World, draw_pool

_CANDIDATE_MIN = np.array([instrument.candidate_min for instrument in INSTRUMENTS])
_STAFF_MIN = np.array([instrument.staff_min for instrument in INSTRUMENTS])


class PolicyRuns(NamedTuple):
    """One policy over all pools, shape (R,) each.

    ``quality_sd`` is the hires' mean expected performance in sd of performance; ``top_share`` the share of hires who
    are among the pool's true best tenth; hours are sums over the pool.
    """

    quality_sd: FloatArray
    top_share: FloatArray
    candidate_hours: FloatArray
    staff_hours: FloatArray


class Estimate(NamedTuple):
    """A mean over pools with its 95 % interval."""

    mean: float
    low: float
    high: float


def run(
    *, world: World, seeds: Sequence[int], people: int = 200, policies: Sequence[str] | None = None
) -> dict[str, PolicyRuns]:
    """Yield every policy's runs; the same seed is the same pool for all of them."""
    names = list(POLICIES) if policies is None else list(policies)
    unknown = sorted(set(names) - set(POLICIES))
    if unknown or people < 60 or not seeds:
        raise ScienceError(f"60 people or more, one seed or more, known policies are needed; unknown: {unknown}")
    rows: dict[str, list[tuple[float, float, float, float]]] = {name: [] for name in names}
    for seed in seeds:
        pool = draw_pool(world=world, people=people, rng=np.random.default_rng(seed))
        best = set(np.argsort(-pool.fit)[: people // 10].tolist())
        for name in names:
            outcome = POLICIES[name](world, pool)
            rows[name].append(
                (
                    world.kappa * float(pool.fit[outcome.hired].mean()),
                    float(np.mean([person in best for person in outcome.hired.tolist()])),
                    float((outcome.taken @ _CANDIDATE_MIN).sum()) / 60.0,
                    float((outcome.taken @ _STAFF_MIN).sum()) / 60.0,
                )
            )
    return {name: PolicyRuns(*np.array(values).T) for name, values in rows.items()}


def estimate(*, values: FloatArray) -> Estimate:
    """Yield the mean of independent runs with its normal 95 % interval."""
    half = 1.959963984540054 * float(values.std(ddof=1)) / float(np.sqrt(len(values))) if len(values) > 1 else np.inf
    mean = float(values.mean())
    return Estimate(mean=mean, low=mean - half, high=mean + half)


def difference(*, runs: Mapping[str, PolicyRuns], first: str, second: str) -> Estimate:
    """Yield by how much the first policy's hires are better than the second's, compared within each pool."""
    return estimate(values=runs[first].quality_sd - runs[second].quality_sd)
