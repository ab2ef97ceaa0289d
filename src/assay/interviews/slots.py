"""When somebody is free: pure arithmetic on spans of time."""

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

STEP = timedelta(minutes=30)
"""Interviews begin on the full and the half hour of UTC."""


class Span(NamedTuple):
    """A half-open time, both ends aware."""

    start: datetime
    end: datetime


class Weekly(NamedTuple):
    """A time that comes again each week, by a local clock; 0 is Monday."""

    weekday: int
    starts: time
    ends: time


class Times(NamedTuple):
    """One member's times, as they are stored."""

    member: int
    zone: ZoneInfo
    hours: tuple[Weekly, ...]
    busy: tuple[Span, ...]
    notice: timedelta


def weekly_spans(*, hours: Iterable[Weekly], zone: ZoneInfo, within: Span) -> list[Span]:
    """Yield the spans of a weekly plan in UTC, in order.

    The plan is by the local clock: nine stays nine when the clocks change, and the UTC time moves.
    """
    found = []
    day = within.start.astimezone(zone).date() - timedelta(days=1)
    last = within.end.astimezone(zone).date()
    plan = list(hours)
    while day <= last:
        for one in plan:
            if one.weekday == day.weekday():
                start = datetime.combine(day, one.starts, tzinfo=zone).astimezone(UTC)
                end = datetime.combine(day, one.ends, tzinfo=zone).astimezone(UTC)
                found.append(Span(max(start, within.start), min(end, within.end)))
        day += timedelta(days=1)
    return merged(span for span in found if span.start < span.end)


def merged(spans: Iterable[Span]) -> list[Span]:
    """Yield the same time in spans that are apart, in order."""
    found: list[Span] = []
    for span in sorted(spans):
        if found and span.start <= found[-1].end:
            found[-1] = Span(found[-1].start, max(found[-1].end, span.end))
        else:
            found.append(span)
    return found


def without(spans: Sequence[Span], *, busy: Iterable[Span]) -> list[Span]:
    """Yield what is left of spans, which are apart and in order, when other ones are taken out."""
    taken = merged(busy)
    left = []
    for span in spans:
        start = span.start
        for one in taken:
            if one.start >= span.end:
                break
            if one.end > start:
                left.append(Span(start, one.start))
                start = one.end
        left.append(Span(start, span.end))
    return [span for span in left if span.start < span.end]


def free_spans(*, times: Times, within: Span, now: datetime) -> list[Span]:
    """Yield when a member is free within a time, their notice kept."""
    start = max(within.start, now + times.notice)
    if start >= within.end:
        return []
    plan = weekly_spans(hours=times.hours, zone=times.zone, within=Span(start, within.end))
    return without(plan, busy=times.busy)


def starts_in(span: Span, *, length: timedelta) -> list[datetime]:
    """Yield the starts, on the grid, of what fits into a span."""
    seconds = int(STEP.total_seconds())
    first = -(-int(span.start.timestamp()) // seconds) * seconds
    found = []
    start = datetime.fromtimestamp(first, tz=UTC)
    if start < span.start:
        start += STEP
    while start + length <= span.end:
        found.append(start)
        start += STEP
    return found


def common_starts(free: dict[int, list[Span]], *, length: timedelta, needed: int) -> dict[datetime, tuple[int, ...]]:
    """Yield each start at which enough members are free, in order, with who is."""
    at: dict[datetime, list[int]] = {}
    for member, spans in free.items():
        for span in spans:
            for start in starts_in(span, length=length):
                at.setdefault(start, []).append(member)
    return {start: tuple(at[start]) for start in sorted(at) if len(at[start]) >= needed}
