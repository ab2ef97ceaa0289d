"""Signing in by OpenID Connect, against a provider that answers on the loopback interface."""

import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qs, urlsplit

import pytest
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, User
from assay.audit.models import Event
from assay.core import clock
from assay.membership.invitations import invite

LOGIN = "/accounts/oidc/company/login/?process=login"


class Provider(ThreadingHTTPServer):
    """Vouches for whoever `claims` says."""

    claims: dict[str, object]

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"


class Answers(BaseHTTPRequestHandler):
    def do_GET(self) -> None:
        base = self.server.url
        if self.path.startswith("/.well-known/"):
            self.answer(
                {
                    "issuer": base,
                    "authorization_endpoint": f"{base}/authorize",
                    "token_endpoint": f"{base}/token",
                    "userinfo_endpoint": f"{base}/userinfo",
                    "jwks_uri": f"{base}/jwks",
                }
            )
        else:
            self.answer(self.server.claims)

    def do_POST(self) -> None:
        self.rfile.read(int(self.headers["Content-Length"]))
        self.answer({"access_token": "t", "token_type": "Bearer"})

    def answer(self, value: object) -> None:
        body = json.dumps(value).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def provider(settings, db):
    with Provider(("127.0.0.1", 0), Answers) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        app = {
            "provider_id": "company", "name": "Kornfeld", "client_id": "assay", "secret": "s",
            "settings": {"server_url": server.url},
        }  # fmt: skip
        settings.SOCIALACCOUNT_PROVIDERS = {"openid_connect": {"OAUTH_PKCE_ENABLED": True, "APPS": [app]}}
        server.claims = {"sub": "u1", "email": "new@example.org", "email_verified": True, "name": "New Person"}
        yield server
        server.shutdown()
        thread.join()


def come_back(client):
    """Go to the provider and come back with its answer; yield the last page."""
    away = urlsplit(client.post(LOGIN)["Location"])
    query = parse_qs(away.query)
    assert query["code_challenge_method"] == ["S256"]
    return client.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": query["state"][0]}, follow=True)


def is_signed_in(client):
    return "_auth_user_id" in client.session


def test_sign_in_page_offers_the_provider(provider, client):
    assert "Sign in with Kornfeld" in client.get("/accounts/login/").content.decode()


def test_somebody_invited_joins(provider, administrator, client):
    invite(email="new@example.org", kinds=["recruiter"], by=administrator, now=clock.now())
    page = come_back(client)
    assert page.redirect_chain[-1][0] == "/o/northwind/roles/"
    member = Member.objects.get(user__email="new@example.org")
    assert (member.kinds, member.user.name, member.user.has_usable_password()) == (["recruiter"], "New Person", False)
    assert Event.objects.order_by("-seq")[0].facts["by"] == ["socialaccount"]


def test_member_is_connected_and_known_the_next_time(provider, recruiter, client):
    provider.claims["email"] = recruiter.user.email.upper()
    come_back(client)
    assert client.session["_auth_user_id"] == str(recruiter.user.pk)
    client.logout()
    provider.claims["email"] = "married-name@example.org"
    come_back(client)
    assert client.session["_auth_user_id"] == str(recruiter.user.pk)
    assert SocialAccount.objects.count() == 1


def test_known_member_accepts_a_further_invitation(provider, recruiter, other_organisation, make_member, client):
    provider.claims["email"] = recruiter.user.email
    come_back(client)
    there = make_member(other_organisation, MemberKind.ADMINISTRATOR)
    for email in (recruiter.user.email, "married-name@example.org"):
        invite(email=email, kinds=["recruiter"], by=there, now=clock.now())
    client.logout()
    come_back(client)
    assert Member.objects.filter(user=recruiter.user).count() == 2
    client.logout()
    provider.claims["email"] = "married-name@example.org"
    come_back(client)
    assert client.session["_auth_user_id"] == str(recruiter.user.pk)
    assert not User.objects.filter(email="married-name@example.org").exists()


def test_stranger_stays_out(provider, client):
    page = come_back(client)
    assert (page.status_code, "not a member here yet" in page.content.decode()) == (403, True)
    assert (is_signed_in(client), User.objects.count(), SocialAccount.objects.count()) == (False, 0, 0)


@pytest.mark.parametrize("verified", [False, "false", None])
def test_address_that_the_provider_has_not_confirmed_opens_nothing(provider, recruiter, client, verified):
    provider.claims |= {"email": recruiter.user.email, "email_verified": verified}
    assert come_back(client).status_code == 403
    assert (is_signed_in(client), SocialAccount.objects.count()) == (False, 0)


def test_unconfirmed_address_where_the_provider_is_trusted(provider, recruiter, client, settings):
    settings.OIDC_TRUSTS_EMAIL = True
    provider.claims |= {"email": recruiter.user.email, "email_verified": None}
    come_back(client)
    assert is_signed_in(client)


def test_answer_without_our_question_is_refused(provider, recruiter, client):
    provider.claims["email"] = recruiter.user.email
    page = client.get("/accounts/oidc/company/login/callback/", {"code": "c", "state": "made-up"}, follow=True)
    assert "did not work" in page.content.decode()
    assert not is_signed_in(client)


def test_opening_the_address_alone_asks_first(provider, client):
    page = client.get(LOGIN)
    assert (page.status_code, "You go on to your company" in page.content.decode()) == (200, True)


def test_second_factor_is_asked_for_after_the_provider_too(provider, recruiter, client):
    provider.claims["email"] = recruiter.user.email
    Authenticator.objects.create(user=recruiter.user, type=Authenticator.Type.TOTP, data={"secret": "x"})
    page = come_back(client)
    assert page.redirect_chain[-1][0].split("?")[0] == "/accounts/2fa/authenticate/"
    assert not is_signed_in(client)


def test_required_second_factor_is_the_providers_affair(provider, recruiter, client):
    recruiter.organisation.requires_second_factor = True
    recruiter.organisation.save()
    provider.claims["email"] = recruiter.user.email
    come_back(client)
    assert client.get("/o/northwind/roles/").status_code == 200


def test_provider_that_is_not_set_up_does_not_exist(db, client):
    assert client.post(LOGIN).status_code == 404
