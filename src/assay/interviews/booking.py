"""Taking a time, moving it, giving it back. The database's exclusion constraints have the last word."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zoneinfo import available_timezones

from django.db import IntegrityError, transaction

from assay.accounts.models import Member
from assay.applications.rules import ENDED
from assay.core.errors import ConflictError, InvalidError
from assay.interviews.choices import InterviewState, SeatState
from assay.interviews.models import Interview, Interviewer, Kit, Seat
from assay.interviews.services import record_interview
from assay.interviews.slots import Span, free_spans
from assay.interviews.telling import tell_candidate, tell_members
from assay.interviews.times import TAKEN, WeekLoads, raters_of, ready_members, slots_of, stored_times, trainees_of

HOLD = timedelta(seconds=90)
REMIND_BEFORE = timedelta(hours=24)
NO_SHOW_AFTER = timedelta(minutes=10)
OPEN = (InterviewState.INVITED, InterviewState.HELD, InterviewState.BOOKED)


class SlotTakenError(ConflictError):
    """Somebody was faster, or the interviewer is no longer free then."""


class InterviewClosedError(ConflictError):
    """Nothing can be booked or changed any more."""


def book(*, interview: Interview, starts_at: datetime, time_zone: str, now: datetime) -> Interview:
    """Take a time, or move a booked interview to it; both sides are mailed the entry under one UID.

    Raises `SlotTakenError`: then an earlier booking stands as it was. Raises `InterviewClosedError`, `InvalidError`.
    """
    zone = checked_zone(time_zone)
    with transaction.atomic():
        locked = _locked_open(interview, now)
        _lock_raters(locked.kit)
        members = _free_at(locked, starts_at, now)
        before = _release(locked)
        locked.time_zone = zone
        _seat(locked, members, starts_at, state=SeatState.BOOKED, trainees=_free_trainee(locked, starts_at, now))
        _set_time(locked, InterviewState.BOOKED, starts_at, now)
        record_interview(locked, "interview.booked", now, None, starts_at=starts_at.isoformat(), moved=bool(before))
        _tell_booked(locked, before, now)
    return locked


def hold_now(*, interview: Interview, time_zone: str, now: datetime) -> Interview:
    """Ask those who can take one this moment; they have 90 seconds to accept.

    Raises `SlotTakenError` where nobody can, `InterviewClosedError`, `InvalidError`.
    """
    zone = checked_zone(time_zone)
    with transaction.atomic():
        locked = _locked_open(interview, now)
        if locked.state == InterviewState.HELD:
            return locked
        _lock_raters(locked.kit)
        ready = ready_members(kit=locked.kit, now=now)
        if len(ready) < locked.kit.panel_size:
            raise SlotTakenError("Nobody can take an interview this very moment. Choose a time instead.")
        before = _release(locked)
        locked.time_zone = zone
        _seat(locked, ready[: locked.kit.panel_size], now, state=SeatState.HELD)
        locked.held_until = now + HOLD
        _set_time(locked, InterviewState.HELD, now, now)
        record_interview(locked, "interview.held", now, None)
        if gone := [one for one in before if one.pk not in ready[: locked.kit.panel_size]]:
            tell_members(locked, gone, "interview_cancelled", now=now)
        tell_members(locked, _seated(locked), "interview_asked", now=now)
    return locked


def accept_now(*, interview: Interview, member: Member, now: datetime) -> Interview:
    """Say yes to an interview that is asked for now; it is booked once everybody of the panel has.

    Raises `SlotTakenError` after the 90 seconds, or where the member was not asked.
    """
    with transaction.atomic():
        locked = _lock(interview)
        if locked.state == InterviewState.BOOKED and locked.seats.filter(member=member, state=SeatState.BOOKED):
            return locked
        is_late = locked.state != InterviewState.HELD or locked.held_until is None or now > locked.held_until
        if is_late or not locked.seats.filter(member=member, state=SeatState.HELD).update(state=SeatState.BOOKED):
            raise SlotTakenError("This was no longer open. The candidate has been asked to choose a time.")
        if not locked.seats.filter(state=SeatState.HELD).exists():
            locked.state, locked.held_until = InterviewState.BOOKED, None
            locked.sequence += 1
            locked.save(update_fields=["state", "held_until", "sequence"])
            record_interview(locked, "interview.accepted", now, member)
            _tell_booked(locked, [], now)
    return locked


def decline_now(*, interview: Interview, member: Member | None, now: datetime) -> None:
    """End a hold, by an interviewer's word or, without one, by the clock; the candidate may choose a time."""
    with transaction.atomic():
        locked = _lock(interview)
        if locked.state != InterviewState.HELD:
            return
        if member is not None and not locked.seats.filter(member=member, state__in=TAKEN).exists():
            raise SlotTakenError("You are not asked for this interview.")
        _open_again(locked)
        if member is not None:
            Interviewer.objects.filter(member=member).update(ready_until=None)
        record_interview(locked, "interview.hold_ended", now, member)


def cancel(*, interview: Interview, member: Member | None, now: datetime, reason: str = "") -> None:
    """Call an interview off, by a member or (without one) by the candidate; twice is once."""
    with transaction.atomic():
        locked = _lock(interview)
        if locked.state not in OPEN:
            return
        _refuse_after_start(locked, now)
        before = _release(locked)
        locked.state = InterviewState.CANCELLED
        locked.sequence += 1
        locked.held_until = None
        locked.save(update_fields=["state", "sequence", "held_until"])
        record_interview(locked, "interview.cancelled", now, member, reason=reason[:300])
        if before or member is not None:
            tell_candidate(locked, "interview_cancelled", now=now)
        tell_members(locked, before, "interview_cancelled", now=now)


def note_no_show(*, interview: Interview, is_candidate: bool, member: Member, now: datetime) -> None:
    """Note that the candidate, or the interviewer, did not come. An interviewer's absence is never the candidate's.

    Raises `InvalidError` before ten minutes have passed.
    """
    with transaction.atomic():
        locked = _lock(interview)
        if locked.state not in {InterviewState.BOOKED, InterviewState.DONE} or locked.starts_at is None:
            raise InterviewClosedError("This interview was not booked.")
        if now < locked.starts_at + NO_SHOW_AFTER:
            raise InvalidError("Wait ten minutes: people come late, and connections fail.")
        if locked.scorecards.filter(handed_in_at__isnull=False).exists():
            raise ConflictError("A scorecard was handed in, so the interview took place.")
        locked.scorecards.all().delete()
        if is_candidate:
            locked.seats.filter(state__in=TAKEN).update(state=SeatState.RELEASED)
            locked.state = InterviewState.NO_SHOW
            locked.save(update_fields=["state"])
            tell_candidate(locked, "interview_missed", now=now)
        else:
            locked.book_by = max(locked.book_by, now + timedelta(days=14))
            locked.save(update_fields=["book_by"])
            _open_again(locked)
            tell_candidate(locked, "interview_again", now=now)
        record_interview(locked, "interview.no_show", now, member, who="candidate" if is_candidate else "interviewer")


def replace_member(*, interview: Interview, member: Member, now: datetime) -> bool:
    """Give a leaving interviewer's seat to somebody who is free, or ask the candidate for another time.

    Yields whether the time could be kept. The candidate is told only where it could not.
    """
    with transaction.atomic():
        locked = _lock(interview)
        seat = locked.seats.filter(member=member, state__in=TAKEN).first()
        if seat is None or locked.starts_at is None:
            return True
        _lock_raters(locked.kit)
        seat.state = SeatState.RELEASED
        seat.save(update_fields=["state"])
        if seat.is_training:
            return True
        seated = set(locked.seats.filter(state__in=TAKEN).values_list("member_id", flat=True))
        others = [one for one in _free_members(locked, locked.starts_at, now) if one not in seated]
        if others:
            _seat(locked, others[:1], locked.starts_at, state=SeatState.BOOKED)
            tell_members(
                locked, Member.objects.filter(pk=others[0]).select_related("user"), "interview_booked_member", now=now
            )
        else:
            left = _open_again(locked)
            tell_members(locked, left, "interview_cancelled", now=now)
            tell_candidate(locked, "interview_again", now=now)
        record_interview(locked, "interview.member_replaced", now, None, left=member.ref, kept=bool(others))
    return bool(others)


def checked_zone(name: str) -> str:
    """Yield the name of a time zone. Raises `InvalidError` for one that there is not."""
    if name not in available_timezones():
        raise InvalidError("Choose your time zone from the list, such as Europe/Berlin.")
    return name


def _lock(interview: Interview) -> Interview:
    return (
        Interview.objects.select_for_update(of=("self",))
        .select_related("kit", "organisation", "application__person", "application__role")
        .get(pk=interview.pk)
    )


def _locked_open(interview: Interview, now: datetime) -> Interview:
    locked = _lock(interview)
    if locked.application.state in ENDED:
        raise InterviewClosedError("This application has ended, so no interview can be booked.")
    if locked.state not in OPEN:
        raise InterviewClosedError("This interview can no longer be booked. Write to the people who invited you.")
    if locked.state == InterviewState.INVITED and now > locked.book_by:
        raise InterviewClosedError("The time to book is over. Write to the people who invited you for a new link.")
    _refuse_after_start(locked, now)
    return locked


def _refuse_after_start(locked: Interview, now: datetime) -> None:
    if locked.state == InterviewState.BOOKED and locked.starts_at is not None and now >= locked.starts_at:
        raise InterviewClosedError("This interview has begun, so its time cannot be changed.")


def _lock_raters(kit: Kit) -> None:
    """Let bookings of the same people follow one another: the constraint alone would end many of them in deadlocks."""
    list(Interviewer.objects.select_for_update().filter(member__in=raters_of(kit) + trainees_of(kit)).order_by("pk"))


def _free_at(locked: Interview, starts_at: datetime, now: datetime) -> tuple[int, ...]:
    slots = slots_of(kit=locked.kit, now=now, without=locked.pk, at=starts_at)
    if not slots:
        raise SlotTakenError("This time was just taken. Choose another one; nothing else has changed.")
    return slots[0].members[: locked.kit.panel_size]


def _free_members(locked: Interview, starts_at: datetime, now: datetime) -> tuple[int, ...]:
    """Yield who of the kit is free at a time whose notice may have passed, the least loaded first."""
    length = timedelta(minutes=locked.kit.minutes)
    found = _free(raters_of(locked.kit), Span(starts_at, starts_at + length), now)
    loads = WeekLoads(members=found, within=Span(starts_at, starts_at + length))
    return loads.least_first(found, starts_at)


def _free_trainee(locked: Interview, starts_at: datetime, now: datetime) -> tuple[int, ...]:
    end = starts_at + timedelta(minutes=locked.kit.minutes)
    return tuple(_free(trainees_of(locked.kit), Span(starts_at, end), now)[:1])


def _free(members: Sequence[int], span: Span, now: datetime) -> list[int]:
    times = stored_times(members=members, within=span)
    rested = [one._replace(notice=timedelta(0)) for one in times]
    return [one.member for one in rested if free_spans(times=one, within=span, now=min(now, span.start)) == [span]]


def _seat(
    locked: Interview, members: Sequence[int], starts_at: datetime, *, state: SeatState, trainees: Sequence[int] = ()
) -> None:
    end = starts_at + timedelta(minutes=locked.kit.minutes)
    common = {"interview": locked, "state": state, "starts_at": starts_at, "ends_at": end}
    try:
        with transaction.atomic():
            Seat.objects.bulk_create(
                [Seat(member_id=one, **common) for one in sorted(members)]
                + [Seat(member_id=one, is_training=True, **common) for one in trainees]
            )
    except IntegrityError as error:
        raise SlotTakenError("This time was just taken. Choose another one; nothing else has changed.") from error


def _set_time(locked: Interview, state: InterviewState, starts_at: datetime, now: datetime) -> None:
    locked.state, locked.starts_at = state, starts_at
    locked.ends_at = starts_at + timedelta(minutes=locked.kit.minutes)
    # Where it is close, the mail of the booking is reminder enough.
    locked.reminded_at = now if starts_at - now <= REMIND_BEFORE else None
    if state == InterviewState.BOOKED:
        locked.sequence += 1
        locked.held_until = None
    try:
        with transaction.atomic():
            locked.save()
    except IntegrityError as error:
        raise SlotTakenError("You have another interview at this time. Choose another one.") from error


def _release(locked: Interview) -> list[Member]:
    """Give all seats back; yield who had them."""
    before = _seated(locked)
    locked.seats.filter(state__in=TAKEN).update(state=SeatState.RELEASED)
    return before


def _open_again(locked: Interview) -> list[Member]:
    """Let the candidate book anew; yield who had the seats."""
    before = _release(locked)
    locked.state, locked.held_until = InterviewState.INVITED, None
    locked.sequence += 1
    locked.save(update_fields=["state", "held_until", "sequence"])
    return before


def _seated(locked: Interview) -> list[Member]:
    rows = locked.seats.filter(state__in=TAKEN).select_related("member__user", "member__interviewer")
    return [seat.member for seat in rows]


def _tell_booked(locked: Interview, before: Sequence[Member], now: datetime) -> None:
    seated = _seated(locked)
    staying = {one.pk for one in seated}
    tell_candidate(locked, "interview_booked", now=now)
    tell_members(locked, seated, "interview_booked_member", now=now)
    gone = [one for one in before if one.pk not in staying]
    tell_members(locked, gone, "interview_cancelled", now=now)
