"""The candidate's page behind the link: times in their own zone, booking, moving, cancelling, and wrong things."""

from datetime import UTC, datetime, timedelta

import pytest

from assay.interviews.availability import set_ready
from assay.interviews.choices import InterviewState
from assay.interviews.links import token_of
from assay.interviews.models import Interview
from assay.interviews.services import renew_link
from assay.interviews.slots import Span
from tests.interviews.conftest import (  # noqa: F401 -- fixtures
    application,
    interview,
    interviewers,
    kit,
    make_application,
    role,
)

MONDAY_NIGHT = datetime(2026, 11, 22, 21, 0, tzinfo=UTC)


@pytest.fixture(autouse=True)
def clock(monkeypatch, now):
    monkeypatch.setattr("assay.web.candidate.interviews.views.clock_now", lambda: now)


@pytest.fixture
def page(interview):
    return f"/i/{token_of(interview)}/"


def test_page_shows_times_in_the_candidates_zone(page, client):
    text = client.get(page, {"zone": "Asia/Tokyo"}).content.decode()
    assert 'value="Asia/Tokyo" selected' in text
    # Nine o'clock on Tuesday in Berlin is five in the afternoon in Tokyo.
    assert 'value="2026-11-24T17:00:00+09:00"' in text
    assert "17:00" in text


def test_page_shows_what_is_asked_about_but_no_question_and_no_anchor(page, interview, client):
    text = client.get(page).content.decode()
    assert "Communication" in text
    for question in interview.kit.questions:
        assert question["ask"][:40] not in text
        assert question["anchors"][4][:30] not in text


def test_booking_and_moving_and_cancelling_by_plain_forms(page, interview, client):
    first = {"starts_at": "2026-11-24T09:00:00+01:00", "zone": "Europe/Berlin"}
    assert client.post(f"{page}book", first).status_code == 303
    text = client.get(page).content.decode()
    assert "Tuesday 24 November 2026, 09:00–09:45 (Europe/Berlin)" in text
    assert "Ida Berg" in text
    second = {"starts_at": "2026-11-24T10:00:00+01:00", "zone": "Europe/Berlin"}
    assert "10:00" in client.get(f"{page}?move&zone=Europe/Berlin").content.decode()
    client.post(f"{page}book", second)
    interview.refresh_from_db()
    assert (interview.state, interview.starts_at.hour, interview.sequence) == ("booked", 9, 2)
    client.post(f"{page}cancel")
    interview.refresh_from_db()
    assert interview.state == InterviewState.CANCELLED
    assert "called off" in client.get(page).content.decode()


def test_time_that_somebody_took_is_said_with_what_is_left(page, interview, client):
    answer = client.post(f"{page}book", {"starts_at": "2026-11-24T03:00:00+01:00", "zone": "Europe/Berlin"})
    assert answer.status_code == 409
    assert "just taken" in answer.content.decode()
    assert "starts_at" in answer.content.decode()


@pytest.mark.parametrize(
    "sent", [{}, {"starts_at": "soon"}, {"starts_at": "2026-11-24T09:00:00+01:00", "zone": "Nowhere/City"}]
)
def test_nonsense_books_nothing(page, interview, client, sent):
    assert client.post(f"{page}book", sent).status_code == 422
    assert Interview.objects.get(pk=interview.pk).state == InterviewState.INVITED


@pytest.mark.parametrize("token", ["x", "x.y", "{ref}", "{ref}.", "{ref}.wrong", "{ref}.{signature}x"])
def test_wrong_link_opens_nothing(interview, client, token):
    ref, _, signature = token_of(interview).partition(".")
    assert client.get(f"/i/{token.format(ref=ref, signature=signature)}/").status_code == 404


def test_renewed_link_makes_the_old_one_worthless(interview, recruiter, client, now):
    old = token_of(interview)
    new = renew_link(interview=interview, member=recruiter, now=now)
    assert [client.get(f"/i/{token}/").status_code for token in (old, new)] == [404, 200]


def test_page_is_kept_by_no_cache(page, client):
    assert client.get(page)["Cache-Control"] == "private, no-store"


def test_now_is_offered_only_when_somebody_is_ready(page, interview, interviewers, client, now):
    assert "Talk now" not in client.get(page).content.decode()
    set_ready(member=interviewers[0], is_ready=True, now=now)
    assert "Talk now" in client.get(page).content.decode()
    client.post(f"{page}now", {"zone": "UTC"})
    assert "90 seconds" in client.get(page).content.decode()
    interview.refresh_from_db()
    assert interview.state == InterviewState.HELD


def test_now_when_nobody_is_ready_any_more_shows_times(page, client):
    answer = client.post(f"{page}now", {"zone": "UTC"})
    assert answer.status_code == 409
    assert "Choose a time instead" in answer.content.decode()


def test_entry_as_a_file_after_booking_only(page, interview, client):
    assert client.get(f"{page}interview.ics").status_code == 409
    client.post(f"{page}book", {"starts_at": "2026-11-24T09:00:00+01:00", "zone": "Europe/Berlin"})
    answer = client.get(f"{page}interview.ics")
    assert answer["Content-Type"] == "text/calendar; charset=utf-8"
    assert f"UID:interview-{interview.ref}@" in answer.content.decode()


def test_hour_that_comes_twice_is_told_apart(interview, interviewers, monkeypatch):
    from assay.interviews.times import Slot
    from assay.web.candidate.interviews import present

    begin = datetime(2026, 10, 25, 0, 0, tzinfo=UTC)
    span = Span(begin, begin + timedelta(hours=2))
    slots = [Slot(span.start + timedelta(hours=h), span.end, (1,)) for h in range(2)]
    monkeypatch.setattr(present, "slots_of", lambda **_: slots)
    found = present.page_of(interview=interview, zone="Europe/Berlin", now=MONDAY_NIGHT)
    assert [time.clock for time in found.days[0].times] == ["02:00 CEST", "02:00 CET"]
