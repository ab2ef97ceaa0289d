"""Busy times out of pasted calendars, and entries written for others' calendars."""

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.core.errors import InvalidError
from assay.interviews.availability import set_calendar
from assay.interviews.calendars import busy_times
from assay.interviews.invites import Entry, cancel_entry, request_entry
from assay.interviews.models import Busy
from assay.interviews.slots import Span
from assay.messages.services import _message_of, queue_mail

BERLIN = ZoneInfo("Europe/Berlin")
START = datetime(2026, 10, 19, tzinfo=UTC)
WITHIN = Span(START, START + timedelta(days=21))


def calendar(*lines):
    return "\r\n".join(["BEGIN:VCALENDAR", "BEGIN:VEVENT", *lines, "END:VEVENT", "END:VCALENDAR"])


def busy(*lines):
    return busy_times(text=calendar(*lines), zone=BERLIN, within=WITHIN)


def starts(*lines):
    return [f"{span.start:%d %H:%M}" for span in busy(*lines).spans]


def test_event_in_utc():
    (span,) = busy("DTSTART:20261020T080000Z", "DTEND:20261020T093000Z").spans
    assert (span.start.hour, span.end - span.start) == (8, timedelta(minutes=90))


def test_event_in_a_named_zone_and_one_without():
    assert starts("DTSTART;TZID=America/New_York:20261020T100000", "DURATION:PT1H") == ["20 14:00"]
    assert starts("DTSTART:20261020T100000", "DURATION:PT30M") == ["20 08:00"]


def test_weekly_event_keeps_its_local_hour_over_the_clock_change():
    found = starts("DTSTART;TZID=Europe/Berlin:20261005T090000", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=MO,WE")
    assert found == ["19 07:00", "21 07:00", "26 08:00", "28 08:00", "02 08:00", "04 08:00"]


@pytest.mark.parametrize(
    ("rule", "count"),
    [
        ("FREQ=DAILY;COUNT=3", 3),
        ("FREQ=DAILY;INTERVAL=7", 3),
        ("FREQ=DAILY;UNTIL=20261022T235959Z", 3),
        ("FREQ=DAILY;UNTIL=20261022", 3),
        ("FREQ=WEEKLY;INTERVAL=2", 2),
        ("FREQ=DAILY;BYDAY=SA", 3),
    ],
)
def test_repetition(rule, count):
    assert len(starts("DTSTART:20261020T080000Z", "DTEND:20261020T090000Z", f"RRULE:{rule}")) == count


def test_date_that_was_left_out_of_a_repetition():
    found = starts(
        "DTSTART;TZID=Europe/Berlin:20261020T090000", "DURATION:PT1H", "RRULE:FREQ=DAILY;COUNT=3",
        "EXDATE;TZID=Europe/Berlin:20261021T090000",
    )  # fmt: skip
    assert found == ["20 07:00", "22 07:00"]


def test_whole_day_is_the_owners_day():
    (span,) = busy("DTSTART;VALUE=DATE:20261020", "DTEND;VALUE=DATE:20261022").spans
    assert (span.start, span.end - span.start) == (datetime(2026, 10, 19, 22, tzinfo=UTC), timedelta(days=2))


@pytest.mark.parametrize("line", ["TRANSP:TRANSPARENT", "STATUS:CANCELLED"])
def test_free_and_cancelled_events_do_not_count(line):
    assert busy("DTSTART:20261020T080000Z", "DTEND:20261020T090000Z", line).spans == ()


@pytest.mark.parametrize(
    "lines",
    [
        ("DTSTART:20261020T080000Z", "DURATION:PT1H", "RRULE:FREQ=MONTHLY;BYDAY=2MO"),
        ("DTSTART:20261020T080000Z", "DURATION:PT1H", "RRULE:FREQ=WEEKLY;BYDAY=2MO"),
        ("DTSTART;TZID=My Own Time:20261020T080000", "DURATION:PT1H"),
        ("DTSTART:20261099T080000Z",),
        ("SUMMARY:No time at all",),
    ],
)
def test_what_is_not_understood_is_counted_not_guessed(lines):
    found = busy(*lines)
    assert (found.spans, found.unread) == ((), 1)


def test_alarm_inside_an_event_does_not_change_its_length():
    (span,) = busy(
        "DTSTART:20261020T080000Z", "DTEND:20261020T090000Z", "BEGIN:VALARM", "DURATION:PT5H", "END:VALARM"
    ).spans
    assert span.end - span.start == timedelta(hours=1)


def test_folded_lines_are_joined():
    text = calendar("DTSTART:20261020T0800", " 00Z", "DTEND:20261020T090000Z")
    assert len(busy_times(text=text, zone=BERLIN, within=WITHIN).spans) == 1


@pytest.mark.parametrize("text", ["", "hello", "BEGIN:VEVENT", "x" * 5_000_001])
def test_what_is_no_calendar_is_refused(text):
    with pytest.raises(InvalidError):
        busy_times(text=text, zone=BERLIN, within=WITHIN)


@given(st.text(alphabet=st.sampled_from('BEGIND:VTSAR;=20261T0Z\r\n,"ULFQWKYCO'), max_size=200))
def test_any_text_inside_a_calendar_is_survived(text):
    found = busy_times(text=calendar(*text.split("\n")), zone=BERLIN, within=WITHIN)
    assert all(span.start < span.end for span in found.spans)


def test_only_times_of_a_calendar_are_kept(recruiter, now):
    text = calendar("SUMMARY:Doctor", "DTSTART:20261124T080000Z", "DTEND:20261124T090000Z")
    set_calendar(member=recruiter, text=text, now=now)
    set_calendar(member=recruiter, text=text, now=now)
    assert {field.name for field in Busy._meta.get_fields()} == {"id", "interviewer", "starts_at", "ends_at"}
    assert Busy.objects.count() == 1


TITLE = "Depth; a, b \\ c — größer als man denkt, viel größer"
ENTRY = Entry("u@x", 3, START, START + timedelta(hours=1), TITLE, 'A "B"', "a@x.org")


def test_entry_is_folded_and_escaped():
    text = request_entry(entry=ENTRY, attendee="c@y.org", link="https://x.example/i/1/", now=START)
    assert max(len(line.encode()) for line in text.split("\r\n")) <= 75
    whole = text.replace("\r\n ", "")
    assert "SUMMARY:Depth\\; a\\, b \\\\ c — größer als man denkt\\, viel größer\r\n" in whole
    assert "ORGANIZER;CN=\"A 'B'\":mailto:a@x.org\r\n" in whole


def test_cancelled_entry_names_the_same_event():
    text = cancel_entry(entry=ENTRY, attendee="c@y.org", link="https://x.example/", now=START)
    lines = text.split("\r\n")
    assert [line for line in lines if line.split(":")[0] in {"METHOD", "UID", "SEQUENCE", "STATUS"}] == [
        "METHOD:CANCEL",
        "UID:u@x",
        "SEQUENCE:3",
        "STATUS:CANCELLED",
    ]


def test_line_break_in_a_title_adds_no_property():
    entry = ENTRY._replace(title="Depth\r\nATTENDEE:mailto:evil@x.org", organiser='X"\r\nATTENDEE:mailto:evil@x.org')
    text = request_entry(entry=entry, attendee="c@y.org", link="https://x.example/", now=START)
    assert [line for line in text.split("\r\n") if line.startswith("ATTENDEE:")] == []


def test_own_entry_is_read_back_as_busy():
    text = request_entry(entry=ENTRY, attendee="c@y.org", link="https://x.example/", now=START)
    assert busy_times(text=text, zone=BERLIN, within=WITHIN).spans == (Span(ENTRY.start, ENTRY.end),)


@pytest.mark.parametrize(("write", "method"), [(request_entry, "REQUEST"), (cancel_entry, "CANCEL")])
def test_mail_carries_the_entry_as_a_part_of_its_own(organisation, now, write, method):
    entry = write(entry=ENTRY, attendee="c@y.org", link="https://x.example/", now=START)
    mail = queue_mail(
        organisation=organisation, to="c@y.org", template="interview_reminder", context={}, now=now, calendar=entry
    )
    parts = list(_message_of(mail).message().walk())
    assert [part.get_content_type() for part in parts] == [
        "multipart/alternative", "text/plain", "text/html", "text/calendar",
    ]  # fmt: skip
    assert parts[3].get_param("method") == method
    assert parts[3].get_payload(decode=True).decode().replace("\r\n", "\n") == entry.replace("\r\n", "\n")
