"""Intervals that promise nine in ten hold the truth nine times in ten."""

import numpy as np
import pytest

from assay.science.belief import Prior, posterior, role_fit
from assay.science.belief.simulate import HOSTILE, EvidencePlan, Simulator, World

Z_90 = 1.6448536269514722
PLAN = EvidencePlan(claims=8, items=20, core=6, interviews=2, ratings=4, metrics=3, features=2, references=1)
FAMILIES = [f"family{index // 4}" for index in range(16)]


def covered(parameters, *, world, within, between, seed, count=500):
    rng = np.random.default_rng(seed)
    prior = Prior.from_families(families=FAMILIES, rho_within=0.6, rho_between=0.35)
    truth = Prior.from_families(families=FAMILIES, rho_within=within, rho_between=between)
    severities = {f"rater{index}": float(0.4 * rng.normal()) for index in range(8)}
    simulator = Simulator(truth=truth, parameters=parameters, severities=severities, world=world, plan=PLAN)
    weights = rng.uniform(0.0, 2.0, size=16)
    inside_fit, inside_ability = [], []
    for _ in range(count):
        person = simulator.draw(rng=rng)
        belief = posterior(prior=prior, observations=person.observations, parameters=parameters)
        fit = role_fit(belief=belief, weights=weights)
        direction = weights / np.sqrt(weights @ prior.covariance @ weights)
        inside_fit.append(abs(direction @ person.ability - fit.mean) < Z_90 * fit.sd)
        inside_ability.append(np.abs(person.ability - belief.mean) < Z_90 * np.sqrt(np.diag(belief.covariance)))
    return np.mean(inside_fit), np.mean(inside_ability)


def test_intervals_cover_as_promised_in_the_models_world(parameters):
    fit, ability = covered(parameters, world=World(), within=0.6, between=0.35, seed=20)
    assert 0.87 <= fit <= 0.93
    assert 0.87 <= ability <= 0.93


def test_intervals_cover_nearly_as_promised_in_a_hostile_world(parameters):
    fit, ability = covered(parameters, world=HOSTILE, within=0.5, between=0.2, seed=21)
    assert fit >= 0.85
    assert ability >= 0.85


def test_simulator_same_seed_draws_same_person(parameters):
    prior = Prior.from_families(families=FAMILIES, rho_within=0.6, rho_between=0.35)
    simulator = Simulator(truth=prior, parameters=parameters, severities={"r1": 0.2, "r2": 0.0}, plan=PLAN)
    first, second = (simulator.draw(rng=np.random.default_rng(4)) for _ in range(2))
    assert first.observations == second.observations
    assert first.ability == pytest.approx(second.ability)
