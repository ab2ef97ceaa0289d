"""Writes of people: each one use case and one transaction, with its audit event. No fact of a trail names anybody."""

from collections.abc import Iterable, Mapping
from datetime import datetime
from typing import Any, NamedTuple

from django.db import connection, transaction

from assay.accounts.models import Member, Organisation
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.core.personal_data import holders
from assay.people.choices import ContactKind, PairState
from assay.people.contacts import MAX_CONTACT, name_key, normal_contact
from assay.people.duplicates import Reason
from assay.people.models import Contact, DuplicatePair, Fingerprint, Merge, Person

OWN_FIELDS = ("name", "headline", "profile_document", "stated")
"""What a merge may change on the kept row itself."""


class AlreadyDecidedError(ConflictError):
    """The pair was merged or told apart in the meantime."""


class CannotUndoError(ConflictError):
    """The merge was undone already, or what it moved has been merged on."""


class Given(NamedTuple):
    """A contact as it was given."""

    kind: ContactKind
    value: str


def create_person(*, organisation: Organisation, now: datetime, name: str = "", headline: str = "") -> Person:
    """Make a person; the caller records why they are here."""
    person = Person(organisation=organisation, created_at=now, updated_at=now)
    set_name(person=person, name=name, headline=headline)
    person.save()
    return person


def set_name(*, person: Person, name: str, headline: str) -> None:
    """Set the name and what follows from it; the caller saves."""
    person.name, person.headline = name[:200], headline[:300]
    person.name_key = name_key(name)


def set_contacts(*, person: Person, given: Iterable[Given]) -> None:
    """Make the person's contacts exactly these; two spellings of one are one."""
    wanted: dict[tuple[str, str], str] = {}
    for kind, value in given:
        normal = normal_contact(kind=kind, value=value)
        if normal:
            wanted.setdefault((kind, normal), value[:MAX_CONTACT])
    present = {(contact.kind, contact.normal): contact for contact in person.contacts.all()}
    gone = [contact.pk for key, contact in present.items() if wanted.get(key) != contact.value]
    Contact.objects.filter(pk__in=gone).delete()
    Contact.objects.bulk_create(
        Contact(person=person, kind=kind, normal=normal, value=value)
        for (kind, normal), value in wanted.items()
        if (kind, normal) not in present or present[kind, normal].pk in gone
    )


def set_fingerprint(*, person: Person, document_ref: str, bands: list[int]) -> None:
    """Keep the band keys of a document; without any, none."""
    Fingerprint.objects.filter(document_ref=document_ref).delete()
    if bands:
        Fingerprint.objects.create(person=person, document_ref=document_ref, bands=bands)


def note_pairs(*, person: Person, found: Mapping[int, list[Reason]], now: datetime) -> list[DuplicatePair]:
    """Keep pairs to be decided; one that stands already, whatever was decided, is left as it is."""
    pairs = [
        DuplicatePair(
            organisation_id=person.organisation_id,
            first_id=min(person.pk, other),
            second_id=max(person.pk, other),
            reasons=[{"kind": reason.kind, "detail": reason.detail} for reason in reasons],
            created_at=now,
        )
        for other, reasons in sorted(found.items())
        if reasons
    ]
    return DuplicatePair.objects.bulk_create(pairs, ignore_conflicts=True)


def mark_distinct(*, pair: DuplicatePair, member: Member, now: datetime) -> None:
    """Remember that the two are different people. Raises `AlreadyDecidedError`."""
    with transaction.atomic():
        locked = _open_pair(pair)
        _decide(locked, PairState.DISTINCT, member, now)
        for person in (locked.first, locked.second):
            record(
                organisation=locked.organisation,
                kind="person.told_apart",
                subject_type="person",
                subject_ref=person.ref,
                member=member,
                now=now,
                facts={"pair": locked.ref},
            )


def merge_people(
    *,
    kept: Person,
    merged: Person,
    own: Mapping[str, Any],
    member: Member,
    now: datetime,
    pair: DuplicatePair | None = None,
) -> Merge:
    """Make two rows one: everything of ``merged`` moves to ``kept``, which takes the chosen ``own`` fields.

    Raises
    ------
    AlreadyDecidedError
        Where one of the two was merged before, or the pair was decided.
    """
    if kept.pk == merged.pk or kept.organisation_id != merged.organisation_id or set(own) - set(OWN_FIELDS):
        raise InvalidError("Two different people of one organisation are needed for a merge.")
    with transaction.atomic():
        locked_pair = _open_pair(pair) if pair is not None else None
        kept, merged = _both_unmerged(kept, merged)
        moved = {holder.name: holder.move(source_id=merged.pk, target_id=kept.pk) for holder in holders()}
        before = {field: getattr(kept, field) for field in OWN_FIELDS}
        _take(kept, own, now)
        merged.merged_into, merged.updated_at = kept, now
        merged.save(update_fields=["merged_into", "updated_at"])
        merge = Merge.objects.create(
            organisation_id=kept.organisation_id,
            kept=kept,
            merged=merged,
            pair=locked_pair,
            moved=moved,
            before=before,
            member=member,
            created_at=now,
        )
        if locked_pair is not None:
            _decide(locked_pair, PairState.MERGED, member, now)
        _record_merge("person.merged", merge, member, now)
    return merge


def undo_merge(*, merge: Merge, member: Member, now: datetime) -> None:
    """Take a merge apart: what moved goes back, the pair is open again. Raises `CannotUndoError`."""
    with transaction.atomic():
        locked = Merge.objects.select_for_update().get(pk=merge.pk)
        kept = Person.objects.select_for_update().get(pk=locked.kept_id)
        merged = Person.objects.select_for_update().get(pk=locked.merged_id)
        if locked.undone_at is not None or merged.merged_into_id != kept.pk or kept.merged_into_id is not None:
            raise CannotUndoError("This merge was undone already, or one of the two was merged again since.")
        for holder in holders():
            holder.give_back(moved=locked.moved.get(holder.name, {}), source_id=merged.pk)
        _take(kept, locked.before, now)
        merged.merged_into, merged.updated_at = None, now
        merged.save(update_fields=["merged_into", "updated_at"])
        locked.undone_at = now
        locked.save(update_fields=["undone_at"])
        if locked.pair_id is not None:
            _reopen(locked.pair_id)
        _record_merge("person.merge_undone", locked, member, now)


def erase_person(*, person: Person, member: Member | None, now: datetime) -> None:
    """Delete a person and everything known of them, rows merged into them included. It cannot be undone."""
    with transaction.atomic():
        rows = list(Person.objects.select_for_update().filter(pk=person.pk))
        while more := list(
            Person.objects.select_for_update().filter(merged_into__in=rows).exclude(pk__in=[row.pk for row in rows])
        ):
            rows += more
        if not rows:
            raise ConflictError("This person was deleted already.")
        for row in rows:
            record(
                organisation=row.organisation,
                kind="person.erased",
                subject_type="person",
                subject_ref=row.ref,
                member=member,
                now=now,
            )
        _delete_with_observations(rows)


def _delete_with_observations(rows: list[Person]) -> None:
    """Delete rows and what hangs on them; the ledger's trigger lets observations go only while this flag is up."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT set_config('assay.erasing', 'on', true)")
        for holder in holders():
            for row in rows:
                holder.erase(person_id=row.pk)
        Person.objects.filter(pk__in=[row.pk for row in rows]).delete()
        cursor.execute("SELECT set_config('assay.erasing', 'off', true)")


def _open_pair(pair: DuplicatePair) -> DuplicatePair:
    locked = DuplicatePair.objects.select_for_update(of=("self",)).select_related("first", "second").get(pk=pair.pk)
    if locked.state != PairState.OPEN:
        raise AlreadyDecidedError("This pair was decided in the meantime; the list shows what stands now.")
    return locked


def _decide(pair: DuplicatePair, state: PairState, member: Member, now: datetime) -> None:
    pair.state, pair.decided_by, pair.decided_at = state, member, now
    pair.save(update_fields=["state", "decided_by", "decided_at"])


def _reopen(pair_id: int) -> None:
    DuplicatePair.objects.filter(pk=pair_id).update(state=PairState.OPEN, decided_by=None, decided_at=None)


def _both_unmerged(kept: Person, merged: Person) -> tuple[Person, Person]:
    rows = {
        row.pk: row for row in Person.objects.select_for_update().filter(pk__in=[kept.pk, merged.pk]).order_by("pk")
    }
    if len(rows) != 2 or any(row.merged_into_id for row in rows.values()):
        raise AlreadyDecidedError("One of the two was merged or deleted in the meantime.")
    return rows[kept.pk], rows[merged.pk]


def _take(person: Person, own: Mapping[str, Any], now: datetime) -> None:
    for field, value in own.items():
        setattr(person, field, value)
    set_name(person=person, name=person.name, headline=person.headline)
    person.updated_at = now
    person.save()


def _record_merge(kind: str, merge: Merge, member: Member, now: datetime) -> None:
    for person, other in ((merge.kept, merge.merged), (merge.merged, merge.kept)):
        record(
            organisation=person.organisation,
            kind=kind,
            subject_type="person",
            subject_ref=person.ref,
            member=member,
            now=now,
            facts={"with": other.ref, "merge": merge.ref, "kept": merge.kept.ref},
        )
