import msgspec
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.science.belief import (
    Claim,
    Experience,
    ItemResponse,
    Portfolio,
    Prior,
    RaterParameters,
    Rating,
    Reference,
    ScienceError,
    ScoredAnswer,
    WorkSample,
    conflicts,
    contributions,
    posterior,
    residuals,
    updated_with_answer,
)

ONE_OF_EACH = (
    Claim(competency=0, level=4.0),
    Experience(competency=1, years=7.0),
    Portfolio(competency=2, value=0.7, age_y=2.0),
    WorkSample(competency=0, value=1.2, event="hand-in"),
    WorkSample(competency=1, value=0.2, event="hand-in"),
    Rating(competency=2, rating=4, event="e1", rater="anna"),
    Rating(competency=1, rating=2, event="e1", rater="anna", is_structured=False),
    ScoredAnswer(competency=0, rating=3, rater="model@1"),
    Reference(family="a", level=5.0),
    ItemResponse(competency=0, category=1, difficulties=(0.3,)),
    ItemResponse(competency=0, category=1, difficulties=(0.3,)),
)


def test_posterior_no_observation_is_prior(prior, parameters):
    belief = posterior(prior=prior, observations=[], parameters=parameters)
    assert np.array_equal(belief.mean, np.zeros(48))
    assert belief.covariance == pytest.approx(prior.covariance, abs=1e-12)
    assert not belief.evidence_counts.any()


def test_posterior_claims_equals_conditional_normal(small_prior, parameters):
    """y = .8 + .35 theta + .60 pi + .73 e, written out with the covariance of (theta, y)."""
    belief = posterior(
        prior=small_prior,
        observations=[Claim(competency=0, level=5.0), Claim(competency=2, level=3.0)],
        parameters=parameters,
    )
    cross = 0.35 * np.array([[1.0, 0.35], [0.6, 0.35], [0.35, 1.0]])
    total = np.array([[0.35**2 + 0.36 + 0.73**2, 0.35**3 + 0.36], [0.35**3 + 0.36, 0.35**2 + 0.36 + 0.73**2]])
    mean = cross @ np.linalg.solve(total, np.array([2.0 - 0.8, 0.0 - 0.8]))
    assert belief.mean == pytest.approx(mean, abs=1e-12)
    covariance = small_prior.covariance - cross @ np.linalg.solve(total, cross.T)
    assert belief.covariance == pytest.approx(covariance, abs=1e-12)


@pytest.mark.parametrize(
    ("observation", "correlation"),
    [
        (Claim(competency=0, level=3.0), 0.35 / np.sqrt(0.35**2 + 0.6**2 + 0.73**2)),
        (Experience(competency=0, years=5.0), 0.11),
        (WorkSample(competency=0, value=0.0, event="e"), np.sqrt(0.45)),
        (Portfolio(competency=0, value=0.0), 0.85 / np.sqrt(0.85**2 + 3.0 + 1.0 - 0.85**2)),
        (Portfolio(competency=0, value=0.0, p_not_authored=0.0), np.sqrt(0.25)),
    ],
)
def test_posterior_one_source_shrinks_by_its_correlation(small_prior, parameters, observation, correlation):
    belief = posterior(prior=small_prior, observations=[observation], parameters=parameters)
    assert belief.covariance[0, 0] == pytest.approx(1.0 - correlation**2, abs=2e-5)


def test_posterior_old_evidence_counts_less_where_skill_fades(small_prior, parameters):
    def variance(competency, age_y):
        seen = WorkSample(competency=competency, value=1.0, event="e", age_y=age_y)
        belief = posterior(prior=small_prior, observations=[seen], parameters=parameters)
        return belief.covariance[competency, competency]

    assert variance(0, 3.0) == pytest.approx(1.0 - 0.45 * np.exp(-2.0 * 3.0 / 4.0))
    assert variance(1, 3.0) == pytest.approx(1.0 - 0.45 * np.exp(-2.0 * 3.0 / 12.0))


def test_posterior_reference_looks_at_family_mean(small_prior, parameters):
    seen = Reference(family="a", level=5.0)
    belief = posterior(prior=small_prior, observations=[seen], parameters=parameters)
    total = 0.35**2 * 0.8 + 0.85**2
    assert belief.mean == pytest.approx(0.35 * np.array([0.8, 0.8, 0.35]) / total * 1.2, abs=1e-12)


def test_posterior_known_harsh_rater_is_allowed_for(small_prior, parameters):
    seen = [Rating(competency=0, rating=3, event="e", rater="harsh")]
    harsh = parameters.with_raters(
        raters={"harsh": RaterParameters(severity=0.8, severity_sd=0.1)}, version="with-raters"
    )
    known = posterior(prior=small_prior, observations=seen, parameters=harsh)
    unknown = posterior(prior=small_prior, observations=seen, parameters=parameters)
    assert unknown.mean[0] == pytest.approx(0.0, abs=1e-9)
    assert known.mean[0] > 0.2
    assert known.covariance[0, 0] < unknown.covariance[0, 0]
    assert known.parameters_version == "with-raters"


@given(order=st.permutations(range(len(ONE_OF_EACH))))
def test_posterior_any_order_gives_same_bytes(small_prior, parameters, order):
    straight = posterior(prior=small_prior, observations=ONE_OF_EACH, parameters=parameters)
    mixed = posterior(prior=small_prior, observations=[ONE_OF_EACH[i] for i in order], parameters=parameters)
    assert mixed.mean.tobytes() == straight.mean.tobytes()
    assert mixed.covariance.tobytes() == straight.covariance.tobytes()
    direction = np.array([1.0, 0.0, 0.0])
    moved = contributions(belief=mixed, direction=direction)
    assert moved == pytest.approx(contributions(belief=straight, direction=direction)[list(order)], abs=1e-12)


def test_observations_survive_json(small_prior, parameters):
    packed = msgspec.json.encode(ONE_OF_EACH)
    kinds = Claim | Experience | Portfolio | WorkSample | Rating | ScoredAnswer | Reference | ItemResponse
    assert msgspec.json.decode(packed, type=tuple[kinds, ...]) == ONE_OF_EACH


def test_contributions_gaussian_equal_refit_without(small_prior, parameters):
    observations = [seen for seen in ONE_OF_EACH if not isinstance(seen, Rating | ScoredAnswer | ItemResponse)]
    direction = np.array([0.5, 0.2, 0.7])
    belief = posterior(prior=small_prior, observations=observations, parameters=parameters)
    expected = []
    for index in range(len(observations)):
        rest = observations[:index] + observations[index + 1 :]
        without = posterior(prior=small_prior, observations=rest, parameters=parameters)
        expected.append(direction @ (belief.mean - without.mean))
    assert contributions(belief=belief, direction=direction) == pytest.approx(np.array(expected), abs=1e-12)


def test_contributions_ordinal_near_refit_without(small_prior, parameters):
    direction = np.array([1.0, 0.0, 0.0])
    belief = posterior(prior=small_prior, observations=ONE_OF_EACH, parameters=parameters)
    without = posterior(prior=small_prior, observations=ONE_OF_EACH[:-1], parameters=parameters)
    last = contributions(belief=belief, direction=direction)[-1]
    assert last == pytest.approx(belief.mean[0] - without.mean[0], abs=0.01)


def test_updated_with_answer_close_to_refit(small_prior, parameters):
    answer = ItemResponse(competency=2, category=1, discrimination=1.5, difficulties=(0.8,))
    before = posterior(prior=small_prior, observations=ONE_OF_EACH, parameters=parameters)
    quick = updated_with_answer(belief=before, answer=answer, parameters=parameters)
    full = posterior(prior=small_prior, observations=[*ONE_OF_EACH, answer], parameters=parameters)
    assert quick.mean == pytest.approx(full.mean, abs=0.01)
    assert quick.covariance == pytest.approx(full.covariance, abs=0.01)
    assert quick.evidence_counts.tolist() == full.evidence_counts.tolist()


def test_updated_with_answer_other_parameters_refused(small_prior, parameters):
    belief = posterior(prior=small_prior, observations=[], parameters=parameters)
    other = parameters.with_raters(raters={}, version="other")
    with pytest.raises(ScienceError, match="version"):
        updated_with_answer(
            belief=belief, answer=ItemResponse(competency=0, category=1, difficulties=(0.0,)), parameters=other
        )


def test_residuals_gaussian_is_distance_from_rest(small_prior, parameters):
    observations = [WorkSample(competency=0, value=-4.0, event="a"), WorkSample(competency=0, value=2.0, event="b")]
    belief = posterior(prior=small_prior, observations=observations, parameters=parameters)
    variance = 1.0 / 0.45
    z = (-4.0 - 0.45 * 2.0) / np.sqrt(1.0 - 0.45 + variance - 1.0)
    assert residuals(belief=belief)[0] == pytest.approx(z, abs=1e-9)
    assert [conflict.observation for conflict in conflicts(belief=belief)] == [0, 1]
    assert conflicts(belief=belief)[0].z == pytest.approx(z, abs=1e-9)


def test_conflicts_top_rating_of_unable_person_is_named(small_prior, parameters):
    wrong = [ItemResponse(competency=0, category=0, discrimination=2.0, difficulties=(-1.5,)) for _ in range(8)]
    belief = posterior(
        prior=small_prior,
        observations=[*wrong, Rating(competency=0, rating=5, event="e", rater="r")],
        parameters=parameters,
    )
    found = conflicts(belief=belief)
    assert [conflict.observation for conflict in found] == [8]
    assert found[0].z > 2.5


def test_residuals_simulated_people_are_standard_normal(small_prior, parameters):
    rng = np.random.default_rng(5)
    scores = []
    for _ in range(200):
        theta = rng.multivariate_normal(np.zeros(3), small_prior.covariance)
        metrics = theta[:2] + 0.4 * rng.normal() + np.sqrt(0.55 / 0.45 - 0.16) * rng.normal(size=2)
        seen = [WorkSample(competency=k, value=float(metrics[k]), event="e") for k in range(2)]
        scores.extend(residuals(belief=posterior(prior=small_prior, observations=seen, parameters=parameters)))
    assert np.mean(scores) == pytest.approx(0.0, abs=0.15)
    assert np.std(scores) == pytest.approx(1.0, abs=0.1)


@pytest.mark.parametrize(
    "observation",
    [
        Claim(competency=3, level=3.0),
        Claim(competency=0, level=6.0),
        Claim(competency=0, level=float("nan")),
        Claim(competency=0, level=3.0, age_y=-1.0),
        Claim(competency=0, level=3.0, age_y=float("inf")),
        Experience(competency=0, years=-1.0),
        Experience(competency=0, years=float("nan")),
        Portfolio(competency=0, value=float("inf")),
        Portfolio(competency=0, value=0.0, p_not_authored=1.0),
        WorkSample(competency=0, value=float("nan"), event="e"),
        Rating(competency=0, rating=0, event="e", rater="r"),
        Rating(competency=-1, rating=3, event="e", rater="r"),
        Reference(family="nobody", level=3.0),
        ItemResponse(competency=0, category=2, difficulties=(0.0,)),
        ItemResponse(competency=0, category=0, difficulties=()),
        ItemResponse(competency=0, category=0, difficulties=(1.0, 0.0)),
        ItemResponse(competency=0, category=0, difficulties=(0.0,), discrimination=0.0),
    ],
)
def test_posterior_observation_out_of_range_refused(small_prior, parameters, observation):
    with pytest.raises(ScienceError):
        posterior(prior=small_prior, observations=[observation], parameters=parameters)


@pytest.mark.parametrize(("within", "between"), [(0.3, 0.5), (1.0, 0.2), (0.5, -0.1)])
def test_prior_impossible_correlations_refused(within, between):
    with pytest.raises(ScienceError):
        Prior.from_families(families=["a", "b"], rho_within=within, rho_between=between)


def test_prior_without_competencies_refused():
    with pytest.raises(ScienceError):
        Prior.from_families(families=[], rho_within=0.6, rho_between=0.3)
