"""Moving cards in a real browser: by mouse, by keyboard, and by two people at once."""

import pytest
from playwright.sync_api import expect

from assay.accounts.choices import MemberKind
from tests.browser.test_every_page import CHROMIUM
from tests.browser.test_interview import browser, signed_in_context, walk_to  # noqa: F401 -- a fixture
from tests.interviews.conftest import application, make_application, role  # noqa: F401 -- fixtures

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]


@pytest.fixture
def opened(transactional_db, application, browser, live_server, recruiter, make_member):
    """Yield a function that opens a page of the role for one of two members, each in a browser of their own."""
    members = {"first": recruiter, "second": make_member(recruiter.organisation, MemberKind.RECRUITER, name="Sol Vik")}
    contexts = []

    def open_for(who, part=""):
        context = signed_in_context(browser, members[who], live_server, viewport={"width": 1600, "height": 900})
        contexts.append(context)
        page = context.new_page()
        org = recruiter.organisation.slug
        page.goto(f"{live_server.url}/o/{org}/roles/{application.role.ref}/board/{part}")
        return page

    yield open_for
    for context in contexts:
        context.close()


def states_of(application):
    """Yield every state that the application went to, in order."""
    return list(application.transitions.order_by("pk").values_list("to_state", flat=True))


def drag_to(page, state):
    page.locator("li.card").first.drag_to(page.locator(f".column[data-state={state}]"))


def test_card_dragged_with_the_mouse_moves(opened, application):
    page = opened("first")
    drag_to(page, "screening")
    expect(page.locator(".column[data-state=screening] li.card")).to_have_count(1)
    expect(page.get_by_text("Moved to")).to_be_visible()
    assert states_of(application) == ["screening"]


def test_card_moves_by_keyboard_alone(opened, application):
    page = opened("first")
    menu = page.locator(".card-move select")
    walk_to(page, menu)
    page.keyboard.type("Screening")
    expect(menu).to_have_value("screening")
    walk_to(page, page.locator(".card-move button"))
    page.keyboard.press("Enter")
    expect(page.locator(".column[data-state=screening] li.card")).to_have_count(1)
    assert states_of(application) == ["screening"]


def test_second_of_two_movers_is_told_and_loses_nothing(opened, application):
    second, on_board = opened("second", f"{application.ref}/"), opened("second")
    first = opened("first")
    drag_to(first, "screening")
    expect(first.get_by_text("Moved to")).to_be_visible()
    second.locator("#to").select_option("withdrawn")
    second.locator("#move-note").fill("She called and took another offer.")
    second.locator("#move").get_by_role("button", name="Move").click()
    expect(second.locator("#move [role=alert]")).to_be_visible()
    expect(second.locator("#move-note")).to_have_value("She called and took another offer.")
    expect(second.locator("#to")).to_have_value("withdrawn")
    with on_board.expect_response(lambda answer: answer.request.method == "POST") as answer:
        drag_to(on_board, "withdrawn")
    assert answer.value.status == 409
    assert states_of(application) == ["screening"]
    # Having been told, the second may still move: the page now holds what the first did.
    second.locator("#move").get_by_role("button", name="Move").click()
    expect(second.get_by_text("Moved to Withdrawn")).to_be_visible()
    assert states_of(application) == ["screening", "withdrawn"]
