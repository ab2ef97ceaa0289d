import numpy as np
import pytest

from assay.science.belief import ItemResponse, WorkSample, fit_direction, posterior
from assay.science.errors import ScienceError
from assay.science.nextstep import (
    Assessment,
    bundle_of,
    change_sds,
    interview,
    knowledge_test,
    p_decision_changes,
    plan_steps,
    ranking_thresholds,
    value_of_information,
    work_sample,
)


def single(name="test", *, noise=1.0, minutes=10.0, staff=0.0, competency=0, size=2):
    return Assessment(
        name=name,
        loadings=np.eye(size)[[competency]],
        noise=np.array([[noise]]),
        candidate_min=minutes,
        staff_min=staff,
    )


def planned(means, assessments, *, thresholds=None, hires=1, is_left=None, covariance=None, **options):
    means = np.array(means, dtype=float)
    return plan_steps(
        means=means,
        covariances=np.repeat(np.eye(2)[None] if covariance is None else covariance[None], len(means), axis=0),
        direction=np.array([1.0, 1.0]) / np.sqrt(2.0),
        assessments=assessments,
        is_left=np.ones((len(means), len(assessments)), dtype=bool) if is_left is None else np.array(is_left),
        thresholds=ranking_thresholds(means=means, hires=hires) if thresholds is None else np.array(thresholds),
        **options,
    )


def test_value_of_information_equals_simulation():
    draws = np.random.default_rng(1).normal(size=400_000)
    for sd, distance in ((0.5, 0.0), (0.5, 0.4), (0.3, -0.6)):
        best_after = np.maximum(distance + sd * draws, 0.0).mean()
        expected = best_after - max(distance, 0.0)
        found = value_of_information(change_sd=np.array([sd]), distance=np.array([distance]))[0]
        assert found == pytest.approx(expected, abs=1.5e-3)


def test_value_of_information_nothing_learnt_is_worthless():
    assert value_of_information(change_sd=np.array([0.0]), distance=np.array([0.0])).tolist() == [0.0]
    assert p_decision_changes(change_sd=np.array([0.0]), distance=np.array([0.0])).tolist() == [0.0]


def test_value_of_information_on_the_threshold_is_sd_over_root_two_pi():
    found = value_of_information(change_sd=np.array([0.7]), distance=np.array([0.0]))
    assert found == pytest.approx([0.7 / np.sqrt(2 * np.pi)])
    assert p_decision_changes(change_sd=np.array([0.7]), distance=np.array([0.0])) == pytest.approx([0.5])


def test_change_sds_is_the_variance_that_the_posterior_loses(small_prior, parameters):
    direction = fit_direction(prior=small_prior, weights=np.array([1.0, 2.0, 0.5]))
    answer = ItemResponse(competency=1, category=1, difficulties=(0.0,))
    before = posterior(prior=small_prior, observations=[answer], parameters=parameters)
    assessment = work_sample(
        name="w", competencies=[0, 2], size=3, parameters=parameters, candidate_min=90, staff_min=0
    )
    seen = [WorkSample(competency=k, value=0.4, event="w") for k in (0, 2)]
    after = posterior(prior=small_prior, observations=[answer, *seen], parameters=parameters)
    lost = direction @ (before.covariance - after.covariance) @ direction
    found = change_sds(covariances=before.covariance[None], direction=direction, assessment=assessment)
    assert found[0] ** 2 == pytest.approx(lost, rel=0.01)


def test_knowledge_test_reaches_its_target_sd():
    assessment = knowledge_test(name="t", competencies=[1], size=2, target_sd=0.4, minutes=20)
    found = change_sds(covariances=np.eye(2)[None], direction=np.array([0.0, 1.0]), assessment=assessment)
    assert 1.0 - found[0] ** 2 == pytest.approx(0.16)


def test_interview_shared_halo_makes_more_ratings_worth_less_than_independent_ones(parameters):
    wide = interview(name="i", competencies=[0, 1], size=2, parameters=parameters, candidate_min=45, staff_min=45)
    assert wide.noise[0, 1] == pytest.approx(0.45**2 + 0.6**2 + 0.4**2)
    loose = interview(
        name="i", competencies=[0], size=2, parameters=parameters, candidate_min=45, staff_min=45, is_structured=False
    )
    assert loose.noise[0, 0] > 1.5 * wide.noise[0, 0]


def test_ranking_thresholds_best_outsider_and_last_insider():
    found = ranking_thresholds(means=np.array([0.1, 2.0, 1.0, -1.0]), hires=2)
    assert found.tolist() == [1.0, 0.1, 0.1, 1.0]


def test_ranking_thresholds_everybody_hired_leaves_nothing_to_decide():
    plan = planned([0.0, 1.0], [single()], hires=2)
    assert plan.steps == ()
    with pytest.raises(ScienceError):
        ranking_thresholds(means=np.zeros(2), hires=0)


def test_plan_steps_asks_first_about_those_near_the_threshold():
    plan = planned([2.0, 0.05, 0.0, -2.0], [single()], hires=2)
    assert [step.candidate for step in plan.steps[:2]] == [1, 2]
    assert plan.steps[0].p_change == pytest.approx(0.46, abs=0.02)


def test_plan_steps_prefers_worth_per_minute():
    plan = planned([0.0], [single("long", minutes=60), single("short", minutes=10)], thresholds=[0.0])
    assert plan.steps[0].assessment == 1
    staffed = planned([0.0], [single("alone", minutes=30), single("staffed", minutes=10, staff=30)], thresholds=[0.0])
    assert staffed.steps[0].assessment == 0


def test_plan_steps_stops_below_its_price():
    assert planned([0.0], [single()], thresholds=[0.0], price=1.0).steps == ()
    assert len(planned([0.0], [single()], thresholds=[0.0]).steps) == 1


def test_plan_steps_bundle_is_credited_to_its_best_member():
    """Alone neither can carry the candidate over the bar; together they can."""
    pair = [single("a", noise=0.3, competency=0), single("b", noise=0.2, competency=1)]
    step = planned([0.0], pair, thresholds=[2.4], price=0.0).steps[0]
    assert (step.assessment, step.is_bundle) == (1, True)
    direction = np.array([1.0, 1.0]) / np.sqrt(2.0)
    both = change_sds(covariances=np.eye(2)[None], direction=direction, assessment=bundle_of(assessments=pair))
    expected = value_of_information(change_sd=both, distance=np.array([2.4]))[0] / 20.0
    assert step.score == pytest.approx(expected)


def test_plan_steps_required_evidence_comes_first_for_those_inside():
    required = np.array([[False, True], [False, True]])
    plan = planned([3.0, -3.0], [single("a"), single("interview")], is_required=required, price=1.0)
    assert [(step.candidate, step.assessment, step.is_required) for step in plan.steps] == [(0, 1, True)]


def test_plan_steps_done_assessments_are_not_proposed():
    plan = planned([0.0, 0.0], [single("a"), single("b")], is_left=[[False, True], [False, False]])
    assert [(step.candidate, step.assessment) for step in plan.steps] == [(0, 1)]


def test_plan_steps_wrong_shapes_and_free_assessments_refused():
    with pytest.raises(ScienceError):
        planned([0.0], [single()], is_left=[[True, True]])
    with pytest.raises(ScienceError):
        planned([0.0], [single(minutes=0.0)], thresholds=[0.0])
    with pytest.raises(ScienceError):
        knowledge_test(name="t", competencies=[0], size=2, target_sd=1.0, minutes=5)
    with pytest.raises(ScienceError):
        knowledge_test(name="t", competencies=[2], size=2, target_sd=0.5, minutes=5)
