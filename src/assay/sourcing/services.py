"""Writes of imports and channels: each one use case and one transaction. No fact of a trail names a file."""

from datetime import datetime

from django.db import transaction
from django.db.models import Q

from assay.accounts.models import Member, Organisation
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.core.jobs import enqueue
from assay.evidence.services import store_blob
from assay.roles.models import Role
from assay.sourcing.choices import ChannelKind, ImportState, ItemState
from assay.sourcing.models import Channel, Import, ImportItem

ACCEPTED = {
    "pdf", "docx", "odt", "rtf", "txt", "text", "md", "markdown", "html", "htm", "json", "zip", "csv", "tsv",
    "png", "jpg", "jpeg",
}  # fmt: skip
"""Endings of files that are taken; what is inside is told from the bytes."""

ADVICE = {
    "doc": "This is an old Word file. Open it in Word and save it as DOCX or PDF.",
    "pages": "This is a Pages file. Export it as PDF.",
    "xlsx": "This is a spreadsheet. Save it as CSV.",
    "xls": "This is a spreadsheet. Save it as CSV.",
    "rar": "This archive cannot be opened. Pack it as ZIP.",
    "7z": "This archive cannot be opened. Pack it as ZIP.",
}
MAX_ARCHIVE_BYTES = 200 * 2**20
UNNAMED = "file without a name"


class ImportClosedError(ConflictError):
    """The import was cancelled or finished, so it takes no more files."""


def create_import(
    *, organisation: Organisation, member: Member, role: Role | None, channel: Channel | None, now: datetime
) -> Import:
    """Open an import that files can be added to."""
    with transaction.atomic():
        batch = Import.objects.create(
            organisation=organisation, role=role, channel=channel, created_by=member, created_at=now
        )
        _record("import.opened", batch, member, now)
    return batch


def add_file(*, batch: Import, file_name: str, data: bytes | None, max_bytes: int, byte_size: int) -> ImportItem:
    """Keep one file and queue its reading, in one transaction; a file that cannot be used is kept by name only.

    Doing it twice has the effect of doing it once, so an upload that broke off is sent again without harm. ``data``
    may be None where ``byte_size`` says that it is too large to be taken.

    Raises
    ------
    ImportClosedError
        The import takes no more files.
    """
    file_name = _plain_name(file_name)
    with transaction.atomic():
        locked = Import.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if locked.state not in {ImportState.RECEIVING, ImportState.READING}:
            raise ImportClosedError("This import is closed. Open a new one for more files.")
        refusal = refusal_of(file_name=file_name, byte_size=byte_size, max_bytes=max_bytes)
        if refusal or data is None:
            item, _ = ImportItem.objects.get_or_create(
                batch=locked, file_name=file_name, blob=None, state=ItemState.UNREADABLE, defaults={"problem": refusal}
            )
            return item
        return add_item(batch=locked, file_name=file_name, data=data)


def add_item(*, batch: Import, file_name: str, data: bytes, parent: ImportItem | None = None) -> ImportItem:
    """Keep bytes as an item of an import and queue its reading; runs in the caller's transaction."""
    blob = store_blob(data=data)
    item, is_new = ImportItem.objects.get_or_create(
        batch=batch, file_name=file_name[-255:], blob_id=blob.pk, defaults={"parent": parent}
    )
    if is_new:
        queue_reading(item_id=item.pk)
    return item


def queue_reading(*, item_id: int) -> None:
    """Queue the reading of one item in the present transaction; what waits already is not queued again."""
    from assay.sourcing.tasks import read_import_item  # noqa: PLC0415 -- tasks call services; only its name is used

    enqueue(read_import_item, once=f"import-item-{item_id}", item_id=item_id)


def refusal_of(*, file_name: str, byte_size: int, max_bytes: int) -> str:
    """Yield why a file is not taken and what to do, "" for one that is."""
    ending = file_name.rpartition(".")[2].casefold() if "." in file_name else ""
    if ending in ADVICE:
        return ADVICE[ending]
    if ending not in ACCEPTED:
        return "This kind of file is not read. Send PDF, DOCX, ODT, RTF, text, Markdown, HTML, JSON Resume, ZIP or CSV."
    limit = MAX_ARCHIVE_BYTES if ending == "zip" else max_bytes
    if byte_size > limit:
        return f"The file is larger than {limit // 2**20} MiB. Send a smaller one, or an archive in parts."
    return "The file is empty. Look whether it was saved, and send it again." if byte_size == 0 else ""


def close_import(*, batch: Import, member: Member, now: datetime) -> None:
    """Say that all files are here; done at once where all are read."""
    with transaction.atomic():
        locked = Import.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if locked.state != ImportState.RECEIVING:
            return
        locked.state = ImportState.READING
        locked.save(update_fields=["state"])
        _record("import.received", locked, member, now, files=locked.items.filter(parent=None).count())
        finish_if_read(batch=locked, now=now)


def finish_if_read(*, batch: Import, now: datetime) -> None:
    """Mark an import whose last file was read as done. The caller holds the import's row."""
    if batch.state == ImportState.READING and not batch.items.filter(state=ItemState.WAITING).exists():
        batch.state, batch.finished_at = ImportState.DONE, now
        batch.save(update_fields=["state", "finished_at"])
        _record("import.done", batch, None, now, read=batch.items.filter(state=ItemState.READ).count())


def cancel_import(*, batch: Import, member: Member, now: datetime) -> None:
    """Stop reading; what is read already stays."""
    with transaction.atomic():
        locked = Import.objects.select_for_update(no_key=True).get(pk=batch.pk)
        if locked.state in {ImportState.DONE, ImportState.CANCELLED}:
            return
        locked.items.filter(state=ItemState.WAITING).update(state=ItemState.CANCELLED)
        locked.state, locked.finished_at = ImportState.CANCELLED, now
        locked.save(update_fields=["state", "finished_at"])
        _record("import.cancelled", locked, member, now)


def retry_import(*, batch: Import, member: Member, now: datetime) -> int:
    """Read again what could not be read or was cancelled; yield how many files that is."""
    with transaction.atomic():
        locked = Import.objects.select_for_update(no_key=True).get(pk=batch.pk)
        again = Q(state__in=[ItemState.UNREADABLE, ItemState.CANCELLED], blob__isnull=False)
        items = list(locked.items.select_for_update().filter(again))
        if not items:
            return 0
        locked.items.filter(pk__in=[item.pk for item in items]).update(state=ItemState.WAITING, problem="", attempts=0)
        for item in items:
            queue_reading(item_id=item.pk)
        locked.state, locked.finished_at = ImportState.READING, None
        locked.save(update_fields=["state", "finished_at"])
        _record("import.retried", locked, member, now, files=len(items))
    return len(items)


def save_channel(
    *, organisation: Organisation, name: str, kind: str, member: Member, now: datetime, channel: Channel | None = None
) -> Channel:
    """Add a channel, or rename one. Raises `InvalidError` where the name is missing or taken."""
    name = " ".join(name.split())[:60]
    if not name:
        raise InvalidError("A channel needs a name.")
    if kind not in ChannelKind.values:
        raise InvalidError("That is no kind of channel.")
    with transaction.atomic():
        others = Channel.objects.filter(organisation=organisation, name__iexact=name)
        if (others.exclude(pk=channel.pk) if channel else others).exists():
            raise InvalidError(f"There is a channel named “{name}” already.")
        channel = channel or Channel(organisation=organisation)
        event = "channel.renamed" if channel.pk else "channel.added"
        channel.name, channel.kind = name, kind
        channel.save()
        record(
            organisation=organisation,
            kind=event,
            subject_type="channel",
            subject_ref=channel.ref,
            member=member,
            now=now,
            facts={"name": name, "kind": kind},
        )
    return channel


def _plain_name(file_name: str) -> str:
    """Yield the last part of a path, without control characters; never empty."""
    last = file_name.replace("\\", "/").rpartition("/")[2]
    return "".join(char for char in last if char.isprintable()).strip()[-255:] or UNNAMED


def _record(kind: str, batch: Import, member: Member | None, now: datetime, **facts: object) -> None:
    record(
        organisation=batch.organisation,
        kind=kind,
        subject_type="import",
        subject_ref=batch.ref,
        member=member,
        now=now,
        facts=facts,
    )
