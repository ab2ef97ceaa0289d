import itertools
import math

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import multivariate_normal, norm

from assay.science.belief import (
    Bracket,
    Claim,
    Interval,
    ScienceError,
    WorkSample,
    bar_of,
    brackets,
    chance_at_least,
    fit_contributions,
    fit_direction,
    fit_from_moments,
    level_chances,
    level_of,
    p_ahead,
    p_must_haves,
    posterior,
    quantile_dots,
    role_fit,
    threshold_of,
)
from assay.science.belief.orthant import p_all_positive

WEIGHTS = np.array([2.0, 0.0, 1.0])


def test_role_fit_prior_is_pool(small_prior, parameters):
    belief = posterior(prior=small_prior, observations=[], parameters=parameters)
    fit = role_fit(belief=belief, weights=WEIGHTS, required_levels={0: 4, 2: 3})
    sd = math.sqrt(4.0 + 1.0 + 2.0 * 2.0 * 0.35)
    assert fit.mean == pytest.approx(0.0)
    assert fit.sd == pytest.approx(1.0)
    assert fit.bar == pytest.approx((2.0 * 0.5 - 1.0 * 0.5) / sd)
    assert fit.p_above_bar == pytest.approx(norm.sf(fit.bar))
    assert fit.interval80 == pytest.approx(Interval(low=-1.2815515655, high=1.2815515655))
    assert fit.interval95 == pytest.approx(Interval(low=-1.9599639845, high=1.9599639845))


def test_role_fit_scale_of_weights_does_not_matter(small_prior, parameters):
    belief = posterior(prior=small_prior, observations=[Claim(competency=0, level=5.0)], parameters=parameters)
    small = role_fit(belief=belief, weights=WEIGHTS, required_levels={0: 4})
    large = role_fit(belief=belief, weights=1000.0 * WEIGHTS, required_levels={0: 4})
    assert small[:2] == pytest.approx(large[:2])
    assert small.p_above_bar == pytest.approx(large.p_above_bar)


def test_role_fit_without_required_levels_has_no_bar(small_prior, parameters):
    fit = role_fit(belief=posterior(prior=small_prior, observations=[], parameters=parameters), weights=WEIGHTS)
    assert (fit.bar, fit.p_above_bar) == (None, None)


@pytest.mark.parametrize("weights", [[0.0, 0.0, 0.0], [1.0, -1.0, 0.0], [1.0, 1.0], [1.0, math.nan, 1.0]])
def test_fit_direction_unusable_weights_refused(small_prior, weights):
    with pytest.raises(ScienceError):
        fit_direction(prior=small_prior, weights=np.array(weights))


def test_bar_of_everything_at_level_three(small_prior):
    direction = fit_direction(prior=small_prior, weights=np.ones(3))
    assert bar_of(direction=direction, required_levels={0: 3, 1: 3, 2: 3}) == pytest.approx(-0.5 * direction.sum())


def test_fit_contributions_are_on_the_fit_scale(small_prior, parameters):
    seen = [WorkSample(competency=0, value=1.5, event="e")]
    belief = posterior(prior=small_prior, observations=seen, parameters=parameters)
    fit = role_fit(belief=belief, weights=WEIGHTS)
    assert fit_contributions(belief=belief, weights=WEIGHTS) == pytest.approx([fit.mean])


@pytest.mark.parametrize("size", [1, 2, 3, 5, 8, 12])
def test_p_all_positive_equicorrelated_half_is_one_over_size_plus_one(size):
    covariance = np.full((size, size), 0.5) + 0.5 * np.eye(size)
    found = p_all_positive(mean=np.zeros(size), covariance=covariance)
    assert found == pytest.approx(1.0 / (size + 1), abs=1e-3)


def test_p_all_positive_two_dimensions_equals_sheppard():
    covariance = np.array([[2.0, -0.6], [-0.6, 0.5]])
    correlation = -0.6 / math.sqrt(2.0 * 0.5)
    exact = 0.25 + math.asin(correlation) / (2.0 * math.pi)
    assert p_all_positive(mean=np.zeros(2), covariance=covariance) == pytest.approx(exact, abs=2e-4)


@given(mean=st.lists(st.floats(-2.0, 2.0), min_size=4, max_size=4), seed=st.integers(0, 50))
def test_p_all_positive_equals_scipy(mean, seed):
    factor = np.random.default_rng(seed).normal(size=(4, 6))
    covariance = factor @ factor.T
    reference = multivariate_normal(mean=-np.array(mean), cov=covariance, seed=1, abseps=1e-6, releps=1e-6)
    found = p_all_positive(mean=np.array(mean), covariance=covariance)
    assert found == pytest.approx(reference.cdf(np.zeros(4)), abs=1e-3)


def test_p_must_haves_is_joint_not_product(small_prior, parameters):
    belief = posterior(prior=small_prior, observations=[], parameters=parameters)
    joint = p_must_haves(belief=belief, required_levels={0: 4, 1: 4, 2: 1})
    reference = multivariate_normal(mean=[0.0, 0.0], cov=[[1.0, 0.6], [0.6, 1.0]]).cdf([-0.5, -0.5])
    assert joint == pytest.approx(reference, abs=1e-3)
    assert joint > 1.5 * chance_at_least(belief=belief, competency=0, level=4) ** 2
    assert p_must_haves(belief=belief, required_levels={2: 1}) == 1.0
    single = p_must_haves(belief=belief, required_levels={1: 5})
    assert single == pytest.approx(chance_at_least(belief=belief, competency=1, level=5), abs=1e-15)


def test_p_must_haves_same_bytes_every_time(prior, parameters):
    belief = posterior(prior=prior, observations=[Claim(competency=3, level=5.0)], parameters=parameters)
    required = dict.fromkeys(range(10), 3)
    assert len({p_must_haves(belief=belief, required_levels=required) for _ in range(3)}) == 1


def test_p_ahead_known_difference():
    ahead = p_ahead(means=np.array([1.0, 0.0]), variances=np.array([0.5, 0.5]))
    assert ahead == pytest.approx(np.array([[0.5, norm.cdf(1.0)], [norm.cdf(-1.0), 0.5]]))


def ranking(*means, sd=0.5):
    return [fit_from_moments(mean=mean, sd=sd, bar=None) for mean in means]


def test_brackets_chain_overlaps():
    # P(i > j) = Phi(d / .707) reaches .8 at d = .595
    assert brackets(fits=ranking(1.0, 0.6, 0.2, -2.0)) == [Bracket(first=0, last=1), Bracket(first=1, last=2)]


def test_brackets_everyone_alike_is_one_bracket():
    assert brackets(fits=ranking(0.0, 0.0, 0.0)) == [Bracket(first=0, last=2)]


def test_brackets_clear_ranking_has_none():
    assert brackets(fits=ranking(3.0, 1.0, -1.0)) == []
    assert brackets(fits=[]) == []


@given(means=st.lists(st.floats(-3, 3), min_size=2, max_size=12), sd=st.floats(0.1, 2.0))
def test_brackets_hold_exactly_the_neighbours_that_cannot_be_separated(means, sd):
    fits = ranking(*sorted(means, reverse=True), sd=sd)
    found = brackets(fits=fits)
    for place in range(len(fits) - 1):
        p = norm.cdf((fits[place].mean - fits[place + 1].mean) / (sd * math.sqrt(2.0)))
        assert any(b.first <= place and place + 1 <= b.last for b in found) == bool(max(p, 1.0 - p) < 0.8)
    assert all(a.first < b.first and a.last < b.last for a, b in itertools.pairwise(found))


@pytest.mark.parametrize(
    ("ability", "level"), [(-9.0, 1), (-1.5, 2), (-0.51, 2), (0.0, 3), (0.5, 4), (1.49, 4), (2, 5)]
)
def test_level_of_cuts(ability, level):
    assert level_of(ability=ability) == level


def test_threshold_of_levels():
    assert [threshold_of(level=level) for level in range(1, 6)] == [-2.5, -1.5, -0.5, 0.5, 1.5]
    with pytest.raises(ScienceError):
        threshold_of(level=6)


def test_level_chances_of_the_pool(small_prior, parameters):
    belief = posterior(prior=small_prior, observations=[], parameters=parameters)
    expected = [norm.cdf(-1.5), norm.cdf(-0.5) - norm.cdf(-1.5), 1 - 2 * norm.cdf(-0.5)]
    assert level_chances(belief=belief)[1] == pytest.approx([*expected, expected[1], expected[0]])
    assert chance_at_least(belief=belief, competency=0, level=3) == pytest.approx(norm.cdf(0.5))
    assert chance_at_least(belief=belief, competency=0, level=1) == 1.0


def test_quantile_dots_are_equally_likely():
    dots = quantile_dots(mean=0.3, sd=0.8)
    assert norm.cdf(dots.positions, 0.3, 0.8) == pytest.approx((np.arange(20) + 0.5) / 20)
    assert dots.levels.tolist() == [level_of(ability=position) for position in dots.positions]
    with pytest.raises(ScienceError):
        quantile_dots(mean=0.0, sd=0.0)


@given(st.lists(st.tuples(st.floats(-3, 3), st.floats(0.2, 1.5)), max_size=12))
def test_brackets_are_the_longest_stretches_without_a_separable_pair(moments):
    moments = sorted(moments, reverse=True)
    fits = [fit_from_moments(mean=mean, sd=sd, bar=None) for mean, sd in moments]
    ahead = p_ahead(means=np.array([m for m, _ in moments]), variances=np.array([sd**2 for _, sd in moments]))
    together = [
        (first, last)
        for first, last in itertools.combinations(range(len(fits)), 2)
        if max(ahead[i, j] for i in range(first, last + 1) for j in range(first, last + 1) if i != j) < 0.8
    ]
    longest = [
        Bracket(first=first, last=last)
        for first, last in together
        if not any(a <= first and last <= b and (a, b) != (first, last) for a, b in together)
    ]
    assert brackets(fits=fits) == longest
