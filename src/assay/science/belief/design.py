"""From observations to one-dimensional sites: the equations of the measurement models.

Every observation looks at one linear form ``s = a'x`` of the state ``x = (theta, nuisances)``. The nuisances (claim
inflation, impression, halo of an interview, event of a work sample, severity of a rater) are standard normal; their
standard deviations stand in the loadings ``a``. A Gaussian site says ``value = s + e``; an ordinal site says that
``s`` with its link's noise fell between two cuts.
"""

import itertools
import math
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import msgspec
import numpy as np

from assay.science.arrays import BoolArray, FloatArray, IntArray
from assay.science.belief.observations import (
    Claim,
    Experience,
    ItemResponse,
    Observation,
    Portfolio,
    Rating,
    Reference,
    ScoredAnswer,
    WorkSample,
)
from assay.science.belief.parameters import Parameters, RaterParameters, RatingParameters
from assay.science.belief.prior import Prior
from assay.science.errors import ScienceError

HALF_CUTS = (-1.5, -0.5, 0.5, 1.5)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One site before it is laid into arrays. ``low`` and ``high`` are cuts on ``s``; Gaussian rows have none."""

    theta: tuple[tuple[int, float], ...]
    nuisance: tuple[tuple[str, float], ...] = ()
    value: float = 0.0
    variance: float = 0.0
    low: float = -math.inf
    high: float = math.inf
    steepness: float = 0.0
    """Slope of an ordinal site's link; 0 marks a Gaussian row."""
    is_probit: bool = False


@dataclass(frozen=True, slots=True, kw_only=True, eq=False)
class Design:
    """All sites of one person as arrays; n sites, D = K + number of nuisances.

    ``loadings`` has shape (n, D), everything else shape (n,). ``position[j]`` is the place of site ``j`` in the
    caller's sequence: sites stand in a canonical order, so that the order of the input cannot change a byte.
    """

    loadings: FloatArray
    value: FloatArray
    variance: FloatArray
    low: FloatArray
    high: FloatArray
    steepness: FloatArray
    is_probit: BoolArray
    position: IntArray
    nuisances: tuple[str, ...] = field(default=())

    @property
    def is_gaussian(self) -> BoolArray:
        """Shape (n,). True where the site is exact."""
        exact: BoolArray = self.steepness == 0.0
        return exact


def design_from(*, prior: Prior, observations: Sequence[Observation], parameters: Parameters) -> Design:
    """Yield the arrays of all observations; raises ``ScienceError`` where one is outside its range."""
    keys = [msgspec.json.encode(observation) for observation in observations]
    order = sorted(range(len(keys)), key=keys.__getitem__)
    rows = [row_from(prior=prior, observation=observations[index], parameters=parameters) for index in order]
    names = sorted({name for row in rows for name, _ in row.nuisance})
    column = {name: prior.size + index for index, name in enumerate(names)}
    loadings = np.zeros((len(rows), prior.size + len(names)))
    for place, row in enumerate(rows):
        for index, loading in row.theta:
            loadings[place, index] += loading
        for name, loading in row.nuisance:
            loadings[place, column[name]] += loading
    return Design(
        loadings=loadings,
        value=np.array([row.value for row in rows]),
        variance=np.array([row.variance for row in rows]),
        low=np.array([row.low for row in rows]),
        high=np.array([row.high for row in rows]),
        steepness=np.array([row.steepness for row in rows]),
        is_probit=np.array([row.is_probit for row in rows], dtype=np.bool_),
        position=np.array(order, dtype=np.int64),
        nuisances=tuple(names),
    )


def row_from(*, prior: Prior, observation: Observation, parameters: Parameters) -> Row:
    """Yield the site of one observation."""
    build = _BUILDERS[type(observation)]
    row: Row = build(prior, observation, parameters)
    return row


def faded(
    *, prior: Prior, parameters: Parameters, loadings: Sequence[tuple[int, float]], age_y: float
) -> tuple[tuple[tuple[int, float], ...], float]:
    """Yield the loadings on today's abilities, and the variance that the time between adds.

    ``theta_then = phi theta_now + sqrt(1 - phi^2) w`` with ``phi = exp(-age / tau)`` and ``w`` drawn from the prior,
    so that the variance of the linear form is the same at every age.
    """
    _require(math.isfinite(age_y) and age_y >= 0.0, "age_y must be finite and at least 0")
    if age_y == 0.0:
        return tuple(loadings), 0.0
    decay = parameters.decay
    indices = [index for index, _ in loadings]
    then = np.array([loading for _, loading in loadings])
    tau_y = np.where(prior.is_perishable[indices], decay.perishable_y, decay.durable_y)
    now = then * np.exp(-age_y / tau_y)
    covariance = prior.covariance[np.ix_(indices, indices)]
    extra = float(then @ covariance @ then - now @ covariance @ now)
    return tuple(zip(indices, now.tolist(), strict=True)), max(extra, 0.0)


def checked_competency(prior: Prior, competency: int) -> int:
    """Yield the index itself; one outside the map is refused."""
    _require(0 <= competency < prior.size, f"competency {competency} is outside 0..{prior.size - 1}")
    return competency


def checked_level(level: float) -> float:
    """Yield the level itself; one outside 1..5 is refused."""
    _require(1.0 <= level <= 5.0, f"level {level} is outside 1..5")
    return level


def _require(is_met: object, message: str) -> None:
    if not is_met:
        raise ScienceError(message)


def _claim(prior: Prior, seen: Claim, parameters: Parameters) -> Row:
    numbers = parameters.sources.claim
    slope = [(checked_competency(prior, seen.competency), numbers.slope)]
    theta, extra = faded(prior=prior, parameters=parameters, loadings=slope, age_y=seen.age_y)
    return Row(
        theta=theta,
        nuisance=(("inflation", numbers.inflation_sd),),
        value=checked_level(seen.level) - 3.0 - numbers.bias,
        variance=numbers.noise_sd**2 + extra,
    )


def _experience(prior: Prior, seen: Experience, parameters: Parameters) -> Row:
    numbers = parameters.sources.experience
    _require(0.0 <= seen.years < math.inf, f"years {seen.years} is not a finite number of at least 0")
    slope = [(checked_competency(prior, seen.competency), numbers.slope)]
    theta, extra = faded(prior=prior, parameters=parameters, loadings=slope, age_y=seen.age_y)
    value = (math.log1p(seen.years) - numbers.centre_log_years) / numbers.spread_log_years
    return Row(theta=theta, value=value, variance=numbers.noise_sd**2 + extra)


def _portfolio(prior: Prior, seen: Portfolio, parameters: Parameters) -> Row:
    numbers = parameters.sources.portfolio
    _require(math.isfinite(seen.value), "the value of a portfolio feature must be finite")
    doubt = numbers.p_not_authored if seen.p_not_authored is None else seen.p_not_authored
    _require(0.0 <= doubt < 1.0, f"p_not_authored {doubt} is outside [0, 1)")
    own = 1.0 - doubt
    loading = [(checked_competency(prior, seen.competency), own)]
    theta, extra = faded(prior=prior, parameters=parameters, loadings=loading, age_y=seen.age_y)
    noise = (1.0 - numbers.reliability) / numbers.reliability + 1.0 - own**2
    return Row(theta=theta, value=seen.value, variance=noise + extra)


def _work_sample(prior: Prior, seen: WorkSample, parameters: Parameters) -> Row:
    numbers = parameters.sources.work_sample
    _require(math.isfinite(seen.value), "the value of a work sample must be finite")
    loading = [(checked_competency(prior, seen.competency), 1.0)]
    theta, extra = faded(prior=prior, parameters=parameters, loadings=loading, age_y=seen.age_y)
    noise = (1.0 - numbers.reliability) / numbers.reliability - numbers.event_sd**2
    _require(noise > 0.0, "event_sd leaves no variance for the metrics of a work sample")
    nuisance = ((f"event:{seen.event}", numbers.event_sd),)
    return Row(theta=theta, nuisance=nuisance, value=seen.value, variance=noise + extra)


def _reference(prior: Prior, seen: Reference, parameters: Parameters) -> Row:
    numbers = parameters.sources.reference
    members = prior.members(family=seen.family)
    loadings = [(index, numbers.slope / len(members)) for index in members]
    theta, extra = faded(prior=prior, parameters=parameters, loadings=loadings, age_y=seen.age_y)
    return Row(
        theta=theta,
        value=checked_level(seen.level) - 3.0 - numbers.bias,
        variance=numbers.noise_sd**2 + extra,
    )


def _rating(prior: Prior, seen: Rating, parameters: Parameters) -> Row:
    sources = parameters.sources
    numbers = sources.structured_interview if seen.is_structured else sources.unstructured_interview
    nuisance = (("impression", numbers.impression_sd), (f"halo:{seen.event}", numbers.halo_sd))
    return _rated(prior, seen, parameters, numbers, nuisance)


def _scored_answer(prior: Prior, seen: ScoredAnswer, parameters: Parameters) -> Row:
    return _rated(prior, seen, parameters, parameters.sources.scored_answer, ())


def _rated(
    prior: Prior,
    seen: Rating | ScoredAnswer,
    parameters: Parameters,
    numbers: RatingParameters,
    nuisance: tuple[tuple[str, float], ...],
) -> Row:
    _require(seen.rating in {1, 2, 3, 4, 5}, f"rating {seen.rating} is not one of 1..5")
    unknown = RaterParameters(severity=0.0, severity_sd=numbers.severity_sd)
    rater = parameters.raters.get(seen.rater, unknown)
    loading = [(checked_competency(prior, seen.competency), 1.0)]
    theta, extra = faded(prior=prior, parameters=parameters, loadings=loading, age_y=seen.age_y)
    noise_sd = math.hypot(numbers.noise_sd if rater.noise_sd is None else rater.noise_sd, math.sqrt(extra))
    cuts = (-math.inf, *(numbers.cut_scale * cut + rater.severity for cut in HALF_CUTS), math.inf)
    named = (*nuisance, (f"severity:{seen.rater}", -rater.severity_sd))
    return Row(
        theta=theta,
        nuisance=tuple((name, loading) for name, loading in named if loading != 0.0),
        low=cuts[seen.rating - 1],
        high=cuts[seen.rating],
        steepness=1.0 / noise_sd,
        is_probit=True,
    )


def _item(prior: Prior, seen: ItemResponse, parameters: Parameters) -> Row:
    cuts = (-math.inf, *seen.difficulties, math.inf)
    _require(seen.difficulties and all(map(math.isfinite, seen.difficulties)), "an item needs finite difficulties")
    _require(all(a < b for a, b in itertools.pairwise(cuts)), "the difficulties of an item must rise")
    _require(0.0 < seen.discrimination < math.inf, f"discrimination {seen.discrimination} is not positive")
    _require(0 <= seen.category <= len(seen.difficulties), f"category {seen.category} does not exist")
    loading = [(checked_competency(prior, seen.competency), 1.0)]
    theta, extra = faded(prior=prior, parameters=parameters, loadings=loading, age_y=seen.age_y)
    return Row(
        theta=theta,
        variance=extra,
        low=cuts[seen.category],
        high=cuts[seen.category + 1],
        steepness=seen.discrimination,
    )


_BUILDERS: dict[type, Callable[..., Row]] = {
    Claim: _claim,
    Experience: _experience,
    Portfolio: _portfolio,
    WorkSample: _work_sample,
    Rating: _rating,
    ScoredAnswer: _scored_answer,
    Reference: _reference,
    ItemResponse: _item,
}
