"""Pure rules: clocks, pauses, and who may."""

from datetime import datetime, timedelta

from assay.accounts.rules import HasKinds, may_recruit

GRACE = timedelta(seconds=20)
"""An answer that left in time may arrive so much later."""
LONGEST_PAUSE = timedelta(days=3)
"""Whoever comes back later finds the test ended, with what was answered counted."""
MOST_EXTRA_PERCENT = 300


def allowed(*, minutes: int, extra_time_percent: int) -> timedelta:
    """Yield the time for a test, with what was granted on top."""
    return timedelta(minutes=minutes) * (100 + extra_time_percent) / 100


def is_over(*, ends_at: datetime, paused_at: datetime | None, now: datetime) -> bool:
    """Tell whether the time ran out, grace included. A clock that stands still runs out after the longest pause."""
    if paused_at is not None:
        return now > paused_at + LONGEST_PAUSE
    return now > ends_at + GRACE


def may_make_tests(member: HasKinds) -> bool:
    """Add a test to a role and invite people to it."""
    return may_recruit(member)
