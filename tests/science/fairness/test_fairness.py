import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from scipy.stats import binom, hypergeom

from assay.science.errors import ScienceError
from assay.science.fairness import Group, adverse_impact, flips_needed, p_false_alarm, scoring_rates, selection_rates

# selected/people of both groups; ratio and Wald interval; z; Fisher and mid-p; Beta median and interval; P(< .8)
TABLE = [
    ((48, 80), (12, 40), (0.500, 0.301, 0.829), 3.098, (0.00341, 0.00214), (0.504, 0.286, 0.793), 0.978),
    ((60, 100), (45, 100), (0.750, 0.573, 0.982), 2.124, (0.04717, 0.0352), (0.752, 0.569, 0.978), 0.678),
    ((140, 244), (88, 176), (0.871, 0.726, 1.047), 1.497, (0.13801, 0.12507), (0.872, 0.722, 1.042), 0.178),
    ((30, 100), (3, 20), (0.500, 0.169, 1.48), 1.371, (0.27174, 0.22593), (0.521, 0.143, 1.248), 0.812),
    ((5, 40), (1, 20), (0.400, 0.05, 3.2), 0.913, (0.65316, 0.52173), (0.458, 0.04, 2.28), 0.736),
]


@pytest.mark.parametrize("row", TABLE)
def test_adverse_impact_equals_table(row):
    reference, compared, wald, z, exact, beta, below = row
    found = adverse_impact(reference=Group(*reference), compared=Group(*compared))
    assert found.ratio == pytest.approx(wald[0], abs=5e-4)
    assert found.wald == pytest.approx(wald, abs=6e-3 if wald[2] > 1.4 else 6e-4)
    assert found.z == pytest.approx(z, abs=5e-4)
    assert (found.fisher_p, found.mid_p) == pytest.approx(exact, abs=6e-6)
    # the table's posterior was drawn, with errors of about half a percent
    assert found.posterior == pytest.approx(beta, rel=0.01, abs=1e-3)
    assert found.p_below_four_fifths == pytest.approx(below, abs=4e-3)


def boschloo_by_definition(reference, compared):
    """Largest chance, over common rates, of tables with a one-sided Fisher p as small as the one seen; doubled."""
    (x, n), (y, m) = reference, compared
    here, there = np.meshgrid(np.arange(n + 1), np.arange(m + 1), indexing="ij")
    rates = np.linspace(0.001, 0.999, 999)
    pmf_here = binom.pmf(np.arange(n + 1)[:, None], n, rates)
    pmf_there = binom.pmf(np.arange(m + 1)[:, None], m, rates)
    found = []
    for statistic in (hypergeom.cdf(here, n + m, here + there, n), hypergeom.sf(here - 1, n + m, here + there, n)):
        is_extreme = statistic <= statistic[x, y] * (1 + 1e-9)
        found.append(np.einsum("ip,jp,ij->p", pmf_here, pmf_there, is_extreme.astype(float)).max())
    return min(2 * min(found), 1.0)


@pytest.mark.parametrize(("reference", "compared"), [((30, 100), (3, 20)), ((5, 40), (1, 20)), ((48, 80), (12, 40))])
def test_adverse_impact_boschloo_follows_its_definition(reference, compared):
    found = adverse_impact(reference=Group(*reference), compared=Group(*compared)).boschloo_p
    assert found == pytest.approx(boschloo_by_definition(reference, compared), rel=2e-3)


def test_adverse_impact_posterior_equals_draws():
    rng = np.random.default_rng(1)
    ratio = rng.beta(1.5, 19.5, size=400_000) / rng.beta(5.5, 35.5, size=400_000)
    found = adverse_impact(reference=Group(5, 40), compared=Group(1, 20))
    assert found.posterior == pytest.approx(np.quantile(ratio, [0.5, 0.025, 0.975]), rel=0.01)
    assert found.p_below_four_fifths == pytest.approx(np.mean(ratio < 0.8), abs=3e-3)


def test_adverse_impact_nobody_selected_keeps_the_posterior():
    none_compared = adverse_impact(reference=Group(8, 40), compared=Group(0, 20))
    assert (none_compared.ratio, none_compared.wald) == (0.0, None)
    assert none_compared.posterior.low < none_compared.posterior.ratio < none_compared.posterior.high
    nobody = adverse_impact(reference=Group(0, 40), compared=Group(0, 20))
    assert (nobody.ratio, nobody.wald, nobody.z) == (None, None, None)
    assert (nobody.fisher_p, nobody.boschloo_p) == (1.0, 1.0)
    everybody = adverse_impact(reference=Group(40, 40), compared=Group(20, 20))
    assert (everybody.ratio, everybody.wald, everybody.z) == (1.0, None, None)


@pytest.mark.parametrize("group", [Group(3, 2), Group(-1, 5), Group(0, 0)])
def test_adverse_impact_impossible_counts_refused(group):
    with pytest.raises(ScienceError):
        adverse_impact(reference=Group(1, 2), compared=group)


def test_flips_needed_one_person_changes_the_conclusion():
    assert flips_needed(reference=Group(10, 20), compared=Group(4, 10)) == 1
    assert flips_needed(reference=Group(10, 20), compared=Group(3, 10)) == 1
    assert flips_needed(reference=Group(48, 80), compared=Group(12, 40)) == 6


def test_flips_needed_nobody_left_to_flip():
    assert flips_needed(reference=Group(0, 20), compared=Group(0, 10)) is None


@given(
    reference=st.tuples(st.integers(0, 60), st.integers(1, 60)),
    compared=st.tuples(st.integers(0, 60), st.integers(1, 60)),
)
def test_flips_needed_is_the_first_number_that_changes_it(reference, compared):
    here, there = (Group(min(hit, total), total) for hit, total in (reference, compared))
    count = flips_needed(reference=here, compared=there)

    def is_below(flips):
        return 5 * (there.selected + flips) * here.total < 4 * (here.selected - flips) * there.total

    step = 1 if is_below(0) else -1
    if count is not None:
        assert is_below(step * count) != is_below(0)
        assert all(is_below(step * fewer) == is_below(0) for fewer in range(count))


@pytest.mark.parametrize(
    ("reference", "compared", "rate", "printed"),
    [(100, 20, 0.2, 0.354), (200, 60, 0.1, 0.331), (1000, 300, 0.1, 0.147)],
)
def test_p_false_alarm_equals_table(reference, compared, rate, printed):
    found = p_false_alarm(reference_total=reference, compared_total=compared, rate=rate)
    assert found == pytest.approx(printed, abs=0.005)


def test_p_false_alarm_impossible_rate_refused():
    with pytest.raises(ScienceError):
        p_false_alarm(reference_total=10, compared_total=10, rate=0.0)


def test_selection_rates_guidelines_example():
    """Uniform Guidelines, question 12: rates 60, 45, 48 and 51 % give .75, .80 and .85."""
    rows = selection_rates(counts={"a": (60, 100), "b": (45, 100), "c": (48, 100), "d": (51, 100)})
    assert [row.impact_ratio for row in rows] == pytest.approx([1.0, 0.75, 0.8, 0.85])


def people(counts):
    """Scores 1 (above) and 0: ``counts`` gives how many of how many are above."""
    scores, names = [], []
    for name, (above, total) in counts.items():
        scores += [1.0] * above + [0.0] * (total - above)
        names += [name] * total
    return np.array(scores), names


def test_scoring_rates_rule_example():
    """6 RCNY 5-301: shares above the median 54.3 and 44.7 %; ratios 1.00 and .82."""
    scores, names = people({"male": (50, 92), "female": (34, 76)})
    rows = {row.category: row for row in scoring_rates(scores=scores, categories=names)}
    assert rows["male"].rate == pytest.approx(0.543, abs=5e-4)
    assert rows["female"].rate == pytest.approx(0.447, abs=5e-4)
    assert rows["female"].impact_ratio == pytest.approx(0.82, abs=5e-3)


def test_scoring_rates_rule_example_intersectional():
    counts = {"hispanic": (18, 28), "white": (15, 40), "black": (16, 32), "nhpi": (5, 8), "asian": (10, 24)}
    scores, names = people(counts)
    rows = {row.category: row.impact_ratio for row in scoring_rates(scores=scores, categories=names)}
    printed = {"hispanic": 1.0, "white": 0.58, "black": 0.78, "nhpi": 0.97, "asian": 0.65}
    assert rows == pytest.approx(printed, abs=5e-3)


def test_scoring_rates_unknown_category_moves_the_median_only():
    scores = np.array([1.0, 2.0, 3.0, 4.0, 9.0, 9.0])
    rows = scoring_rates(scores=scores, categories=["a", "a", "b", "b", None, None])
    assert [(row.category, row.people, row.rate) for row in rows] == [("a", 2, 0.0), ("b", 2, 0.5)]


def test_selection_rates_small_category_has_no_ratio_and_sets_none():
    rows = selection_rates(counts={"a": (50, 100), "b": (40, 100), "tiny": (2, 2)})
    assert [row.is_small for row in rows] == [False, False, True]
    assert [row.impact_ratio for row in rows] == [1.0, 0.8, None]


def test_rates_impossible_input_refused():
    with pytest.raises(ScienceError):
        selection_rates(counts={"a": (3, 2)})
    with pytest.raises(ScienceError):
        scoring_rates(scores=np.array([1.0, np.nan]), categories=["a", "b"])
    with pytest.raises(ScienceError):
        scoring_rates(scores=np.array([1.0]), categories=["a", "b"])
