"""Writes of roles: each one use case and one transaction, with its audit event."""

from datetime import datetime
from typing import NamedTuple

import msgspec
from django.db import transaction

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member
from assay.accounts.rules import may_define_roles
from assay.audit.services import record
from assay.core.errors import ConflictError, ForbiddenError, InvalidError
from assay.roles.choices import RoleDuty, RoleState
from assay.roles.models import Role, RoleMember, RoleVersion
from assay.roles.profile import RoleProfile

LEVELS = range(1, 6)
MAX_TITLE = 160


class RoleChangedError(ConflictError):
    """Somebody saved another version after the one that was edited."""


class Draft(NamedTuple):
    """What a version is made of."""

    profile: RoleProfile
    ad_text: str
    map_version: str


def create_role(*, member: Member, draft: Draft, now: datetime) -> Role:
    """Make a role with its first version; a hiring manager who makes one manages it.

    Raises
    ------
    ForbiddenError, InvalidError
    """
    if not may_define_roles(member):
        message = "Roles are made by hiring managers and recruiters."
        raise ForbiddenError(message)
    check_profile(draft.profile)
    with transaction.atomic():
        role = Role.objects.create(
            organisation=member.organisation, title=draft.profile.title, created_at=now, created_by=member
        )
        _store_version(role=role, number=1, member=member, draft=draft, note="", now=now)
        if MemberKind.HIRING_MANAGER in member.kinds:
            RoleMember.objects.create(role=role, member=member, duty=RoleDuty.HIRING_MANAGER)
        _record(role=role, kind="role.created", member=member, now=now, title=role.title)
    return role


def save_version(
    *, role: Role, member: Member, draft: Draft, seen_number: int, note: str, now: datetime
) -> RoleVersion:
    """Add a version that replaces version ``seen_number``.

    Raises
    ------
    RoleChangedError
        Where another version was saved since; nothing is overwritten.
    """
    check_profile(draft.profile)
    with transaction.atomic():
        locked = Role.objects.select_for_update().get(pk=role.pk)
        newest = locked.versions.order_by("-number")[0]
        if newest.number != seen_number:
            message = (
                f"Version {newest.number} was saved by {newest.created_by or 'somebody'} while you edited version "
                f"{seen_number}. Yours is not saved yet: look at what changed, and save again to put yours on top."
            )
            raise RoleChangedError(message, newest=newest.number)
        version = _store_version(
            role=locked, number=seen_number + 1, member=member, draft=draft, note=note.strip(), now=now
        )
        locked.title = draft.profile.title
        locked.save(update_fields=["title"])
        _record(role=locked, kind="role.version_saved", member=member, now=now, version=version.number, note=note)
    return version


def set_state(*, role: Role, member: Member, state: RoleState, now: datetime) -> None:
    """Open or close a role; saying so twice has the effect of saying it once."""
    with transaction.atomic():
        locked = Role.objects.select_for_update().get(pk=role.pk)
        if locked.state == state:
            return
        before, locked.state = locked.state, state
        locked.save(update_fields=["state"])
        _record(role=locked, kind="role.state_set", member=member, now=now, before=before, after=state)


def give_duty(*, role: Role, member: Member, colleague: Member, duty: RoleDuty, now: datetime) -> None:
    """Let a colleague of the same organisation take part in a role."""
    if colleague.organisation_id != role.organisation_id:
        message = "That person is not a member of this organisation."
        raise InvalidError(message)
    with transaction.atomic():
        _row, is_new = RoleMember.objects.get_or_create(role=role, member=colleague, duty=duty)
        if is_new:
            _record(role=role, kind="role.duty_given", member=member, now=now, colleague=colleague.ref, duty=duty)


def take_duty(*, role: Role, member: Member, colleague: Member, duty: RoleDuty, now: datetime) -> None:
    """End a colleague's part in a role."""
    with transaction.atomic():
        deleted, _ = RoleMember.objects.filter(role=role, member=colleague, duty=duty).delete()
        if deleted:
            _record(role=role, kind="role.duty_taken", member=member, now=now, colleague=colleague.ref, duty=duty)


def check_profile(profile: RoleProfile) -> None:
    """Refuse a profile that nobody could be compared with. Raises `InvalidError` naming the first fault."""
    if not profile.title.strip() or len(profile.title) > MAX_TITLE:
        message = f"A role needs a title of at most {MAX_TITLE} characters."
        raise InvalidError(message)
    if not profile.demands:
        message = "A role needs at least one competency; without one nobody can be compared."
        raise InvalidError(message)
    names = [demand.competency for demand in profile.demands]
    if len(set(names)) != len(names):
        message = "A competency stands twice in the profile."
        raise InvalidError(message)
    for demand in profile.demands:
        if demand.level not in LEVELS or not 0 < demand.weight < float("inf"):
            message = f"{demand.competency}: the level goes from 1 to 5 and the weight is positive."
            raise InvalidError(message)


def _store_version(*, role: Role, number: int, member: Member, draft: Draft, note: str, now: datetime) -> RoleVersion:
    return RoleVersion.objects.create(
        role=role,
        number=number,
        created_at=now,
        created_by=member,
        change_note=note[:300],
        ad_text=draft.ad_text,
        profile=msgspec.to_builtins(draft.profile),
        map_version=draft.map_version,
    )


def _record(*, role: Role, kind: str, member: Member, now: datetime, **facts: object) -> None:
    record(
        organisation=role.organisation, kind=kind, subject_type="role", subject_ref=role.ref, now=now, member=member,
        facts=facts,
    )  # fmt: skip
