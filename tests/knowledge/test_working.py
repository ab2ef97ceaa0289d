"""What a candidate does, and everything that may be sent instead."""

from datetime import timedelta

import pytest

from assay.assessments.working import note_pulse
from assay.audit.models import Event
from assay.core.errors import NotFoundError
from assay.evidence.choices import SourceKind
from assay.evidence.ledger_selectors import live_belief
from assay.evidence.models import Observation
from assay.itembank.model import Kind
from assay.knowledge.choices import FamilyState, Stop, TakingState, WishState
from assay.knowledge.models import Asked, Taking
from assay.knowledge.rules import GRACE, LONGEST_PAUSE
from assay.knowledge.services import cancel_taking, decide_wish, note_family, wish_for
from assay.knowledge.working import (
    AnsweredBeforeError,
    NotAnAnswerError,
    TakingClosedError,
    answer,
    begin,
    close_overdue,
    current,
    give_back,
    resume,
)
from assay.people.services import erase_person
from tests.knowledge.conftest import choice_question, number_question, right, wrong

SOON = timedelta(seconds=30)


def take_whole(taking, now, choose=right):
    """Answer until the test ends; yield it."""
    for number in range(50):
        moment = now + number * SOON
        found = current(taking=taking, now=moment)
        if found.asked is None:
            return found.taking
        answer(taking=taking, question=found.asked.ref, given=choose(found.asked), now=moment)
    raise AssertionError("the test never ends")


def test_whole_way_from_the_rules_to_the_ledger(begun, application, now):
    ended = take_whole(begun, now)
    assert (ended.state, ended.asked.count()) == (TakingState.ENDED, 6)
    rows = list(Observation.objects.filter(person=application.person).order_by("pk"))
    assert [row.source_kind for row in rows] == [SourceKind.TEST_ITEM] * 6
    assert [row.value for row in rows] == [1.0] * 6
    assert {row.facts["item"] for row in rows} == {one.ref for one in ended.asked.all()}
    belief = live_belief(person=application.person)
    place = belief.numbers.ids.index("statistics")
    assert belief.belief.mean[place] > 0.3
    assert [event.kind for event in Event.objects.filter(subject_type="knowledge_taking").order_by("seq")] == [
        "knowledge_taking.created", "knowledge_taking.begun", "knowledge_taking.ended",
    ]  # fmt: skip


def test_wrong_answers_lower_the_belief(begun, application, now):
    take_whole(begun, now, choose=wrong)
    belief = live_belief(person=application.person)
    assert belief.belief.mean[belief.numbers.ids.index("statistics")] < -0.3


def test_beginning_twice_is_beginning_once(taking, now):
    first = begin(taking=taking, now=now)
    again = begin(taking=taking, now=now + SOON)
    assert (again.begun_at, again.ends_at) == (first.begun_at, first.ends_at)
    assert first.ends_at == now + timedelta(minutes=20)


def test_extra_time_lengthens_the_clock(taking, now):
    Taking.objects.filter(pk=taking.pk).update(extra_time_percent=50)
    assert begin(taking=taking, now=now).ends_at == now + timedelta(minutes=30)


def test_question_is_the_same_after_a_reload(begun, asked, now):
    assert current(taking=begun, now=now + SOON).asked == asked
    assert Asked.objects.count() == 1


def test_question_needs_the_rules_first(taking, now):
    with pytest.raises(TakingClosedError):
        current(taking=taking, now=now)


def test_same_answer_twice_is_one(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    answer(taking=begun, question=asked.ref, given=right(asked), now=now + SOON)
    asked.refresh_from_db()
    assert (asked.category, asked.answered_at) == (1, now)


def test_second_tab_does_not_change_the_first_answer(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    with pytest.raises(AnsweredBeforeError):
        answer(taking=begun, question=asked.ref, given=wrong(asked), now=now)
    asked.refresh_from_db()
    assert asked.category == 1


def test_answer_out_of_order_changes_nothing(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=wrong(asked), now=now)
    second = current(taking=begun, now=now).asked
    answer(taking=begun, question=second.ref, given=right(second), now=now)
    with pytest.raises(AnsweredBeforeError):
        answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    assert list(begun.asked.values_list("category", flat=True)) == [0, 1]


@pytest.mark.parametrize("ref", ["", "x", "zzzzzzzzzzzz", "\0", "a" * 5000])
def test_tampered_question_is_refused(begun, asked, now, ref):
    with pytest.raises(NotFoundError):
        answer(taking=begun, question=ref.replace("\0", "0"), given=right(asked), now=now)
    asked.refresh_from_db()
    assert asked.answered_at is None


def test_question_of_another_person_is_refused(begun, asked, knowledge_test, role, recruiter, now):
    from assay.knowledge.services import invite
    from tests.knowledge.conftest import applicant

    other = invite(test=knowledge_test, application=applicant(role, now, "Mei Tan"), member=recruiter, now=now)
    begin(taking=other, now=now)
    with pytest.raises(NotFoundError):
        answer(taking=other, question=asked.ref, given=right(asked), now=now)


@pytest.mark.parametrize("given", [["z"], ["a", "b"], ["a", "a"], [], "a\0", ["a"] * 40, "x" * 500])
def test_tampered_choice_is_refused_and_nothing_recorded(begun, asked, now, given):
    choice_question(asked)
    with pytest.raises(NotAnAnswerError):
        answer(taking=begun, question=asked.ref, given=given, now=now)
    asked.refresh_from_db()
    assert (asked.answered_at, asked.category) == (None, None)


def test_chosen_misconception_is_kept(begun, asked, now):
    choice_question(asked)
    answer(taking=begun, question=asked.ref, given=["c"], now=now)
    asked.refresh_from_db()
    assert (asked.category, asked.misconceptions) == (0, ["mixes up c"])


def test_several_choices_are_right_only_together(begun, asked, now):
    choice_question(asked, kind=Kind.MULTIPLE, ids=("a", "b"))
    answer(taking=begun, question=asked.ref, given=["b", "a"], now=now)
    asked.refresh_from_db()
    assert asked.category == 1


@pytest.mark.parametrize("typed", ["0.5", "0,5", "50 %", "1/2", "5e-1", " 0.5 ", ".5"])
def test_number_may_be_written_in_many_ways(begun, asked, now, typed):
    number_question(asked)
    answer(taking=begun, question=asked.ref, given=typed, now=now)
    asked.refresh_from_db()
    assert asked.category == 1


@pytest.mark.parametrize("typed", ["NaN", "inf", "-infinity", "half", "1/0", "", "0x1p3", "1;2", "１"])
def test_what_is_no_number_is_refused_and_may_be_answered_again(begun, asked, now, typed):
    number_question(asked)
    with pytest.raises(NotAnAnswerError):
        answer(taking=begun, question=asked.ref, given=typed, now=now)
    answer(taking=begun, question=asked.ref, given="0.5", now=now)
    asked.refresh_from_db()
    assert asked.category == 1


def test_not_knowing_is_not_right_and_says_so(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=None, now=now)
    asked.refresh_from_db()
    assert (asked.category, asked.answer, asked.answered_at) == (0, None, now)


def test_answer_within_the_grace_counts(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=begun.ends_at + GRACE)
    asked.refresh_from_db()
    assert asked.category == 1


def test_answer_after_the_time_is_kept_and_does_not_count(begun, asked, application, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    second = current(taking=begun, now=now).asked
    with pytest.raises(TakingClosedError):
        answer(taking=begun, question=second.ref, given=right(second), now=begun.ends_at + GRACE + SOON)
    second.refresh_from_db()
    assert (second.is_late, second.category, second.answer) == (True, None, right(second))
    begun.refresh_from_db()
    assert (begun.state, begun.stop, begun.ended_at) == (TakingState.ENDED, Stop.TIME, begun.ends_at)
    assert Observation.objects.filter(person=application.person).count() == 1


def test_time_that_runs_out_ends_the_test_with_what_was_answered(begun, asked, application, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    current(taking=begun, now=now)
    late = begun.ends_at + GRACE + SOON
    assert close_overdue(now=late) == 1
    assert close_overdue(now=late) == 0
    assert Observation.objects.filter(person=application.person).count() == 1
    assert current(taking=begun, now=late).asked is None


def test_pause_stops_the_clock_between_questions(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now, then_pause=True)
    assert current(taking=begun, now=now + timedelta(hours=5)).asked is None
    assert close_overdue(now=now + timedelta(hours=5)) == 0
    went_on = resume(taking=begun, now=now + timedelta(hours=5))
    assert went_on.ends_at == begun.ends_at + timedelta(hours=5)
    assert resume(taking=begun, now=now + timedelta(hours=6)).ends_at == went_on.ends_at
    assert current(taking=begun, now=now + timedelta(hours=5)).asked is not None


def test_pause_that_never_ends_ends_the_test(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now, then_pause=True)
    late = now + LONGEST_PAUSE + SOON
    assert resume(taking=begun, now=late).state == TakingState.ENDED
    assert close_overdue(now=late) == 0


def test_outage_gives_time_back_to_whom_it_cost(begun, asked, now):
    start = now + timedelta(minutes=1)
    assert give_back(started_at=start, ended_at=start + timedelta(minutes=3)) == 1
    before = begun.ends_at
    begun.refresh_from_db()
    assert (begun.ends_at - before, begun.given_back_s) == (timedelta(minutes=3), 180)


def test_silence_of_the_site_is_noticed_and_given_back(begun, now):
    note_pulse(now=now + SOON)
    assert note_pulse(now=now + SOON + timedelta(minutes=2)) is not None
    begun.refresh_from_db()
    assert begun.ends_at == now + timedelta(minutes=22)


def test_outage_while_paused_costs_nobody_anything(begun, asked, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now, then_pause=True)
    assert give_back(started_at=now + SOON, ended_at=now + timedelta(minutes=3)) == 0


def test_withdrawn_test_takes_no_answer_and_tells_the_ledger_nothing(begun, asked, application, recruiter, now):
    answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    cancel_taking(taking=begun, member=recruiter, now=now)
    with pytest.raises(TakingClosedError):
        current(taking=begun, now=now)
    with pytest.raises(TakingClosedError):
        answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    assert Observation.objects.filter(person=application.person).count() == 0


def test_invitation_that_was_not_begun_in_time_cannot_be(taking, now):
    with pytest.raises(TakingClosedError):
        begin(taking=taking, now=taking.begin_by + SOON)


def test_granted_wish_moves_a_running_clock(begun, recruiter, now):
    wish_for(taking=begun, text="I read with a screen reader.", now=now)
    begun.refresh_from_db()
    assert begun.wish_state == WishState.OPEN
    decide_wish(taking=begun, is_granted=True, extra_time_percent=50, reply="Gladly.", member=recruiter, now=now)
    before = begun.ends_at
    begun.refresh_from_db()
    assert (begun.wish_state, begun.ends_at - before) == (WishState.GRANTED, timedelta(minutes=10))


def test_retired_family_is_asked_no_more(begun, asked, recruiter, now):
    for family in {one.family for one in Asked.objects.all()}:
        note_family(member=recruiter, family=family, state=FamilyState.RETIRED, reason="Leaked", now=now)
    answer(taking=begun, question=asked.ref, given=right(asked), now=now)
    rest = {one.family for one in take_whole(begun, now).asked.all()} - {asked.family}
    assert len(rest) >= 2
    assert Asked.objects.filter(family=asked.family).count() == 1


def test_erasure_takes_the_answers_along(begun, application, now):
    take_whole(begun, now)
    erase_person(person=application.person, member=None, now=now)
    assert (Taking.objects.count(), Asked.objects.count(), Observation.objects.count()) == (0, 0, 0)
