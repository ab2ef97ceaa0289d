"""Every page, in both themes, wide and narrow: no axe violation, no sideways scrolling, no error in the console; and
nothing in blind mode that says who a person is.
"""

import re
import shutil
from pathlib import Path
from unittest.mock import patch

import pytest
from django.test import Client
from playwright.sync_api import Browser, Page, sync_playwright

from assay.accounts.models import Member
from assay.example import organisation as example
from assay.people.models import Person
from assay.reading.limits import close_pools
from tests.browser.pages import pages_of

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
AXE = (Path(__file__).parent / "axe.min.js").read_text(encoding="utf-8")
RULES = "{runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa', 'best-practice']}"
SIZES = (("wide", 1280, 900), ("narrow", 320, 780))
SCHEMES = ("light", "dark")

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]


@pytest.fixture
def pages(transactional_db, now):
    """Make a small example organisation; yield its pages and the link in, with the database's work all done."""
    few = [
        person
        for person in example.people()
        if person.layout in {"word", "word_table"} or person.name == "Amara Okafor"
    ]
    with patch.object(example, "people", return_value=few):
        organisation = example.make_example(now=now)
    close_pools()
    Member.objects.filter(organisation=organisation, kinds__contains=["administrator"]).update(
        kinds=["administrator", "recruiter", "auditor"]
    )
    link = example.sign_in_links(organisation=organisation, now=example.datetime.now(tz=now.tzinfo))[0]
    return pages_of(organisation), link.path


def test_every_page_is_accessible_and_fits(pages, live_server):
    addresses, way_in = pages
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=CHROMIUM, args=FLAGS)
        state = _signed_in(browser, live_server.url + way_in)
        faults = [
            f"{name} {scheme} {size[0]}: {fault}"
            for size in SIZES
            for scheme in SCHEMES
            for name, fault in _walk(
                browser, state=state, site=live_server.url, addresses=addresses, size=size, scheme=scheme
            )
        ]
        browser.close()
    faults += [f"{name} blind: {fault}" for name, fault in _told_blind(addresses)]
    assert faults == [], "\n".join(faults)


def _signed_in(browser: Browser, link: str) -> dict:
    context = browser.new_context()
    page = context.new_page()
    page.goto(link)
    page.get_by_role("button").last.click()
    page.wait_for_url("**/o/**")
    state = context.storage_state()
    context.close()
    return state


def _walk(browser, *, state, site, addresses, size, scheme):
    _, width, height = size
    context = browser.new_context(
        storage_state=state, viewport={"width": width, "height": height}, color_scheme=scheme, reduced_motion="reduce"
    )
    page = context.new_page()
    console: list[str] = []
    page.on("console", lambda message: console.append(message.text) if message.type == "error" else None)
    page.on("pageerror", lambda error: console.append(str(error)))
    for name, path in addresses:
        console.clear()
        page.goto(site + path)
        yield from ((name, fault) for fault in _faults(page, width))
        if name != "missing":
            yield from ((name, text) for text in console)
    context.close()


def _faults(page: Page, width: int):
    scrolled = page.evaluate("document.documentElement.scrollWidth")
    if scrolled > width:
        yield f"scrolls sideways: {scrolled} of {width} px"
    # The script is evaluated by the browser's debugger, so the page's own content policy stays in force.
    page.evaluate(AXE)
    for violation in page.evaluate(f"axe.run({RULES}).then(result => result.violations)"):
        targets = [node["target"] for node in violation["nodes"]]
        yield f"{violation['id']} ({len(targets)}): {targets[0]}"


def _told_blind(addresses):
    """Yield what pages say of people's identity to a member who wants to be blind."""
    administrator = Member.objects.filter(kinds__contains=["administrator"]).select_related("user", "organisation")[0]
    client = Client()
    client.force_login(administrator.user)
    client.post(f"/o/{administrator.organisation.slug}/people/blind/", {"blind": "on"})
    staff = {part for member in Member.objects.select_related("user") for part in member.user.name.split()}
    telling = {part for person in Person.objects.all() for part in _identity_of(person)} - staff
    assert len(telling) > 20
    for name, path in addresses:
        text = client.get(path).content.decode()
        yield from ((name, part) for part in telling if re.search(rf"\b{re.escape(part)}\b", text))


def _identity_of(person):
    """Yield what tells who somebody is: the long parts of the name, contacts, links, schools."""
    yield from (part for part in person.name.split() if len(part) > 3)
    for kind in ("emails", "phones", "links"):
        yield from (entry["value"] for entry in person.profile["lists"][kind])
    for entry in person.profile["entries"]["education"]:
        if "institution" in entry["fields"]:
            yield entry["fields"]["institution"]["value"]
