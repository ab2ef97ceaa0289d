"""The posterior against integrals that know nothing of expectation propagation."""

import numpy as np
import pytest
from scipy.special import expit, ndtr
from scipy.stats import norm

from assay.science.belief import Claim, ItemResponse, Prior, Rating, ScoredAnswer, WorkSample, posterior
from assay.science.belief.propagation import category_probability, subset

GRID = np.linspace(-7.0, 7.0, 1401)


def one_competency() -> Prior:
    return Prior.from_families(families=["only"], rho_within=0.0, rho_between=0.0)


def moments(density):
    weight = density / density.sum()
    mean = weight @ GRID
    return mean, np.sqrt(weight @ (GRID - mean) ** 2)


@pytest.mark.parametrize(("category", "age_y"), [(0, 0.0), (1, 0.0), (2, 0.0), (2, 5.0)])
def test_posterior_one_graded_item_is_exact(parameters, category, age_y):
    item = ItemResponse(competency=0, category=category, discrimination=1.7, difficulties=(-0.4, 0.9), age_y=age_y)
    belief = posterior(prior=one_competency(), observations=[item], parameters=parameters)
    phi = np.exp(-age_y / parameters.decay.durable_y)
    nodes, weights = np.polynomial.hermite_e.hermegauss(80)
    then = phi * GRID[:, None] + np.sqrt(1.0 - phi**2) * nodes
    at_least = [np.ones_like(then), expit(1.7 * (then + 0.4)), expit(1.7 * (then - 0.9)), np.zeros_like(then)]
    likelihood = (at_least[category] - at_least[category + 1]) @ weights
    mean, sd = moments(norm.pdf(GRID) * likelihood)
    assert belief.mean[0] == pytest.approx(mean, abs=2e-5)
    assert np.sqrt(belief.covariance[0, 0]) == pytest.approx(sd, abs=2e-5)


def test_posterior_one_answer_rated_is_exact(parameters):
    seen = ScoredAnswer(competency=0, rating=4, rater="anna")
    belief = posterior(prior=one_competency(), observations=[seen], parameters=parameters)
    numbers = parameters.sources.scored_answer
    spread = np.hypot(numbers.noise_sd, numbers.severity_sd)
    likelihood = ndtr((1.3 * 1.5 - GRID) / spread) - ndtr((1.3 * 0.5 - GRID) / spread)
    mean, sd = moments(norm.pdf(GRID) * likelihood)
    assert belief.mean[0] == pytest.approx(mean, abs=1e-5)
    assert np.sqrt(belief.covariance[0, 0]) == pytest.approx(sd, abs=1e-5)


@pytest.mark.parametrize("seed", [1, 2, 3])
def test_posterior_thirty_items_within_gate_of_integral(parameters, seed):
    rng = np.random.default_rng(seed)
    difficulties, responses = rng.normal(size=30), rng.integers(2, size=30)
    items = [
        ItemResponse(competency=0, category=int(y), discrimination=1.4, difficulties=(float(b),))
        for b, y in zip(difficulties, responses, strict=True)
    ]
    belief = posterior(prior=one_competency(), observations=items, parameters=parameters)
    chance = expit(1.4 * (GRID[:, None] - difficulties))
    mean, sd = moments(norm.pdf(GRID) * np.prod(np.where(responses, chance, 1.0 - chance), axis=1))
    assert abs(belief.mean[0] - mean) <= 0.03 * sd
    assert 0.95 <= np.sqrt(belief.covariance[0, 0]) / sd <= 1.05


def mixed_evidence(rng):
    level = [Claim(competency=int(k), level=float(rng.integers(2, 6))) for k in rng.choice(48, size=15, replace=False)]
    items = [
        ItemResponse(
            competency=int(rng.integers(8)), category=int(rng.integers(2)), difficulties=(float(rng.normal()),)
        )
        for _ in range(30)
    ]
    ratings = [
        Rating(competency=int(rng.integers(48)), rating=int(rng.integers(1, 6)), event=f"e{i // 5}", rater=f"r{i // 5}")
        for i in range(15)
    ]
    metrics = [WorkSample(competency=k, value=float(rng.normal()), event="hand-in") for k in range(6)]
    return [*level, *items, *ratings, *metrics]


@pytest.mark.parametrize("seed", [11, 12])
def test_posterior_mixed_evidence_within_gate_of_importance_sampling(prior, parameters, seed):
    """Draws from the belief are weighted by true likelihood over sites: exact in the limit whatever the belief."""
    rng = np.random.default_rng(seed)
    belief = posterior(prior=prior, observations=mixed_evidence(rng), parameters=parameters)
    ordinal = ~belief.design.is_gaussian
    design = subset(design=belief.design, rows=ordinal)
    draws = rng.multivariate_normal(belief.state_mean, belief.state_covariance, size=60_000)
    draws = np.vstack((draws, 2.0 * belief.state_mean - draws))
    forms = draws @ design.loadings.T
    truth = category_probability(design=design, points=forms.T, low=design.low, high=design.high)
    tau, nu = belief.terms.tau[ordinal], belief.terms.nu[ordinal]
    log_weight = np.log(truth).sum(axis=0) - (nu * forms - 0.5 * tau * forms**2).sum(axis=1)
    weight = np.exp(log_weight - log_weight.max())
    weight /= weight.sum()
    assert 1.0 / (weight @ weight) > 20_000
    sd = np.sqrt(np.diag(belief.covariance))
    mean = weight @ draws[:, :48]
    spread = np.sqrt(weight @ (draws[:, :48] - mean) ** 2)
    assert np.abs(belief.mean - mean).max() <= 0.03 * sd.min()
    assert np.abs(sd / spread - 1.0).max() <= 0.05


def test_posterior_surprising_answers_stays_finite(parameters):
    items = [ItemResponse(competency=0, category=1, discrimination=3.0, difficulties=(9.0,)) for _ in range(5)]
    belief = posterior(prior=one_competency(), observations=items, parameters=parameters)
    assert np.isfinite(belief.mean).all()
    assert belief.mean[0] > 3.0
