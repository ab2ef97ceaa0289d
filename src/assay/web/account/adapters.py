"""How the sign-in library meets Assay: nobody signs up, mail goes through the outbox, events are recorded."""

import base64
import hashlib
from typing import Any

import structlog
from allauth.account.adapter import DefaultAccountAdapter
from allauth.account.internal.flows.login import get_authentication_records
from allauth.core.exceptions import ImmediateHttpResponse
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from allauth.socialaccount.adapter import DefaultSocialAccountAdapter
from allauth.socialaccount.models import SocialLogin
from cryptography.fernet import Fernet
from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme

from assay.accounts.models import User
from assay.accounts.selectors import user_by_email
from assay.core.clock import now
from assay.membership.invitations import accept_by_identity
from assay.membership.services import record_for_user
from assay.messages.rendering import words_of
from assay.messages.services import absolute_url, queue_words

log = structlog.get_logger("assay.sign_in")

EVENT_OF_NOTICE = {
    "account/email/password_changed": "account.password_changed",
    "account/email/password_set": "account.password_changed",
    "account/email/password_reset": "account.password_reset",
    "mfa/email/totp_activated": "account.second_factor_added",
    "mfa/email/totp_deactivated": "account.second_factor_removed",
    "mfa/email/webauthn_added": "account.passkey_added",
    "mfa/email/webauthn_removed": "account.passkey_removed",
    "mfa/email/recovery_codes_generated": "account.recovery_codes_made",
    "socialaccount/email/account_connected": "account.identity_connected",
}
"""The library tells of a change by the mail it wants sent; the audit trail calls it so."""


class AccountAdapter(DefaultAccountAdapter):  # type: ignore[misc]  # the library has no types
    """Passwords and sessions."""

    def is_open_for_signup(self, _request: HttpRequest) -> bool:
        """Let nobody in who was not invited."""
        return False

    def is_safe_url(self, url: str) -> bool:
        """Lead only to pages of this very host after signing in."""
        is_https = self.request.is_secure()
        return bool(url) and url_has_allowed_host_and_scheme(
            url, allowed_hosts={self.request.get_host()}, require_https=is_https
        )

    def get_reset_password_from_key_url(self, key: str) -> str:
        """Yield the link of the mail: from the settings, never from a request's Host header."""
        uid, _, secret = key.partition("-")
        return absolute_url(reverse("account_reset_password_from_key", args=[uid, secret]))

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Put the library's mails into the outbox, in our words (templates/account/email)."""
        context = {**context, "email": email, "site_url": settings.SITE_URL}
        words = words_of(
            subject=render_to_string(f"{template_prefix}_subject.txt", context),
            text=render_to_string(f"{template_prefix}_message.txt", context),
        )
        queue_words(organisation=None, to=email, template=template_prefix[:60], words=words, now=now())

    def send_notification_mail(
        self, template_prefix: str, user: User, context: dict[str, Any] | None = None, email: str | None = None
    ) -> None:
        """Record the change and tell its owner."""
        if kind := EVENT_OF_NOTICE.get(template_prefix):
            record_for_user(user=user, kind=kind, now=now())
        super().send_notification_mail(template_prefix, user, context, email or user.email)

    def post_login(self, request: HttpRequest, user: User, **hook: Any) -> HttpResponse:
        """Record by what means somebody signed in."""
        methods = [str(entry["method"]) for entry in get_authentication_records(request, user)]
        record_for_user(user=user, kind="account.signed_in", now=now(), facts={"by": methods})
        response: HttpResponse = super().post_login(request, user, **hook)
        return response

    def authentication_failed(self, _request: HttpRequest, **_credentials: object) -> None:
        """Leave a line in the log, without the address that was tried."""
        log.warning("sign-in refused")


class MFAAdapter(DefaultMFAAdapter):  # type: ignore[misc]  # as above
    """Second factors, whose secrets are kept encrypted under the installation's key."""

    def generate_authenticator_name(self, user: User, type: str) -> str:  # noqa: A002 -- the library's name
        """Yield the name that a further passkey has until its owner gives it one."""
        count: int = Authenticator.objects.filter(user=user, type=type).count()
        return f"Passkey {count + 1}"

    def encrypt(self, text: str) -> str:
        """Yield what is stored of a secret."""
        return _cipher().encrypt(text.encode()).decode("ascii")

    def decrypt(self, encrypted_text: str) -> str:
        """Yield the secret. Another installation's key cannot."""
        return _cipher().decrypt(encrypted_text.encode("ascii")).decode()


def _cipher() -> Fernet:
    key = hashlib.sha256(b"assay second factors\x00" + settings.SECRET_KEY.encode()).digest()
    return Fernet(base64.urlsafe_b64encode(key))


class IdentityAdapter(DefaultSocialAccountAdapter):  # type: ignore[misc]  # as above
    """The company's identity provider: it vouches for addresses that are members or invited, and opens nothing else."""

    def is_open_for_signup(self, _request: HttpRequest, _sociallogin: SocialLogin) -> bool:
        """Let nobody in who was not invited."""
        return False

    def pre_social_login(self, request: HttpRequest, sociallogin: SocialLogin) -> None:
        """Connect a confirmed address with its account, or let it accept its invitations; refuse all others."""
        email = _confirmed_email(sociallogin)
        known: User | None = sociallogin.user if sociallogin.is_existing else user_by_email(email=email)
        if email and (known is None or known.email == email.lower()):
            known = accept_by_identity(email=email, name=sociallogin.user.name, now=now()) or known
        if known is None or not (email or sociallogin.is_existing):
            raise ImmediateHttpResponse(render(request, "account/not_invited.html", status=403))
        if not sociallogin.is_existing:
            sociallogin.connect(request, known)

    def populate_user(self, request: HttpRequest, sociallogin: SocialLogin, data: dict[str, Any]) -> User:
        """Take over the name that the provider knows."""
        user: User = super().populate_user(request, sociallogin, data)
        given = " ".join(filter(None, [data.get("first_name"), data.get("last_name")]))
        user.name = (data.get("name") or given or "")[:120]
        return user


def _confirmed_email(sociallogin: SocialLogin) -> str:
    """Yield the address that the provider has confirmed; the empty text where it has confirmed none."""
    for address in sociallogin.email_addresses:
        # Some providers send the words "true" and "false" instead of the values.
        if str(address.verified).lower() == "true" or settings.OIDC_TRUSTS_EMAIL:
            email: str = address.email
            return email
    return ""
