"""Ratings: on anchors, with their reason, unseen by others, into the ledger."""

from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, transaction

from assay.core.errors import InvalidError
from assay.evidence.ledger import compute_beliefs, standing_observations
from assay.evidence.models import Belief, Observation
from assay.interviews.booking import book, note_no_show
from assay.interviews.choices import InterviewState
from assay.interviews.debrief import debrief_of
from assay.interviews.following import follow_up
from assay.interviews.models import Interview, Rating, Scorecard, Seat
from assay.interviews.scorecards import (
    Given,
    HandedInError,
    IncompleteError,
    hand_in,
    save_ratings,
    scorecard_for,
)
from assay.interviews.selectors import missing_scorecards, scorecards_visible_to
from assay.interviews.services import create_kit, invite, set_interviewers
from assay.messages.models import Mail
from tests.interviews.conftest import QUESTIONS

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AFTER = START + timedelta(hours=1)
FIRST, SECOND = QUESTIONS
GIVEN = {FIRST: Given(4, "Drew ten customers on paper"), SECOND: Given(None, "")}


@pytest.fixture
def panel(role, recruiter, interviewers, application, now):
    """Two who rate and one in training, one interview that took place."""
    kit = create_kit(role=role, title="Panel", minutes=60, panel_size=2, questions=QUESTIONS, member=recruiter, now=now)
    set_interviewers(kit=kit, raters=interviewers[:2], trainees=interviewers[2:], member=recruiter, now=now)
    made = invite(application=application, kit=kit, member=recruiter, now=now)
    made = book(interview=made, starts_at=START, time_zone="Europe/Berlin", now=now)
    follow_up(now=AFTER)
    made.refresh_from_db()
    return made


def both(panel, interviewers, given=GIVEN):
    done(panel, interviewers[1], {FIRST: Given(None, ""), SECOND: Given(None, "")})
    return done(panel, interviewers[0], given)


def done(interview, member, given=GIVEN, now=AFTER):
    card = scorecard_for(interview=interview, member=member, now=now)
    return hand_in(scorecard=card, given=given, summary="", member=member, now=now)


def test_interview_that_is_over_lays_out_scorecards(panel):
    assert panel.state == InterviewState.DONE
    assert Scorecard.objects.filter(interview=panel).count() == 3


def test_rating_becomes_an_observation_with_its_words(panel, interviewers, application):
    both(panel, interviewers)
    row = standing_observations(application.person).get()
    assert (row.source_kind, row.competency, row.value) == ("interview", "communication", 4.0)
    assert (row.facts["event"], row.facts["rater"]) == (panel.ref, interviewers[0].ref)
    assert row.facts["quote"] == "Drew ten customers on paper"
    assert row.facts["anchor"].startswith("Made the uncertainty")


def test_observation_moves_the_belief(panel, interviewers, application, organisation, now):
    compute_beliefs(organisation=organisation, now=now)
    before = bytes(Belief.objects.get(person=application.person).mean)
    both(panel, interviewers)
    compute_beliefs(organisation=organisation, now=AFTER)
    belief = Belief.objects.get(person=application.person)
    assert bytes(belief.mean) != before
    assert belief.is_measured


def test_question_that_was_not_asked_is_no_evidence(panel, interviewers, application):
    both(panel, interviewers, {FIRST: Given(None, ""), SECOND: Given(None, "")})
    assert list(standing_observations(application.person)) == []
    assert interviewers[0] not in missing_scorecards(interview=panel)


def test_trainee_rates_and_the_ledger_does_not_hear_of_it(panel, interviewers, application):
    done(panel, interviewers[2])
    assert Rating.objects.filter(scorecard__member=interviewers[2], value=4).count() == 1
    assert Observation.objects.count() == 0
    assert len(missing_scorecards(interview=panel)) == 2


@pytest.mark.parametrize(
    ("given", "says"),
    [
        ({FIRST: GIVEN[FIRST]}, "question 2: choose an anchor"),
        ({**GIVEN, SECOND: Given(2, "  ")}, "question 2: what did they say"),
        ({}, "question 1: choose"),
    ],
)
def test_incomplete_scorecard_is_not_handed_in(panel, interviewers, given, says):
    with pytest.raises(IncompleteError, match=f"(?i){says}"):
        done(panel, interviewers[0], given)
    assert Scorecard.objects.get(interview=panel, member=interviewers[0]).handed_in_at is None
    assert Observation.objects.count() == 0


@pytest.mark.parametrize("given", [{FIRST: Given(6, "x")}, {FIRST: Given(0, "x")}, {"another-question": Given(3, "x")}])
def test_rating_off_the_scale_is_refused(panel, interviewers, given):
    card = scorecard_for(interview=panel, member=interviewers[0], now=AFTER)
    with pytest.raises(InvalidError):
        save_ratings(scorecard=card, given=given, summary="")


def test_database_refuses_a_rating_without_its_reason(panel, interviewers):
    card = Scorecard.objects.get(interview=panel, member=interviewers[0])
    with pytest.raises(IntegrityError, match="rating_has_its_reason"), transaction.atomic():
        Rating.objects.create(scorecard=card, question=FIRST, competency="communication", value=3)


def test_handed_in_scorecard_stays_as_it_is(panel, interviewers):
    both(panel, interviewers)
    with pytest.raises(HandedInError):
        done(panel, interviewers[0], {**GIVEN, FIRST: Given(1, "Changed my mind")})
    assert Observation.objects.count() == 1


def test_draft_is_kept_and_nobody_else_sees_it(panel, interviewers):
    card = scorecard_for(interview=panel, member=interviewers[0], now=AFTER)
    save_ratings(scorecard=card, given=GIVEN, summary="Early")
    done(panel, interviewers[1])
    assert [one.member for one in scorecards_visible_to(interview=panel, member=interviewers[1])] == [interviewers[1]]


def test_nobody_sees_ratings_before_their_own_are_in(panel, interviewers, recruiter):
    done(panel, interviewers[0])
    assert scorecards_visible_to(interview=panel, member=interviewers[1]) == []
    assert scorecards_visible_to(interview=panel, member=recruiter) == []
    done(panel, interviewers[1])
    assert len(scorecards_visible_to(interview=panel, member=interviewers[1])) == 2
    assert len(scorecards_visible_to(interview=panel, member=recruiter)) == 3


def test_interviewer_who_manages_the_role_waits_like_everybody(panel, interviewers, role):
    from assay.roles.models import RoleMember

    RoleMember.objects.create(role=role, member=interviewers[1], duty="hiring_manager")
    done(panel, interviewers[0])
    assert scorecards_visible_to(interview=panel, member=interviewers[1]) == []


def test_missing_scorecard_blocks_the_debrief_and_names_who(panel, interviewers, application):
    done(panel, interviewers[0])
    debrief = debrief_of(application=application)
    assert (debrief.is_open, debrief.answers) == (False, ())
    assert [one.members for one in debrief.awaited] == [(interviewers[1],)]
    done(panel, interviewers[1], {**GIVEN, FIRST: Given(2, "Only said that it was easy")})
    debrief = debrief_of(application=application)
    assert debrief.is_open
    assert [(answer.is_apart, len(answer.heard)) for answer in debrief.answers] == [(True, 2), (False, 0)]


def test_late_scorecards_are_reminded_once_a_day_and_trainees_never(panel, interviewers):
    done(panel, interviewers[0])
    for hours in (24, 25, 30, 50):
        follow_up(now=AFTER + timedelta(hours=hours))
    due = Mail.objects.filter(template="scorecard_due").values_list("to", flat=True)
    assert list(due) == [interviewers[1].user.email] * 2


def test_only_those_with_a_seat_rate(panel, recruiter):
    with pytest.raises(InvalidError, match="do not rate"):
        scorecard_for(interview=panel, member=recruiter, now=AFTER)


def test_scorecard_opens_shortly_before_the_interview(interview, now):
    found = book(interview=interview, starts_at=START, time_zone="UTC", now=now)
    member = found.seats.get().member
    with pytest.raises(InvalidError, match="quarter of an hour"):
        scorecard_for(interview=found, member=member, now=START - timedelta(minutes=16))
    assert scorecard_for(interview=found, member=member, now=START - timedelta(minutes=15)).handed_in_at is None


def test_no_show_after_a_scorecard_is_refused(panel, interviewers, recruiter):
    from assay.core.errors import ConflictError

    done(panel, interviewers[0])
    with pytest.raises(ConflictError, match="took place"):
        note_no_show(interview=panel, is_candidate=True, member=recruiter, now=AFTER)


def test_ledger_hears_nothing_before_the_last_of_the_panel_is_in(panel, interviewers, application):
    done(panel, interviewers[0])
    assert Observation.objects.count() == 0
    done(panel, interviewers[1], {**GIVEN, FIRST: Given(2, "Only said that it was easy")})
    rows = standing_observations(application.person).order_by("value")
    assert [(row.value, row.facts["rater"]) for row in rows] == [(2.0, interviewers[1].ref), (4.0, interviewers[0].ref)]
    assert {row.facts["event"] for row in rows} == {panel.ref}


def test_rater_who_left_is_not_waited_for(panel, interviewers, application):
    done(panel, interviewers[0])
    interviewers[1].is_active = False
    interviewers[1].save()
    follow_up(now=AFTER)
    follow_up(now=AFTER)
    assert standing_observations(application.person).count() == 1
    assert debrief_of(application=application).is_open


def test_erasure_leaves_nothing_of_the_interview(panel, interviewers, application, recruiter):
    from assay.people.services import erase_person

    both(panel, interviewers)
    erase_person(person=application.person, member=recruiter, now=AFTER)
    left = [model.objects.count() for model in (Interview, Seat, Scorecard, Rating, Observation)]
    assert left == [0] * 5
