"""From hand-in to ledger, and graded anew."""

import shutil

import pytest

from assay.assessments import tryouts
from assay.assessments.choices import RegradeState, ScoreState, Via
from assay.assessments.models import Score
from assay.assessments.regrading import apply_regrade, drop_regrade, moves_of, start_regrade
from assay.assessments.scoring import grade_again
from assay.assessments.services import invite
from assay.assessments.tryouts import BusyError, try_visible
from assay.assessments.working import hand_in, start_attempt
from assay.core.errors import ConflictError, InvalidError
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import standing_observations
from assay.evidence.models import Belief, Observation
from assay.grading.template import TEMPLATE
from assay.items.services import add_version
from assay.people.services import erase_person
from assay.sandbox.models import Run
from assay.sandbox.services import lease_run, record_result, register_machine
from assay_runner.contract import JobResult, Status, StepResult
from tests.assessments.conftest import RIGHT, WRONG, publish

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


def give(attempt, now, content=RIGHT):
    return hand_in(attempt=attempt, files={"solution.py": content}, via=Via.EDITOR, now=now)


def person_of(attempt):
    return attempt.sitting.application.person


@pytest.fixture
def graded(running, work_off, now):
    give(running, now)
    work_off()
    return Score.objects.get()


def test_right_hand_in_earns_all_and_reaches_the_ledger(graded, running):
    assert (graded.state, graded.share, graded.is_current, graded.problem) == (ScoreState.DONE, 1.0, True, "")
    assert {"seccomp", "network"} & set(" ".join(graded.provenance["controls"]).split()) or graded.provenance["backend"]
    [seen] = Observation.objects.filter(source_kind=SourceKind.EXERCISE)
    assert (seen.competency, seen.value, seen.facts["event"]) == ("python", 3.0, running.ref)
    assert Belief.objects.get(person=person_of(running)).is_measured
    assert not Run.objects.exists()


def test_wrong_hand_in_earns_less(running, work_off, now):
    give(running, now, WRONG)
    work_off()
    score = Score.objects.get()
    assert 0 < score.share < 1
    assert {group["name"]: group["status"] for group in score.marks["groups"]} == {
        "examples": "WA", "ordinary": "WA", "edges": "OK",
    }  # fmt: skip


def test_visible_tests_say_what_is_visible_alone(running, work_off, now):
    tryout = try_visible(attempt=running, files={"solution.py": WRONG + b"\nprint('hello')\n"}, now=now)
    with pytest.raises(BusyError):
        try_visible(attempt=running, files={"solution.py": RIGHT}, now=now)
    work_off()
    tryout.refresh_from_db()
    assert [case["group"] for case in tryout.outcome["marks"]["cases"]] == ["examples"]
    assert tryout.outcome["marks"]["cases"][0]["status"] == "WA"
    assert "hello" in tryout.outcome["output"]
    assert try_visible(attempt=running, files={"solution.py": RIGHT}, now=now).pk != tryout.pk
    assert not Observation.objects.exists()


def test_our_failure_costs_nothing_and_can_be_tried_again(running, work_off, now):
    give(running, now)
    ours = JobResult(steps=(StepResult(id="x", status=Status.IE, detail="disk full"),), backend="t", controls=())
    machine = register_machine(name="broken", now=now).machine
    while (lease := lease_run(machine=machine, runtimes=("python",), labels=(), now=now)) is not None:
        record_result(run_ref=lease.run_id, lease_id=lease.lease_id, result=ours, now=now)
    work_off()
    score = Score.objects.get()
    assert (score.state, score.problem, score.share) == (ScoreState.FAILED, "disk full", None)
    assert not Observation.objects.exists()
    grade_again(score=score, now=now)
    work_off()
    score.refresh_from_db()
    assert (score.state, score.share) == (ScoreState.DONE, 1.0)


def test_tryout_that_fails_through_us_says_so(running, work_off, now):
    tryout = try_visible(attempt=running, files={"solution.py": RIGHT}, now=now)
    Run.objects.update(state="failed", problem="no runner")
    tryouts.finish(tryout_ref=tryout.ref, now=now)
    tryout.refresh_from_db()
    assert (tryout.state, tryout.outcome) == (ScoreState.FAILED, None)


def test_regrade_shows_who_moves_before_it_counts(graded, running, organisation, recruiter, work_off, now):
    lenient = TEMPLATE | {"task.yaml": TEMPLATE["task.yaml"].replace(b"points: 2", b"points: 6")}
    harder = lenient | {"hidden/cases.py": lenient["hidden/cases.py"].replace(b'"expect": []', b'"expect": [0]')}
    version = publish(
        add_version(organisation=organisation, slug="total", files=harder, member=recruiter, now=now)
    )  # fmt: skip
    regrade = start_regrade(organisation=organisation, version=version, reason="wrong edge", member=recruiter, now=now)
    with pytest.raises(ConflictError):
        apply_regrade(regrade=regrade, member=recruiter, now=now)
    work_off()
    [move] = moves_of(regrade=regrade)
    assert (move.before, move.after) == (1.0, pytest.approx(6 / 7))
    before = standing_observations(person_of(running)).get()
    assert (before.value, before.facts["score"]) == (3.0, graded.ref)

    assert apply_regrade(regrade=regrade, member=recruiter, now=now) == 1
    after = standing_observations(person_of(running)).get()
    assert after.value == 2.0
    assert [(one.is_current, one.share) for one in Score.objects.all()] == [(False, 1.0), (True, pytest.approx(6 / 7))]
    with pytest.raises(ConflictError):
        drop_regrade(regrade=regrade, member=recruiter, now=now)


def test_dropped_regrade_changes_nothing(graded, running, organisation, recruiter, work_off, now):
    other = TEMPLATE | {"statement.md": TEMPLATE["statement.md"] + b"More.\n"}
    version = publish(add_version(organisation=organisation, slug="total", files=other, member=recruiter, now=now))
    regrade = start_regrade(organisation=organisation, version=version, reason="reworded", member=recruiter, now=now)
    work_off()
    drop_regrade(regrade=regrade, member=recruiter, now=now)
    regrade.refresh_from_db()
    assert (regrade.state, Score.objects.get(is_current=True)) == (RegradeState.DROPPED, graded)
    with pytest.raises(InvalidError):
        start_regrade(organisation=organisation, version=version, reason=" ", member=recruiter, now=now)


def test_two_candidates_get_different_data(application, version, recruiter, sitting, now):
    other = invite(application=application, versions=[version], member=recruiter, now=now)
    assert other.attempts.get().variant.seed != sitting.attempts.get().variant.seed


def test_practice_never_reaches_the_ledger(organisation, application, version, recruiter, work_off, now):
    practice = TEMPLATE | {"task.yaml": TEMPLATE["task.yaml"] + b"practice: true\n"}
    publish(add_version(organisation=organisation, slug="practice", files=practice, member=recruiter, now=now))
    sitting = invite(application=application, versions=[version], member=recruiter, now=now)
    work_off()
    attempt = sitting.attempts.get(is_practice=True)
    started = start_attempt(attempt=attempt, now=now)
    assert started.ends_at is None
    give(started, now)
    work_off()
    assert (Score.objects.get().share, Observation.objects.count()) == (1.0, 0)


def test_nothing_of_an_erased_candidate_is_left(graded, running, recruiter, now):
    erase_person(person=person_of(running), member=recruiter, now=now)
    assert (Score.objects.count(), Observation.objects.count(), Run.objects.count()) == (0, 0, 0)
