"""The ledger's belief: time, agreement with the exact posterior, and coverage of its intervals.

``python -m bench.belief --people 400`` (no data folder is read: people are drawn with fixed seeds).
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from typing import NamedTuple

import msgspec
import numpy as np
import yaml
from scipy.special import ndtri

from assay.science.belief import (
    Belief,
    ClaimTable,
    ItemResponse,
    Parameters,
    Prior,
    claims_fits,
    claims_posteriors,
    first_look_fits,
    first_look_for,
    fit_direction,
    p_must_haves,
    parameters_from_mapping,
    posterior,
    role_fit,
    updated_with_answer,
)
from assay.science.belief.propagation import category_probability, subset
from assay.science.belief.simulate import HOSTILE, Person, Simulator, World

REGISTRY = Path(__file__).parents[1] / "content/sources/registry.yaml"
FAMILIES = [f"family{index // 6}" for index in range(48)]
SHARES = (0.5, 0.8, 0.9, 0.95)


class Scores(NamedTuple):
    """Accuracy and coverage over all people of a run."""

    rmse: float
    cover_ability: list[float]
    fit_r: float
    cover_fit: list[float]
    top: float
    oracle: float


def median_ms(action, repeats: int = 200) -> float:
    times = []
    for _ in range(repeats):
        start = time.perf_counter()
        action()
        times.append(time.perf_counter() - start)
    return 1e3 * float(np.median(times))


def prior_with(within: float, between: float) -> Prior:
    return Prior.from_families(families=FAMILIES, rho_within=within, rho_between=between)


def people_of(*, parameters: Parameters, truth: Prior, world: World, seed: int, count: int) -> list[Person]:
    rng = np.random.default_rng(seed)
    severity_sd = parameters.sources.structured_interview.severity_sd
    severities = {f"rater{index:02}": float(severity_sd * rng.normal()) for index in range(12)}
    simulator = Simulator(truth=truth, parameters=parameters, severities=severities, world=world)
    return [simulator.draw(rng=rng) for _ in range(count)]


def scored(*, people: Sequence[Person], prior: Prior, truth: Prior, parameters: Parameters, seed: int) -> Scores:
    rng = np.random.default_rng(seed)
    weights = np.zeros(48)
    weights[rng.choice(48, size=12, replace=False)] = rng.uniform(0.5, 2.0, size=12)
    engine, real = (fit_direction(prior=each, weights=weights) for each in (prior, truth))
    error, sd, fit_z, found, true = [], [], [], [], []
    for person in people:
        belief = posterior(prior=prior, observations=person.observations, parameters=parameters)
        error.append(belief.mean - person.ability)
        sd.append(np.sqrt(np.diag(belief.covariance)))
        fit = role_fit(belief=belief, weights=weights)
        fit_z.append((engine @ person.ability - fit.mean) / fit.sd)
        found.append(fit.mean)
        true.append(real @ person.ability)
    limits = [float(ndtri(0.5 + share / 2.0)) for share in SHARES]
    z = np.abs(np.array(error) / np.array(sd))
    return Scores(
        rmse=float(np.sqrt(np.mean(np.square(error)))),
        cover_ability=[float((z < limit).mean()) for limit in limits],
        fit_r=float(np.corrcoef(found, true)[0, 1]),
        cover_fit=[float((np.abs(fit_z) < limit).mean()) for limit in limits],
        top=top_five(np.array(found), np.array(true)),
        oracle=top_five(np.array(true), np.array(true)),
    )


def top_five(score, true) -> float:
    """Mean true fit of the best five of every hundred by ``score``."""
    pools = len(score) // 100 or 1
    split = zip(np.array_split(score, pools), np.array_split(true, pools), strict=True)
    return float(np.mean([value[np.argsort(-rank)[:5]].mean() for rank, value in split]))


def without(parameters: Parameters, kind: str, **numbers: float) -> Parameters:
    source = msgspec.structs.replace(getattr(parameters.sources, kind), **numbers)
    return msgspec.structs.replace(parameters, sources=msgspec.structs.replace(parameters.sources, **{kind: source}))


def exact_moments(*, belief: Belief, rng: np.random.Generator, draws: int) -> tuple[float, float, float]:
    """Largest |difference of means| / sd, smallest and largest ratio of sds, by importance sampling."""
    rows = ~belief.design.is_gaussian
    design = subset(design=belief.design, rows=rows)
    total, first, second = 0.0, np.zeros(48), np.zeros(48)
    for _ in range(draws // 50_000):
        half = rng.multivariate_normal(belief.state_mean, belief.state_covariance, size=25_000)
        state = np.vstack((half, 2.0 * belief.state_mean - half))
        forms = state @ design.loadings.T
        truth = category_probability(design=design, points=forms.T, low=design.low, high=design.high)
        site = belief.terms.nu[rows] * forms - 0.5 * belief.terms.tau[rows] * forms**2
        weight = np.exp(np.log(truth).sum(axis=0) - site.sum(axis=1) + 30.0)
        total += weight.sum()
        first += weight @ state[:, :48]
        second += weight @ state[:, :48] ** 2
    mean = first / total
    ratio = np.sqrt(np.diag(belief.covariance)) / np.sqrt(second / total - mean**2)
    distance = np.abs(belief.mean - mean) / np.sqrt(np.diag(belief.covariance))
    return float(distance.max()), float(ratio.min()), float(ratio.max())


def print_times(*, prior: Prior, parameters: Parameters, people: Sequence[Person]) -> None:
    seen = people[0].observations
    belief = posterior(prior=prior, observations=seen, parameters=parameters)
    answer = ItemResponse(competency=3, category=1, difficulties=(0.0,))
    refit = median_ms(lambda: posterior(prior=prior, observations=seen, parameters=parameters))
    one = median_ms(lambda: updated_with_answer(belief=belief, answer=answer, parameters=parameters))
    required = dict.fromkeys(range(8), 3)
    joint = median_ms(lambda: p_must_haves(belief=belief, required_levels=required))
    print(f"refit, 48 competencies, {len(seen)} observations: {refit:.2f} ms p50 (target 10)")
    print(f"one answer: {one:.3f} ms p50 (target .3); eight must-haves jointly: {joint:.2f} ms p50")
    rng = np.random.default_rng(0)
    wide = Prior.from_families(families=[f"f{index // 6}" for index in range(50)], rho_within=0.6, rho_between=0.35)
    direction = fit_direction(prior=wide, weights=np.ones(50))
    for claims in (15, 50):
        chosen = np.concatenate([rng.choice(50, size=claims, replace=False) for _ in range(1000)])
        table = ClaimTable(
            people=1000,
            person=np.repeat(np.arange(1000), claims),
            competency=chosen,
            level=rng.integers(1, 6, size=len(chosen)).astype(float),
            age_y=np.zeros(len(chosen)),
        )
        whole = median_ms(lambda t=table: claims_posteriors(prior=wide, claims=t, parameters=parameters), 5)
        fits = median_ms(
            lambda t=table: claims_fits(prior=wide, claims=t, parameters=parameters, direction=direction), 5
        )
        print(f"1,000 people x 50 competencies, {claims} claims each: whole beliefs {whole:.0f} ms, fits {fits:.0f} ms")
    levels = np.where(rng.random((1000, 50)) < 0.3, rng.integers(1, 6, size=(1000, 50)), np.nan)
    look = first_look_for(prior=wide, weights=np.ones(50), parameters=parameters)
    print(f"first look, 1,000 people: {median_ms(lambda: first_look_fits(first_look=look, levels=levels), 20):.2f} ms")


def print_variants(*, parameters: Parameters, count: int) -> None:
    truth, hostile = prior_with(0.6, 0.35), prior_with(0.5, 0.2)
    no_halo = without(
        without(parameters, "structured_interview", halo_sd=0.0, impression_sd=0.0),
        "unstructured_interview",
        halo_sd=0.0,
        impression_sd=0.0,
    )
    no_inflation = without(parameters, "claim", inflation_sd=0.0, noise_sd=float(np.hypot(0.6, 0.73)))
    variants = [
        ("full model", truth, truth, World(), parameters, 1),
        ("full model, second seed", truth, truth, World(), parameters, 2),
        ("halo and impression ignored", truth, truth, World(), no_halo, 1),
        ("shared inflation ignored", truth, truth, World(), no_inflation, 1),
        ("prior correlation .8/.6 (too high)", prior_with(0.8, 0.6), truth, World(), parameters, 1),
        ("prior correlation .2/0 (too low)", prior_with(0.2, 0.0), truth, World(), parameters, 1),
        ("hostile world, seed 3", truth, hostile, HOSTILE, parameters, 3),
        ("hostile world, seed 4", truth, hostile, HOSTILE, parameters, 4),
    ]
    print("| variant | RMSE | ability covered 50/80/90/95 | fit r | fit covered 50/80/90/95 | top 5 of 100 (oracle) |")
    print("|---|---|---|---|---|---|")
    for name, prior, real, world, numbers, seed in variants:
        people = people_of(parameters=parameters, truth=real, world=world, seed=seed, count=count)
        got = scored(people=people, prior=prior, truth=real, parameters=numbers, seed=seed)
        ability, fit = ("/".join(f"{share:.2f}" for share in cover) for cover in (got.cover_ability, got.cover_fit))
        print(f"| {name} | {got.rmse:.3f} | {ability} | {got.fit_r:.3f} | {fit} | {got.top:.2f} ({got.oracle:.2f}) |")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--data", help="not used: the people are simulated")
    parser.add_argument("--people", type=int, default=400)
    parser.add_argument("--draws", type=int, default=400_000)
    arguments = parser.parse_args()
    parameters = parameters_from_mapping(yaml.safe_load(REGISTRY.read_text(encoding="utf-8")))
    prior = prior_with(0.6, 0.35)
    people = people_of(parameters=parameters, truth=prior, world=World(), seed=1, count=4)
    print_times(prior=prior, parameters=parameters, people=people)
    rng = np.random.default_rng(99)
    for number, person in enumerate(people):
        belief = posterior(prior=prior, observations=person.observations, parameters=parameters)
        mean, low, high = exact_moments(belief=belief, rng=rng, draws=arguments.draws)
        print(f"person {number}: largest difference of means {mean:.4f} sd (target .03), sd ratio {low:.3f}-{high:.3f}")
    print_variants(parameters=parameters, count=arguments.people)


if __name__ == "__main__":
    main()
