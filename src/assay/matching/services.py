"""Writes of shortlists."""

from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from assay.accounts.models import Member
from assay.audit.services import record
from assay.core.errors import InvalidError
from assay.matching.models import Shortlist
from assay.matching.sheet import Sheet
from assay.roles.models import Role, RoleVersion

MAX_NAME = 120


def save_shortlist(
    *,
    role: Role,
    version: RoleVersion,
    sheet: Sheet,
    filters: dict[str, Any],
    name: str,
    member: Member,
    now: datetime,
) -> Shortlist:
    """Keep a list as it stands with everything that it was made of; it is never changed.

    Raises `InvalidError` where the name is empty.
    """
    name = name.strip()[:MAX_NAME]
    if not name:
        raise InvalidError("Give the snapshot a name, such as “before the knowledge test”.")
    with transaction.atomic():
        kept = Shortlist.objects.create(
            organisation_id=role.organisation_id,
            role=role,
            role_version=version,
            name=name,
            created_by=member,
            created_at=now,
            parameters={
                "versions": msgspec.to_builtins(sheet.versions),
                "filters": filters,
                "blind": sheet.is_blind,
                "role_version": version.number,
            },
            result=msgspec.to_builtins(sheet),
        )
        record(
            organisation=role.organisation,
            kind="shortlist.saved",
            subject_type="role",
            subject_ref=role.ref,
            member=member,
            now=now,
            facts={"shortlist": kept.ref, "name": name, "people": len(sheet.entries), "version": version.number},
        )
    return kept


def record_export(*, role: Role, form: str, people: int, member: Member, now: datetime) -> None:
    """Record that a list of people left the house as a file."""
    with transaction.atomic():
        record(
            organisation=role.organisation,
            kind="shortlist.exported",
            subject_type="role",
            subject_ref=role.ref,
            member=member,
            now=now,
            facts={"form": form, "people": people},
        )


def record_comparison(*, role: Role, people: list[str], member: Member, now: datetime) -> None:
    """Record that people were looked at side by side."""
    with transaction.atomic():
        record(
            organisation=role.organisation,
            kind="shortlist.compared",
            subject_type="role",
            subject_ref=role.ref,
            member=member,
            now=now,
            facts={"people": people},
        )


def sheet_of(shortlist: Shortlist) -> Sheet:
    """Yield a snapshot's list as it stood."""
    return msgspec.convert(shortlist.result, Sheet)
