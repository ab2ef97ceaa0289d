"""Arithmetic on time: local clocks, clock changes, what is left when busy times are out."""

from datetime import UTC, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assay.interviews.slots import (
    Span,
    Times,
    Weekly,
    common_starts,
    free_spans,
    merged,
    starts_in,
    weekly_spans,
    without,
)

BERLIN = ZoneInfo("Europe/Berlin")
MORNINGS = tuple(Weekly(day, time(9), time(12)) for day in range(7))


def at(text):
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def day_span(text, days=1):
    return Span(at(text), at(text) + timedelta(days=days))


def test_nine_stays_nine_when_the_clocks_go_back():
    spans = weekly_spans(hours=MORNINGS, zone=BERLIN, within=day_span("2026-10-24", 3))
    assert [span.start for span in spans] == [at("2026-10-24T07:00"), at("2026-10-25T08:00"), at("2026-10-26T08:00")]
    assert {span.start.astimezone(BERLIN).hour for span in spans} == {9}


def test_nine_stays_nine_when_the_clocks_go_forward():
    spans = weekly_spans(hours=MORNINGS, zone=BERLIN, within=day_span("2027-03-27", 2))
    assert [span.start for span in spans] == [at("2027-03-27T08:00"), at("2027-03-28T07:00")]


def test_night_with_the_hour_that_comes_twice_is_an_hour_longer():
    nights = (Weekly(6, time(1), time(5)),)
    (span,) = weekly_spans(hours=nights, zone=BERLIN, within=day_span("2026-10-24", 3))
    assert span.end - span.start == timedelta(hours=5)


def test_monday_in_auckland_begins_on_sunday():
    (span,) = weekly_spans(
        hours=[Weekly(0, time(8), time(9))], zone=ZoneInfo("Pacific/Auckland"), within=day_span("2026-11-22", 2)
    )
    assert span == Span(at("2026-11-22T19:00"), at("2026-11-22T20:00"))


def test_busy_times_cut_and_touching_ones_join():
    free = without([day_span("2026-11-23")], busy=[
        Span(at("2026-11-23T10:00"), at("2026-11-23T11:00")), Span(at("2026-11-23T11:00"), at("2026-11-23T12:00")),
    ])  # fmt: skip
    assert free == [
        Span(at("2026-11-23T00:00"), at("2026-11-23T10:00")), Span(at("2026-11-23T12:00"), at("2026-11-24T00:00")),
    ]  # fmt: skip


def test_notice_moves_the_beginning():
    times = Times(1, BERLIN, MORNINGS, (), timedelta(hours=2))
    spans = free_spans(times=times, within=day_span("2026-11-23"), now=at("2026-11-23T07:15"))
    assert spans == [Span(at("2026-11-23T09:15"), at("2026-11-23T11:00"))]


@pytest.mark.parametrize(
    ("start", "end", "found"),
    [
        ("09:00", "10:00", ["09:00"]),
        ("09:05", "10:30", ["09:30"]),
        ("09:00", "09:59", []),
        ("09:00", "10:30", ["09:00", "09:30"]),
    ],
)
def test_starts_lie_on_the_half_hour_and_fit(start, end, found):
    span = Span(at(f"2026-11-23T{start}"), at(f"2026-11-23T{end}"))
    starts = starts_in(span, length=timedelta(hours=1))
    assert [f"{one:%H:%M}" for one in starts] == found


def test_panel_meets_when_enough_are_free():
    morning = Span(at("2026-11-23T09:00"), at("2026-11-23T10:30"))
    later = Span(at("2026-11-23T09:30"), at("2026-11-23T11:00"))
    both = common_starts({1: [morning], 2: [later]}, length=timedelta(hours=1), needed=2)
    assert both == {at("2026-11-23T09:30"): (1, 2)}


MIDNIGHT = datetime(2026, 11, 23, tzinfo=UTC)


def span_from(start_min, length_min):
    start = MIDNIGHT + timedelta(minutes=start_min)
    return Span(start, start + timedelta(minutes=length_min))


spans = st.builds(span_from, st.integers(0, 2000), st.integers(1, 300))


@given(st.lists(spans, max_size=8), st.lists(spans, max_size=8))
def test_what_is_left_is_exactly_what_is_not_taken(free, busy):
    left = without(merged(free), busy=busy)

    def covered(moment, among):
        return any(span.start <= moment < span.end for span in among)

    for minute in range(0, 2300, 7):
        moment = at("2026-11-23") + timedelta(minutes=minute)
        assert covered(moment, left) == (covered(moment, free) and not covered(moment, busy))
