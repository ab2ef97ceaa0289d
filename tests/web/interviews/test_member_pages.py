"""Kits, invitations, interviews, scorecards and debrief as members see them."""

from datetime import UTC, datetime, timedelta

import pytest

from assay.audit.models import Event
from assay.interviews.booking import book
from assay.interviews.following import follow_up
from assay.interviews.models import Hours, Interview, Kit, Scorecard
from assay.interviews.scorecards import scorecard_for
from assay.interviews.services import invite
from tests.interviews.conftest import (  # noqa: F401 -- fixtures
    QUESTIONS,
    application,
    interview,
    interviewers,
    kit,
    make_application,
    manager,
    role,
)

START = datetime(2026, 11, 24, 9, 0, tzinfo=UTC)
AFTER = START + timedelta(hours=1)
HOME = "/o/northwind"


@pytest.fixture
def at(monkeypatch):
    def set_clock(moment):
        for module in ("times", "views"):
            monkeypatch.setattr(f"assay.web.interviewer.interviews.{module}.clock_now", lambda: moment)

    return set_clock


@pytest.fixture
def held(interview, now):
    book(interview=interview, starts_at=START, time_zone="UTC", now=now)
    follow_up(now=AFTER)
    interview.refresh_from_db()
    return interview


def rated(**extra):
    return {
        f"value-{QUESTIONS[0]}": "4",
        f"quote-{QUESTIONS[0]}": "Ten customers",
        f"value-{QUESTIONS[1]}": "none",
    } | extra


def test_manager_plans_an_interview_from_proposed_questions(role, manager, interviewers, signed_in):
    client = signed_in(manager)
    text = client.get(f"{HOME}/roles/{role.ref}/interviews/new").content.decode()
    assert text.count("checked") >= 3
    sent = {"title": "Depth", "minutes": "45", "panel_size": "1", "question": QUESTIONS}
    answer = client.post(f"{HOME}/roles/{role.ref}/interviews/new", sent)
    kit = Kit.objects.get()
    assert answer["Location"] == f"{HOME}/roles/{role.ref}/interviews/{kit.ref}/"
    client.post(f"{answer['Location']}people", {f"part-{interviewers[0].ref}": "rates"})
    assert "Ida Berg" in client.get(f"{HOME}/roles/{role.ref}/interviews/").content.decode()


def test_plan_names_what_it_lacks(role, kit, recruiter, signed_in):
    text = signed_in(recruiter).get(f"{HOME}/roles/{role.ref}/interviews/").content.decode()
    assert "One person would judge alone" in text
    assert "No interview asks about what the role must have: Python, PyTorch" in text


def test_plan_without_kits_says_what_to_do(role, recruiter, signed_in):
    text = signed_in(recruiter).get(f"{HOME}/roles/{role.ref}/interviews/").content.decode()
    assert "No interview is planned yet" in text


def test_interviewer_cannot_change_the_plan(role, kit, interviewers, signed_in):
    client = signed_in(interviewers[0])
    assert client.get(f"{HOME}/roles/{role.ref}/interviews/").status_code == 404
    assert client.post(f"{HOME}/roles/{role.ref}/interviews/{kit.ref}/version").status_code == 404


def test_kit_in_use_is_refused_with_the_way_on(role, kit, interview, recruiter, signed_in):
    client = signed_in(recruiter)
    path = f"{HOME}/roles/{role.ref}/interviews/{kit.ref}/"
    answer = client.post(f"{path}change", {"minutes": "60", "panel_size": "1", "question": QUESTIONS[:1]})
    assert answer.status_code == 409
    assert "Open a new version" in answer.content.decode()
    made = client.post(f"{path}version")["Location"]
    assert (
        client.post(f"{made}change", {"minutes": "60", "panel_size": "1", "question": QUESTIONS[:1]}).status_code == 302
    )
    kit.refresh_from_db()
    assert (len(kit.questions), kit.state) == (2, "retired")


def test_manager_invites_and_sees_the_link(role, kit, application, manager, signed_in):
    client = signed_in(manager)
    path = f"{HOME}/roles/{role.ref}/interview/{application.ref}/"
    assert "Depth" in client.get(path).content.decode()
    answer = client.post(path, {"kit": kit.ref, "days": "14"})
    assert "/i/" in client.get(answer["Location"]).content.decode()
    assert client.post(path, {"kit": "nothing", "days": "14"}).status_code == 422
    assert Event.objects.filter(kind="interview.created").count() == 1


def test_interviewer_sees_questions_but_not_the_candidates_link(held, signed_in):
    member = held.seats.get().member
    text = signed_in(member).get(f"{HOME}/interviews/{held.ref}/").content.decode()
    assert held.kit.questions[0]["ask"] in text
    assert "/i/" not in text


def test_interviewer_without_a_seat_does_not_see_the_interview(held, interviewers, signed_in):
    other = next(one for one in interviewers if one != held.seats.get().member)
    assert signed_in(other).get(f"{HOME}/interviews/{held.ref}/").status_code == 404


def test_scorecard_by_a_plain_form(held, recruiter, signed_in, at):
    at(AFTER)
    client = signed_in(held.seats.get().member)
    path = f"{HOME}/interviews/{held.ref}/scorecard"
    assert client.post(path, rated(action="save")).status_code == 302
    assert "Ten customers" in client.get(path).content.decode()
    refused = client.post(path, {f"value-{QUESTIONS[0]}": "4", "action": "hand_in"})
    assert refused.status_code == 422
    assert "what did they say or do" in refused.content.decode()
    assert client.post(path, rated(action="hand_in")).status_code == 302
    assert client.post(path, rated(action="hand_in")).status_code == 409
    page = client.get(f"{HOME}/interviews/{held.ref}/").content.decode()
    assert held.kit.questions[0]["anchors"][3] in page


def test_debrief_waits_for_scorecards_and_then_shows_words(held, role, application, recruiter, signed_in, at):
    at(AFTER)
    member = held.seats.get().member
    path = f"{HOME}/roles/{role.ref}/debrief/{application.ref}/"
    waiting = signed_in(recruiter).get(path).content.decode()
    assert f"waits for the scorecard of {member}" in waiting
    signed_in(member).post(f"{HOME}/interviews/{held.ref}/scorecard", rated(action="hand_in"))
    page = signed_in(recruiter).get(path).content.decode()
    assert "Ten customers" in page
    assert "Not asked, or not heard" in page


def test_hours_and_calendar_by_plain_forms(interviewers, signed_in, at, now):
    at(now)
    client = signed_in(interviewers[0])
    sent = {
        "time_zone": "Asia/Kathmandu",
        "most_a_week": "3",
        "notice_hours": "0",
        "starts-2-1": "10:00",
        "ends-2-1": "12:00",
    }
    assert client.post(f"{HOME}/interviews/times/", sent).status_code == 302
    assert [(one.weekday, one.starts.hour) for one in Hours.objects.filter(interviewer__member=interviewers[0])] == [
        (2, 10)
    ]
    for wrong in ({"ends-2-1": ""}, {"ends-2-1": "09:00"}, {"time_zone": "Mars"}, {"most_a_week": "-1"}):
        assert client.post(f"{HOME}/interviews/times/", sent | wrong).status_code == 422
    assert client.post(f"{HOME}/interviews/times/calendar", {"text": "no"}).status_code == 422
    text = "BEGIN:VCALENDAR\nBEGIN:VEVENT\nDTSTART:20261125T080000Z\nDTEND:20261125T090000Z\nEND:VEVENT\nEND:VCALENDAR"
    client.post(f"{HOME}/interviews/times/calendar", {"text": text})
    assert "Wednesday 25 November 2026, 13:45" in client.get(f"{HOME}/interviews/times/").content.decode()


def test_ready_and_accept_by_plain_forms(interview, interviewers, signed_in, at, now):
    from assay.interviews.booking import hold_now

    at(now)
    client = signed_in(interviewers[2])
    client.post(f"{HOME}/interviews/ready", {"is_ready": "yes"})
    hold_now(interview=interview, time_zone="UTC", now=now)
    assert "Accept" in client.get(f"{HOME}/interviews/{interview.ref}/").content.decode()
    client.post(f"{HOME}/interviews/{interview.ref}/accept")
    interview.refresh_from_db()
    assert interview.state == "booked"


def test_interviewer_may_not_cancel_or_renew(held, signed_in):
    client = signed_in(held.seats.get().member)
    for action in ("cancel", "renew", "mail"):
        assert client.post(f"{HOME}/interviews/{held.ref}/{action}").status_code == 404


@pytest.mark.parametrize("count", [1, 3])
def test_list_takes_the_same_queries_for_one_and_three(
    count, kit, make_application, recruiter, signed_in, now, django_assert_num_queries
):
    for number in range(count):
        invite(application=make_application(f"P{number}", f"p{number}@x.org"), kit=kit, member=recruiter, now=now)
    client = signed_in(recruiter)
    client.get(f"{HOME}/interviews/")
    with django_assert_num_queries(8):
        client.get(f"{HOME}/interviews/")
    assert Interview.objects.count() == count


def test_look_at_a_scorecard_is_recorded(held, signed_in, at):
    at(AFTER)
    member = held.seats.get().member
    signed_in(member).get(f"{HOME}/interviews/{held.ref}/scorecard")
    assert Event.objects.filter(kind="person.work_seen", member=member).count() == 1
    assert Scorecard.objects.filter(member=member).count() == 1
    assert scorecard_for(interview=held, member=member, now=AFTER).handed_in_at is None
