import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.science.belief import (
    Claim,
    ClaimTable,
    Prior,
    ScienceError,
    claims_fits,
    claims_posteriors,
    first_look_fits,
    first_look_for,
    fit_direction,
    posterior,
    role_fit,
)

LEVEL = st.one_of(st.just(float("nan")), st.sampled_from([1.0, 2.0, 3.0, 4.0, 4.5, 5.0]))
LEVELS = st.lists(LEVEL, min_size=6, max_size=6)
WEIGHTS = np.array([3.0, 2.0, 1.0, 0.5, 0.0, 0.0])


def table(people, rows):
    person, competency, level, age_y = zip(*rows, strict=True)
    return ClaimTable(
        people=people,
        person=np.array(person),
        competency=np.array(competency),
        level=np.array(level, dtype=float),
        age_y=np.array(age_y, dtype=float),
    )


@pytest.fixture(scope="module")
def pool(prior):
    rng = np.random.default_rng(3)
    rows = []
    for person in range(40):
        chosen = rng.choice(48, size=int(rng.integers(0, 12)), replace=False)
        rows.extend((person, int(k), float(rng.integers(1, 6)), float(rng.integers(0, 9))) for k in chosen)
    return table(40, rows)


def test_claims_posteriors_equal_posterior_of_each(prior, parameters, pool):
    together = claims_posteriors(prior=prior, claims=pool, parameters=parameters)
    for person in range(40):
        rows = np.flatnonzero(pool.person == person)
        claims = [
            Claim(competency=int(pool.competency[i]), level=float(pool.level[i]), age_y=float(pool.age_y[i]))
            for i in rows
        ]
        alone = posterior(prior=prior, observations=claims, parameters=parameters)
        assert together.mean[person] == pytest.approx(alone.mean, abs=1e-10)
        assert together.covariance[person] == pytest.approx(alone.covariance, abs=1e-10)


def test_claims_fits_equal_role_fit(prior, parameters, pool):
    weights = np.arange(48.0)
    direction = fit_direction(prior=prior, weights=weights)
    fits = claims_fits(prior=prior, claims=pool, parameters=parameters, direction=direction)
    full = claims_posteriors(prior=prior, claims=pool, parameters=parameters)
    assert fits.mean == pytest.approx(full.mean @ direction, abs=1e-10)
    assert fits.sd == pytest.approx(np.sqrt(np.einsum("k,pkl,l->p", direction, full.covariance, direction)), abs=1e-10)


def test_claims_posteriors_other_order_and_company_give_same_bytes(prior, parameters, pool):
    rng = np.random.default_rng(0)
    shuffled = rng.permutation(len(pool.person))
    keep = shuffled[pool.person[shuffled] != 0]
    columns = {name: getattr(pool, name)[keep] for name in ("person", "competency", "level", "age_y")}
    mixed = claims_posteriors(prior=prior, claims=ClaimTable(people=40, **columns), parameters=parameters)
    straight = claims_posteriors(prior=prior, claims=pool, parameters=parameters)
    assert mixed.mean[1:].tobytes() == straight.mean[1:].tobytes()
    assert mixed.covariance[1:].tobytes() == straight.covariance[1:].tobytes()


def test_claims_posteriors_person_without_claims_keeps_prior(prior, parameters):
    found = claims_posteriors(prior=prior, claims=table(2, [(1, 0, 4.0, 0.0)]), parameters=parameters)
    assert np.array_equal(found.mean[0], np.zeros(48))
    assert np.array_equal(found.covariance[0], prior.covariance)


@pytest.mark.parametrize(
    "row", [(2, 0, 3, 0), (0, 48, 3, 0), (0, -1, 3, 0), (0, 0, 5.5, 0), (0, 0, np.nan, 0), (0, 0, 3, -1)]
)
def test_claims_posteriors_row_out_of_range_refused(prior, parameters, row):
    with pytest.raises(ScienceError, match="row 1"):
        claims_posteriors(prior=prior, claims=table(2, [(0, 0, 3, 0), row]), parameters=parameters)


def test_role_fit_one_more_modest_claim_may_lower_the_fit(prior, parameters):
    """The reason why the first look exists: a claim below the level of the others counts as a low one."""
    weights = np.zeros(48)
    weights[:6] = 1.0
    strong = [Claim(competency=k, level=5.0) for k in range(5)]
    before = role_fit(belief=posterior(prior=prior, observations=strong, parameters=parameters), weights=weights)
    more = [*strong, Claim(competency=5, level=4.0)]
    after = role_fit(belief=posterior(prior=prior, observations=more, parameters=parameters), weights=weights)
    assert after.mean < before.mean


@given(level=st.floats(1.0, 4.9), others=st.lists(st.floats(1.0, 5.0), min_size=5, max_size=5))
def test_role_fit_higher_claim_on_equally_weighed_competencies_never_lowers(prior, parameters, level, others):
    weights = np.zeros(48)
    weights[:6] = 1.0

    def fit(first):
        claims = [Claim(competency=k, level=value) for k, value in enumerate([first, *others])]
        return role_fit(belief=posterior(prior=prior, observations=claims, parameters=parameters), weights=weights)

    assert fit(level + 0.1).mean > fit(level).mean


@pytest.fixture(scope="module")
def six(parameters):
    return Prior.from_families(families=list("aabbcc"), rho_within=0.6, rho_between=0.35)


@given(levels=LEVELS, place=st.integers(0, 5), raised=st.sampled_from([1.0, 2.0, 3.0, 4.0, 4.5, 5.0]))
def test_first_look_more_or_higher_claims_never_lower_the_fit(six, parameters, levels, place, raised):
    first_look = first_look_for(prior=six, weights=WEIGHTS, parameters=parameters)
    before = np.array([levels])
    after = before.copy()
    after[0, place] = np.fmax(before[0, place], raised)
    low, high = (first_look_fits(first_look=first_look, levels=each).mean[0] for each in (before, after))
    assert high >= low
    gained = np.isnan(before[0, place]) or after[0, place] > before[0, place]
    if gained and WEIGHTS[place] > 0.0 and raised >= 4.0:
        assert high > low


def test_first_look_without_claims_is_the_pool(six, parameters):
    first_look = first_look_for(prior=six, weights=WEIGHTS, parameters=parameters)
    fits = first_look_fits(first_look=first_look, levels=np.full((2, 6), np.nan))
    assert fits.mean.tolist() == [0.0, 0.0]
    assert fits.sd.tolist() == [1.0, 1.0]


def test_first_look_single_competency_equals_posterior(six, parameters):
    weights = np.array([0.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    levels = np.full((1, 6), np.nan)
    levels[0, 1] = 5.0
    found = first_look_fits(first_look=first_look_for(prior=six, weights=weights, parameters=parameters), levels=levels)
    belief = posterior(prior=six, observations=[Claim(competency=1, level=5.0)], parameters=parameters)
    assert found.mean[0] == pytest.approx(belief.mean[1])
    assert found.sd[0] == pytest.approx(np.sqrt(belief.covariance[1, 1]))


def test_first_look_level_out_of_range_refused(six, parameters):
    first_look = first_look_for(prior=six, weights=WEIGHTS, parameters=parameters)
    with pytest.raises(ScienceError):
        first_look_fits(first_look=first_look, levels=np.array([[6.0, 1, 1, 1, 1, 1]]))


def test_first_look_sd_is_the_simulated_prediction_error(six, parameters):
    rng = np.random.default_rng(8)
    theta = rng.multivariate_normal(np.zeros(6), six.covariance, size=40_000)
    said = 0.8 + 0.35 * theta + 0.6 * rng.normal(size=(40_000, 1)) + 0.73 * rng.normal(size=(40_000, 6))
    first_look = first_look_for(prior=six, weights=WEIGHTS, parameters=parameters)
    error = theta @ fit_direction(prior=six, weights=WEIGHTS) - (said - 0.8) @ first_look.coefficients
    fits = first_look_fits(first_look=first_look, levels=np.full((1, 6), 5.0))
    assert fits.sd[0] == pytest.approx(error.std(), rel=0.01)
