"""Changing what members do, and recording what they do with their accounts."""

from collections.abc import Collection, Mapping
from datetime import datetime

from django.db import transaction

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member, Organisation, User
from assay.accounts.selectors import memberships_of
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError


class LastAdministratorError(ConflictError):
    """Without this member nobody could administer the organisation."""


class NoKindsError(InvalidError):
    """A member has to do something."""


def checked_kinds(kinds: Collection[str]) -> list[MemberKind]:
    """Yield the kinds once each in their usual order. Raises `NoKindsError` for none or an unknown one."""
    known = [kind for kind in MemberKind if kind in kinds]
    if not known or set(kinds) - set(MemberKind.values):
        message = "Choose at least one thing that this person does here."
        raise NoKindsError(message)
    return known


@transaction.atomic
def change_kinds(*, member: Member, kinds: Collection[str], by: Member, now: datetime) -> Member:
    """Change what a member does. Raises `LastAdministratorError`, `NoKindsError`."""
    new = checked_kinds(kinds)
    member = _locked(member)
    old = member.kinds
    if old == new:
        return member
    if MemberKind.ADMINISTRATOR not in new:
        _require_another_administrator(member)
    member.kinds = new
    member.save(update_fields=["kinds"])
    _record(member, kind="member.changed", by=by, now=now, facts={"from": old, "to": new})
    return member


@transaction.atomic
def deactivate_member(*, member: Member, by: Member, now: datetime) -> Member:
    """End a membership from the next request on; what the member did stays theirs. Raises `LastAdministratorError`."""
    member = _locked(member)
    if not member.is_active:
        return member
    _require_another_administrator(member)
    member.is_active = False
    member.save(update_fields=["is_active"])
    _record(member, kind="member.deactivated", by=by, now=now)
    return member


@transaction.atomic
def reactivate_member(*, member: Member, by: Member, now: datetime) -> Member:
    """Take somebody back with the kinds they had."""
    member = _locked(member)
    if member.is_active:
        return member
    member.is_active = True
    member.save(update_fields=["is_active"])
    _record(member, kind="member.reactivated", by=by, now=now)
    return member


@transaction.atomic
def record_for_user(*, user: User, kind: str, now: datetime, facts: Mapping[str, object] | None = None) -> None:
    """Record what somebody did with their account in every organisation that trusts this account."""
    for member in memberships_of(user=user):
        _record(member, kind=kind, by=member, now=now, facts=facts)


def _locked(member: Member) -> Member:
    """Yield the member as it stands now, its organisation locked so that administrators are counted one at a time."""
    Organisation.objects.select_for_update().get(pk=member.organisation_id)
    return Member.objects.select_related("organisation", "user").get(pk=member.pk)


def _require_another_administrator(member: Member) -> None:
    if not member.is_any(MemberKind.ADMINISTRATOR):
        return
    others = Member.objects.filter(
        organisation=member.organisation, is_active=True, kinds__contains=[MemberKind.ADMINISTRATOR]
    ).exclude(pk=member.pk)
    if not others.filter(user__is_active=True).exists():
        message = f"{member.user.name} is the last administrator. Make somebody else an administrator first."
        raise LastAdministratorError(message, member=member.ref)


def _record(member: Member, *, kind: str, by: Member, now: datetime, facts: Mapping[str, object] | None = None) -> None:
    record(
        organisation=member.organisation,
        kind=kind,
        subject_type="member",
        subject_ref=member.ref,
        member=by,
        now=now,
        facts={"name": member.user.name, **(facts or {})},
    )
