"""When a member can be booked: weekly hours, a calendar's busy times, and “now”."""

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import NamedTuple
from zoneinfo import ZoneInfo

from django.db import transaction

from assay.accounts.models import Member
from assay.core.errors import InvalidError
from assay.interviews.booking import checked_zone
from assay.interviews.calendars import BusyTimes, busy_times
from assay.interviews.models import Busy, Hours, Interviewer
from assay.interviews.slots import Span

READY = timedelta(seconds=75)
"""A page that says "I can take one now" says so again every 30 seconds; two may be lost."""
BUSY_AHEAD = timedelta(days=60)


class Given(NamedTuple):
    """One time of the week; 0 is Monday."""

    weekday: int
    starts: time
    ends: time


def set_hours(
    *, member: Member, time_zone: str, hours: Sequence[Given], most_a_week: int, notice_hours: int
) -> Interviewer:
    """Say when a member can be booked. What is booked already stands. Raises `InvalidError`."""
    zone = checked_zone(time_zone)
    if any(one.starts >= one.ends or not 0 <= one.weekday <= 6 for one in hours):
        raise InvalidError("Each time needs a beginning before its end, on one day.")
    if not 0 <= most_a_week <= 40 or not 0 <= notice_hours <= 168:
        raise InvalidError("Between none and 40 interviews a week, with a notice of at most a week.")
    with transaction.atomic():
        interviewer, _ = Interviewer.objects.update_or_create(
            member=member,
            defaults={"time_zone": zone, "most_a_week": most_a_week, "notice_hours": notice_hours},
        )
        interviewer.hours.all().delete()
        Hours.objects.bulk_create(Hours(interviewer=interviewer, **one._asdict()) for one in hours)
    return interviewer


def set_calendar(*, member: Member, text: str, now: datetime) -> BusyTimes:
    """Take the busy times of a pasted calendar in place of those before; yield them, with what could not be read.

    Titles, places and guests are not kept. Raises `InvalidError` for a text that is no calendar.
    """
    interviewer, _ = Interviewer.objects.get_or_create(member=member)
    found = busy_times(text=text, zone=ZoneInfo(interviewer.time_zone), within=Span(now, now + BUSY_AHEAD))
    with transaction.atomic():
        interviewer.busy.all().delete()
        Busy.objects.bulk_create(
            Busy(interviewer=interviewer, starts_at=span.start, ends_at=span.end) for span in found.spans
        )
    return found


def set_ready(*, member: Member, is_ready: bool, now: datetime) -> Interviewer:
    """Say that a member can take an interview this moment, or no longer; a page says so again while it is open."""
    interviewer, _ = Interviewer.objects.update_or_create(
        member=member, defaults={"ready_until": now + READY if is_ready else None}
    )
    return interviewer
