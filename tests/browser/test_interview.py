"""Booking and rating with the keyboard alone, in a real browser, and every page of it in both themes."""

import os
from datetime import time, timedelta

import pytest
from django.conf import settings
from django.test import Client
from playwright.sync_api import expect, sync_playwright

from assay.core.clock import now as clock_now
from assay.interviews.availability import Given, set_hours, set_ready
from assay.interviews.following import follow_up
from assay.interviews.links import token_of
from assay.interviews.models import Interview, Seat
from assay.interviews.services import create_kit, invite, set_interviewers
from tests.browser.test_every_page import CHROMIUM, FLAGS, SCHEMES, SIZES, _faults
from tests.interviews.conftest import QUESTIONS, application, make_application, role  # noqa: F401 -- fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]
SHOTS = os.environ.get("ASSAY_SHOTS")
"""A folder for pictures of every step, for looking at them."""


@pytest.fixture
def invited(transactional_db, role, application, recruiter):
    """An interview that can be booked with the recruiter, on any day."""
    moment = clock_now()
    hours = [Given(day, time(8), time(11)) for day in range(7)]
    set_hours(member=recruiter, time_zone="UTC", hours=hours, most_a_week=40, notice_hours=0)
    kit = create_kit(
        role=role, title="Depth", minutes=45, panel_size=1, questions=QUESTIONS, member=recruiter, now=moment
    )
    set_interviewers(kit=kit, raters=[recruiter], trainees=[], member=recruiter, now=moment)
    return invite(application=application, kit=kit, member=recruiter, now=moment)


@pytest.fixture
def browser(monkeypatch):
    # The driver keeps a loop in this thread, in which Django would refuse to ask the database.
    monkeypatch.setenv("DJANGO_ALLOW_ASYNC_UNSAFE", "true")
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        yield launched
        launched.close()


def seen(page, name):
    """Check a page in both themes, wide and narrow; keep its picture where somebody asked for it."""
    before = page.viewport_size
    found = []
    for size, width, height in SIZES:
        for scheme in SCHEMES:
            page.set_viewport_size({"width": width, "height": height})
            page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
            found += [f"{name} {size} {scheme}: {fault}" for fault in _faults(page, width)]
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{size}-{scheme}.png", full_page=True)
    page.set_viewport_size(before)
    assert found == []


def walk_to(page, locator, *, steps=120):
    """Press Tab until the focus is on something; what cannot be reached so fails."""
    handle = locator.element_handle()
    for _ in range(steps):
        page.keyboard.press("Tab")
        if handle.evaluate("element => element === document.activeElement"):
            return
    pytest.fail("The keyboard does not get there.")


def signed_in_context(browser, member, live_server, **options):
    client = Client()
    client.force_login(member.user, backend="allauth.account.auth_backends.AuthenticationBackend")
    context = browser.new_context(**options)
    cookie = client.cookies[settings.SESSION_COOKIE_NAME].value
    context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": cookie, "url": live_server.url}])
    return context


def test_candidate_books_and_moves_with_the_keyboard(invited, browser, live_server, recruiter):
    set_ready(member=recruiter, is_ready=True, now=clock_now())
    context = browser.new_context(timezone_id="Asia/Tokyo")
    page = context.new_page()
    page.goto(f"{live_server.url}/i/{token_of(invited)}/")
    expect(page.locator("#zone")).to_have_value("Asia/Tokyo")  # taken from the candidate's own clock
    seen(page, "choose")
    walk_to(page, page.locator("button[name=starts_at]").first)
    page.keyboard.press("Enter")
    expect(page.locator("h1")).to_contain_text("(Asia/Tokyo)")
    seen(page, "booked")
    invited.refresh_from_db()
    first = invited.starts_at
    walk_to(page, page.get_by_role("link", name="Choose another time"))
    page.keyboard.press("Enter")
    page.wait_for_url("**move**")
    walk_to(page, page.locator("button[name=starts_at]").nth(3))
    page.keyboard.press("Enter")
    expect(page.locator("#standing h2")).to_have_text("Booked")
    expect(page.get_by_role("link", name="Choose another time")).to_be_visible()
    invited.refresh_from_db()
    assert (invited.state, invited.starts_at > first, invited.time_zone) == ("booked", True, "Asia/Tokyo")
    context.close()


def test_interviewer_rates_with_the_keyboard(invited, browser, live_server, recruiter):
    start = clock_now() - timedelta(hours=1)
    Seat.objects.create(interview=invited, member=recruiter, starts_at=start, ends_at=start + timedelta(minutes=45))
    Interview.objects.filter(pk=invited.pk).update(
        state="booked", starts_at=start, ends_at=start + timedelta(minutes=45)
    )
    follow_up(now=clock_now())
    context = signed_in_context(browser, recruiter, live_server)
    page = context.new_page()
    page.goto(f"{live_server.url}/o/northwind/interviews/{invited.ref}/scorecard")
    for question, steps in zip(QUESTIONS, (3, 1), strict=True):
        walk_to(page, page.locator(f"input[name=value-{question}]").first)
        page.keyboard.press("Space")
        for _ in range(steps):
            page.keyboard.press("ArrowDown")
        walk_to(page, page.locator(f"[name=quote-{question}]"))
        page.keyboard.type("Drew ten customers on paper")
    walk_to(page, page.locator("button[value=hand_in]"))
    page.keyboard.press("Enter")
    expect(page.locator(".notice")).to_contain_text("Handed in")
    seen(page, "interview")
    page.goto(f"{live_server.url}/o/northwind/interviews/{invited.ref}/scorecard")
    seen(page, "scorecard")
    page.goto(f"{live_server.url}/o/northwind/roles/{invited.kit.role.ref}/debrief/{invited.application.ref}/")
    seen(page, "debrief")
    card = invited.scorecards.get()
    assert [rating.value for rating in card.ratings.order_by("pk")] == [4, 2]
    assert card.recorded_at is not None
    context.close()
