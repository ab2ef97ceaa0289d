"""Making two rows one, field by field, and taking it apart again."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any, NamedTuple

import msgspec
from django.db import transaction

from assay.accounts.models import Member
from assay.evidence.models import Correction
from assay.evidence.profile import Anchor
from assay.evidence.refresh import refresh_person
from assay.people.models import DuplicatePair, Merge, Person
from assay.people.services import merge_people, undo_merge

CHOSEN = "chosen"
"""Key in `Merge.moved` under which the corrections stand that the choices became."""


class Choices(NamedTuple):
    """What a person chose for the row that stays."""

    name: str
    headline: str
    profile_document: str
    """Reference of the document whose employment and education are shown; blank for the newest."""
    stated: Mapping[str, Any]
    dropped: Sequence[tuple[str, str]] = ()
    """(list of the profile, value) of contacts that do not belong to the person."""


def merge_rows(
    *, kept: Person, merged: Person, choices: Choices, member: Member, now: datetime, pair: DuplicatePair | None = None
) -> Merge:
    """Merge two people with the choices of a member; everything is recorded and can be undone."""
    with transaction.atomic():
        own = {"profile_document": choices.profile_document, "stated": dict(choices.stated)}
        merge = merge_people(kept=kept, merged=merged, own=own, member=member, now=now, pair=pair)
        kept = Person.objects.get(pk=kept.pk)
        refresh_person(person=kept, now=now)
        made = _as_corrections(kept, choices, member, now)
        merge.moved[CHOSEN] = {"correction": [correction.pk for correction in made]}
        merge.save(update_fields=["moved"])
        refresh_person(person=kept, now=now)
    return merge


def undo_merged_rows(*, merge: Merge, member: Member, now: datetime) -> None:
    """Take a merge apart. Raises `people.services.CannotUndoError`."""
    with transaction.atomic():
        made = merge.moved.get(CHOSEN, {}).get("correction", [])
        undo_merge(merge=merge, member=member, now=now)
        Correction.objects.filter(pk__in=made, undone_at__isnull=True).update(undone_at=now, undone_by=member)
        for person in Person.objects.filter(pk__in=[merge.kept_id, merge.merged_id]):
            refresh_person(person=person, now=now)


def _as_corrections(person: Person, choices: Choices, member: Member, now: datetime) -> list[Correction]:
    """Turn choices that the documents do not yield by themselves into corrections."""
    wanted: list[tuple[str, str | None, str]] = []
    if choices.name and choices.name != person.name:
        wanted.append(("name", choices.name, person.name))
    if choices.headline and choices.headline != person.headline:
        wanted.append(("headline", choices.headline, person.headline))
    wanted += [(area, None, value) for area, value in choices.dropped]
    return Correction.objects.bulk_create(
        Correction(
            person=person,
            field=field,
            value=value,
            anchor=msgspec.to_builtins(Anchor(was=was)),
            member=member,
            created_at=now,
        )
        for field, value, was in wanted
    )
