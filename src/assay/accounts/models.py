"""Organisations and the people who work in them."""

from datetime import datetime
from typing import ClassVar

from django.contrib.auth.models import AbstractBaseUser, BaseUserManager
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models.functions import Lower

from assay.accounts.choices import MemberKind
from assay.core.ids import new_ref


class Organisation(models.Model):
    """A company with its own roles, people and records; nothing is shared between two of them."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    slug = models.SlugField(max_length=40, unique=True)
    name = models.CharField(max_length=120)
    created_at = models.DateTimeField()
    answer_within_days = models.PositiveSmallIntegerField(default=21)
    """How long an applicant waits at most for an answer; a role may set its own."""
    requires_second_factor = models.BooleanField(default=False)
    """Members without a passkey or an authenticator app see no page of the organisation until they have one."""

    def __str__(self) -> str:
        return self.name


class UserManager(BaseUserManager["User"]):
    """Finds people by e-mail, whatever its case."""

    def create_user(self, *, email: str, name: str, created_at: datetime, password: str | None = None) -> "User":
        """Make an account; without a password it can be entered by link, passkey or identity provider only."""
        user = self.model(email=email.strip().lower(), name=name.strip(), created_at=created_at)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, username: str | None) -> "User":
        """Yield the account of an e-mail address."""
        return self.get(email__iexact=username)


class User(AbstractBaseUser):
    """Somebody who can sign in. What they may do is said by their memberships."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    email = models.EmailField(max_length=254)
    name = models.CharField(max_length=120)
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    objects: ClassVar[UserManager] = UserManager()

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="user_email_unique")]

    def __str__(self) -> str:
        return self.name or self.email


class Member(models.Model):
    """One person's place in one organisation."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="members")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="memberships")
    kinds = ArrayField(models.CharField(max_length=20, choices=MemberKind.choices))
    is_active = models.BooleanField(default=True)
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["organisation", "user"], name="member_once_per_organisation"),
            models.CheckConstraint(condition=models.Q(kinds__len__gt=0), name="member_does_something"),
        ]

    def __str__(self) -> str:
        return self.user.name

    def is_any(self, *kinds: MemberKind) -> bool:
        """Tell whether the member is active and does one of these; an administrator is not every kind."""
        return self.is_active and any(kind in self.kinds for kind in kinds)


class Invitation(models.Model):
    """An offer to become a member, sent by mail. Open until accepted, revoked or expired."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="invitations")
    email = models.EmailField(max_length=254)
    kinds = ArrayField(models.CharField(max_length=20, choices=MemberKind.choices))
    token_hash = models.CharField(max_length=64, unique=True)
    invited_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    accepted_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                "organisation",
                Lower("email"),
                condition=models.Q(accepted_at__isnull=True, revoked_at__isnull=True),
                name="invitation_pending_once",
            ),
            models.CheckConstraint(condition=models.Q(kinds__len__gt=0), name="invitation_offers_something"),
        ]


class SignInLink(models.Model):
    """A link that signs one person in once. Only the hash of its secret is kept."""

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="sign_in_links")
    token_hash = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    used_at = models.DateTimeField(null=True)
