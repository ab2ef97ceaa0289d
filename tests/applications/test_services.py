from datetime import date, timedelta

import pytest

from assay.accounts.models import Organisation
from assay.applications.choices import ApplicationState as S
from assay.applications.models import Application
from assay.applications.rules import ACTIVE, may_move
from assay.applications.selectors import board_of, mentions_of, tasks_for
from assay.applications.services import (
    ApplicationMovedError,
    IllegalMoveError,
    add_note,
    add_task,
    apply,
    complete_task,
    mentioned_in,
    move_application,
)
from assay.audit.models import Event
from assay.core.errors import InvalidError
from assay.people.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def application(role, person, recruiter, now):
    return apply(role=role, person=person, channel="Career page", applied_at=now, member=recruiter, now=now).application


def test_apply_promises_an_answer_by_the_organisations_days(application, organisation, now):
    assert application.answer_by == now.date() + timedelta(days=organisation.answer_within_days)


def test_apply_twice_makes_one_application(role, person, recruiter, now, application):
    again = apply(role=role, person=person, channel="Other", applied_at=now, member=recruiter, now=now)
    assert (again.application.pk, again.is_new, Application.objects.count()) == (application.pk, False, 1)


def test_apply_across_organisations_is_refused(role, recruiter, now):
    other = Organisation.objects.create(slug="other", name="Other", created_at=now)
    stranger = Person.objects.create(organisation=other, name="X", created_at=now, updated_at=now)
    with pytest.raises(InvalidError):
        apply(role=role, person=stranger, channel="", applied_at=now, member=recruiter, now=now)


def test_move_leaves_transition_and_event(application, recruiter, now):
    moved = move_application(
        application=application, member=recruiter, to_state=S.SCREENING, seen_version=1, now=now, note="looks good"
    )
    transition = moved.transitions.get()
    assert (moved.state, moved.version, transition.from_state, transition.note) == ("screening", 2, "new", "looks good")
    assert Event.objects.filter(kind="application.moved").get().facts == {
        "before": "new", "after": "screening", "reason": "",
    }  # fmt: skip


def test_move_by_double_click_moves_once(application, recruiter, now):
    for _ in range(2):
        move_application(application=application, member=recruiter, to_state=S.SCREENING, seen_version=1, now=now)
    assert application.transitions.count() == 1


def test_move_after_somebody_else_moved_is_a_conflict_that_names_them(application, recruiter, colleague, now):
    move_application(application=application, member=colleague, to_state=S.INTERVIEW, seen_version=1, now=now)
    with pytest.raises(ApplicationMovedError, match="Ines Keller moved this application to Interview"):
        move_application(application=application, member=recruiter, to_state=S.SCREENING, seen_version=1, now=now)


def test_reject_without_reason_is_refused_and_changes_nothing(application, recruiter, now):
    with pytest.raises(IllegalMoveError):
        move_application(application=application, member=recruiter, to_state=S.REJECTED, seen_version=1, now=now)
    application.refresh_from_db()
    assert (application.state, application.version) == ("new", 1)


def test_taking_up_again_clears_the_rejection(application, recruiter, now):
    move_application(
        application=application, member=recruiter, to_state=S.REJECTED, seen_version=1, now=now, reason="level"
    )
    moved = move_application(application=application, member=recruiter, to_state=S.SCREENING, seen_version=2, now=now)
    assert (moved.state, moved.rejection_reason) == ("screening", "")


def test_hired_only_from_an_offer():
    assert [state for state in S if may_move(before=state, after=S.HIRED)] == [S.OFFER]


def test_every_running_state_can_be_rejected_and_withdrawn():
    assert all(may_move(before=state, after=end) for state in ACTIVE for end in (S.REJECTED, S.WITHDRAWN))


def test_mention_prefers_the_longer_name(organisation, make_member):
    short, long = make_member(organisation, name="Ann Lee"), make_member(organisation, name="Ann Lee-Brown")
    assert mentioned_in("please look @Ann Lee-Brown", colleagues=[short, long]) == [long]


def test_note_that_names_a_colleague_reaches_them(application, recruiter, colleague, now):
    note = add_note(application=application, member=recruiter, text="Can you look, @ines keller?", now=now)
    assert list(mentions_of(member=colleague, since=now)) == [note]


def test_empty_note_is_refused(application, recruiter, now):
    with pytest.raises(InvalidError):
        add_note(application=application, member=recruiter, text="  \n", now=now)


def test_completing_a_task_twice_records_once(application, recruiter, colleague, now):
    task = add_task(
        application=application, member=recruiter, text="Call", assignee=colleague, due_date=date(2026, 12, 1), now=now
    )
    assert list(tasks_for(member=colleague)) == [task]
    for _ in range(2):
        complete_task(task=task, member=colleague, now=now)
    assert (tasks_for(member=colleague).count(), Event.objects.filter(kind="application.task_done").count()) == (0, 1)


@pytest.mark.parametrize("count", [1, 3])
def test_board_takes_one_query_however_many_cards(count, role, organisation, now, django_assert_num_queries):
    for number in range(count):
        person = Person.objects.create(organisation=organisation, name=f"P{number}", created_at=now, updated_at=now)
        apply(role=role, person=person, channel="", applied_at=now, member=None, now=now)
    with django_assert_num_queries(1):
        columns = board_of(role=role, now=now)
    assert {column.state: column.total for column in columns if column.total} == {S.NEW: count}


def test_clock_turns_urgent_three_days_before_the_promise(application, role, now):
    later = now + timedelta(days=18)
    card = board_of(role=role, now=later)[0].cards[0]
    assert (card.days_since_applied, card.days_to_answer, card.is_urgent) == (18, 3, True)
