"""Times that candidates take, move and give back, and everything that comes between."""

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta

import pytest
from django.db import IntegrityError, connection, transaction

from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.audit.models import Event
from assay.core.errors import ConflictError, InvalidError
from assay.interviews.availability import set_hours, set_ready
from assay.interviews.booking import (
    InterviewClosedError,
    SlotTakenError,
    accept_now,
    book,
    cancel,
    decline_now,
    hold_now,
    note_no_show,
)
from assay.interviews.choices import InterviewState, SeatState
from assay.interviews.following import follow_up
from assay.interviews.models import Interview, Seat
from assay.interviews.services import create_kit, invite, set_interviewers
from assay.interviews.times import slots_of
from assay.messages.models import Mail
from tests.interviews.conftest import QUESTIONS, WORKDAYS

BERLIN = "Europe/Berlin"
TUESDAY_TEN = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)


def seated(interview):
    rows = Seat.objects.filter(interview=interview, state__in=["held", "booked"]).order_by("pk")
    return [str(seat.member) for seat in rows]


def mails(to):
    return list(Mail.objects.filter(to=to).order_by("pk").values_list("template", flat=True))


def booked(interview, now, start=TUESDAY_TEN):
    return book(interview=interview, starts_at=start, time_zone=BERLIN, now=now)


def test_booking_takes_one_seat_and_tells_both(interview, now):
    found = booked(interview, now)
    assert (found.state, found.starts_at, found.ends_at - found.starts_at) == (
        InterviewState.BOOKED, TUESDAY_TEN, timedelta(minutes=45),
    )  # fmt: skip
    (name,) = seated(found)
    seat = found.seats.get()
    assert name == "Ida Berg"
    assert mails("ines@example.org") == ["interview_booked"]
    assert mails(seat.member.user.email) == ["interview_booked_member"]
    assert Event.objects.filter(kind="interview.booked", subject_ref=found.ref).count() == 1


def test_least_loaded_interviewer_is_taken_first(interview, kit, make_application, recruiter, now):
    booked(interview, now)
    others = []
    for number in range(2):
        other = invite(
            application=make_application(f"P{number}", f"p{number}@x.org"), kit=kit, member=recruiter, now=now
        )
        others += seated(booked(other, now, TUESDAY_TEN + timedelta(hours=number + 1)))
    assert others == ["Jon Lund", "Kai Roth"]


def test_week_that_is_full_takes_no_more(interview, kit, interviewers, make_application, recruiter, now):
    for member in interviewers:
        set_hours(member=member, time_zone=BERLIN, hours=WORKDAYS, most_a_week=0, notice_hours=4)
    assert slots_of(kit=kit, now=now) == []


def test_notice_is_kept(kit, now):
    assert slots_of(kit=kit, now=now)[0].start == now + timedelta(hours=4)


def test_slots_take_the_same_queries_for_one_and_three_interviewers(
    kit, interviewers, recruiter, now, django_assert_num_queries
):
    with django_assert_num_queries(7):
        slots_of(kit=kit, now=now)
    set_interviewers(kit=kit, raters=interviewers[:1], trainees=[], member=recruiter, now=now)
    with django_assert_num_queries(7):
        slots_of(kit=kit, now=now)


def test_moving_keeps_the_uid_and_raises_the_sequence(interview, now):
    booked(interview, now)
    booked(interview, now, TUESDAY_TEN + timedelta(hours=2))
    entries = Mail.objects.filter(to="ines@example.org").order_by("pk").values_list("calendar", flat=True)
    lines = [entry.replace("\r\n ", "").split("\r\n") for entry in entries]
    assert [line[5] for line in lines] == [f"UID:interview-{interview.ref}@localhost"] * 2
    assert [(line[3], line[6], line[8]) for line in lines] == [
        ("METHOD:REQUEST", "SEQUENCE:1", "DTSTART:20261124T090000Z"),
        ("METHOD:REQUEST", "SEQUENCE:2", "DTSTART:20261124T110000Z"),
    ]
    interview.refresh_from_db()
    assert (interview.sequence, interview.starts_at) == (2, TUESDAY_TEN + timedelta(hours=2))
    assert Seat.objects.filter(interview=interview, state=SeatState.BOOKED).count() == 1


def test_move_to_a_taken_time_leaves_the_booking_as_it_was(interview, now):
    booked(interview, now)
    with pytest.raises(SlotTakenError):
        booked(interview, now, TUESDAY_TEN + timedelta(hours=20))
    interview.refresh_from_db()
    assert interview.starts_at == TUESDAY_TEN
    assert len(seated(interview)) == 1


@pytest.mark.parametrize("start", [TUESDAY_TEN + timedelta(minutes=7), TUESDAY_TEN - timedelta(days=7)])
def test_time_that_was_not_offered_is_refused(interview, now, start):
    with pytest.raises(SlotTakenError):
        booked(interview, now, start)


def test_unknown_time_zone_is_refused(interview, now):
    with pytest.raises(InvalidError, match="time zone"):
        book(interview=interview, starts_at=TUESDAY_TEN, time_zone="Mars/Olympus", now=now)


def test_panel_needs_everybody_at_once(role, recruiter, interviewers, application, now):
    kit = create_kit(role=role, title="Panel", minutes=60, panel_size=2, questions=QUESTIONS, member=recruiter, now=now)
    set_interviewers(kit=kit, raters=interviewers[:2], trainees=interviewers[2:], member=recruiter, now=now)
    set_hours(member=interviewers[1], time_zone=BERLIN, hours=WORKDAYS[1:2], most_a_week=5, notice_hours=4)
    assert {slot.start.weekday() for slot in slots_of(kit=kit, now=now)} == {1}
    interview = booked(invite(application=application, kit=kit, member=recruiter, now=now), now)
    assert seated(interview) == ["Ida Berg", "Jon Lund", "Kai Roth"]
    assert [seat.is_training for seat in interview.seats.all()] == [False, False, True]


def test_database_refuses_two_seats_of_one_member(interview, interviewers, now):
    def seat(start):
        return Seat.objects.create(
            interview=interview, member=interviewers[0], starts_at=start, ends_at=start + timedelta(hours=1)
        )

    seat(now)
    seat(now + timedelta(hours=1))  # what ends at ten leaves ten free
    with pytest.raises(IntegrityError, match="interviewer_is_in_one_interview"), transaction.atomic():
        seat(now + timedelta(minutes=59))
    Seat.objects.update(state=SeatState.RELEASED)
    assert seat(now).state == SeatState.BOOKED


def test_database_refuses_a_candidate_in_two_interviews(interview, kit, application, recruiter, now):
    other = invite(application=application, kit=kit, member=recruiter, now=now)
    booked(interview, now)
    with pytest.raises(SlotTakenError, match="another interview"):
        booked(other, now)
    assert Interview.objects.get(pk=other.pk).state == InterviewState.INVITED


@pytest.mark.django_db(transaction=True)
def test_of_64_who_race_for_one_time_exactly_one_wins(kit, interviewers, make_application, recruiter, now):
    set_interviewers(kit=kit, raters=interviewers[:1], trainees=[], member=recruiter, now=now)
    made = [
        invite(application=make_application(f"P{n}", f"p{n}@x.org"), kit=kit, member=recruiter, now=now)
        for n in range(64)
    ]

    def race(interview):
        try:
            booked(interview, now)
        except SlotTakenError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(16) as pool:
        won = list(pool.map(race, made))
    assert won.count(True) == 1
    assert Seat.objects.filter(state=SeatState.BOOKED).count() == 1
    assert Interview.objects.filter(state=InterviewState.BOOKED).count() == 1


def test_cancelling_frees_the_seat_and_tells_the_interviewer(interview, now):
    found = booked(interview, now)
    member = found.seats.get().member
    cancel(interview=interview, member=None, now=now)
    cancel(interview=interview, member=None, now=now)
    assert seated(interview) == []
    assert mails(member.user.email) == ["interview_booked_member", "interview_cancelled"]
    with pytest.raises(InterviewClosedError):
        booked(interview, now)


def test_interview_that_has_begun_can_be_neither_moved_nor_cancelled(interview, now):
    booked(interview, now)
    with pytest.raises(InterviewClosedError, match="begun"):
        booked(interview, TUESDAY_TEN, TUESDAY_TEN + timedelta(hours=5))
    with pytest.raises(InterviewClosedError, match="begun"):
        cancel(interview=interview, member=None, now=TUESDAY_TEN)


def test_late_link_books_nothing(interview, now):
    with pytest.raises(InterviewClosedError, match="time to book is over"):
        booked(interview, now + timedelta(days=15))


def test_candidate_who_withdraws_in_the_middle_frees_everybody(interview, application, now):
    found = booked(interview, now)
    member = found.seats.get().member
    Application.objects.filter(pk=application.pk).update(state=ApplicationState.WITHDRAWN)
    with pytest.raises(InterviewClosedError, match="ended"):
        booked(interview, now, TUESDAY_TEN + timedelta(hours=1))
    follow_up(now=now)
    follow_up(now=now)
    interview.refresh_from_db()
    assert (interview.state, seated(interview)) == (InterviewState.CANCELLED, [])
    assert mails(member.user.email)[-1] == "interview_cancelled"


def test_interviewer_who_leaves_is_replaced_at_the_same_time(interview, now):
    found = booked(interview, now)
    leaver = found.seats.get().member
    leaver.is_active = False
    leaver.save()
    follow_up(now=now)
    interview.refresh_from_db()
    assert (interview.state, interview.starts_at) == (InterviewState.BOOKED, TUESDAY_TEN)
    assert seated(interview) == ["Jon Lund"]
    assert mails("ines@example.org") == ["interview_booked"]


def test_without_a_replacement_the_candidate_chooses_anew(interview, kit, interviewers, recruiter, now):
    set_interviewers(kit=kit, raters=interviewers[:1], trainees=[], member=recruiter, now=now)
    booked(interview, now)
    interviewers[0].is_active = False
    interviewers[0].save()
    follow_up(now=now)
    interview.refresh_from_db()
    assert (interview.state, seated(interview)) == (InterviewState.INVITED, [])
    assert mails("ines@example.org") == ["interview_booked", "interview_again"]


def test_now_is_held_ninety_seconds_and_accepted(interview, interviewers, now):
    with pytest.raises(SlotTakenError, match="very moment"):
        hold_now(interview=interview, time_zone=BERLIN, now=now)
    set_ready(member=interviewers[1], is_ready=True, now=now)
    held = hold_now(interview=interview, time_zone=BERLIN, now=now)
    assert (held.state, held.held_until - now, seated(held)) == (
        InterviewState.HELD, timedelta(seconds=90), ["Jon Lund"],
    )  # fmt: skip
    with pytest.raises(SlotTakenError):
        accept_now(interview=interview, member=interviewers[0], now=now)
    accepted = accept_now(interview=interview, member=interviewers[1], now=now + timedelta(seconds=89))
    again = accept_now(interview=interview, member=interviewers[1], now=now + timedelta(seconds=95))
    assert [accepted.state, again.state] == [InterviewState.BOOKED] * 2
    assert mails("ines@example.org") == ["interview_booked"]


def test_hold_that_nobody_accepts_ends_by_itself(interview, interviewers, now):
    set_ready(member=interviewers[0], is_ready=True, now=now)
    hold_now(interview=interview, time_zone=BERLIN, now=now)
    late = now + timedelta(seconds=91)
    with pytest.raises(SlotTakenError):
        accept_now(interview=interview, member=interviewers[0], now=late)
    follow_up(now=late)
    interview.refresh_from_db()
    assert (interview.state, seated(interview)) == (InterviewState.INVITED, [])
    assert booked(interview, late).state == InterviewState.BOOKED


def test_declining_ends_the_hold_and_the_readiness(interview, interviewers, now):
    set_ready(member=interviewers[0], is_ready=True, now=now)
    hold_now(interview=interview, time_zone=BERLIN, now=now)
    decline_now(interview=interview, member=interviewers[0], now=now)
    with pytest.raises(SlotTakenError):
        hold_now(interview=interview, time_zone=BERLIN, now=now)


def test_interviewer_with_a_booking_is_not_asked_for_now(interview, interviewers, now):
    Seat.objects.create(
        interview=interview, member=interviewers[0], starts_at=now + timedelta(minutes=30),
        ends_at=now + timedelta(minutes=60),
    )  # fmt: skip
    set_ready(member=interviewers[0], is_ready=True, now=now)
    with pytest.raises(SlotTakenError):
        hold_now(interview=interview, time_zone=BERLIN, now=now)


def test_both_are_reminded_once(interview, now):
    found = booked(interview, now + timedelta(hours=0), TUESDAY_TEN + timedelta(days=1))
    member = found.seats.get().member
    for hours in (0, 24, 25):
        follow_up(now=now + timedelta(hours=hours))
    assert mails("ines@example.org") == ["interview_booked", "interview_reminder"]
    assert mails(member.user.email) == ["interview_booked_member", "interview_reminder"]


def test_absence_of_the_interviewer_is_not_the_candidates(interview, recruiter, now):
    booked(interview, now)
    with pytest.raises(InvalidError, match="ten minutes"):
        note_no_show(interview=interview, is_candidate=False, member=recruiter, now=TUESDAY_TEN)
    late = TUESDAY_TEN + timedelta(minutes=11)
    note_no_show(interview=interview, is_candidate=False, member=recruiter, now=late)
    interview.refresh_from_db()
    assert interview.state == InterviewState.INVITED
    assert mails("ines@example.org")[-1] == "interview_again"
    assert booked(interview, late, TUESDAY_TEN + timedelta(days=1)).state == InterviewState.BOOKED


def test_candidate_who_does_not_come(interview, recruiter, now):
    booked(interview, now)
    note_no_show(interview=interview, is_candidate=True, member=recruiter, now=TUESDAY_TEN + timedelta(minutes=10))
    interview.refresh_from_db()
    assert (interview.state, seated(interview)) == (InterviewState.NO_SHOW, [])
    with pytest.raises(ConflictError):
        booked(interview, TUESDAY_TEN, TUESDAY_TEN + timedelta(days=1))
