"""Writes of documents and corrections: each one use case and one transaction."""

from datetime import datetime
from hashlib import sha256
from typing import Any, TypeVar

import msgspec
from django.db import connection, transaction

from assay.accounts.models import Member, Organisation
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.evidence.choices import DocumentState
from assay.evidence.lookalikes import lookalikes_of
from assay.evidence.models import Blob, Correction, Document
from assay.evidence.profile import ENTRIES, LISTS, SINGLES, Anchor, Entry, Field, Profile
from assay.evidence.reader import Read, stored
from assay.evidence.refresh import refresh_person
from assay.evidence.selectors import corrections_of, profile_of
from assay.people.duplicates import band_keys, shingles_of
from assay.people.models import Person
from assay.people.services import create_person, note_pairs, set_fingerprint

MAX_VALUE = 300
T = TypeVar("T", Field, Entry)


class StaleFieldError(ConflictError):
    """Somebody else, or a new reading, changed the field after it was shown."""


def store_blob(*, data: bytes) -> Blob:
    """Keep bytes, once whoever brings them; yield their row. Runs in the caller's transaction."""
    digest = sha256(data).hexdigest()
    Blob.objects.bulk_create([Blob(sha256=digest, data=data, byte_size=len(data))], ignore_conflicts=True)
    return Blob(sha256=digest, byte_size=len(data))


def known_document(*, organisation: Organisation, sha256: str) -> Document | None:
    """Yield the document of exactly these bytes, where the organisation has it; holds back others that ask meanwhile.

    The lock ends with the caller's transaction, so two readings of one file that arrive together make one person.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, %s))", [sha256, organisation.pk])
    return Document.objects.filter(organisation=organisation, blob_id=sha256).select_related("person").first()


def store_reading(
    *,
    organisation: Organisation,
    blob_sha256: str,
    file_name: str,
    read: Read,
    now: datetime,
    member: Member | None = None,
    person: Person | None = None,
    facts: dict[str, str] | None = None,
) -> Document:
    """Keep what a file yielded, for a person known by this very file or a new one; look for rows alike.

    A file that the organisation has already is not kept twice: its document is yielded.
    """
    with transaction.atomic():
        if (known := known_document(organisation=organisation, sha256=blob_sha256)) is not None:
            return known
        person = person or create_person(organisation=organisation, now=now)
        document = Document(
            organisation=organisation,
            person=person,
            blob_id=blob_sha256,
            file_name=file_name[-255:],
            created_at=now,
        )
        _fill(document, read, now)
        # Recording first takes the organisation's chain: from here on the readings of one organisation follow one
        # another, and of two copies that arrive together the second one sees the first.
        record(
            organisation=organisation,
            kind="document.read",
            subject_type="person",
            subject_ref=person.ref,
            member=member,
            now=now,
            facts={"document": document.ref, "reader": read.version, **(facts or {})},
        )
        refresh_person(person=person, now=now)
        _look_for_copies(document, now)
    return document


def store_rereading(*, document: Document, read: Read, now: datetime) -> None:
    """Replace what an older reader yielded for a document; corrections stay on top."""
    with transaction.atomic():
        locked = (
            Document.objects.select_for_update(of=("self",))
            .select_related("person", "organisation")
            .get(pk=document.pk)
        )
        _fill(locked, read, now)
        if locked.person is None:
            return
        record(
            organisation=locked.organisation,
            kind="document.read_again",
            subject_type="person",
            subject_ref=locked.person.ref,
            now=now,
            facts={"document": locked.ref, "reader": read.version},
        )
        refresh_person(person=locked.person, now=now)
        _look_for_copies(locked, now)


def correct(
    *, person: Person, path: str, was: str, value: str | dict[str, str] | None, member: Member, now: datetime
) -> Correction:
    """Set what a field of the profile really is; yield the correction, which beats every reader from now on.

    Parameters
    ----------
    path
        ``name``, ``emails.0`` or ``emails`` to add one, ``employments.2.title``, ``employments.2`` or ``employments``
        to remove or add an entry: as the profile was shown.
    was
        The value that was shown; where another stands now, the correction is refused.
    value
        None removes.

    Raises
    ------
    StaleFieldError
        The field is not what it was when it was shown.
    """
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=person.pk)
        field, anchor = _held(profile_of(person), path, was)
        if anchor.was != was:
            raise StaleFieldError("This field has changed since you opened it. Look at what stands now and try again.")
        correction = Correction.objects.create(
            person=person,
            field=field,
            value=_checked(value),
            anchor=msgspec.to_builtins(anchor),
            member=member,
            created_at=now,
        )
        _record_correction("person.corrected", correction, member, now)
        refresh_person(person=person, now=now)
    return correction


def undo_correction(*, correction: Correction, member: Member, now: datetime) -> None:
    """Take a correction back: what was read stands again. Raises `StaleFieldError` where a later one builds on it."""
    with transaction.atomic():
        person = Person.objects.select_for_update().get(pk=correction.person_id)
        locked = Correction.objects.select_for_update().get(pk=correction.pk)
        if locked.undone_at is not None:
            return
        later = corrections_of(person=person).filter(pk__gt=locked.pk, field=locked.field)
        if isinstance(locked.value, str) and any(row.anchor.get("was") == locked.value for row in later):
            raise StaleFieldError("A later correction builds on this one; take that back first.")
        locked.undone_at, locked.undone_by = now, member
        locked.save(update_fields=["undone_at", "undone_by"])
        _record_correction("person.correction_undone", locked, member, now)
        refresh_person(person=person, now=now)


def anchored(*, profile: Profile, path: str) -> tuple[str, Anchor]:
    """Yield the field's name without its place in a list, and the words that a correction of it holds on to.

    Raises `InvalidError` for a path that a profile cannot have, `StaleFieldError` for one that it no longer has.
    """
    area, _, rest = path.partition(".")
    if area in SINGLES and not rest:
        return area, Anchor(was=profile.singles[area].value if area in profile.singles else "")
    if area in LISTS:
        fields = profile.lists.get(area, ())
        return area, Anchor(was=_at(fields, rest).value if rest else "")
    if area in ENTRIES:
        return _anchored_entry(profile.entries.get(area, ()), area, rest)
    raise InvalidError("A profile has no such field.")


def _held(profile: Profile, path: str, was: str) -> tuple[str, Anchor]:
    """Yield what a correction holds on to: in a list the value itself, whatever its place has become meanwhile."""
    area, _, index = path.partition(".")
    if area in LISTS and index.isdecimal() and any(field.value == was for field in profile.lists.get(area, ())):
        return area, Anchor(was=was)
    return anchored(profile=profile, path=path)


def _anchored_entry(entries: tuple[Entry, ...], area: str, rest: str) -> tuple[str, Anchor]:
    if not rest:
        return area, Anchor()
    index, _, name = rest.partition(".")
    if name and name not in ENTRIES[area]:
        raise InvalidError("A profile has no such field.")
    entry = _at(entries, index)
    # In the order of the profile: the database keeps the keys of JSON in an order of its own.
    values = {key: entry.fields[key].value for key in ENTRIES[area] if key in entry.fields}
    was = values.get(name, "") if name else " · ".join(values.values())
    return f"{area}.{name}" if name else area, Anchor(was=was, quote=entry.quote, values=values)


def _at(items: tuple[T, ...], index: str) -> T:
    if not index.isdecimal():
        raise InvalidError("A profile has no such field.")
    if int(index) >= len(items):
        raise StaleFieldError("This field is no longer there. Look at what stands now.")
    return items[int(index)]


def _checked(value: str | dict[str, str] | None) -> str | dict[str, str] | None:
    if isinstance(value, dict):
        kept = {name: text.strip()[:MAX_VALUE] for name, text in value.items() if text.strip()}
        if not kept:
            raise InvalidError("Fill in at least one field.")
        return kept
    if value is None:
        return None
    value = value.strip()
    if not value:
        raise InvalidError("The field is empty. To take it out, use “remove”.")
    return value[:MAX_VALUE]


def _fill(document: Document, read: Read, now: datetime) -> None:
    # Postgres keeps no NUL characters, in texts or in JSON.
    document.text = read.document.text.replace("\0", " ")
    document.media_type = read.document.media_type[:100]
    document.reading = _without_nul(stored(read.document))
    document.resume = _without_nul(msgspec.to_builtins(read.resume))
    document.skills = msgspec.to_builtins(read.skills)
    document.reader_version = read.version
    document.state, document.problem, document.read_at = DocumentState.READ, "", now
    document.save()


def _without_nul(value: Any) -> Any:
    if isinstance(value, str):
        return value.replace("\0", " ")
    if isinstance(value, dict):
        return {key: _without_nul(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [_without_nul(item) for item in value]
    return value


def _look_for_copies(document: Document, now: datetime) -> None:
    person = document.person
    if person is not None:
        set_fingerprint(person=person, document_ref=document.ref, bands=band_keys(shingles_of(document.text)))
        note_pairs(person=person, found=lookalikes_of(person=person, text=document.text), now=now)


def _record_correction(kind: str, correction: Correction, member: Member, now: datetime) -> None:
    record(
        organisation=correction.person.organisation,
        kind=kind,
        subject_type="person",
        subject_ref=correction.person.ref,
        member=member,
        now=now,
        facts={"field": correction.field, "correction": correction.pk},
    )
