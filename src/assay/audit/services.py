"""Writing and checking the chain."""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction
from django.db.models import OuterRef, Subquery

from assay.accounts.models import Member, Organisation
from assay.audit.canonical import canonical, canonical_moment, canonical_text, digest_of
from assay.audit.models import Chain, Event

SYSTEM = "system"
CHUNK = 2000
"""Events looked at between two words of progress."""
FORMAT = 1
"""Version of what the hash is taken over; it stands inside the hashed content."""


class OutsideTransactionError(RuntimeError):
    """An event was recorded outside a transaction, so it could stand without what it tells of. A fault of ours."""


class Broken(NamedTuple):
    """The first place where a chain does not hold."""

    seq: int
    why: str


class Checkpoint(NamedTuple):
    """An event up to which a chain was found whole, by its number and the hash that it had then."""

    seq: int
    hash: str


class Verification(NamedTuple):
    """What a walk along a chain found: how many events it has, the hash of the last, and the first break if any."""

    event_count: int
    head_hash: str
    broken: Broken | None


def record(
    *,
    organisation: Organisation,
    kind: str,
    subject_type: str,
    subject_ref: str,
    now: datetime,
    member: Member | None = None,
    actor: str = "",
    facts: Mapping[str, object] | None = None,
) -> Event:
    """Add an event to the organisation's chain in the caller's transaction; yield it.

    Two transactions that record at once wait for each other at the chain's head, so record late in a long one.

    Parameters
    ----------
    kind
        What happened, as ``subject.verb_in_past``: ``application.moved``.
    facts
        JSON values only: what changed, from what to what, and why. No names of candidates: auditors read this.

    Raises
    ------
    OutsideTransactionError
        Where no transaction is open.
    """
    if not connection.in_atomic_block:
        message = f"{kind}: record() must run inside the transaction of what it records"
        raise OutsideTransactionError(message)
    chain = _locked_chain(organisation=organisation)
    event = Event(
        organisation=organisation,
        seq=chain.last_seq + 1,
        at=now,
        member=member,
        actor=canonical_text(actor or (member.user.name if member else SYSTEM)),
        kind=kind,
        subject_type=subject_type,
        subject_ref=canonical_text(subject_ref),
        facts=canonical(facts or {}),
        previous_hash=chain.last_hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    chain.last_seq, chain.last_hash = event.seq, event.hash
    chain.save(update_fields=["last_seq", "last_hash"])
    return event


def record_look(
    *, organisation: Organisation, kind: str, subject_type: str, subject_ref: str, member: Member, now: datetime
) -> None:
    """Record that a member looked at a list of people, once a day: many looks in a row are one event.

    One query where the day's event is there already. Two looks at once make one event, since the second waits at the
    chain's head and looks again.
    """
    looks = Event.objects.filter(
        organisation=organisation,
        subject_type=subject_type,
        subject_ref=subject_ref,
        kind=kind,
        member=member,
        at__gte=now.replace(hour=0, minute=0, second=0, microsecond=0),
    )
    if looks.exists():
        return
    with transaction.atomic():
        _locked_chain(organisation=organisation)
        if not looks.exists():
            record(
                organisation=organisation,
                kind=kind,
                subject_type=subject_type,
                subject_ref=subject_ref,
                member=member,
                now=now,
            )


def _locked_chain(*, organisation: Organisation) -> Chain:
    """Yield the head of the chain, locked until the transaction ends; begin the chain where there is none."""
    heads = Chain.objects.select_for_update()
    if (chain := heads.filter(organisation=organisation).first()) is None:
        Chain.objects.get_or_create(organisation=organisation)
        chain = heads.get(organisation=organisation)
    return chain


def hash_of(event: Event) -> str:
    """Yield the SHA-256 over an event's content and the hash before it, as 64 hexadecimal digits."""
    return digest_of(
        {
            "format": FORMAT,
            "organisation": event.organisation_id,
            "seq": event.seq,
            "at": canonical_moment(event.at),
            "member": event.member_id,
            "actor": event.actor,
            "kind": event.kind,
            "subject_type": event.subject_type,
            "subject_ref": event.subject_ref,
            "facts": event.facts,
            "previous": event.previous_hash,
        }
    )


def first_break(*, organisation: Organisation) -> Broken | None:
    """Walk the organisation's chain from its beginning; yield the first place where it does not hold, None if whole."""
    return verify_chain(organisation=organisation).broken


def verify_chain(
    *, organisation: Organisation, after: Checkpoint | None = None, advance: Callable[[int], None] | None = None
) -> Verification:
    """Walk the organisation's chain to its head; ``advance`` is told the number of the event done last.

    The walk starts at the chain's beginning, or ``after`` a checkpoint: the event there must still have its hash, and
    what lies before it is not looked at. The head is read before the events, so that what is added meanwhile is left
    out and never looks like a break. Whoever owns the database could write a whole new chain: keep the head's hash
    outside to rule that out.
    """
    head = Chain.objects.filter(organisation=organisation).first()
    count, head_hash = (head.last_seq, head.last_hash) if head else (0, "")
    broken = _lost_checkpoint(organisation=organisation, after=after) if after else None
    broken = broken or _break_up_to(
        organisation=organisation,
        last=Checkpoint(count, head_hash),
        after=after or Checkpoint(0, ""),
        advance=advance,
    )
    return Verification(count, head_hash, broken or _break_past_head(organisation=organisation))


def _lost_checkpoint(*, organisation: Organisation, after: Checkpoint) -> Broken | None:
    """Yield a break where the event of a checkpoint is gone or is another one now."""
    event = Event.objects.filter(organisation=organisation, seq=after.seq).first()
    if event is None:
        return Broken(after.seq, f"event {after.seq} is missing")
    if event.hash != after.hash or event.hash != hash_of(event):
        return Broken(after.seq, "its content was changed after it was written")
    return None


def _break_up_to(
    *, organisation: Organisation, last: Checkpoint, after: Checkpoint, advance: Callable[[int], None] | None
) -> Broken | None:
    expected_seq, previous = after.seq + 1, after.hash
    while events := list(
        Event.objects.filter(organisation=organisation, seq__gte=expected_seq, seq__lte=last.seq).order_by("seq")[
            :CHUNK
        ]
    ):
        for event in events:
            if (why := _fault(event, expected_seq, previous)) is not None:
                return why
            expected_seq, previous = event.seq + 1, event.hash
        if advance is not None:
            advance(expected_seq - 1)
    if last != (expected_seq - 1, previous):
        return Broken(expected_seq, "the last events are missing")
    return None


def _fault(event: Event, expected_seq: int, previous: str) -> Broken | None:
    if event.seq != expected_seq:
        return Broken(expected_seq, f"event {expected_seq} is missing")
    if event.previous_hash != previous:
        return Broken(event.seq, "it does not follow from the event before it")
    if event.hash != hash_of(event):
        return Broken(event.seq, "its content was changed after it was written")
    return None


def _break_past_head(*, organisation: Organisation) -> Broken | None:
    """Yield the first event that lies beyond the chain's head: one that nobody recorded."""
    head_seq = Chain.objects.filter(organisation=OuterRef("organisation")).values("last_seq")
    events = Event.objects.filter(organisation=organisation).annotate(head_seq=Subquery(head_seq))
    for event in events.order_by("-seq")[:1]:
        if event.head_seq is None or event.seq > event.head_seq:
            return Broken(event.seq, "it was not added by Assay: the chain's head does not know it")
    return None
