"""Getting in and out in a real browser: links, invitations, codes and passkeys, and the pages that say no."""

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from playwright.sync_api import expect

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member
from assay.accounts.services import issue_sign_in_link
from assay.core.clock import now as clock_now
from assay.membership.invitations import invite
from tests.browser.test_every_page import CHROMIUM
from tests.browser.test_interview import browser, seen, signed_in_context, walk_to  # noqa: F401 -- a fixture

pytestmark = [
    pytest.mark.browser,
    pytest.mark.skipif(CHROMIUM is None, reason="Chromium is not installed: browser tests are switched off"),
]
PASSWORD = "correct horse battery"


@pytest.fixture(autouse=True)
def fresh_limits(transactional_db):
    cache.clear()


@pytest.fixture
def page(browser):
    context = browser.new_context()
    yield context.new_page()
    context.close()


def link_for(member, *, minutes=10):
    return issue_sign_in_link(user=member.user, now=clock_now(), valid_for=timedelta(minutes=minutes))


def code_of(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


def give_password(member):
    member.user.set_password(PASSWORD)
    member.user.save()


def sign_in(page, site, member):
    page.goto(f"{site}/accounts/login/")
    page.locator("[name=login]").fill(member.user.email)
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()


def test_link_signs_in_once_and_out_again(page, live_server, recruiter):
    way_in = live_server.url + link_for(recruiter)
    page.goto(way_in)
    seen(page, "link")
    walk_to(page, page.get_by_role("button", name="Sign in as Rana Haddad"))
    page.keyboard.press("Enter")
    page.wait_for_url("**/o/northwind/roles/")
    page.goto(f"{live_server.url}/accounts/logout/")
    seen(page, "sign-out")
    page.get_by_role("button", name="Sign out").last.click()
    page.goto(f"{live_server.url}/o/northwind/roles/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")
    page.goto(way_in)
    expect(page.get_by_text("used before or has expired")).to_be_visible()
    seen(page, "link-used")


def test_expired_link_says_so(page, live_server, recruiter):
    page.goto(live_server.url + link_for(recruiter, minutes=-1))
    expect(page.get_by_text("used before or has expired")).to_be_visible()
    expect(page.get_by_role("button", name="Sign in as Rana Haddad")).to_have_count(0)
    page.get_by_role("link", name="Sign in").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Sign in")


def test_invited_person_joins(page, live_server, administrator):
    page.goto(
        live_server.url
        + invite(email="new@northwind.example", kinds=[MemberKind.RECRUITER], by=administrator, now=clock_now())
    )
    seen(page, "invitation")
    page.locator("[name=name]").fill("Nils Ek")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Join Northwind Logistics").click()
    page.wait_for_url("**/o/northwind/**")
    assert Member.objects.get(user__email="new@northwind.example").user.name == "Nils Ek"


def test_code_of_an_app_is_asked_for_after_the_password(page, live_server, recruiter):
    give_password(recruiter)
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(recruiter.user, secret)
    page.goto(f"{live_server.url}/accounts/login/")
    seen(page, "sign-in")
    sign_in(page, live_server.url, recruiter)
    expect(page.get_by_role("heading", level=1)).to_have_text("One more step")
    seen(page, "second-factor")
    page.locator("[name=code]").fill(code_of(secret))
    page.get_by_role("button", name="Sign in").click()
    page.wait_for_url("**/o/northwind/roles/")


def test_passkey_is_added_and_signs_in_without_a_password(page, live_server, recruiter):
    give_password(recruiter)
    debugger = page.context.new_cdp_session(page)
    debugger.send("WebAuthn.enable")
    able = {"protocol": "ctap2", "transport": "internal", "hasResidentKey": True, "hasUserVerification": True}
    silent = {"isUserVerified": True, "automaticPresenceSimulation": True}
    debugger.send("WebAuthn.addVirtualAuthenticator", {"options": able | silent})
    sign_in(page, live_server.url, recruiter)
    page.wait_for_url("**/o/northwind/roles/")
    page.goto(f"{live_server.url}/accounts/2fa/webauthn/add/")
    expect(page.get_by_role("heading", level=1)).to_have_text("Is it you?")
    seen(page, "is-it-you")
    page.locator("[name=password]").fill(PASSWORD)
    page.get_by_role("button", name="Go on").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Add a passkey")
    seen(page, "add-passkey")
    page.locator("[name=name]").fill("Laptop")
    page.locator("[name=passwordless]").check()
    with page.expect_navigation():
        page.locator("#mfa_webauthn_add").click()
    assert Authenticator.objects.filter(type="webauthn").count() == 1
    page.context.clear_cookies()
    page.goto(f"{live_server.url}/accounts/login/")
    page.get_by_role("button", name="Sign in with a passkey").click()
    page.wait_for_url("**/o/northwind/roles/")


def test_pages_that_refuse_are_accessible(browser, live_server, organisation, make_member):
    auditor = make_member(organisation, MemberKind.AUDITOR)
    context = signed_in_context(browser, auditor, live_server)
    page = context.new_page()
    for path, status in (("/o/northwind/settings/", 403), ("/o/northwind/people/nobody/", 404)):
        assert page.goto(live_server.url + path).status == status
        seen(page, f"refused-{status}")
    context.close()


def test_page_of_a_fault_is_accessible_and_says_nothing_of_it(page, live_server, monkeypatch):
    def fail(*_parts, **_named):
        message = "the secret inside"
        raise RuntimeError(message)

    monkeypatch.setattr("allauth.account.views.LoginView.get_context_data", fail)
    assert page.goto(f"{live_server.url}/accounts/login/").status == 500
    expect(page.get_by_role("heading", level=1)).to_have_text("A fault of ours")
    assert "secret inside" not in page.content()
    seen(page, "fault")
