"""Roles and their versions."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref
from assay.roles.choices import RoleDuty, RoleState


class Role(models.Model):
    """A position to be filled. What it asks for lies in its versions."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="roles")
    title = models.CharField(max_length=160)
    state = models.CharField(max_length=10, choices=RoleState.choices, default=RoleState.DRAFT)
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    answer_within_days = models.PositiveSmallIntegerField(null=True)
    """Overrides the organisation's; null means the organisation's."""

    class Meta:
        indexes = [models.Index(fields=["organisation", "state"])]

    def __str__(self) -> str:
        return self.title


class RoleVersion(models.Model):
    """What a role asks for, as it stood at one time. Versions are added, never changed."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="versions")
    number = models.PositiveIntegerField()
    created_at = models.DateTimeField()
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    change_note = models.CharField(max_length=300, blank=True)
    ad_text = models.TextField(blank=True)
    """The ad's visible text; the profile's spans point into it."""
    profile = models.JSONField()
    """A `roles.profile.RoleProfile` as JSON."""
    map_version = models.CharField(max_length=80)
    """The version of the competency map that the profile was made with."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "number"], name="role_version_unique")]
        ordering = ["-number"]


class RoleMember(models.Model):
    """A member's duty for one role: a hiring manager sees the roles that are theirs."""

    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="role_members")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="role_members")
    duty = models.CharField(max_length=20, choices=RoleDuty.choices)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "member", "duty"], name="role_member_unique")]
