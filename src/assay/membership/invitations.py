"""Inviting somebody, and becoming a member."""

from collections.abc import Collection
from datetime import datetime, timedelta

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import IntegrityError, transaction
from django.urls import reverse

from assay.accounts.models import Invitation, Member, User
from assay.accounts.selectors import open_invitations_for, user_by_email
from assay.accounts.tokens import hash_of_token, new_token
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError, NotFoundError
from assay.membership.services import checked_kinds
from assay.messages.services import absolute_url, queue_mail

VALID_FOR = timedelta(days=7)


class AlreadyMemberError(ConflictError):
    """The address belongs to an active member."""


class AlreadyInvitedError(ConflictError):
    """The address has a pending invitation: send that one again, or revoke it."""


class InvitationGoneError(NotFoundError):
    """Accepted, revoked, expired or never there: one answer for all."""


class BadAccountError(InvalidError):
    """The address, name or password cannot be used."""


class SignInFirstError(ConflictError):
    """The invited address has an account, and only that account may accept."""


@transaction.atomic
def invite(*, email: str, kinds: Collection[str], by: Member, now: datetime) -> str:
    """Invite an address by mail; yield the path of the link, which only the mail and the caller have.

    The answer is the same whether or not the address has an account elsewhere.
    Raises `AlreadyMemberError`, `AlreadyInvitedError`, `BadAccountError`, `NoKindsError`.
    """
    email = _checked_email(email)
    offered = checked_kinds(kinds)
    if Member.objects.filter(organisation=by.organisation, user__email__iexact=email, is_active=True).exists():
        message = f"{email} is a member already."
        raise AlreadyMemberError(message, email=email)
    token = new_token()
    try:
        with transaction.atomic():
            invitation = Invitation.objects.create(
                organisation=by.organisation, email=email, kinds=offered, token_hash=hash_of_token(token),
                invited_by=by, created_at=now, sent_at=now, expires_at=now + VALID_FOR,
            )  # fmt: skip
    except IntegrityError as error:
        message = f"{email} has been invited already. Send that invitation again, or revoke it first."
        raise AlreadyInvitedError(message, email=email) from error
    _record(invitation, kind="member.invited", by=by, now=now, facts={"kinds": offered})
    return _mail(invitation, token=token, by=by, now=now)


@transaction.atomic
def resend_invitation(*, invitation: Invitation, by: Member, now: datetime) -> str:
    """Send a pending invitation with a new link and a new term; the old link ends. Yield the new link's path."""
    invitation = _locked_pending(invitation)
    token = new_token()
    invitation.token_hash, invitation.sent_at, invitation.expires_at = hash_of_token(token), now, now + VALID_FOR
    invitation.save(update_fields=["token_hash", "sent_at", "expires_at"])
    _record(invitation, kind="invitation.resent", by=by, now=now)
    return _mail(invitation, token=token, by=by, now=now)


@transaction.atomic
def revoke_invitation(*, invitation: Invitation, by: Member, now: datetime) -> None:
    """End a pending invitation; its link says from now on that it is gone."""
    invitation = _locked_pending(invitation)
    invitation.revoked_at = now
    invitation.save(update_fields=["revoked_at"])
    _record(invitation, kind="invitation.revoked", by=by, now=now)


def look_at_invitation(*, token: str, now: datetime) -> Invitation:
    """Yield the invitation that a link stands for. Raises `InvitationGoneError`."""
    invitation = (
        Invitation.objects.select_related("organisation", "invited_by__user")
        .filter(token_hash=hash_of_token(token), accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now)
        .first()
    )
    if invitation is None:
        raise _gone()
    return invitation


@transaction.atomic
def accept_invitation(
    *, token: str, now: datetime, signed_in: User | None = None, name: str = "", password: str = ""
) -> Member:
    """Make the invited person a member, with a new account where the address has none.

    An address with an account joins only where ``signed_in`` is that account (`SignInFirstError`): the link alone
    opens no account. Raises `InvitationGoneError`, `BadAccountError`.
    """
    invitation = _locked_pending(look_at_invitation(token=token, now=now))
    user = user_by_email(email=invitation.email)
    if user is None:
        user = _new_user(email=invitation.email, name=name, password=password, now=now)
    elif signed_in is None or signed_in.pk != user.pk:
        message = f"{invitation.email} has an account here. Sign in with it, then open the invitation again."
        raise SignInFirstError(message)
    return _join(invitation, user=user, now=now)


@transaction.atomic
def accept_by_identity(*, email: str, name: str, now: datetime) -> User | None:
    """Accept every open invitation of an address that an identity provider has confirmed; None where there is none."""
    invitations = list(open_invitations_for(email=email, now=now).select_for_update(of=("self",)))
    if not invitations:
        return None
    user = user_by_email(email=email) or User.objects.create_user(email=email, name=name or email, created_at=now)
    for invitation in invitations:
        _join(invitation, user=user, now=now)
    return user


def _join(invitation: Invitation, *, user: User, now: datetime) -> Member:
    invitation.accepted_at = now
    invitation.save(update_fields=["accepted_at"])
    member, is_new = Member.objects.get_or_create(
        organisation=invitation.organisation, user=user, defaults={"kinds": invitation.kinds, "created_at": now}
    )
    if not is_new:
        member.kinds, member.is_active = invitation.kinds, True
        member.save(update_fields=["kinds", "is_active"])
    record(
        organisation=invitation.organisation, kind="member.joined", subject_type="member", subject_ref=member.ref,
        member=member, now=now, facts={"name": user.name, "kinds": invitation.kinds},
    )  # fmt: skip
    return member


def _new_user(*, email: str, name: str, password: str, now: datetime) -> User:
    name = " ".join(name.split())
    if not name or len(name) > 120:
        message = "Say how you are called, in 1 to 120 letters."
        raise BadAccountError(message)
    try:
        validate_password(password, User(email=email, name=name))
    except ValidationError as error:
        raise BadAccountError(" ".join(error.messages)) from error
    return User.objects.create_user(email=email, name=name, created_at=now, password=password)


def _checked_email(email: str) -> str:
    email = email.strip().lower()
    try:
        validate_email(email)
    except ValidationError as error:
        message = "This is not an email address."
        raise BadAccountError(message) from error
    return email


def _locked_pending(invitation: Invitation) -> Invitation:
    pending = Invitation.objects.select_related("organisation").filter(
        pk=invitation.pk, accepted_at__isnull=True, revoked_at__isnull=True
    )
    locked = pending.select_for_update(of=("self",)).first()
    if locked is None:
        raise _gone()
    return locked


def _gone() -> InvitationGoneError:
    message = "This invitation was accepted, revoked or has expired. Ask whoever invited you for a new one."
    return InvitationGoneError(message)


def _mail(invitation: Invitation, *, token: str, by: Member, now: datetime) -> str:
    path = reverse("invitation", args=[token])
    queue_mail(
        organisation=invitation.organisation, to=invitation.email, template="invitation", now=now,
        context={
            "organisation": invitation.organisation.name, "invited_by": by.user.name,
            "link": absolute_url(path), "days": VALID_FOR.days,
        },
    )  # fmt: skip
    return path


def _record(
    invitation: Invitation, *, kind: str, by: Member, now: datetime, facts: dict[str, object] | None = None
) -> None:
    record(
        organisation=invitation.organisation, kind=kind, subject_type="invitation", subject_ref=invitation.ref,
        member=by, now=now, facts={"email": invitation.email, **(facts or {})},
    )  # fmt: skip
