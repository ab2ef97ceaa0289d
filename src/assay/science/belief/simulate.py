"""People drawn from the model, and from worlds that break it: what coverage is measured on."""

from dataclasses import dataclass

import numpy as np

from assay.science.arrays import FloatArray, IntArray
from assay.science.belief.design import HALF_CUTS
from assay.science.belief.observations import (
    Claim,
    ItemResponse,
    Observation,
    Portfolio,
    Rating,
    Reference,
    WorkSample,
)
from assay.science.belief.parameters import Parameters
from assay.science.belief.prior import Prior


@dataclass(frozen=True, slots=True, kw_only=True)
class World:
    """How the simulated truth differs from the model's assumptions; the defaults differ in nothing.

    ``ability_df`` and ``noise_df`` are degrees of freedom of Student's t, scaled to the model's variance (infinite:
    normal). ``noise_factor`` multiplies every noise sd. With probability ``p_inflator`` a person's claim inflation is
    ``inflator_sd`` standard deviations higher.
    """

    ability_df: float = np.inf
    noise_df: float = np.inf
    noise_factor: float = 1.0
    p_inflator: float = 0.0
    inflator_sd: float = 0.0


HOSTILE = World(ability_df=6.0, noise_df=4.0, noise_factor=1.15, p_inflator=0.15, inflator_sd=2.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class EvidencePlan:
    """How much is seen of each person; test items and ratings go to ``core`` competencies drawn for the person."""

    claims: int = 15
    items: int = 30
    core: int = 10
    interviews: int = 3
    ratings: int = 5
    metrics: int = 4
    features: int = 4
    references: int = 2


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Person:
    """The truth, shape (K,), and what was seen of it."""

    ability: FloatArray
    observations: tuple[Observation, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Simulator:
    """Draws people; ``truth`` is the prior that they come from, ``severities`` the raters' true severities."""

    truth: Prior
    parameters: Parameters
    severities: dict[str, float]
    world: World = World()
    plan: EvidencePlan = EvidencePlan()

    def draw(self, *, rng: np.random.Generator) -> Person:
        """Yield one person; the same generator state yields the same person."""
        size = self.truth.size
        ability = np.linalg.cholesky(self.truth.covariance) @ rng.normal(size=size)
        ability *= _tail(rng, self.world.ability_df)
        core = rng.choice(size, size=min(self.plan.core, size), replace=False)
        seen: list[Observation] = []
        seen += self._claims(ability, rng)
        seen += self._items(ability, core, rng)
        seen += self._ratings(ability, core, rng)
        seen += self._work(ability, core, rng)
        seen += self._references(ability, rng)
        return Person(ability=ability, observations=tuple(seen))

    def _noise(self, rng: np.random.Generator, size: int) -> FloatArray:
        tails = np.array([_tail(rng, self.world.noise_df) for _ in range(size)])
        noise: FloatArray = self.world.noise_factor * tails * rng.normal(size=size)
        return noise

    def _claims(self, ability: FloatArray, rng: np.random.Generator) -> list[Claim]:
        numbers = self.parameters.sources.claim
        chosen = rng.choice(len(ability), size=min(self.plan.claims, len(ability)), replace=False)
        inflation = rng.normal() + self.world.inflator_sd * (rng.random() < self.world.p_inflator)
        said = numbers.bias + numbers.slope * ability[chosen] + numbers.inflation_sd * inflation
        said = said + numbers.noise_sd * self._noise(rng, len(chosen)) + 3.0
        levels = np.clip(np.rint(said), 1.0, 5.0)
        return [Claim(competency=int(k), level=float(level)) for k, level in zip(chosen, levels, strict=True)]

    def _items(self, ability: FloatArray, core: IntArray, rng: np.random.Generator) -> list[ItemResponse]:
        chosen = rng.choice(core, size=self.plan.items)
        slopes = np.exp(0.2 + 0.3 * rng.normal(size=len(chosen)))
        places = rng.normal(size=len(chosen))
        right = rng.random(len(chosen)) < 1.0 / (1.0 + np.exp(-slopes * (ability[chosen] - places)))
        return [
            ItemResponse(competency=int(k), category=int(y), discrimination=float(a), difficulties=(float(b),))
            for k, a, b, y in zip(chosen, slopes, places, right, strict=True)
        ]

    def _ratings(self, ability: FloatArray, core: IntArray, rng: np.random.Generator) -> list[Rating]:
        numbers = self.parameters.sources.structured_interview
        impression = numbers.impression_sd * rng.normal()
        raters = rng.choice(sorted(self.severities), size=self.plan.interviews, replace=False)
        out: list[Rating] = []
        for event, rater in enumerate(raters.tolist()):
            chosen = rng.choice(core, size=min(self.plan.ratings, len(core)), replace=False)
            shared = impression + numbers.halo_sd * rng.normal() - self.severities[rater]
            latent = ability[chosen] + shared + numbers.noise_sd * self._noise(rng, len(chosen))
            ratings = 1 + np.searchsorted(numbers.cut_scale * np.array(HALF_CUTS), latent)
            out += [
                Rating(competency=int(k), rating=int(value), event=str(event), rater=rater)
                for k, value in zip(chosen, ratings, strict=True)
            ]
        return out

    def _work(self, ability: FloatArray, core: IntArray, rng: np.random.Generator) -> list[WorkSample | Portfolio]:
        work, portfolio = self.parameters.sources.work_sample, self.parameters.sources.portfolio
        chosen = core[: self.plan.metrics]
        noise_sd = np.sqrt((1.0 - work.reliability) / work.reliability - work.event_sd**2)
        values = ability[chosen] + work.event_sd * rng.normal() + noise_sd * self._noise(rng, len(chosen))
        out: list[WorkSample | Portfolio] = [
            WorkSample(competency=int(k), value=float(y), event="hand-in") for k, y in zip(chosen, values, strict=True)
        ]
        shown = rng.choice(len(ability), size=min(self.plan.features, len(ability)), replace=False)
        own = 1.0 - portfolio.p_not_authored
        spread = np.sqrt((1.0 - portfolio.reliability) / portfolio.reliability + 1.0 - own**2)
        values = own * ability[shown] + spread * self._noise(rng, len(shown))
        out += [Portfolio(competency=int(k), value=float(y)) for k, y in zip(shown, values, strict=True)]
        return out

    def _references(self, ability: FloatArray, rng: np.random.Generator) -> list[Reference]:
        numbers = self.parameters.sources.reference
        families = rng.choice(sorted(set(self.truth.families)), size=self.plan.references)
        means = np.array([ability[self.truth.members(family=str(name))].mean() for name in families])
        said = numbers.bias + numbers.slope * means + numbers.noise_sd * self._noise(rng, len(families)) + 3.0
        return [
            Reference(family=str(name), level=float(level))
            for name, level in zip(families, np.clip(said, 1.0, 5.0), strict=True)
        ]


def _tail(rng: np.random.Generator, df: float) -> float:
    """Yield the factor that makes a standard normal a unit-variance Student's t."""
    return 1.0 if np.isinf(df) else float(np.sqrt((df - 2.0) / rng.chisquare(df)))
