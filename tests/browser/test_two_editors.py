"""Two people who change the same role at the same time, each in a browser of their own."""

import pytest
from playwright.sync_api import expect

from assay.accounts.choices import MemberKind
from tests.browser.test_every_page import CHROMIUM
from tests.browser.test_interview import browser, signed_in_context  # noqa: F401 -- a fixture
from tests.web.pool import make_role

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]


def test_second_editor_is_told_and_keeps_the_typed_text(
    transactional_db, organisation, now, browser, live_server, recruiter, make_member
):
    role = make_role(organisation, now)
    contexts = [
        signed_in_context(browser, member, live_server)
        for member in (recruiter, make_member(organisation, MemberKind.RECRUITER))
    ]
    first, second = (context.new_page() for context in contexts)
    for page, words in ((first, "Runs the models."), (second, "Builds and runs the models.")):
        page.goto(f"{live_server.url}/o/northwind/roles/{role.ref}/edit/")
        page.locator("[name=summary]").fill(words)
    save = "Save as a new version"
    first.get_by_role("button", name=save).click()
    first.wait_for_url(lambda address: not address.endswith("/edit/"))
    with second.expect_response(lambda answer: answer.request.method == "POST") as answer:
        second.get_by_role("button", name=save).click()
    assert answer.value.status == 409
    expect(second.locator("[name=summary]")).to_have_value("Builds and runs the models.")
    expect(second.locator(".errorlist.nonfield")).to_be_visible()
    saved = role.versions.order_by("number").values_list("profile__summary", flat=True)
    assert list(saved)[-1] == "Runs the models."
    second.get_by_role("button", name=save).click()
    second.wait_for_url(lambda address: not address.endswith("/edit/"))
    assert role.versions.order_by("number").last().profile["summary"] == "Builds and runs the models."
    for context in contexts:
        context.close()
