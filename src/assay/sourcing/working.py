"""The reading of one file of an import: what the job does. Doing it twice has the effect of doing it once."""

from datetime import datetime

from django.db import transaction

from assay.applications.services import apply
from assay.core.errors import InvalidError
from assay.evidence.models import Blob, Document
from assay.evidence.parts import Part, unpack
from assay.evidence.reader import Read, Reader
from assay.evidence.services import known_document, store_reading
from assay.people.models import Person
from assay.reading.errors import UnreadableError
from assay.sourcing.choices import ItemState
from assay.sourcing.models import Import, ImportItem
from assay.sourcing.services import add_item, finish_if_read

MAX_ATTEMPTS = 4
GAVE_UP = "Assay failed on this file several times. That is our fault, not the file's; the people who run it can look."


def read_item(*, item_id: int, read: Reader, now: datetime) -> None:
    """Read one waiting item: make a person of it, or unpack it, or say why not.

    The slow part, reading, runs outside any transaction; before and after it the item's row is locked and looked at
    anew. A process that dies in the middle leaves the item waiting, and the job is given out again.
    """
    item = _begun(item_id, now)
    if item is None:
        return
    data = bytes(Blob.objects.values_list("data", flat=True).get(pk=item.blob_id))
    try:
        parts = None if item.parent_id else unpack(data=data, file_name=item.file_name)
        if parts is not None:
            _unpacked(item, parts, now)
            return
        result = read(data=data, file_name=item.file_name, organisation=item.batch.organisation, today=now.date())
    except UnreadableError as error:
        _end(item, ItemState.UNREADABLE, now, problem=error.message)
        return
    _store(item, result, now)


def _begun(item_id: int, now: datetime) -> ImportItem | None:
    """Count an attempt and yield the item; None where nothing is to be read, or it was ended here."""
    with transaction.atomic():
        item = (
            ImportItem.objects.select_for_update(of=("self",))
            .select_related("batch__organisation", "batch__role__organisation", "batch__channel", "batch__created_by")
            .filter(pk=item_id, state=ItemState.WAITING, blob__isnull=False)
            .first()
        )
        if item is None:
            return None
        item.attempts += 1
        item.save(update_fields=["attempts"])
        known = known_document(organisation=item.batch.organisation, sha256=str(item.blob_id))
    if item.attempts > MAX_ATTEMPTS:
        _end(item, ItemState.UNREADABLE, now, problem=GAVE_UP)
        return None
    if known is not None:
        _end(item, ItemState.KNOWN, now, document=known)
        return None
    return item


def _store(item: ImportItem, result: Read, now: datetime) -> None:
    with transaction.atomic():
        if not _still_waiting(item):
            return
        before = known_document(organisation=item.batch.organisation, sha256=str(item.blob_id))
        document = before or store_reading(
            organisation=item.batch.organisation,
            blob_sha256=str(item.blob_id),
            file_name=item.file_name,
            read=result,
            now=now,
            member=item.batch.created_by,
            facts={"import": item.batch.ref},
        )
        _end(item, ItemState.KNOWN if before else ItemState.READ, now, document=document)


def _end(
    item: ImportItem, state: ItemState, now: datetime, *, problem: str = "", document: Document | None = None
) -> None:
    """Say what became of an item, make its person an applicant, and close the import with its last one."""
    with transaction.atomic():
        if not _still_waiting(item):
            return
        batch = Import.objects.select_related("organisation").get(pk=item.batch_id)
        item.state, item.problem, item.document = state, problem[:500], document
        item.person = document.person if document is not None else None
        item.save(update_fields=["state", "problem", "document", "person"])
        if item.person is not None:
            _apply(item, item.person, now)
        finish_if_read(batch=batch, now=now)


def _apply(item: ImportItem, person: Person, now: datetime) -> None:
    batch = item.batch
    if batch.role is None:
        return
    try:
        apply(
            role=batch.role,
            person=person,
            channel=batch.channel.name if batch.channel else "",
            applied_at=batch.created_at,
            member=batch.created_by,
            now=now,
        )
    except InvalidError as error:
        # The role closed while the pile was read: the person is kept, and the list says why there is no application.
        item.problem = error.message[:500]
        item.save(update_fields=["problem"])


def _still_waiting(item: ImportItem) -> bool:
    """Lock the import, then the item, and tell whether it still waits.

    Everything that ends an item takes its locks in this order, and the organisation's audit chain after them; any other
    order would let two workers wait for each other.
    """
    Import.objects.select_for_update(no_key=True).get(pk=item.batch_id)
    return ImportItem.objects.select_for_update().filter(pk=item.pk, state=ItemState.WAITING).exists()


def _unpacked(item: ImportItem, parts: list[Part], now: datetime) -> None:
    """Make items of an archive's or a table's parts, all or none."""
    with transaction.atomic():
        if not _still_waiting(item):
            return
        for part in parts:
            if part.problem:
                ImportItem.objects.create(
                    batch=item.batch,
                    file_name=part.file_name[-255:],
                    parent=item,
                    state=ItemState.UNREADABLE,
                    problem=part.problem[:500],
                )
            else:
                add_item(batch=item.batch, file_name=part.file_name, data=part.data, parent=item)
        _end(item, ItemState.UNPACKED, now)
