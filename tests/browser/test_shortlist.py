"""The shortlist in a real browser: by keyboard alone, narrowed, blind, kept and opened again."""

import pytest
from django.db import transaction
from playwright.sync_api import expect

from tests.browser.test_every_page import CHROMIUM
from tests.browser.test_interview import browser, seen, signed_in_context, walk_to  # noqa: F401 -- a fixture
from tests.web.pool import frank, make_role, strong, weak

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]
NAMES = ("Amara", "Okafor", "Rafael", "Souza", "Mei Tan")


@pytest.fixture
def role(transactional_db, organisation, now):
    with transaction.atomic():
        made = make_role(organisation, now)
        weak(now, made)
        frank(now, made)
        for name in ("Amara Okafor", "Ola Berg", "Ida Lund"):
            strong(now, made, name=name)
    return made


@pytest.fixture
def page(role, browser, live_server, recruiter):
    context = signed_in_context(browser, recruiter, live_server)
    opened = context.new_page()
    opened.goto(f"{live_server.url}/o/northwind/roles/{role.ref}/shortlist/")
    yield opened
    context.close()


def test_four_are_compared_by_keyboard_alone(page):
    for _ in range(4):
        page.keyboard.press("j")
        page.keyboard.press("x")
    expect(page.locator("#picked")).to_have_text("4 of up to 4 selected.")
    page.keyboard.press("j")
    page.keyboard.press("x")
    expect(page.locator(".pick input:checked")).to_have_count(4)
    page.keyboard.press("?")
    expect(page.locator("#keys")).to_be_visible()
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.wait_for_url("**/compare/**")
    assert page.url.count("person=") == 4
    seen(page, "compare")


def test_reason_opens_its_words_and_gives_the_focus_back(page):
    opener = page.locator("[hx-target='#words']").first
    walk_to(page, opener)
    page.keyboard.press("Enter")
    expect(page.locator("#words [data-close]")).to_be_focused()
    page.keyboard.press("Enter")
    expect(page.locator("#words")).to_be_empty()
    expect(opener).to_be_focused()


def test_filter_narrows_and_clears(page):
    walk_to(page, page.locator("#f-q"))
    page.keyboard.type("amara")
    page.keyboard.press("Enter")
    expect(page.locator(".person")).to_have_count(1)
    page.get_by_role("link", name="Clear").click()
    expect(page.locator(".person")).to_have_count(5)


def test_blind_leaves_no_name_in_page_title_or_exports(page, live_server):
    page.get_by_role("button", name="Blind").click()
    expect(page.get_by_role("button", name="Show names")).to_be_visible()
    assert told_by(page) == []
    exports = page.locator("a[href*='/export/']").evaluate_all("links => links.map(link => link.href)")
    assert len(exports) == 3
    for address in exports:
        text = page.request.get(address).text()
        assert [name for name in NAMES if name in text] == []
    page.locator(".person .who h3 a").first.click()
    page.wait_for_url("**/people/**")
    assert told_by(page) == []
    page.go_back()
    page.get_by_role("button", name="Show names").click()
    expect(page.get_by_text("Amara Okafor").first).to_be_visible()


def told_by(page):
    """Yield the names that the page still says, in its markup, its title or its address."""
    said = page.content() + page.title() + page.url
    return [name for name in NAMES if name in said]


def test_snapshot_is_kept_and_opened_again(page):
    page.get_by_text("Keep a snapshot").click()
    page.locator("#snapshot-name").fill("Before the interviews")
    page.get_by_role("button", name="Keep", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Before the interviews")
    expect(page.get_by_text("Made with version 1 of the role")).to_be_visible()
    page.get_by_role("link", name="The list today").click()
    page.get_by_text("Keep a snapshot").click()
    page.get_by_role("link", name="Before the interviews").click()
    expect(page.locator(".person")).to_have_count(5)
