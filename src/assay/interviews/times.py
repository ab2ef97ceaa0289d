"""Interviewers' times as they are stored: who is free when, and who has had how much."""

from collections import defaultdict
from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db.models import Count, Q, QuerySet

from assay.interviews.choices import SeatState
from assay.interviews.models import Busy, Hours, Interviewer, Kit, KitInterviewer, Seat
from assay.interviews.slots import Span, Times, Weekly, common_starts, free_spans

AHEAD = timedelta(days=14)
TAKEN = (SeatState.HELD, SeatState.BOOKED)


class Slot(NamedTuple):
    """A time that can be booked, and the members who would rate, by primary key."""

    start: datetime
    end: datetime
    members: tuple[int, ...]


class Load(NamedTuple):
    """How much of a week's interviews somebody has."""

    taken: int
    most: int

    @property
    def is_full(self) -> bool:
        """Tell whether another one would be too many."""
        return self.taken >= self.most

    @property
    def share(self) -> float:
        """Yield what part of the week's interviews is taken; what spreads them fairly."""
        return self.taken / self.most if self.most else 1.0


def slots_of(*, kit: Kit, now: datetime, without: int | None = None, at: datetime | None = None) -> list[Slot]:
    """Yield the times at which a kit's interview can be booked, in order. Four queries, for however many members.

    ``without`` is the primary key of an interview that would be given up for it. With ``at``, only a slot that begins
    then: what a booking asks, while others wait for its locks.
    """
    raters = raters_of(kit)
    length = timedelta(minutes=kit.minutes)
    within = Span(now, now + AHEAD) if at is None else Span(at, at + length)
    if not now <= within.start < now + AHEAD:
        return []
    times = stored_times(members=raters, within=within, without=without)
    loads = WeekLoads(members=raters, within=within, without=without)
    free = {one.member: free_spans(times=one, within=within, now=now) for one in times}
    found = []
    for start, members in common_starts(free, length=length, needed=kit.panel_size).items():
        able = loads.least_first(members, start)
        if len(able) >= kit.panel_size:
            found.append(Slot(start, start + length, able))
    return found


def raters_of(kit: Kit) -> list[int]:
    """Yield the active members who may rate an interview of a kit."""
    rows = KitInterviewer.objects.filter(kit=kit, is_training=False, member__is_active=True)
    return list(rows.values_list("member_id", flat=True))


def trainees_of(kit: Kit) -> list[int]:
    """Yield the active members who learn with a kit."""
    rows = KitInterviewer.objects.filter(kit=kit, is_training=True, member__is_active=True)
    return list(rows.values_list("member_id", flat=True))


def stored_times(*, members: Sequence[int], within: Span, without: int | None = None) -> list[Times]:
    """Yield the times of members who have said when they can be booked. Four queries."""
    hours: dict[int, list[Weekly]] = defaultdict(list)
    busy: dict[int, list[Span]] = defaultdict(list)
    in_time = Q(starts_at__lt=within.end, ends_at__gt=within.start)
    for one in Hours.objects.filter(interviewer__member__in=members).values_list(
        "interviewer__member_id", "weekday", "starts", "ends"
    ):
        hours[one[0]].append(Weekly(*one[1:]))
    for member, start, end in Busy.objects.filter(in_time, interviewer__member__in=members).values_list(
        "interviewer__member_id", "starts_at", "ends_at"
    ):
        busy[member].append(Span(start, end))
    for member, start, end in (
        Seat.objects.filter(in_time, member__in=members, state__in=TAKEN)
        .exclude(pk__in=_seats_of(without))
        .values_list("member_id", "starts_at", "ends_at")
    ):
        busy[member].append(Span(start, end))
    return [
        Times(
            member=row.member_id,
            zone=ZoneInfo(row.time_zone),
            hours=tuple(hours[row.member_id]),
            busy=tuple(busy[row.member_id]),
            notice=timedelta(hours=row.notice_hours),
        )
        for row in Interviewer.objects.filter(member__in=members).order_by("pk")
    ]


class WeekLoads:
    """How many interviews members have in each week that touches a time. One query."""

    def __init__(self, *, members: Sequence[int], within: Span, without: int | None = None) -> None:
        self._most = dict(Interviewer.objects.filter(member__in=members).values_list("member_id", "most_a_week"))
        self._taken: dict[tuple[int, tuple[int, int]], int] = defaultdict(int)
        week = timedelta(days=7)
        seats = Seat.objects.filter(
            member__in=members, state__in=TAKEN, starts_at__gt=within.start - week, starts_at__lt=within.end + week
        ).exclude(pk__in=_seats_of(without))
        for member, start in seats.values_list("member_id", "starts_at"):
            self._taken[member, _week(start)] += 1

    def at(self, member: int, moment: datetime) -> Load:
        """Yield a member's load in the week of a moment."""
        return Load(self._taken.get((member, _week(moment)), 0), self._most.get(member, 0))

    def least_first(self, members: Sequence[int], moment: datetime) -> tuple[int, ...]:
        """Yield members whose week is not full, whoever has the smallest part of what they offered first."""
        week = _week(moment)
        loads = [(Load(self._taken.get((one, week), 0), self._most.get(one, 0)), one) for one in members]
        return tuple(one for _share, one in sorted((load.share, one) for load, one in loads if not load.is_full))


def ready_members(*, kit: Kit, now: datetime) -> tuple[int, ...]:
    """Yield who of a kit's members can take an interview this moment, the least loaded first. Two queries.

    Their weekly hours do not matter: they have said that they can.
    """
    end = now + timedelta(minutes=kit.minutes)
    in_the_way = Q(starts_at__lt=end, ends_at__gt=now)
    busy = Busy.objects.filter(in_the_way).values("interviewer__member_id")
    seated = Seat.objects.filter(in_the_way, state__in=TAKEN).values("member_id")
    ready = Interviewer.objects.filter(
        ready_until__gt=now,
        member__is_active=True,
        member__in=KitInterviewer.objects.filter(kit=kit, is_training=False).values("member_id"),
    ).exclude(Q(member_id__in=busy) | Q(member_id__in=seated))
    week = Q(member__seats__state__in=TAKEN, member__seats__starts_at__gt=now - timedelta(days=7))
    rows = ready.annotate(taken=Count("member__seats", filter=week)).values_list("member_id", "taken", "most_a_week")
    return tuple(member for member, _taken, _most in sorted(rows, key=lambda row: (row[1] / max(row[2], 1), row[0])))


def _seats_of(interview: int | None) -> QuerySet[Seat, int]:
    seats = Seat.objects.all() if interview is not None else Seat.objects.none()
    return seats.filter(interview=interview or 0).values_list("pk", flat=True)


def _week(moment: datetime) -> tuple[int, int]:
    year, week, _day = moment.isocalendar()
    return year, week
