"""Kits from roles, the plan's lint, and what a kit in use refuses."""

import msgspec
import pytest

from assay.accounts.choices import MemberKind
from assay.applications.choices import ApplicationState
from assay.competencies.catalogue import shipped_catalogue
from assay.core.errors import ConflictError, InvalidError
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import record_observation
from assay.evidence.models import Observation
from assay.interviews.bank import shipped_questions
from assay.interviews.choices import Form, KitState
from assay.interviews.kits import AROUND_MINUTES, open_points, proposed, questions_of
from assay.interviews.plan import Stage, findings
from assay.interviews.services import (
    KitInUseError,
    change_kit,
    create_kit,
    invite,
    open_version,
    set_interviewers,
)
from assay.roles.templates import templates
from tests.interviews.conftest import QUESTIONS
from tests.web.pool import PROFILE

BANK = {one.id: one for one in shipped_questions()}
GOOD = ("communication-model-to-business", "python-memory", "pytorch-training-stuck")


def rules(*stages, profile=PROFILE):
    return [one.rule for one in findings(profile=profile, stages=stages, catalogue=shipped_catalogue())]


def stage(*ids, title="Depth", minutes=60, panel_size=1, raters=(1,)):
    return Stage(title, minutes, panel_size, tuple(BANK[one] for one in ids), raters)


def test_plan_that_holds_has_no_finding():
    assert rules(stage(*GOOD), stage("debugging-production", title="Craft", raters=(2,))) == []


@pytest.mark.parametrize(
    ("stages", "rule"),
    [
        ((), "no-interviews"),
        ((stage(*GOOD[1:], panel_size=2, raters=(1, 2)),), "no-soft-skills"),
        ((stage("sequence-attention", GOOD[0], panel_size=2, raters=(1, 2)),), "only-theory"),
        ((stage(*GOOD),), "one-judge"),
        ((stage(*GOOD), stage("debugging-production", title="Craft")), "one-judge"),
        ((stage(*GOOD, raters=()), stage("debugging-production", title="Craft", raters=(2,))), "nobody-to-ask"),
        ((stage(GOOD[0], panel_size=2, raters=(1, 2)),), "must-have-unasked"),
        ((stage(*GOOD), stage(GOOD[0], title="Again", raters=(2,))), "asked-twice"),
        ((stage(*GOOD, minutes=20, panel_size=2, raters=(1, 2)),), "too-little-time"),
        ((stage(panel_size=2, raters=(1, 2)),), "no-questions"),
        ((stage(GOOD[2], "communication-explain-probability", panel_size=2, raters=(1, 2)),), "no-past-work"),
        (tuple(stage(name, title=name) for name in [*GOOD, QUESTIONS[1], "sql-slow"]), "too-many"),
    ],
)  # fmt: skip
def test_each_mistake_is_named(stages, rule):
    assert rule in rules(*stages)


@pytest.mark.parametrize("template", templates(), ids=lambda one: one.id)
def test_proposal_fits_the_time_asks_what_the_role_wants_and_one_thing_on_people(template):
    chosen = proposed(profile=template.profile(), bank=shipped_questions(), catalogue=shipped_catalogue(), minutes=45)
    kinds = [shipped_catalogue().competency(one.competency).kind for one in chosen]
    demanded = {demand.competency for demand in template.demands} | {"communication"}
    assert sum(one.minutes for one in chosen) <= 45 - AROUND_MINUTES
    assert {one.competency for one in chosen} <= demanded
    assert "soft" in kinds
    assert kinds[0] != "soft"
    assert all(one.form != Form.CONCEPT for one in chosen)


def test_second_kit_asks_nothing_twice():
    common = {"profile": PROFILE, "bank": shipped_questions(), "catalogue": shipped_catalogue(), "minutes": 45}
    first = {one.id for one in proposed(**common)}
    second = {one.id for one in proposed(**common, used=first)}
    assert (first & second, len(second) > 0) == (set(), True)


def test_kit_keeps_its_words_when_the_bank_changes(kit, monkeypatch):
    changed = [msgspec.structs.replace(one, ask="Something else") for one in shipped_questions()]
    monkeypatch.setattr("assay.interviews.services.shipped_questions", lambda: changed)
    assert questions_of(kit)[0].ask == BANK[QUESTIONS[0]].ask


def test_kit_in_use_is_not_changed_and_a_version_is(kit, interview, recruiter, make_application, now):
    with pytest.raises(KitInUseError, match="new version"):
        change_kit(kit=kit, minutes=60, panel_size=1, questions=QUESTIONS[:1], member=recruiter, now=now)
    newer = open_version(kit=kit, member=recruiter, now=now)
    change_kit(kit=newer, minutes=60, panel_size=1, questions=QUESTIONS[:1], member=recruiter, now=now)
    kit.refresh_from_db()
    interview.refresh_from_db()
    assert (kit.state, interview.kit_id, len(questions_of(kit))) == (KitState.RETIRED, kit.pk, 2)
    assert newer.interviewers.count() == 3
    with pytest.raises(ConflictError, match="replaced"):
        invite(application=make_application("B", "b@x.org"), kit=kit, member=recruiter, now=now)
    with pytest.raises(ConflictError, match="replaced"):
        open_version(kit=kit, member=recruiter, now=now)


@pytest.mark.parametrize(
    "wrong", [{"title": " "}, {"minutes": 5}, {"panel_size": 0}, {"panel_size": 5}, {"questions": ["no-such-question"]}]
)
def test_kit_that_cannot_be_is_refused(role, recruiter, now, wrong):
    given = {"title": "Depth", "minutes": 45, "panel_size": 1, "questions": QUESTIONS} | wrong
    with pytest.raises(InvalidError):
        create_kit(role=role, member=recruiter, now=now, **given)


def test_second_kit_of_one_name_is_refused(role, kit, recruiter, now):
    with pytest.raises(ConflictError, match="another name"):
        create_kit(role=role, title="Depth", minutes=45, panel_size=1, questions=QUESTIONS, member=recruiter, now=now)


def test_stranger_cannot_interview(kit, other_organisation, make_member, recruiter, now):
    stranger = make_member(other_organisation, MemberKind.INTERVIEWER)
    with pytest.raises(InvalidError, match="active members"):
        set_interviewers(kit=kit, raters=[stranger], trainees=[], member=recruiter, now=now)


def test_ended_application_is_not_invited(kit, application, recruiter, now):
    application.state = ApplicationState.WITHDRAWN
    application.save()
    with pytest.raises(ConflictError, match="ended"):
        invite(application=application, kit=kit, member=recruiter, now=now)


def test_claims_without_support_are_open_points(kit, application, recruiter, organisation, now):
    def observe(competency, kind, **facts):
        row = Observation(
            organisation=organisation, person=application.person, competency=competency, source_kind=kind, value=3.0,
            facts=facts, created_at=now,
        )  # fmt: skip
        record_observation(observation=row)

    observe("python", SourceKind.CLAIM, stance="used")
    observe("pytorch", SourceKind.CLAIM, stance="used")
    observe("pytorch", SourceKind.INTERVIEW, event="e", rater="r")
    observe("statistics", SourceKind.CLAIM, stance="used")
    assert [(one["kind"], one["about"]) for one in open_points(application=application)] == [("claim", "Python")]
    assert invite(application=application, kit=kit, member=recruiter, now=now).open_points[0]["about"] == "Python"
