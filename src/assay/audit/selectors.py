"""Reading the trail."""

from datetime import UTC, date, datetime, time, timedelta
from typing import NamedTuple

from django.db.models import QuerySet

from assay.accounts.models import Member, Organisation
from assay.accounts.rules import may_audit
from assay.audit.models import Check, Event
from assay.core.errors import NotFoundError


class TrailFilter(NamedTuple):
    """What part of the trail is asked for; an empty field asks for everything."""

    kind: str = ""
    subject_type: str = ""
    subject_ref: str = ""
    member_ref: str = ""
    from_date: date | None = None
    to_date: date | None = None
    """The last day that is included, in UTC."""


def events_visible_to(*, member: Member) -> QuerySet[Event]:
    """Yield the organisation's events for those who may audit, nothing for others; the newest first."""
    if not may_audit(member):
        return Event.objects.none()
    return events_in(organisation=member.organisation).order_by("-seq")


def check_visible_to(*, member: Member, check: str) -> Check:
    """Yield a walk along the member's own chain. Raises `NotFoundError` for others' and for those who may not audit."""
    found = Check.objects.filter(organisation=member.organisation, ref=check).first() if may_audit(member) else None
    if found is None:
        raise NotFoundError("There is no such check of the trail.")
    return found


def last_whole_check(*, organisation: Organisation) -> Check | None:
    """Yield the last walk that found everything whole; None where there was none, or a break was found since."""
    last = Check.objects.filter(organisation=organisation, finished_at__isnull=False).order_by("-finished_at", "-pk")
    check = last.first()
    return check if check is not None and check.broken_seq is None and check.total else None


def events_in(*, organisation: Organisation) -> QuerySet[Event]:
    """Yield every event of the organisation in the order of its chain."""
    return Event.objects.filter(organisation=organisation).select_related("member__user").order_by("seq")


def events_of(*, organisation: Organisation, subject_type: str, subject_ref: str) -> QuerySet[Event]:
    """Yield what happened to one thing, the newest first; whoever may see the thing may see this."""
    events = events_in(organisation=organisation).filter(subject_type=subject_type, subject_ref=subject_ref)
    return events.order_by("-seq")


def narrowed(*, events: QuerySet[Event], by: TrailFilter) -> QuerySet[Event]:
    """Yield the events that a filter lets through."""
    equal = {
        "kind": by.kind,
        "subject_type": by.subject_type,
        "subject_ref": by.subject_ref,
        "member__ref": by.member_ref,
        "at__gte": _midnight(by.from_date) if by.from_date else None,
        "at__lt": _midnight(by.to_date) + timedelta(days=1) if by.to_date else None,
    }
    return events.filter(**{field: value for field, value in equal.items() if value})


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=UTC)


def kinds_in(*, organisation: Organisation) -> list[str]:
    """Yield the kinds of events that have happened, in alphabetical order."""
    return list(
        Event.objects.filter(organisation=organisation).order_by("kind").values_list("kind", flat=True).distinct()
    )
