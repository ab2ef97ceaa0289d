"""A simulated pool of applicants and the instruments that a company might use on them.

Performance on the job is ``P = kappa F + sqrt(1 - kappa^2) e``, ``F`` the role's composite of twelve competencies
in three families. An instrument of validity ``r`` (correlation with ``P``) looks at ``u``, a standardised composite of
some competencies, and yields ``y = c u + sqrt(1 - c^2) (sqrt(s) imp + sqrt(1 - s) e)`` with
``c = r / (kappa corr(u, F))`` and an impression ``imp`` that all interviews of a person share.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray
from assay.science.belief.fit import fit_direction
from assay.science.belief.prior import Prior
from assay.science.errors import ScienceError

FAMILIES = ("foundations",) * 4 + ("engineering",) * 4 + ("working",) * 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Instrument:
    """One assessment: its validity, the families that it looks at, the share ``s`` of impression in its noise."""

    name: str
    validity: float
    families: tuple[str, ...]
    candidate_min: float
    staff_min: float
    impression_share: float = 0.0


_ALL = ("foundations", "engineering", "working")

INSTRUMENTS = (
    Instrument(name="resume", validity=0.15, families=_ALL, candidate_min=0.0, staff_min=0.0),
    Instrument(
        name="unstructured_1", validity=0.19, families=_ALL, candidate_min=45, staff_min=75, impression_share=0.28
    ),
    Instrument(
        name="unstructured_2", validity=0.19, families=_ALL, candidate_min=45, staff_min=75, impression_share=0.28
    ),
    Instrument(name="phone", validity=0.19, families=_ALL, candidate_min=30, staff_min=45, impression_share=0.28),
    Instrument(
        name="code_test", validity=0.33, families=("foundations", "engineering"), candidate_min=90, staff_min=20
    ),
    *(
        Instrument(
            name=f"semi_{number}",
            validity=0.30,
            families=(family,),
            candidate_min=60,
            staff_min=75,
            impression_share=0.24,
        )
        for number, family in enumerate((*_ALL, "engineering"), start=1)
    ),
    *(
        Instrument(
            name=f"structured_{number}",
            validity=0.42,
            families=(family,),
            candidate_min=45,
            staff_min=75,
            impression_share=0.20,
        )
        for number, family in enumerate((*_ALL, "engineering"), start=1)
    ),
    Instrument(
        name="work_sample", validity=0.33, families=("foundations", "engineering"), candidate_min=120, staff_min=10
    ),
    Instrument(
        name="adaptive_test", validity=0.36, families=("foundations", "engineering"), candidate_min=30, staff_min=0
    ),
)
COLUMN = {instrument.name: index for index, instrument in enumerate(INSTRUMENTS)}

PESSIMISTIC = {"structured": 0.25, "work_sample": 0.25, "adaptive_test": 0.28}
"""Validities of our own instruments, were they no better than ordinary ones."""


class Measurement(NamedTuple):
    """Instruments as linear measurements of (abilities, impression): loadings (I, K + 1) and noise variances (I,)."""

    loadings: FloatArray
    noise: FloatArray


class Pool(NamedTuple):
    """One pool: the true fit (n,), and the score that each instrument would give each person, (n, I)."""

    fit: FloatArray
    scores: FloatArray


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class World:
    """The truth, and what the engine takes for the truth."""

    prior: Prior
    direction: FloatArray
    kappa: float
    truth: Measurement
    engine: Measurement


def world_with(
    *,
    kappa: float = 0.65,
    rho_within: float = 0.60,
    rho_between: float = 0.35,
    true_validities: Mapping[str, float] | None = None,
    believed_validities: Mapping[str, float] | None = None,
) -> World:
    """Yield a world; the mappings replace validities by the beginning of an instrument's name.

    ``believed_validities`` are the engine's; without them the engine knows the true ones.
    """
    prior = Prior.from_families(families=FAMILIES, rho_within=rho_within, rho_between=rho_between)
    direction = fit_direction(prior=prior, weights=np.ones(prior.size))
    true = true_validities or {}
    believed = true if believed_validities is None else believed_validities

    def measured(changes: Mapping[str, float]) -> Measurement:
        return measurement(instruments=_changed(changes), prior=prior, direction=direction, kappa=kappa)

    return World(prior=prior, direction=direction, kappa=kappa, truth=measured(true), engine=measured(believed))


def measurement(*, instruments: Sequence[Instrument], prior: Prior, direction: FloatArray, kappa: float) -> Measurement:
    """Yield loadings and noise of the instruments; refused where a validity is beyond what its families allow."""
    loadings = np.zeros((len(instruments), prior.size + 1))
    noise = np.zeros(len(instruments))
    for row, instrument in enumerate(instruments):
        look = np.array([family in instrument.families for family in prior.families], dtype=float)
        look /= np.sqrt(look @ prior.covariance @ look)
        slope = instrument.validity / (kappa * float(look @ prior.covariance @ direction))
        if not 0.0 < slope < 1.0:
            raise ScienceError(f"{instrument.name} cannot have the validity {instrument.validity}")
        loadings[row, :-1] = slope * look
        loadings[row, -1] = np.sqrt((1.0 - slope**2) * instrument.impression_share)
        noise[row] = (1.0 - slope**2) * (1.0 - instrument.impression_share)
    return Measurement(loadings=loadings, noise=noise)


def draw_pool(*, world: World, people: int, rng: np.random.Generator) -> Pool:
    """Yield a pool; every policy sees the same people and would get the same scores."""
    size = world.prior.size
    ability = rng.normal(size=(people, size)) @ np.linalg.cholesky(world.prior.covariance).T
    state = np.hstack((ability, rng.normal(size=(people, 1))))
    noise = rng.normal(size=(people, len(world.truth.noise))) * np.sqrt(world.truth.noise)
    return Pool(fit=ability @ world.direction, scores=state @ world.truth.loadings.T + noise)


def _changed(changes: Mapping[str, float]) -> list[Instrument]:
    out = []
    for instrument in INSTRUMENTS:
        validity = next((r for name, r in changes.items() if instrument.name.startswith(name)), instrument.validity)
        out.append(
            Instrument(
                name=instrument.name,
                validity=validity,
                families=instrument.families,
                candidate_min=instrument.candidate_min,
                staff_min=instrument.staff_min,
                impression_share=instrument.impression_share,
            )
        )
    return out
