"""A candidate's way through an invitation in a real browser, with a real sandbox."""

import os
import shutil
import threading
from datetime import timedelta

import pytest
from django.db import close_old_connections, connection
from django.urls import reverse
from playwright.sync_api import expect, sync_playwright

from assay.assessments.choices import AttemptState
from assay.assessments.links import token_of
from assay.assessments.models import Attempt, HandIn, Score
from assay.assessments.services import invite
from assay.assessments.working import unpacked_files
from assay.core.clock import now as clock_now
from assay.grading.template import TEMPLATE
from assay.items.services import add_version
from assay.sandbox.services import lease_run, record_result, register_machine
from assay_runner.local import local_backend
from tests.assessments.conftest import RIGHT, application, publish  # noqa: F401 -- a fixture
from tests.browser.test_every_page import CHROMIUM, FLAGS, SCHEMES, SIZES, _faults

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
    pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed"),
]
SHOTS = os.environ.get("ASSAY_SHOTS")
"""A folder for pictures of every step, for looking at them."""


@pytest.fixture
def worker(transactional_db):
    """Jobs and runs are worked off in the background, as beside a small site."""
    from procrastinate.contrib.django import app

    ended = threading.Event()

    def work():
        backend = local_backend(is_author=True)
        machine = register_machine(name="beside", now=clock_now()).machine
        while not ended.is_set():
            with app.replace_connector(app.connector.get_worker_connector()) as worker_app:
                worker_app.run_worker(wait=False, install_signal_handlers=False, listen_notify=False, concurrency=1)
            lease = lease_run(machine=machine, runtimes=("python",), labels=(), now=clock_now())
            if lease is None:
                ended.wait(0.05)
                continue
            result = backend.run(lease.job)
            record_result(run_ref=lease.run_id, lease_id=lease.lease_id, result=result, now=clock_now())
        close_old_connections()
        connection.close()

    thread = threading.Thread(target=work)
    thread.start()
    yield
    ended.set()
    thread.join()


@pytest.fixture
def link(transactional_db, organisation, recruiter, application):
    """The path of an invitation to two tasks, one of them practice."""
    moment = clock_now()
    practice = TEMPLATE | {"task.yaml": TEMPLATE["task.yaml"] + b"practice: true\n"}
    publish(add_version(organisation=organisation, slug="practice", files=practice, member=recruiter, now=moment))
    version = publish(
        add_version(organisation=organisation, slug="total", files=dict(TEMPLATE), member=recruiter, now=moment)
    )
    sitting = invite(
        application=application, versions=[version], member=recruiter, now=moment, words="We look forward to it."
    )
    return reverse("sitting:start", args=[token_of(sitting)])


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
    faults = []
    for scheme in SCHEMES:
        page.emulate_media(color_scheme=scheme, reduced_motion="reduce")
        for size, width, height in SIZES:
            page.set_viewport_size({"width": width, "height": height})
            faults += [f"{name} {scheme} {size}: {fault}" for fault in _faults(page, width)]
            if SHOTS:
                page.screenshot(path=f"{SHOTS}/{name}-{scheme}-{size}.png", full_page=True)
    page.set_viewport_size({"width": 1280, "height": 900})
    page.emulate_media(color_scheme="light")
    assert faults == []


def begin(page, site, link):
    page.goto(site + link)
    page.get_by_role("button", name="I have read this, begin").click()
    page.get_by_role("link", name="Open Running total").click()
    button = page.get_by_role("button", name="Start the clock")
    while button.is_disabled():
        page.wait_for_timeout(300)
        page.reload()
    button.click()
    expect(page.locator(".cm-content")).to_be_visible()


def type_whole(page, text):
    page.locator(".cm-content").click()
    page.keyboard.press("Control+a")
    page.keyboard.insert_text(text)


def test_candidate_reads_works_tests_and_hands_in(live_server, link, worker, browser):
    page = browser.new_page()
    console = []
    page.on("console", lambda message: console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: console.append(str(error)))
    page.goto(live_server.url + link)
    expect(page.get_by_role("heading", level=1)).to_have_text("Show what you can do")
    seen(page, "invited")
    begin(page, live_server.url, link)
    type_whole(page, "def running_total(values):\n    print('looking')\n    return values\n")
    page.keyboard.press("Control+Enter")
    expect(page.locator("#outcome")).to_contain_text("0 of 1 tests hold", timeout=20_000)
    expect(page.locator("#outcome")).to_contain_text("looking")
    seen(page, "work-wrong")
    type_whole(page, RIGHT.decode())
    page.get_by_role("button", name="Run the tests").click()
    expect(page.locator("#outcome")).to_contain_text("holds", timeout=20_000)
    expect(page.locator("#saved")).to_have_text("Saved", timeout=10_000)
    page.get_by_role("button", name="Hand in and end").click()
    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()
    for _ in range(60):
        if Score.objects.filter(state="done").exists():
            break
        page.wait_for_timeout(250)
    page.reload()
    expect(page.locator(".parts")).to_contain_text("holds")
    seen(page, "result")
    page.get_by_role("link", name="All tasks").last.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Everything is handed in")
    assert HandIn.objects.count() == 1
    assert Score.objects.get().share == 1.0
    assert console == []


def test_text_survives_a_reload_a_lost_network_and_a_second_tab(live_server, link, worker, browser):
    context = browser.new_context()
    page = context.new_page()
    begin(page, live_server.url, link)
    context.set_offline(True)
    type_whole(page, "# typed without a network\n")
    expect(page.locator("#saved")).to_contain_text("no connection", timeout=10_000)
    context.set_offline(False)
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("typed without a network")
    expect(page.locator("#saved")).to_have_text("Saved", timeout=15_000)

    other = context.new_page()
    other.goto(page.url)
    expect(other.locator(".cm-content")).to_contain_text("typed without a network")
    type_whole(other, "# typed in the second tab\n")
    expect(other.locator("#saved")).to_have_text("Saved", timeout=15_000)
    type_whole(page, "# typed in the first tab\n")
    expect(page.locator("#conflict")).to_be_visible(timeout=15_000)
    page.get_by_role("button", name="Go on here").click()
    expect(page.locator("#saved")).to_have_text("Saved", timeout=15_000)
    attempt = Attempt.objects.get(is_practice=False)
    assert unpacked_files(attempt.saves.last().files)["solution.py"] == b"# typed in the first tab\n"
    assert any(b"second tab" in unpacked_files(one.files)["solution.py"] for one in attempt.saves.all())


def test_page_made_before_the_save_shows_what_was_saved(live_server, link, worker, browser):
    page = browser.new_page()
    begin(page, live_server.url, link)
    before = page.request.get(page.url).text()
    type_whole(page, "# saved while the page was on its way\n")
    expect(page.locator("#saved")).to_have_text("Saved", timeout=15_000)
    page.route(page.url, lambda route: route.fulfill(body=before, content_type="text/html"), times=1)
    page.reload()
    expect(page.locator(".cm-content")).to_contain_text("saved while the page was on its way")
    type_whole(page, "# and after it\n")
    expect(page.locator("#saved")).to_have_text("Saved", timeout=15_000)
    assert (
        unpacked_files(Attempt.objects.get(is_practice=False).saves.last().files)["solution.py"] == b"# and after it\n"
    )


def test_tab_leaves_the_editor(live_server, link, worker, browser):
    page = browser.new_page()
    begin(page, live_server.url, link)
    page.locator(".cm-content").focus()
    page.keyboard.press("Tab")
    assert page.evaluate("document.activeElement.closest('.cm-editor') === null")


def test_time_that_runs_out_hands_in_what_was_saved(live_server, link, worker, browser):
    page = browser.new_page()
    begin(page, live_server.url, link)
    type_whole(page, RIGHT.decode())
    expect(page.locator("#saved")).to_have_text("Saved", timeout=15_000)
    Attempt.objects.filter(is_practice=False).update(ends_at=clock_now() - timedelta(minutes=1))
    page.reload()
    expect(page.get_by_text("As saved last")).to_be_visible()
    assert Attempt.objects.get(is_practice=False).state == AttemptState.TIMED_OUT


def test_desk_works_without_scripts(live_server, link, worker, browser):
    page = browser.new_context(java_script_enabled=False).new_page()
    page.goto(live_server.url + link)
    page.get_by_role("button", name="I have read this, begin").click()
    page.get_by_role("link", name="Open Running total").click()
    button = page.get_by_role("button", name="Start the clock")
    while button.is_disabled():
        page.wait_for_timeout(300)
        page.reload()
    button.click()
    page.locator("textarea[name='file:solution.py']").fill(RIGHT.decode())
    page.get_by_role("button", name="Run the tests").click()
    for _ in range(60):
        if "Running in the sandbox" not in page.content():
            break
        page.wait_for_timeout(250)
        page.reload()
    expect(page.locator("#outcome")).to_contain_text("holds")
    page.get_by_role("button", name="Hand in and end").click()
    expect(page.get_by_role("heading", name="Handed in")).to_be_visible()
    assert unpacked_files(HandIn.objects.get().files)["solution.py"].replace(b"\r\n", b"\n") == RIGHT
