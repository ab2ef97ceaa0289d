"""Reading organisations, members and invitations."""

from datetime import datetime

from allauth.mfa.models import Authenticator
from django.db.models import Exists, OuterRef, QuerySet

from assay.accounts.models import Invitation, Member, Organisation, User
from assay.accounts.rules import may_administer

SECOND_FACTORS = (Authenticator.Type.TOTP, Authenticator.Type.WEBAUTHN)


def members_in(*, organisation: Organisation) -> QuerySet[Member]:
    """Yield every member, active ones first, by name, with ``has_second_factor``."""
    factors = Authenticator.objects.filter(user=OuterRef("user"), type__in=SECOND_FACTORS)
    members = Member.objects.filter(organisation=organisation).select_related("user", "organisation")
    return members.annotate(has_second_factor=Exists(factors)).order_by("-is_active", "user__name", "pk")


def members_visible_to(*, member: Member) -> QuerySet[Member]:
    """Yield the members of the organisation that one is a member of."""
    return members_in(organisation=member.organisation)


def invitations_visible_to(*, member: Member) -> QuerySet[Invitation]:
    """Yield the invitations that are neither accepted nor revoked, for administrators; the newest first."""
    if not may_administer(member):
        return Invitation.objects.none()
    pending = Invitation.objects.filter(
        organisation=member.organisation, accepted_at__isnull=True, revoked_at__isnull=True
    )
    return pending.select_related("organisation", "invited_by__user").order_by("-created_at", "-pk")


def open_invitations_for(*, email: str, now: datetime) -> QuerySet[Invitation]:
    """Yield the invitations that an address could accept now, in every organisation."""
    return Invitation.objects.select_related("organisation", "invited_by__user").filter(
        email__iexact=email.strip(), accepted_at__isnull=True, revoked_at__isnull=True, expires_at__gt=now
    )


def memberships_of(*, user: User) -> QuerySet[Member]:
    """Yield the organisations that the user is an active member of."""
    memberships = Member.objects.filter(user=user, is_active=True).select_related("organisation", "user")
    return memberships.order_by("organisation__name", "pk")


def user_by_email(*, email: str) -> User | None:
    """Yield the account of an address, whatever its case; None where there is none."""
    return User.objects.filter(email__iexact=email.strip()).first()


def has_second_factor(*, user: User) -> bool:
    """Tell whether signing in asks the user for more than a password or a link."""
    is_found: bool = Authenticator.objects.filter(user=user, type__in=SECOND_FACTORS).exists()
    return is_found
