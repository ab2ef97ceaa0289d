"""A candidate's way through a knowledge test in a real browser: by keyboard, on a phone, without scripts or network."""

from datetime import timedelta

import pytest
from django.urls import reverse
from playwright.sync_api import expect

from assay.core.clock import now as clock_now
from assay.itembank.model import Kind, NumberKey, Option, OrderKey, Variant
from assay.knowledge.links import token_of
from assay.knowledge.models import Asked, Taking
from tests.browser.test_sitting import browser, pytestmark, seen  # noqa: F401 -- a fixture among them
from tests.knowledge.conftest import (  # noqa: F401 -- fixtures
    application,
    choice_question,
    knowledge_test,
    number_question,
    role,
    taking,
    with_variant,
)


@pytest.fixture
def link(transactional_db, taking):
    """The path of an invitation that can be begun now."""
    Taking.objects.update(begin_by=clock_now() + timedelta(days=3))
    return reverse("taking:start", args=[token_of(taking)])


def begin(page, site, link):
    page.goto(site + link)
    page.get_by_role("button", name="I have read this").click()
    expect(page.locator("#question")).to_be_visible()


def shown_as(page, change, **given):
    """Show the open question as if another had been drawn."""
    asked = Asked.objects.get(answered_at=None)
    change(asked, **given)
    page.reload()
    return asked


def order_question(asked):
    texts = {"a": "Split by patient", "b": "Fit the scaler on the training part", "c": "Score the held-out part"}
    return with_variant(asked, Variant(
        family=asked.family, seed=1, kind=Kind.ORDER, stem="Put the steps of one fold in order.",
        options=tuple(Option(id=one, text=texts[one]) for one in "cab"), key=OrderKey(ids=("a", "b", "c")),
        explanation="",
    ))  # fmt: skip


CODE = """What does this print?

```python
values = [3, 1, 2]
print(sorted(values, reverse=True)[0] * len(values) + sum(value for value in values if value > 1) - 5)
```

A number, please."""


def code_question(asked):
    return with_variant(
        asked,
        Variant(
            family=asked.family, seed=1, kind=Kind.READING, stem=CODE, key=NumberKey(value=9.0), explanation="",
        ),
    )  # fmt: skip


def test_whole_test_by_keyboard_alone_in_both_themes_and_on_a_phone(live_server, link, browser):
    page = browser.new_page()
    console = []
    page.on("console", lambda message: console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: console.append(str(error)))
    page.goto(live_server.url + link)
    seen(page, "test-rules")
    begin(page, live_server.url, link)
    expect(page.locator("#clock")).to_contain_text(":")
    shown_as(page, choice_question)
    seen(page, "test-choice")
    page.keyboard.press("2")
    expect(page.get_by_role("radio").nth(1)).to_be_checked()
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2")
    shown_as(page, order_question)
    for place, number in enumerate((3, 1, 2)):
        page.locator("select").nth(place).select_option(str(number))
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 3")
    shown_as(page, code_question)
    page.locator("#typed").focus()
    page.keyboard.type("nine")
    page.keyboard.press("Enter")
    expect(page.locator("#fault")).not_to_be_empty()
    seen(page, "test-fault")
    page.locator("#typed").fill("9")
    page.keyboard.press("Enter")
    for number in (4, 5, 6):
        expect(page.get_by_role("heading", level=1)).to_contain_text(f"Question {number}")
        page.get_by_role("button", name="I do not know").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    seen(page, "test-result")
    assert [one.category for one in Asked.objects.all()] == [0, 1, 1, 0, 0, 0]
    # the one fault that was shown on purpose is an answer with the status 422
    assert [text for text in console if "422" not in text] == []


def test_answer_outlasts_a_lost_network(live_server, link, browser):
    context = browser.new_context()
    page = context.new_page()
    begin(page, live_server.url, link)
    asked = shown_as(page, number_question)
    page.locator("#typed").fill("0,5")
    context.set_offline(True)
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("#sending")).to_contain_text("No connection")
    context.set_offline(False)
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2", timeout=10_000)
    asked.refresh_from_db()
    assert asked.category == 1


def test_break_and_back_from_another_device(live_server, link, browser):
    page = browser.new_context().new_page()
    begin(page, live_server.url, link)
    shown_as(page, number_question)
    page.locator("#typed").fill("1/2")
    page.get_by_role("button", name="Answer, then a break").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("You are taking a break")
    other = browser.new_context(viewport={"width": 360, "height": 780}).new_page()
    other.goto(live_server.url + link)
    other.get_by_role("button", name="Go on").click()
    expect(other.get_by_role("heading", level=1)).to_contain_text("Question 2")


def test_test_works_without_scripts(live_server, link, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    begin(page, live_server.url, link)
    shown_as(page, choice_question)
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.locator("#fault")).to_contain_text("Choose an answer")
    page.get_by_role("radio").first.check()
    page.get_by_role("button", name="Answer", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Question 2")
    assert [one.category for one in Asked.objects.all()] == [1, None]


def test_time_that_runs_out_ends_the_test_on_the_page(live_server, link, browser):
    page = browser.new_page()
    begin(page, live_server.url, link)
    Taking.objects.update(ends_at=clock_now() - timedelta(minutes=1))
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("Thank you")
    expect(page.locator(".sub")).to_contain_text("the time was over")
