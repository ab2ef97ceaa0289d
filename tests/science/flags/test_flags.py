from datetime import date, timedelta
from pathlib import Path

import numpy as np
import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from assay.science.belief import ItemResponse, WorkSample, posterior
from assay.science.errors import ScienceError
from assay.science.flags import (
    GapLevel,
    Span,
    benjamini_hochberg,
    claim_gap,
    early_uses,
    excess_years,
    overlaps,
    total_years,
    unsupported_claims,
)

DATES = Path(__file__).parents[3] / "content/sources/tool_dates.yaml"


@pytest.fixture(scope="module")
def public_on():
    tools = yaml.safe_load(DATES.read_text(encoding="utf-8"))["tools"]
    return {name: entry["public_on"] for name, entry in tools.items()}


def failing(prior, parameters, *, competencies=(0, 1, 2), wrong=True):
    answers = [
        ItemResponse(competency=k, category=int(not wrong), discrimination=2.0, difficulties=(-0.5 + 0.25 * i,))
        for k in competencies
        for i in range(6)
    ]
    return posterior(prior=prior, observations=answers, parameters=parameters)


def test_claim_gap_one_claim_is_its_formula(small_prior, parameters):
    seen = [WorkSample(competency=0, value=-1.0, event="w")]
    belief = posterior(prior=small_prior, observations=seen, parameters=parameters)
    found = claim_gap(belief=belief, claimed_levels={0: 5})
    assert found.gap == pytest.approx(2.0 + 0.45)
    assert found.gap_sd**2 == pytest.approx(0.55 + 0.36 + 1 / 12 + 0.16)


def test_claim_gap_high_claims_against_many_wrong_answers_are_red(small_prior, parameters):
    belief = failing(small_prior, parameters)
    assert claim_gap(belief=belief, claimed_levels={0: 5, 1: 5, 2: 5}).level is GapLevel.RED
    assert claim_gap(belief=belief, claimed_levels={0: 2, 1: 2, 2: 1}).level is GapLevel.NONE


def test_claim_gap_red_needs_three_well_known_competencies(small_prior, parameters):
    belief = failing(small_prior, parameters, competencies=(0,))
    assert claim_gap(belief=belief, claimed_levels={0: 5}).level is GapLevel.AMBER


def test_claim_gap_without_evidence_is_no_flag(small_prior, parameters):
    belief = posterior(prior=small_prior, observations=[], parameters=parameters)
    assert claim_gap(belief=belief, claimed_levels={0: 5, 1: 5, 2: 5}).level is GapLevel.NONE


def test_claim_gap_simulated_honest_people_are_rarely_flagged(small_prior, parameters):
    rng = np.random.default_rng(2)
    flagged = {0.0: 0, 1.5: 0}
    for _ in range(200):
        theta = rng.multivariate_normal(np.zeros(3), small_prior.covariance)
        seen = [
            WorkSample(competency=k, value=float(theta[k] + rng.normal() * np.sqrt(0.55 / 0.45)), event=f"{k}{i}")
            for k in range(3)
            for i in range(4)
        ]
        belief = posterior(prior=small_prior, observations=seen, parameters=parameters)
        noise = 0.3 + 0.4 * rng.normal() + 0.6 * rng.normal(size=3)
        for inflation in flagged:
            levels = np.clip(np.rint(3 + theta + noise + inflation), 1, 5).astype(int)
            found = claim_gap(belief=belief, claimed_levels=dict(enumerate(levels.tolist())))
            flagged[inflation] += found.level is not GapLevel.NONE
    assert flagged[0.0] / 200 <= 0.06
    assert flagged[1.5] / 200 >= 0.35


def test_unsupported_claims_are_probably_two_levels_too_high(small_prior, parameters):
    belief = failing(small_prior, parameters)
    found = unsupported_claims(belief=belief, claimed_levels={0: 5, 1: 4, 2: 2})
    assert [(claim.competency, claim.claimed_level) for claim in found] == [(0, 5), (1, 4)]
    assert found[0].p_below > found[1].p_below > 0.9
    able = failing(small_prior, parameters, wrong=False)
    assert unsupported_claims(belief=able, claimed_levels={0: 5, 1: 4, 2: 3}) == []


@pytest.mark.parametrize("claims", [{}, {3: 4}, {0: 6}, {0: 0}])
def test_claims_out_of_range_refused(small_prior, parameters, claims):
    belief = posterior(prior=small_prior, observations=[], parameters=parameters)
    with pytest.raises(ScienceError):
        claim_gap(belief=belief, claimed_levels=claims)
    with pytest.raises(ScienceError):
        unsupported_claims(belief=belief, claimed_levels=claims)


def test_early_uses_years_before_the_tool_existed(public_on):
    found = early_uses(
        years={"langchain": 6.0, "jax": 9.0, "keras": 8.0, "unknown_tool": 90.0},
        as_of=date(2026, 11, 1),
        public_on=public_on,
    )
    assert [use.tool for use in found] == ["langchain", "jax"]
    assert found[0].begins_y == pytest.approx(6.0 - 4.03 - 0.25, abs=0.01)
    assert found[0].claimed_from_year == pytest.approx(2020.83, abs=0.01)


def test_early_uses_makers_and_a_quarter_of_a_year_are_granted(public_on):
    as_of = date(2018, 11, 17) + timedelta(days=730)
    assert early_uses(years={"jax": 2.2}, as_of=as_of, public_on=public_on) == []
    assert len(early_uses(years={"jax": 2.3}, as_of=as_of, public_on=public_on)) == 1
    assert early_uses(years={"jax": 5.0}, as_of=as_of, public_on=public_on, originated=frozenset({"jax"})) == []
    with pytest.raises(ScienceError):
        early_uses(years={"jax": -1.0}, as_of=as_of, public_on=public_on)


def test_overlaps_of_a_season_are_named():
    spans = [
        Span(date(2020, 1, 1), date(2022, 6, 30)),
        Span(date(2022, 5, 1), date(2023, 5, 1)),
        Span(date(2021, 1, 1), date(2021, 12, 31)),
    ]
    found = overlaps(spans=spans)
    assert [(each.first, each.second, each.days) for each in found] == [(0, 2, 365)]
    assert [(each.first, each.second) for each in overlaps(spans=spans, at_least_days=30)] == [(0, 1), (0, 2)]


DAYS = st.dates(date(2000, 1, 1), date(2010, 1, 1))


@given(ends=st.lists(st.tuples(DAYS, DAYS), max_size=6))
def test_total_years_counts_every_day_once(ends):
    spans = [Span(min(pair), max(pair)) for pair in ends]
    days = {span.start + timedelta(days=n) for span in spans for n in range((span.end - span.start).days + 1)}
    assert total_years(spans=spans) == pytest.approx(len(days) / 365.25)


def test_excess_years_beyond_first_and_last_day():
    spans = [Span(date(2018, 1, 1), date(2020, 1, 1)), Span(date(2022, 1, 1), date(2024, 1, 1))]
    assert excess_years(claimed_years=6.5, spans=spans) == 0.0
    assert excess_years(claimed_years=10.0, spans=spans) == pytest.approx(3.0, abs=0.01)
    with pytest.raises(ScienceError):
        excess_years(claimed_years=3.0, spans=[])


def test_spans_that_end_before_they_begin_refused():
    backwards = [Span(date(2020, 1, 2), date(2020, 1, 1))]
    for refuse in (overlaps, total_years):
        with pytest.raises(ScienceError):
            refuse(spans=backwards)


def test_benjamini_hochberg_published_example():
    """Benjamini & Hochberg 1995, section 3.2: fifteen p-values, q = .05, the first four are rejected."""
    p = [0.0001, 0.0004, 0.0019, 0.0095, 0.0201, 0.0278, 0.0298, 0.0344, 0.0459, 0.3240, 0.4262, 0.5719, 0.6528]
    p += [0.7590, 1.0]
    found = benjamini_hochberg(p_values=np.array(p), q=0.05)
    assert found.is_kept.tolist() == [True] * 4 + [False] * 11
    assert found.expected_false == pytest.approx(0.2)


def test_benjamini_hochberg_nothing_and_nonsense():
    assert benjamini_hochberg(p_values=np.array([])).is_kept.tolist() == []
    assert benjamini_hochberg(p_values=np.array([0.9, 0.8])).is_kept.tolist() == [False, False]
    with pytest.raises(ScienceError):
        benjamini_hochberg(p_values=np.array([1.2]))
