"""What the clock brings: ended holds, reminders, interviews that are over, people who left. Safe to run twice."""

from datetime import datetime, timedelta

from django.db import transaction
from django.db.models import Q, QuerySet

from assay.applications.rules import ENDED
from assay.interviews.booking import REMIND_BEFORE, cancel, decline_now, replace_member
from assay.interviews.choices import InterviewState, SeatState
from assay.interviews.models import Interview, Scorecard, Seat
from assay.interviews.scorecards import record_ratings, scorecard_for
from assay.interviews.services import record_interview
from assay.interviews.telling import tell_candidate, tell_members

REMIND_AGAIN_AFTER = timedelta(hours=24)


def follow_up(*, now: datetime) -> None:
    """Do everything that is due."""
    end_holds(now=now)
    end_withdrawn(now=now)
    replace_leavers(now=now)
    remind_of_interviews(now=now)
    close_past(now=now)
    remind_of_scorecards(now=now)
    record_what_waited(now=now)


def end_holds(*, now: datetime) -> None:
    """End the holds that nobody accepted in time."""
    for interview in Interview.objects.filter(state=InterviewState.HELD, held_until__lt=now):
        decline_now(interview=interview, member=None, now=now)


def end_withdrawn(*, now: datetime) -> None:
    """Call off what is still to come of applications that have ended."""
    standing = Q(state=InterviewState.INVITED) | Q(
        state__in=[InterviewState.HELD, InterviewState.BOOKED], starts_at__gt=now
    )
    for interview in Interview.objects.filter(standing, application__state__in=ENDED):
        cancel(interview=interview, member=None, now=now, reason="The application has ended.")


def replace_leavers(*, now: datetime) -> None:
    """Give the seats of members who left the organisation to others."""
    seats = Seat.objects.filter(
        state=SeatState.BOOKED, starts_at__gt=now, member__is_active=False, interview__state=InterviewState.BOOKED
    )
    for seat in seats.select_related("interview", "member"):
        replace_member(interview=seat.interview, member=seat.member, now=now)


def remind_of_interviews(*, now: datetime) -> None:
    """Remind both sides of what comes within a day, once for each time that was booked."""
    soon = Interview.objects.filter(
        state=InterviewState.BOOKED, starts_at__gt=now, starts_at__lte=now + REMIND_BEFORE, reminded_at=None
    )
    for pk in list(soon.values_list("pk", flat=True)):
        with transaction.atomic():
            interview = _claimed(soon, pk)
            if interview is None:
                continue
            interview.reminded_at = now
            interview.save(update_fields=["reminded_at"])
            tell_candidate(interview, "interview_reminder", now=now)
            seats = interview.seats.filter(state=SeatState.BOOKED).select_related("member__user", "member__interviewer")
            tell_members(interview, [seat.member for seat in seats], "interview_reminder", now=now)


def close_past(*, now: datetime) -> None:
    """Take interviews whose time has passed as held, and lay out the scorecards that are due."""
    past = Interview.objects.filter(state=InterviewState.BOOKED, ends_at__lte=now)
    for pk in list(past.values_list("pk", flat=True)):
        with transaction.atomic():
            interview = _claimed(past, pk)
            if interview is None:
                continue
            interview.state = InterviewState.DONE
            interview.save(update_fields=["state"])
            for seat in interview.seats.filter(state=SeatState.BOOKED).select_related("member"):
                scorecard_for(interview=interview, member=seat.member, now=now)
            record_interview(interview, "interview.done", now, None)


def remind_of_scorecards(*, now: datetime) -> None:
    """Write to those whose scorecard is late, once a day."""
    late = Scorecard.objects.filter(
        Q(reminded_at=None) | Q(reminded_at__lte=now - REMIND_AGAIN_AFTER),
        handed_in_at=None, due_at__lte=now, is_training=False, member__is_active=True,
    )  # fmt: skip
    for pk in list(late.values_list("pk", flat=True)):
        with transaction.atomic():
            card = late.select_for_update(of=("self",), skip_locked=True).filter(pk=pk).first()
            if card is None:
                continue
            card.reminded_at = now
            card.save(update_fields=["reminded_at"])
            tell_members(card.interview, [card.member], "scorecard_due", now=now)


def record_what_waited(*, now: datetime) -> None:
    """Record ratings that waited for somebody who has left since."""
    waiting = Scorecard.objects.filter(handed_in_at__isnull=False, recorded_at=None, is_training=False)
    for interview in Interview.objects.filter(pk__in=waiting.values("interview")):
        record_ratings(interview=interview, now=now)


def _claimed(interviews: QuerySet[Interview], pk: int) -> Interview | None:
    return (
        interviews.select_for_update(of=("self",), skip_locked=True)
        .select_related("kit", "organisation", "application__person", "application__role")
        .filter(pk=pk)
        .first()
    )
