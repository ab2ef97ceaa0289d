"""Reads of roles, each limited to what the member may see."""

from typing import NamedTuple

import msgspec
from django.db.models import F, OuterRef, QuerySet, Subquery

from assay.accounts.models import Member
from assay.accounts.rules import may_recruit
from assay.core.errors import ForbiddenError, NotFoundError
from assay.roles.models import Role, RoleMember, RoleVersion
from assay.roles.profile import RoleProfile
from assay.roles.rules import may_edit_role, may_see_applicants


class RoleWithVersion(NamedTuple):
    """A role and what it asks for now."""

    role: Role
    version: RoleVersion
    profile: RoleProfile


def roles_visible_to(*, member: Member) -> QuerySet[Role]:
    """Yield the roles of the member's organisation that they may see, newest first, with ``version_number``."""
    roles = Role.objects.filter(organisation_id=member.organisation_id)
    if not may_recruit(member):
        roles = roles.filter(pk__in=RoleMember.objects.filter(member=member).values("role"))
    latest = RoleVersion.objects.filter(role=OuterRef("pk")).order_by("-number").values("number")[:1]
    return roles.annotate(version_number=Subquery(latest)).order_by("-created_at", "-pk")


def roles_asking_for(*, member: Member, competency: str) -> QuerySet[Role]:
    """Yield the roles that the member may see and that ask for a competency now, newest first."""
    asks = {"demands": [{"competency": competency}]}
    return roles_visible_to(member=member).filter(
        versions__number=F("version_number"), versions__profile__contains=asks
    )


def role_visible_to(*, member: Member, ref: str) -> Role:
    """Yield one role. Raises `NotFoundError` where there is none or the member may not see it."""
    role = roles_visible_to(member=member).filter(ref=ref).first()
    if role is None:
        message = "There is no such role, or it is not one of yours."
        raise NotFoundError(message)
    return role


def role_editable_by(*, member: Member, ref: str) -> Role:
    """Yield one role that the member may change. Raises `NotFoundError` or `ForbiddenError`."""
    role = role_visible_to(member=member, ref=ref)
    if not may_edit_role(member=member, duties=duties_of(member=member, role=role)):
        message = "You may read this role, but not change it. Its hiring manager or a recruiter can."
        raise ForbiddenError(message)
    return role


def role_with_applicants_visible_to(*, member: Member, ref: str) -> Role:
    """Yield one role whose applicants the member may see. Raises `NotFoundError` or `ForbiddenError`."""
    role = role_visible_to(member=member, ref=ref)
    if not may_see_applicants(member=member, duties=duties_of(member=member, role=role)):
        message = "Who applied is seen by the role's hiring manager and by recruiters."
        raise ForbiddenError(message)
    return role


def duties_of(*, member: Member, role: Role) -> frozenset[str]:
    """Yield what the member does for the role."""
    return frozenset(RoleMember.objects.filter(member=member, role=role).values_list("duty", flat=True))


def current_version(*, role: Role) -> RoleVersion:
    """Yield the newest version of a role; every role has one."""
    return RoleVersion.objects.select_related("created_by__user").filter(role=role).order_by("-number")[0]


def profile_of(version: RoleVersion) -> RoleProfile:
    """Yield a version's content as a value."""
    return msgspec.convert(version.profile, RoleProfile)


def with_current_version(*, role: Role) -> RoleWithVersion:
    """Yield a role with what it asks for now."""
    version = current_version(role=role)
    return RoleWithVersion(role, version, profile_of(version))
