import re
from datetime import timedelta
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal import auth as totp
from django.core.cache import cache
from django.test import Client

from assay.accounts.models import User
from assay.accounts.services import issue_sign_in_link
from assay.audit.models import Event
from assay.core.clock import now as clock_now
from assay.messages.models import Mail

PASSWORD = "correct horse battery"
LOGIN = "/accounts/login/"


@pytest.fixture(autouse=True)
def fresh_limits(db):
    cache.clear()


@pytest.fixture
def known(recruiter):
    recruiter.user.set_password(PASSWORD)
    recruiter.user.save()
    return recruiter


def link_for(member, minutes=10):
    return issue_sign_in_link(user=member.user, now=clock_now(), valid_for=timedelta(minutes=minutes))


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_sign_in_with_a_password_is_recorded(known, client):
    response = client.post(LOGIN, {"login": known.user.email.upper(), "password": PASSWORD})
    assert (response.status_code, response["Location"]) == (302, "/")
    event = Event.objects.get()
    assert (event.kind, event.actor, event.facts["by"]) == ("account.signed_in", "Rana Haddad", ["password"])


def test_sign_in_gives_the_session_a_new_key(known, client):
    client.get(LOGIN)
    client.session["planted"] = "x"
    client.session.save()
    before = client.session.session_key
    client.post(LOGIN, {"login": known.user.email, "password": PASSWORD})
    assert is_signed_in(client)
    assert client.session.session_key != before


def test_sign_in_without_the_forms_token_is_refused(known):
    client = Client(enforce_csrf_checks=True)
    assert client.post(LOGIN, {"login": known.user.email, "password": PASSWORD}).status_code == 403
    assert client.post(link_for(known)).status_code == 403


@pytest.mark.parametrize(
    ("target", "expected"),
    [
        ("/o/northwind/people/", "/o/northwind/people/"),
        ("https://evil.example/", "/"),
        ("//evil.example/", "/"),
        ("/\\evil.example/", "/"),
        ("javascript:alert(1)", "/"),
        ("http://localhost:9/", "/"),
    ],
)
def test_sign_in_leads_to_pages_of_this_host_only(known, client, target, expected):
    response = client.post(LOGIN, {"login": known.user.email, "password": PASSWORD, "next": target})
    assert response["Location"] == expected


def test_wrong_password_and_unknown_address_answer_alike(known, client):
    seen = set()
    for email in (known.user.email, "nobody@northwind.example"):
        response = client.post(LOGIN, {"login": email, "password": "wrong wrong wrong"})
        main = response.content.decode().partition("<main")[2].replace(email, "…")
        seen.add((response.status_code, re.sub(r'value="[A-Za-z0-9]{64}"', "", main)))
    ((status, page),) = seen
    assert (status, "not correct" in page) == (200, True)


def test_unknown_address_costs_a_password_hash_too(known, client, settings, monkeypatch):
    hashed = []
    monkeypatch.setattr(User, "set_password", lambda _user, raw: hashed.append(raw))
    client.post(LOGIN, {"login": "nobody@northwind.example", "password": "wrong wrong wrong"})
    assert hashed == ["wrong wrong wrong"]


def test_sixth_wrong_password_is_not_even_looked_at(known, client):
    for _ in range(5):
        client.post(LOGIN, {"login": known.user.email, "password": "wrong wrong wrong"})
    response = client.post(LOGIN, {"login": known.user.email, "password": PASSWORD})
    assert "Too many failed login attempts" in response.content.decode()
    assert not is_signed_in(client)


@pytest.mark.parametrize("email_of", ["known", "unknown"])
def test_reset_answers_alike_and_mails_both(known, client, email_of):
    email = known.user.email if email_of == "known" else "nobody@northwind.example"
    response = client.post("/accounts/password/reset/", {"email": email})
    assert (response.status_code, response["Location"]) == (302, "/accounts/password/reset/done/")
    mail = Mail.objects.get()
    assert (mail.to, "/password/reset/key/" in mail.text) == (email, email_of == "known")


def test_reset_link_comes_from_the_settings_and_works_once(known, client, settings):
    settings.ALLOWED_HOSTS = ["*"]
    client.post("/accounts/password/reset/", {"email": known.user.email}, headers={"host": "evil.example"})
    text = Mail.objects.get().text
    assert "evil.example" not in text
    link = next(word for word in text.split() if "/password/reset/key/" in word)
    assert link.startswith(settings.SITE_URL)
    form = client.get(link, follow=True).redirect_chain[-1][0]
    client.post(form, {"password1": "another long password", "password2": "another long password"})
    known.user.refresh_from_db()
    assert known.user.check_password("another long password")
    assert Event.objects.filter(kind="account.password_reset").count() == 1
    assert "This link has ended" in Client().get(link, follow=True).content.decode()


def test_sign_in_link_signs_in_by_button_only(recruiter, client):
    path = link_for(recruiter)
    for _ in range(3):  # mail scanners
        assert "Sign in as Rana Haddad" in client.get(path).content.decode()
    assert not is_signed_in(client)
    response = client.post(path, follow=True)
    assert response.redirect_chain[-1][0] == "/o/northwind/roles/"
    again = Client().post(path)
    assert (again.status_code, "used before or has expired" in again.content.decode()) == (409, True)


def test_sign_in_link_that_never_was(db, client):
    assert client.get("/sign-in/nonsense/").status_code == 404


def test_sign_in_link_replaces_who_was_signed_in(recruiter, administrator, signed_in):
    client = signed_in(administrator)
    client.post(link_for(recruiter))
    assert client.session["_auth_user_id"] == str(recruiter.user.pk)


def totp_code(secret):
    counter = next(iter(totp.yield_hotp_counters_from_time()))
    return totp.format_hotp_value(totp.hotp_value(secret, counter))


@pytest.mark.parametrize("way", ["password", "link"])
def test_second_factor_is_asked_for_on_every_way_in(known, client, way):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(known.user, secret)
    if way == "password":
        response = client.post(LOGIN, {"login": known.user.email, "password": PASSWORD})
    else:
        response = client.post(link_for(known))
    assert response["Location"].split("?")[0] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)
    assert client.get("/o/northwind/roles/").status_code == 302
    client.post("/accounts/2fa/authenticate/", {"code": "000000"})
    assert not is_signed_in(client)
    client.post("/accounts/2fa/authenticate/", {"code": totp_code(secret)})
    assert is_signed_in(client)


def test_second_factor_secret_is_encrypted_at_rest(known):
    secret = totp.generate_totp_secret()
    totp.TOTP.activate(known.user, secret)
    assert secret not in str(Authenticator.objects.get().data)


@pytest.mark.django_db(transaction=True)
def test_authenticator_app_is_added_recorded_and_mailed(known, signed_in):
    client = signed_in(known)
    asked = client.get("/accounts/2fa/totp/activate/")
    again = urlsplit(asked["Location"])
    assert (again.path, parse_qs(again.query)["next"]) == (
        "/accounts/reauthenticate/",
        ["/accounts/2fa/totp/activate/"],
    )
    client.post(asked["Location"], {"password": PASSWORD})
    page = client.get("/accounts/2fa/totp/activate/")
    code = totp_code(page.context["form"].secret)
    response = client.post("/accounts/2fa/totp/activate/", {"code": code}, follow=True)
    assert response.redirect_chain[-1][0] == "/accounts/2fa/recovery-codes/"
    kinds = set(Event.objects.values_list("kind", flat=True))
    assert kinds >= {"account.second_factor_added"}
    assert "authenticator app was added" in Mail.objects.order_by("pk")[0].subject
    assert "On: signing in asks for a code" in client.get("/account/").content.decode()


@pytest.mark.parametrize(
    "path",
    [
        "accounts/signup/", "accounts/email/", "accounts/confirm-email/", "accounts/confirm-email/x/",
        "accounts/login/code/", "accounts/login/code/confirm/", "accounts/2fa/webauthn/signup/",
        "accounts/3rdparty/", "accounts/3rdparty/signup/", "accounts/social/signup/", "accounts/2fa/trust/",
    ],
)  # fmt: skip
def test_closed_pages_do_not_exist(known, client, signed_in, path):
    assert client.get(f"/{path}").status_code == 404
    assert client.post(f"/{path}", {"email": "me@example.org", "password1": PASSWORD}).status_code == 404
    assert signed_in(known).get(f"/{path}").status_code == 404
    assert User.objects.count() == 1


def test_rename_is_seen_from_then_on(recruiter, signed_in):
    client = signed_in(recruiter)
    client.post("/account/name/", {"name": "Rana H."})
    recruiter.user.refresh_from_db()
    assert recruiter.user.name == "Rana H."
    assert client.post("/account/name/", {"name": ""}).status_code == 422


def test_further_organisation_only_where_allowed(recruiter, signed_in, settings):
    client = signed_in(recruiter)
    assert client.get("/organisations/new/").status_code == 404
    settings.OPEN_ORGANISATIONS = True
    response = client.post("/organisations/new/", {"name": "Kornfeld"})
    assert response["Location"] == "/o/kornfeld/settings/"
    assert client.get("/o/kornfeld/settings/").status_code == 200


def test_kept_mail_is_for_development_and_this_machine_only(db, client, settings):
    assert client.get("/development/mail/").status_code == 200
    assert client.get("/development/mail/", REMOTE_ADDR="10.0.0.7").status_code == 404
    settings.IS_DEVELOPMENT = False
    assert client.get("/development/mail/").status_code == 404


@pytest.mark.parametrize("path", [LOGIN, "/accounts/password/reset/", "/accounts/password/reset/done/", "/healthz"])
def test_every_answer_carries_the_security_headers(db, client, path):
    headers = client.get(path).headers
    policy = headers["Content-Security-Policy"]
    assert "script-src 'self';" in policy
    assert "frame-ancestors 'self'" in policy
    assert "base-uri 'none'" in policy
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "same-origin"
    assert headers["Cross-Origin-Opener-Policy"] == "same-origin"
    assert "camera=()" in headers["Permissions-Policy"]


def test_pages_of_signed_in_people_stay_out_of_caches(recruiter, signed_in):
    assert "no-store" in signed_in(recruiter).get("/account/")["Cache-Control"]


def test_cookies_are_out_of_reach_of_scripts(known, client):
    client.post(LOGIN, {"login": known.user.email, "password": PASSWORD})
    cookies = {name: (morsel["httponly"], morsel["samesite"]) for name, morsel in client.cookies.items()}
    assert cookies["assay-session"] == (True, "Lax")
    assert cookies["assay-csrf"] == (True, "Lax")
