"""Writing accounts: links that sign somebody in. Who belongs where is changed in `membership.services`."""

from datetime import datetime, timedelta

from django.db import transaction
from django.urls import reverse

from assay.accounts.models import SignInLink, User
from assay.accounts.tokens import hash_of_token, new_token
from assay.core.errors import ConflictError, DomainError, NotFoundError


class UnknownLinkError(NotFoundError):
    """No sign-in link has this secret."""


class SpentLinkError(ConflictError):
    """The link was used, has expired, or its account is closed: one answer for all three."""


def issue_sign_in_link(*, user: User, now: datetime, valid_for: timedelta) -> str:
    """Make a link that signs the user in once; yield its path. It is shown here and never again."""
    token = new_token()
    SignInLink.objects.create(user=user, token_hash=hash_of_token(token), created_at=now, expires_at=now + valid_for)
    return reverse("sign_in_link", args=[token])


def look_at_sign_in_link(*, token: str, now: datetime) -> SignInLink:
    """Yield the link without using it up. Raises `UnknownLinkError` or `SpentLinkError`."""
    link = SignInLink.objects.select_related("user").filter(token_hash=hash_of_token(token)).first()
    if link is None:
        message = "This sign-in link is not one of ours. Copy it whole, or ask for a new one."
        raise UnknownLinkError(message)
    if link.used_at is not None or link.expires_at <= now or not link.user.is_active:
        raise _spent()
    return link


@transaction.atomic
def redeem_sign_in_link(*, token: str, now: datetime) -> User:
    """Use the link up and yield whom it signs in. Of two that come at once, one gets in."""
    link = look_at_sign_in_link(token=token, now=now)
    if not SignInLink.objects.filter(pk=link.pk, used_at__isnull=True).update(used_at=now):
        raise _spent()
    return link.user


def _spent() -> DomainError:
    message = "This sign-in link was used before or has expired. Sign in with your address, or ask for a new link."
    return SpentLinkError(message)


def rename_user(*, user: User, name: str) -> None:
    """Change how the user is called everywhere from now on; what is recorded keeps the old name."""
    user.name = name.strip()
    user.save(update_fields=["name"])
