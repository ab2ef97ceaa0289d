"""Pure rules: clocks, and who may."""

from datetime import datetime, timedelta
from typing import NamedTuple

from assay.assessments.choices import AttemptState

GRACE = timedelta(seconds=20)
"""A hand-in that left in time may arrive so much later."""
OUTAGE_FROM = timedelta(seconds=20)
"""A silence of the site that is shorter is taken for a pause between two signs of life."""


class Span(NamedTuple):
    """A time from one moment to another."""

    start: datetime
    end: datetime


def allowed(*, minutes: int, extra_time_percent: int) -> timedelta:
    """Yield the time for a task, with what was granted on top."""
    return timedelta(minutes=minutes) * (100 + extra_time_percent) / 100


def is_over(*, ends_at: datetime | None, now: datetime) -> bool:
    """Tell whether the time ran out, grace included. Practice has no clock."""
    return ends_at is not None and now > ends_at + GRACE


def may_work(state: str) -> bool:
    """Tell whether files of an attempt may be changed."""
    return state == AttemptState.RUNNING


def lost_s(*, working: Span, outage: Span) -> int:
    """Yield how many seconds of ``working`` the outage took."""
    overlap = min(working.end, outage.end) - max(working.start, outage.start)
    return max(0, round(overlap.total_seconds()))
