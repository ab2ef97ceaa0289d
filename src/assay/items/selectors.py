"""Reads of the bank: what ships with Assay, and the organisation's own."""

from collections.abc import Collection
from typing import NamedTuple

from django.db.models import OuterRef, Q, QuerySet, Subquery

from assay.accounts.models import Member, Organisation
from assay.core.errors import NotFoundError
from assay.items.choices import VersionState
from assay.items.models import BankTask, TaskVersion


class Proposal(NamedTuple):
    """A task that would show something that is not known yet."""

    version: TaskVersion
    shows: tuple[str, ...]
    """The asked competencies that it shows, strongest first."""
    worth: float
    """What it shows of what is asked, weighted, a minute: for the order only."""


def versions_usable_by(*, organisation: Organisation) -> QuerySet[TaskVersion]:
    """Yield the newest published version of every task that the organisation may give, without its files."""
    newest = TaskVersion.objects.filter(task=OuterRef("task"), state=VersionState.PUBLISHED).order_by("-number")
    return (
        TaskVersion.objects.filter(_within(organisation), state=VersionState.PUBLISHED)
        .filter(pk=Subquery(newest.values("pk")[:1]))
        .select_related("task")
        .defer("files")
        .order_by("family", "minutes", "title")
    )


def versions_visible_to(*, member: Member) -> QuerySet[TaskVersion]:
    """Yield every version that the member may read, newest first, without its files."""
    return (
        TaskVersion.objects.filter(_within(member.organisation))
        .select_related("task", "created_by__user")
        .defer("files")
        .order_by("-created_at", "-pk")
    )


def version_visible_to(*, member: Member, ref: str) -> TaskVersion:
    """Yield one version. Raises `NotFoundError`."""
    found = versions_visible_to(member=member).filter(ref=ref).first()
    if found is None:
        message = "There is no such task in this organisation's bank."
        raise NotFoundError(message)
    return found


def tasks_visible_to(*, member: Member) -> QuerySet[BankTask]:
    """Yield the tasks of the bank."""
    return BankTask.objects.filter(Q(organisation=None) | Q(organisation=member.organisation)).order_by("slug")


def practice_version(*, organisation: Organisation) -> TaskVersion | None:
    """Yield the practice task, which counts for nothing."""
    return versions_usable_by(organisation=organisation).filter(is_practice=True).first()


def proposals(
    *, organisation: Organisation, weights: dict[str, float], runtimes: Collection[str] | None = None
) -> list[Proposal]:
    """Yield the tasks that show competencies of ``weights`` (what is asked and not known), most a minute first.

    ``runtimes`` leaves out what nothing here can run.
    """
    found = []
    for version in versions_usable_by(organisation=organisation).filter(is_practice=False):
        shown = {name: weights[name] * loading for name, loading in version.loadings.items() if name in weights}
        if not shown or (runtimes is not None and version.runtime not in runtimes):
            continue
        order = tuple(sorted(shown, key=lambda name: (-shown[name], name)))
        found.append(Proposal(version, order, sum(shown.values()) / version.minutes))
    return sorted(found, key=lambda one: (-one.worth, one.version.title))


def _within(organisation: Organisation) -> Q:
    return Q(task__organisation=None) | Q(task__organisation=organisation)
