"""What the candidate's page shows, worked out before a template sees it."""

from datetime import date, datetime
from itertools import groupby
from typing import NamedTuple
from zoneinfo import ZoneInfo, available_timezones

from assay.applications.rules import ENDED
from assay.interviews.choices import InterviewState
from assay.interviews.models import Interview
from assay.interviews.telling import when_words
from assay.interviews.times import ready_members, slots_of
from assay.web.zones import ZONES

SHOWN_DAYS = 5


class Time(NamedTuple):
    """One time that can be chosen: by the candidate's clock, and as it is sent."""

    clock: str
    value: str


class Day(NamedTuple):
    """The times of one day by the candidate's calendar."""

    day: date
    times: tuple[Time, ...]


class Page(NamedTuple):
    """Everything about time on the page."""

    zone: str
    zones: tuple[str, ...]
    days: tuple[Day, ...]
    later: tuple[Day, ...]
    when: str
    can_now: bool
    can_book: bool
    is_over: bool
    has_begun: bool
    held_s: int
    """Seconds that the interviewer has left to accept."""


def zone_of(given: str, interview: Interview) -> str:
    """Yield the zone to show times in: what was asked for, else what was used before, else UTC."""
    return next((one for one in (given, interview.time_zone) if one in available_timezones()), "UTC")


def page_of(*, interview: Interview, zone: str, now: datetime) -> Page:
    """Yield the page as it stands now."""
    state = interview.state
    is_late = state == InterviewState.INVITED and now > interview.book_by
    has_begun = interview.starts_at is not None and state == InterviewState.BOOKED and now >= interview.starts_at
    is_over = interview.application.state in ENDED or is_late or state not in {
        InterviewState.INVITED, InterviewState.HELD, InterviewState.BOOKED,
    }  # fmt: skip
    can_book = not is_over and not has_begun and state != InterviewState.HELD
    days = _days(interview, zone, now) if can_book else ()
    can_now = can_book and len(ready_members(kit=interview.kit, now=now)) >= interview.kit.panel_size
    when = ""
    if interview.starts_at is not None and interview.ends_at is not None and state != InterviewState.INVITED:
        when = when_words(interview.starts_at, interview.ends_at, interview.time_zone or zone)
    held = (interview.held_until - now).total_seconds() if interview.held_until else 0
    return Page(
        zone=zone,
        zones=ZONES,
        days=days[:SHOWN_DAYS],
        later=days[SHOWN_DAYS:],
        when=when,
        can_now=can_now,
        can_book=can_book,
        is_over=is_over,
        has_begun=has_begun,
        held_s=max(0, round(held)),
    )


def _days(interview: Interview, zone: str, now: datetime) -> tuple[Day, ...]:
    local = ZoneInfo(zone)
    slots = slots_of(kit=interview.kit, now=now, without=interview.pk)
    starts = [slot.start.astimezone(local) for slot in slots if slot.start != interview.starts_at]
    walls = [f"{one:%Y-%m-%d %H:%M}" for one in starts]
    # In the hour that comes twice when clocks go back, the zone's short name tells the two apart.
    times = [
        Time(f"{one:%H:%M} {one:%Z}" if walls.count(wall) > 1 else f"{one:%H:%M}", one.isoformat())
        for one, wall in zip(starts, walls, strict=True)
    ]
    rows = zip((one.date() for one in starts), times, strict=True)
    return tuple(Day(day, tuple(time for _, time in group)) for day, group in groupby(rows, key=lambda row: row[0]))
