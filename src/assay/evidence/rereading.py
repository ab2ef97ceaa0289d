"""Reading documents again with a newer reader or other words: a walk that may be killed and goes on where it was."""

from datetime import datetime

from django.db import transaction
from django.db.models import QuerySet

from assay.accounts.models import Member, Organisation
from assay.accounts.rules import may_recruit
from assay.audit.services import record
from assay.core.errors import ForbiddenError
from assay.core.jobs import enqueue
from assay.evidence.choices import DocumentState
from assay.evidence.models import Blob, Document, Rereading
from assay.evidence.reader import Reader, reader_version_for
from assay.evidence.services import store_rereading
from assay.reading.errors import UnreadableError

BATCH = 20
"""Documents read in one job; between jobs the queue gets round to others."""
MAX_ATTEMPTS = 3


def outdated_documents(*, organisation: Organisation) -> QuerySet[Document]:
    """Yield the documents that were read by an older reader or with other words than the map has now."""
    read = Document.objects.filter(organisation=organisation, state=DocumentState.READ)
    return read.exclude(reader_version=reader_version_for(organisation=organisation))


def latest_rereading(*, member: Member) -> Rereading | None:
    """Yield the walk that is under way in the member's organisation, else the last one."""
    return Rereading.objects.filter(organisation_id=member.organisation_id).first()


def start_rereading(*, member: Member, now: datetime) -> Rereading:
    """Queue the reading of all outdated documents; where it is under way, let it begin anew with what counts now.

    Corrections stay, and a document that is up to date is not touched. Raises `ForbiddenError`.
    """
    if not may_recruit(member):
        message = "Documents are read again by recruiters and administrators."
        raise ForbiddenError(message)
    organisation = member.organisation
    with transaction.atomic():
        Organisation.objects.select_for_update(no_key=True).get(pk=organisation.pk)
        target = reader_version_for(organisation=organisation)
        total = outdated_documents(organisation=organisation).count()
        running = Rereading.objects.select_for_update().filter(organisation=organisation, finished_at=None).first()
        if running is not None and running.target == target:
            _queue(running)
            return running
        row = running or Rereading(organisation=organisation)
        row.created_by, row.created_at, row.target, row.total = member, now, target, total
        row.read = row.failed = row.cursor = row.attempts = 0
        row.save()
        _queue(row)
        record(
            organisation=organisation, kind="documents.rereading_begun", subject_type="organisation",
            subject_ref=organisation.ref, member=member, now=now, facts={"documents": total, "reader": target},
        )  # fmt: skip
    return row


def reread_some(*, rereading_id: int, read: Reader, now: datetime) -> None:
    """Read the next documents of a walk again and queue what is left. Doing it twice does nothing twice.

    The slow part, reading, runs outside any transaction; a document's new reading and the walk's progress are stored
    together, so a process that dies leaves a walk that goes on with the same document.
    """
    for _ in range(BATCH):
        document = _begun(rereading_id, now)
        if document is None:
            return
        _reread(rereading_id, document, read=read, now=now)
    with transaction.atomic():
        row = Rereading.objects.filter(pk=rereading_id, finished_at=None).first()
        if row is not None:
            _queue(row)


def _begun(rereading_id: int, now: datetime) -> Document | None:
    """Count an attempt and yield the document; None where the walk is, or is now, at its end."""
    with transaction.atomic():
        row = _locked(rereading_id)
        if row is None:
            return None
        waiting = Document.objects.filter(
            organisation=row.organisation, state=DocumentState.READ, pk__gt=row.cursor
        ).exclude(reader_version=row.target)
        document = waiting.select_related("organisation").order_by("pk").first()
        if document is not None and row.attempts >= MAX_ATTEMPTS:
            row.cursor, row.attempts, row.failed = document.pk, 0, row.failed + 1
            document = waiting.filter(pk__gt=row.cursor).select_related("organisation").order_by("pk").first()
        if document is None:
            row.finished_at = now
            record(
                organisation=row.organisation, kind="documents.reread", subject_type="organisation",
                subject_ref=row.organisation.ref, now=now,
                facts={"read": row.read, "failed": row.failed, "reader": row.target},
            )  # fmt: skip
        else:
            row.attempts += 1
        row.save()
    return document


def _reread(rereading_id: int, document: Document, *, read: Reader, now: datetime) -> None:
    data = bytes(Blob.objects.values_list("data", flat=True).get(pk=document.blob_id))
    try:
        result = read(data=data, file_name=document.file_name, organisation=document.organisation, today=now.date())
    except UnreadableError:
        result = None
    with transaction.atomic():
        row = _locked(rereading_id)
        if row is None or row.cursor >= document.pk:
            return
        row.cursor, row.attempts = document.pk, 0
        if result is None:
            row.failed += 1
        elif Document.objects.filter(pk=document.pk).exists():  # it may have been erased meanwhile
            store_rereading(document=document, read=result, now=now)
            row.read += 1
        row.save()


def _locked(rereading_id: int) -> Rereading | None:
    return (
        Rereading.objects.select_for_update(of=("self",))
        .select_related("organisation")
        .filter(pk=rereading_id, finished_at=None)
        .first()
    )


def _queue(row: Rereading) -> None:
    from assay.evidence.tasks import reread_documents  # noqa: PLC0415 -- tasks call services; only its name is used

    name = f"reread:{row.organisation_id}"
    enqueue(reread_documents, once=name, lock=name, rereading_id=row.pk)
