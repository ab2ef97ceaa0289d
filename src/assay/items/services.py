"""Writes of the bank: versions, their proof, what is prepared of them."""

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import NamedTuple

from django.db import transaction
from django.db.models import Max

from assay.accounts.models import Member, Organisation
from assay.audit.services import record
from assay.competencies.selectors import catalogue_of
from assay.core.content import content_path
from assay.core.errors import ConflictError
from assay.core.jobs import enqueue
from assay.grading.check import check_task
from assay.grading.errors import TaskError
from assay.grading.folder import files_under, read_task
from assay.grading.model import Files, Task
from assay.grading.prepare import prepare
from assay.items.choices import VariantState, VersionState
from assay.items.folders import packed_files, packed_hidden, read_files, task_of
from assay.items.models import BankTask, TaskVersion, Variant
from assay.items.replay import PROOF, VARIANT, WaitingError, replayed
from assay.sandbox.choices import Priority
from assay.sandbox.models import Run
from assay.sandbox.services import forget_runs

SHIPPED = ("exercises", "work_samples")
PROVED_BEFORE = [{"what": "proved before it was shipped", "is_met": True, "detail": ""}]

AFTER_PREPARED: list[Callable[[int], None]] = []
"""Called in the transaction in which a variant became ready or failed, with its number."""


class Added(NamedTuple):
    """A version, and whether this call made it."""

    version: TaskVersion
    is_new: bool


class UnprovedError(ConflictError):
    """A task that does not prove itself is not published."""


def sync_shipped(*, now: datetime) -> int:
    """Bring the bank into line with the tasks that ship with Assay; yield how many versions are new."""
    folders = [
        path.parent
        for part in SHIPPED
        for path in sorted((content_path() / part).glob("*/task.yaml"))
    ]  # fmt: skip
    return sum(_sync_folder(folder, now) for folder in folders)


def add_version(*, organisation: Organisation, slug: str, files: Files, member: Member, now: datetime) -> TaskVersion:
    """Put a task folder into the organisation's bank and have it proved; the same files again are the same version.

    Raises
    ------
    InvalidError
        A file is missing or not as it should be, with file and line.
    """
    value = read_files(slug=slug, files=files)
    with transaction.atomic():
        task, _ = BankTask.objects.get_or_create(organisation=organisation, slug=slug, defaults={"created_at": now})
        version, is_new = _version_for(task, value, files, now=now, member=member)
        if is_new:
            _record(version, "task.added", member, now)
            enqueue_proof(version)
    return version


def publish_version(*, version: TaskVersion, member: Member, now: datetime) -> None:
    """Let a proved version be given to candidates; the version before it goes on where it was begun."""
    with transaction.atomic():
        locked = TaskVersion.objects.select_for_update().get(pk=version.pk)
        if locked.state == VersionState.PUBLISHED:
            return
        if locked.state not in {VersionState.PROVEN, VersionState.RETIRED} or not all(
            finding["is_met"] for finding in locked.proof
        ):
            message = "This version has not proved itself, so it cannot be published. Its page says what did not hold."
            raise UnprovedError(message)
        locked.state, locked.published_at = VersionState.PUBLISHED, now
        locked.save(update_fields=["state", "published_at"])
        _record(locked, "task.published", member, now)


def retire_version(*, version: TaskVersion, member: Member, now: datetime) -> None:
    """Give a version to nobody any more; who has it finishes it."""
    with transaction.atomic():
        published = TaskVersion.objects.filter(pk=version.pk, state=VersionState.PUBLISHED)
        if published.update(state=VersionState.RETIRED):
            _record(version, "task.retired", member, now)


def prove_again(*, version: TaskVersion, member: Member, now: datetime) -> None:
    """Have a faulty version proved anew, for example since its runtime is there now."""
    with transaction.atomic():
        if TaskVersion.objects.filter(pk=version.pk, state=VersionState.FAULTY).update(state=VersionState.PROVING):
            forget_runs(purpose=PROOF, subjects=[version.ref])
            _record(version, "task.proved_again", member, now)
            enqueue_proof(version)


def variant_for(*, version: TaskVersion, seed: int, now: datetime, priority: Priority = Priority.BACKGROUND) -> Variant:
    """Yield the variant of a seed, having it prepared where it is not yet."""
    with transaction.atomic():
        variant, is_new = Variant.objects.get_or_create(version=version, seed=seed, defaults={"created_at": now})
        if is_new:
            enqueue_variant(variant, priority=priority)
    return variant


def prepare_again(*, variant: Variant) -> None:
    """Have a variant that failed prepared anew."""
    with transaction.atomic():
        failed = Variant.objects.filter(pk=variant.pk, state=VariantState.FAILED)
        if failed.update(state=VariantState.PREPARING, problem=""):
            forget_runs(purpose=VARIANT, subjects=[str(variant.pk)])
            enqueue_variant(variant)


def advance_proof(*, version_id: int, now: datetime) -> None:
    """Go on with the proof of a version as far as its runs allow."""
    version = TaskVersion.objects.select_related("task__organisation").get(pk=version_id)
    if version.state != VersionState.PROVING:
        return
    organisation = version.task.organisation
    known = frozenset(one.id for one in catalogue_of(organisation=organisation).competencies) if organisation else None
    try:
        findings = [
            {"what": finding.what, "is_met": finding.is_met, "detail": finding.detail}
            for finding in check_task(
                task=task_of(version),
                run=replayed(purpose=PROOF, subject=version.ref, now=now),
                competencies=known if known is not None else frozenset(version.loadings),
            )
        ]
    except WaitingError:
        return
    except TaskError as error:
        findings = [{"what": "it can be used", "is_met": False, "detail": str(error)}]
    is_proven = all(finding["is_met"] for finding in findings)
    with transaction.atomic():
        TaskVersion.objects.filter(pk=version.pk, state=VersionState.PROVING).update(
            state=VersionState.PROVEN if is_proven else VersionState.FAULTY, proof=findings
        )
        forget_runs(purpose=PROOF, subjects=[version.ref])


def advance_variant(*, variant_id: int, now: datetime, priority: Priority) -> None:
    """Go on with preparing a variant as far as its runs allow."""
    variant = Variant.objects.select_related("version__task").get(pk=variant_id)
    if variant.state != VariantState.PREPARING:
        return
    subject = str(variant.pk)
    run = replayed(purpose=VARIANT, subject=subject, now=now, priority=priority)
    try:
        hidden = prepare(task=task_of(variant.version), seed=variant.seed, run=run)
        found = {"state": VariantState.READY, "hidden": packed_hidden(hidden), "given": packed_files(hidden.given)}
    except WaitingError:
        return
    except TaskError as error:
        found = {"state": VariantState.FAILED, "problem": str(error)}
    with transaction.atomic():
        changed = Variant.objects.filter(pk=variant.pk, state=VariantState.PREPARING).update(**found)
        forget_runs(purpose=VARIANT, subjects=[subject])
        if changed:
            for listener in AFTER_PREPARED:
                listener(variant.pk)


def proof_moved(run: Run) -> None:
    """Go on with a proof, one of whose runs has ended."""
    enqueue_proof(TaskVersion.objects.get(ref=run.subject))


def variant_moved(run: Run) -> None:
    """Go on with a variant, one of whose runs has ended."""
    enqueue_variant(Variant.objects.get(pk=int(run.subject)), priority=Priority(run.priority))


def enqueue_proof(version: TaskVersion) -> None:
    """Put the proof into the job queue."""
    from assay.items.tasks import prove_version  # noqa: PLC0415 -- tasks call services

    enqueue(prove_version, lock=f"proof:{version.pk}", version_id=version.pk)


def enqueue_variant(variant: Variant, *, priority: Priority = Priority.BACKGROUND) -> None:
    """Put the preparing into the job queue."""
    from assay.items.tasks import prepare_variant  # noqa: PLC0415 -- tasks call services

    enqueue(prepare_variant, lock=f"variant:{variant.pk}", variant_id=variant.pk, priority=int(priority))


def _sync_folder(folder: Path, now: datetime) -> bool:
    value, files = read_task(folder=folder), files_under(folder)
    with transaction.atomic():
        task, _ = BankTask.objects.get_or_create(organisation=None, slug=folder.name, defaults={"created_at": now})
        version, is_new = _version_for(task, value, files, now=now, member=None)
        if is_new:
            task.versions.filter(state=VersionState.PUBLISHED).update(state=VersionState.RETIRED)
            version.state, version.proof, version.published_at = VersionState.PUBLISHED, PROVED_BEFORE, now
            version.save(update_fields=["state", "proof", "published_at"])
    return is_new


def _version_for(task: BankTask, value: Task, files: Files, *, now: datetime, member: Member | None) -> Added:
    BankTask.objects.select_for_update().get(pk=task.pk)
    there = TaskVersion.objects.filter(task=task, digest=value.digest).first()
    if there is not None:
        return Added(there, is_new=False)
    latest = task.versions.aggregate(latest=Max("number"))["latest"] or 0
    version = TaskVersion.objects.create(
        task=task, number=latest + 1, digest=value.digest, family=value.family, title=value.title,
        summary=value.summary, runtime=value.runtime, generator=value.generator, minutes=value.minutes,
        level=value.level, loadings=value.loadings, kinds=list(value.kinds), is_practice=value.practice,
        files=packed_files(files), created_by=member, created_at=now,
    )  # fmt: skip
    return Added(version, is_new=True)


def _record(version: TaskVersion, kind: str, member: Member, now: datetime) -> None:
    record(
        organisation=member.organisation, kind=kind, subject_type="task_version", subject_ref=version.ref, now=now,
        member=member, facts={"task": version.task.slug, "number": version.number, "digest": version.digest},
    )  # fmt: skip
