"""Busy times out of an iCalendar text (RFC 5545): single events and the repetitions that calendars really write."""

import re
from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from typing import NamedTuple
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from assay.core.errors import InvalidError
from assay.interviews.slots import Span, merged

MOST_CHARACTERS = 5_000_000
MOST_REPEATS = 5000
_DAYS = ("MO", "TU", "WE", "TH", "FR", "SA", "SU")
_DURATION = re.compile(r"P(?:(\d+)W)?(?:(\d+)D)?(?:T(?:(\d+)H)?(?:(\d+)M)?(?:(\d+)S)?)?")
_UNDERSTOOD = {"FREQ", "INTERVAL", "BYDAY", "UNTIL", "COUNT", "WKST"}


class BusyTimes(NamedTuple):
    """The spans in order, and how many events could not be read."""

    spans: tuple[Span, ...]
    unread: int


class Property(NamedTuple):
    """One line of an event: what it says and its parameters."""

    value: str
    parameters: dict[str, str]


class _Unread(Exception):  # noqa: N818 -- no fault: an event in a form that is not read
    """An event in a form that is not understood; it is counted and told, never guessed."""


def busy_times(*, text: str, zone: ZoneInfo, within: Span) -> BusyTimes:
    """Yield when a calendar's owner is busy within a time; ``zone`` is for times that name none.

    Events that are cancelled, or marked as free, do not count. Raises `InvalidError` for a text that is no calendar.
    """
    if len(text) > MOST_CHARACTERS:
        raise InvalidError("This calendar is too large. Export the next two months only.")
    if "BEGIN:VCALENDAR" not in text.upper():
        raise InvalidError("This is no calendar. Paste the whole .ics file, from BEGIN:VCALENDAR to END:VCALENDAR.")
    spans: list[Span] = []
    unread = 0
    for event in _events(text):
        if _is_free(event):
            continue
        try:
            spans += _spans_of(event, zone, within)
        except (_Unread, ValueError, OverflowError):
            unread += 1
    cut = [Span(max(one.start, within.start), min(one.end, within.end)) for one in spans]
    return BusyTimes(tuple(merged(one for one in cut if one.start < one.end)), unread)


def _events(text: str) -> Iterator[dict[str, list[Property]]]:
    unfolded = re.sub(r"\r?\n[ \t]", "", text)
    event: dict[str, list[Property]] | None = None
    depth = 0
    for line in unfolded.splitlines():
        name, value, parameters = _line(line)
        if name == "BEGIN" and value.upper() == "VEVENT":
            event, depth = {}, 0
        elif event is None:
            continue
        elif name == "END" and value.upper() == "VEVENT":
            yield event
            event = None
        elif name in {"BEGIN", "END"}:
            depth += 1 if name == "BEGIN" else -1
        elif depth == 0:  # an alarm inside an event has a duration of its own
            event.setdefault(name, []).append(Property(value, parameters))


def _line(line: str) -> tuple[str, str, dict[str, str]]:
    found = re.match(r'([^:;]+)((?:;(?:[^":]|"[^"]*")*)?):(.*)', line)
    if found is None:
        return "", "", {}
    pairs = (part.partition("=") for part in found[2].split(";") if "=" in part)
    return found[1].strip().upper(), found[3].strip(), {key.upper(): value.strip('"') for key, _, value in pairs}


def _is_free(event: dict[str, list[Property]]) -> bool:
    says = {name: rows[0].value.upper() for name, rows in event.items()}
    return says.get("TRANSP") == "TRANSPARENT" or says.get("STATUS") == "CANCELLED"


def _spans_of(event: dict[str, list[Property]], zone: ZoneInfo, within: Span) -> list[Span]:
    if "DTSTART" not in event:
        raise _Unread
    start = _local(event["DTSTART"][0], zone)
    length = _length(event, start, zone)
    left_out = {
        _local(Property(value, row.parameters), zone)
        for row in event.get("EXDATE", [])
        for value in row.value.split(",")
    }
    added = [
        _local(Property(value, row.parameters), zone)
        for row in event.get("RDATE", [])
        for value in row.value.split(",")
    ]
    starts = [*_repeated(event, start, within), *added]
    # By the local clock, then to UTC: a weekly nine stays at nine when the clocks change.
    return [Span(one.astimezone(UTC), (one + length).astimezone(UTC)) for one in starts if one not in left_out]


def _length(event: dict[str, list[Property]], start: datetime, zone: ZoneInfo) -> timedelta:
    if "DTEND" in event:
        return _local(event["DTEND"][0], zone).replace(tzinfo=None) - start.replace(tzinfo=None)
    if "DURATION" in event:
        found = _DURATION.fullmatch(event["DURATION"][0].value)
        if found is None:
            raise _Unread
        weeks, days, hours, minutes, seconds = (int(part or 0) for part in found.groups())
        return timedelta(weeks=weeks, days=days, hours=hours, minutes=minutes, seconds=seconds)
    return timedelta(days=1) if len(event["DTSTART"][0].value) == 8 else timedelta(0)


def _local(given: Property, zone: ZoneInfo) -> datetime:
    """Yield a moment in the zone it is written in. A date is the whole day where its owner is."""
    text = given.value.strip()
    if len(text) == 8:
        day = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        return datetime.combine(day, time(), tzinfo=zone)
    moment = datetime.strptime(text.removesuffix("Z"), "%Y%m%dT%H%M%S")  # noqa: DTZ007 -- its zone is set below
    if text.endswith("Z"):
        return moment.replace(tzinfo=UTC)
    return moment.replace(tzinfo=_zone(given.parameters.get("TZID", ""), zone))


def _zone(name: str, fallback: ZoneInfo) -> tzinfo:
    if not name:
        return fallback
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise _Unread from error  # such as a desktop program's own names of zones


def _repeated(event: dict[str, list[Property]], start: datetime, within: Span) -> Iterator[datetime]:
    if "RRULE" not in event:
        yield start
        return
    rule = dict(part.upper().split("=", 1) for part in event["RRULE"][0].value.split(";") if "=" in part)
    if len(event["RRULE"]) > 1 or set(rule) - _UNDERSTOOD or rule.get("FREQ") not in {"DAILY", "WEEKLY"}:
        raise _Unread
    until = _until(rule, start, within)
    left = int(rule.get("COUNT", MOST_REPEATS))
    for one in _candidates(rule, start):
        if left <= 0 or one.astimezone(UTC) > until:
            return
        left -= 1
        yield one


def _until(rule: dict[str, str], start: datetime, within: Span) -> datetime:
    if "UNTIL" not in rule:
        return within.end
    given = rule["UNTIL"]
    zone = start.tzinfo if isinstance(start.tzinfo, ZoneInfo) else ZoneInfo("UTC")
    end = _local(Property(given, {}), zone)
    return min(within.end, (end + timedelta(days=1) if len(given) == 8 else end).astimezone(UTC))


def _candidates(rule: dict[str, str], start: datetime) -> Iterator[datetime]:
    """Yield the starts of a daily or weekly rule, in order."""
    every = max(1, int(rule.get("INTERVAL", "1")))
    names = [name for name in rule.get("BYDAY", "").split(",") if name]
    if any(name not in _DAYS for name in names):
        raise _Unread  # such as "the second Monday"
    days = sorted(_DAYS.index(name) for name in names)
    if rule["FREQ"] == "DAILY":
        for count in range(MOST_REPEATS):
            one = start + timedelta(days=every * count)
            if not days or one.weekday() in days:
                yield one
        return
    monday = start - timedelta(days=start.weekday())
    for count in range(MOST_REPEATS):
        for day in days or [start.weekday()]:
            one = monday + timedelta(weeks=every * count, days=day)
            if one >= start:
                yield one
