"""Calendar entries written as iCalendar (RFC 5545), as invitations by mail (RFC 5546). Times in UTC."""

from datetime import UTC, datetime
from typing import NamedTuple

LINE_OCTETS = 75


class Entry(NamedTuple):
    """One event; a later ``sequence`` of the same ``uid`` replaces the earlier one in a calendar."""

    uid: str
    sequence: int
    start: datetime
    end: datetime
    title: str
    organiser: str
    organiser_email: str


def request_entry(*, entry: Entry, attendee: str, link: str, now: datetime) -> str:
    """Yield the entry as an invitation."""
    return _calendar(entry, attendee=attendee, link=link, now=now, method="REQUEST", status="CONFIRMED")


def cancel_entry(*, entry: Entry, attendee: str, link: str, now: datetime) -> str:
    """Yield what takes the entry out of a calendar again."""
    return _calendar(entry, attendee=attendee, link=link, now=now, method="CANCEL", status="CANCELLED")


def _calendar(entry: Entry, *, attendee: str, link: str, now: datetime, method: str, status: str) -> str:
    organiser = f'CN="{_quoted(entry.organiser)}":mailto:{entry.organiser_email}'
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Assay//Interviews//EN",
        f"METHOD:{method}",
        "BEGIN:VEVENT",
        f"UID:{entry.uid}",
        f"SEQUENCE:{entry.sequence}",
        f"DTSTAMP:{_utc(now)}",
        f"DTSTART:{_utc(entry.start)}",
        f"DTEND:{_utc(entry.end)}",
        f"SUMMARY:{_escaped(entry.title)}",
        f"DESCRIPTION:{_escaped(link)}",
        f"URL:{link}",
        f"STATUS:{status}",
        f"ORGANIZER;{organiser}",
        f"ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED:mailto:{attendee}",
        "END:VEVENT",
        "END:VCALENDAR",
    ]
    return "".join(_folded(line) + "\r\n" for line in lines)


def _utc(moment: datetime) -> str:
    return moment.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")


def _escaped(text: str) -> str:
    plain = text.replace("\\", "\\\\").replace(";", "\\;").replace(",", "\\,")
    return "\\n".join(plain.splitlines())


def _quoted(text: str) -> str:
    """Yield a parameter's value: it may hold no quotation mark and no line break."""
    return " ".join(text.replace('"', "'").split())


def _folded(line: str) -> str:
    """Yield a line in pieces of 75 octets at most, none of them ending within a character."""
    pieces: list[str] = []
    piece = ""
    for character in line:
        room = LINE_OCTETS - (1 if pieces else 0)
        if len((piece + character).encode()) > room:
            pieces.append(piece)
            piece = ""
        piece += character
    return "\r\n ".join([*pieces, piece])
