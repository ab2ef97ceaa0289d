"""Reads of imports, channels and the list of people, each limited to what the member may see."""

from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from assay.accounts.models import Member
from assay.accounts.rules import may_recruit
from assay.core.errors import NotFoundError
from assay.sourcing.choices import ImportState, ItemState
from assay.sourcing.models import Channel, Import, ImportItem


class Progress(NamedTuple):
    """How far an import is. Archives and tables are counted by what came out of them."""

    total: int
    waiting: int
    read: int
    known: int
    unreadable: int
    cancelled: int

    @property
    def ended(self) -> int:
        """How many files need nothing more."""
        return self.total - self.waiting


def imports_visible_to(*, member: Member) -> QuerySet[Import]:
    """Yield the imports of a recruiter's organisation, newest first; none for others."""
    imports = Import.objects.filter(organisation_id=member.organisation_id)
    imports = imports.select_related("role", "channel", "created_by__user").order_by("-created_at", "-pk")
    return imports if may_recruit(member) else imports.none()


def import_visible_to(*, member: Member, ref: str) -> Import:
    """Yield one import. Raises `NotFoundError`."""
    batch = imports_visible_to(member=member).select_related("organisation").filter(ref=ref).first()
    if batch is None:
        message = "There is no such import."
        raise NotFoundError(message)
    return batch


def with_counts(imports: QuerySet[Import]) -> QuerySet[Import]:
    """Add ``file_count``, ``read_count``, ``unreadable_count`` and ``waiting_count``."""
    counted = ~Q(items__state=ItemState.UNPACKED)
    return imports.annotate(
        file_count=Count("items", filter=counted),
        read_count=Count("items", filter=Q(items__state__in=[ItemState.READ, ItemState.KNOWN])),
        unreadable_count=Count("items", filter=Q(items__state=ItemState.UNREADABLE)),
        waiting_count=Count("items", filter=Q(items__state=ItemState.WAITING)),
    )


def progress_of(*, batch: Import) -> Progress:
    """Yield the counts of an import, in one query."""
    counts = dict(batch.items.order_by().values_list("state").annotate(count=Count("pk")))
    counts.pop(ItemState.UNPACKED, None)
    return Progress(
        total=sum(counts.values()),
        waiting=counts.get(ItemState.WAITING, 0),
        read=counts.get(ItemState.READ, 0),
        known=counts.get(ItemState.KNOWN, 0),
        unreadable=counts.get(ItemState.UNREADABLE, 0),
        cancelled=counts.get(ItemState.CANCELLED, 0),
    )


def items_of(*, batch: Import, state: ItemState) -> QuerySet[ImportItem]:
    """Yield the items of an import in one state, in the order of their arrival."""
    items = batch.items.filter(state=state).select_related("person")
    return items.defer("person__profile", "person__stated", "person__search").order_by("pk")


def is_running(batch: Import) -> bool:
    """Tell whether more is to come."""
    return batch.state in {ImportState.RECEIVING, ImportState.READING}


def channels_of(*, member: Member) -> QuerySet[Channel]:
    """Yield the channels of the member's organisation, by name."""
    return Channel.objects.filter(organisation_id=member.organisation_id).order_by("name")


def channel_of(*, member: Member, ref: str) -> Channel:
    """Yield one channel. Raises `NotFoundError`."""
    channel = channels_of(member=member).filter(ref=ref).first()
    if channel is None:
        message = "There is no such channel."
        raise NotFoundError(message)
    return channel
