"""A new role in a real browser: from a pasted ad over review, edit and lint to its shortlist, and from a template."""

from concurrent.futures import ThreadPoolExecutor

import pytest
from playwright.sync_api import expect

from assay.reading.limits import close_pools
from assay.roles.models import Role
from tests.browser.test_every_page import CHROMIUM
from tests.browser.test_interview import signed_in_context

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]
AD = """Senior machine learning engineer

We forecast demand for 300 depots.

Your tasks
- Build and run our forecasting models in production.

Requirements
- Strong Python
- 25 years of experience with PyTorch
- Good knowledge of SQL

Berlin or remote within Germany.
"""
RESUME = """Amara Okafor
amara@mail.example · Berlin

Experience
ML engineer, Kornfeld GmbH
2021 – today
- Built and ran the forecast service in Python with PyTorch, SQL on Postgres.
"""


@pytest.fixture
def page(transactional_db, chromium, live_server, recruiter):
    context = signed_in_context(chromium, recruiter, live_server)
    opened = context.new_page()
    opened.goto(f"{live_server.url}/o/northwind/roles/")
    yield opened
    context.close()


def demand(page, name):
    return page.locator("li.demand").filter(has=page.get_by_role("heading", name=name))


def test_pasted_ad_is_reviewed_edited_checked_and_fills_a_shortlist(page, tmp_path, run_jobs):
    page.get_by_role("link", name="New role").first.click()
    page.get_by_label("The job ad").fill(AD)
    page.get_by_role("button", name="Read the ad").click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("machine learning engineer")
    expect(demand(page, "Python").locator("q")).to_contain_text("Strong Python")
    lint = page.locator("aside[aria-labelledby=lint] summary")
    expect(lint.filter(has_text="PyTorch")).to_have_count(1)
    expect(lint.filter(has_text="pay")).to_have_count(1)
    edit(page)
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    expect(lint.filter(has_text="pay")).to_have_count(0)
    expect(demand(page, "Python").get_by_role("img", name="level 5 of 5: expert")).to_be_visible()
    expect(demand(page, "Communication").get_by_text("Not in the ad: added by a person.")).to_be_visible()
    apply_for(page, tmp_path, run_jobs)
    expect(page.locator(".person")).to_have_count(1)
    expect(page.locator(".person").get_by_text("Python").first).to_be_visible()
    page.get_by_role("link", name="Versions").click()
    expect(page.get_by_text("Pay was missing.")).to_be_visible()


def edit(page):
    """Raise a level, add a competency and the pay, and say why."""
    page.get_by_role("link", name="Edit", exact=True).click()
    rows = page.locator(".demand-row")
    python = rows.filter(has=page.locator("select option:checked", has_text="Python"))
    python.get_by_label("Level").select_option(label="expert")
    before = rows.count()
    page.get_by_role("button", name="Add a competency").click()
    expect(rows).to_have_count(before + 1)
    expect(rows.last.get_by_label("Competency")).to_be_focused()
    rows.last.get_by_label("Competency").select_option(value="communication")
    page.get_by_label("Pay from").fill("70000")
    page.locator("#id_pay_high").fill("90000")
    page.get_by_label("Currency").fill("EUR")
    page.get_by_label("What changed, and why").fill("Pay was missing.")
    page.get_by_role("button", name="Save as a new version").click()


def apply_for(page, folder, run_jobs):
    """Go from the empty shortlist to the import, send a file, have it read, and come back."""
    page.get_by_role("link", name="Shortlist").click()
    expect(page.get_by_role("heading", name="Nobody has applied yet")).to_be_visible()
    page.locator("section.empty a").first.click()
    (folder / "cv.txt").write_text(RESUME, encoding="utf-8")
    page.locator("#files").set_input_files(folder / "cv.txt")
    expect(page.get_by_label("For a role")).to_have_value(Role.objects.get().ref)
    page.get_by_role("button", name="Import", exact=True).click()
    page.wait_for_url(lambda address: "role=" not in address)
    # The browser's driver has a loop in this thread; the worker needs one of its own.
    with ThreadPoolExecutor(max_workers=1) as worker:
        worker.submit(run_jobs).result()
    close_pools()
    page.get_by_role("link", name="Open the shortlist").click()


def test_template_opens_for_editing_and_shows_what_sets_it_apart(page):
    page.get_by_role("link", name="New role").first.click()
    begin_with(page, "Data scientist")
    expect(page.get_by_role("heading", level=1)).to_have_text("What the role asks for")
    expect(page.locator("[name=title]")).to_have_value("Data scientist")
    page.locator("[name=title]").fill("Data scientist, pricing")
    page.get_by_role("button", name="Save as a new version").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Data scientist, pricing")
    shares = [share_of(page, name) for name in ("Statistics", "Deployment")]
    page.goto(page.url.partition("/roles/")[0] + "/roles/new/")
    begin_with(page, "Machine-learning engineer")
    page.get_by_role("button", name="Save as a new version").click()
    assert shares[0] > share_of(page, "Statistics")
    assert shares[1] < share_of(page, "Deployment")


def begin_with(page, title):
    template = page.locator(".template-list li").filter(has=page.get_by_role("heading", name=title, exact=True))
    template.get_by_role("button").click()


def share_of(page, name):
    """Yield how much of 100 a competency counts in the role that is open, 0 where it is not asked for."""
    expect(page.get_by_text("Saved as version 2.")).to_be_visible()
    shares = demand(page, name).locator(".share").all_inner_texts()
    return sum(int(share.partition(" ")[0]) for share in shares)
