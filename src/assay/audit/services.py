"""Writing and checking the chain."""

import hashlib
import json
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import connection, transaction

from assay.accounts.models import Member, Organisation
from assay.audit.models import Chain, Event

SYSTEM = "system"


class OutsideTransactionError(RuntimeError):
    """An event was recorded outside a transaction, so it could stand without what it tells of. A fault of ours."""


class Broken(NamedTuple):
    """The first place where a chain does not hold."""

    seq: int
    why: str


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

    Parameters
    ----------
    kind
        What happened, as ``subject.verb_in_past``: ``application.moved``.
    facts
        JSON values only: what changed, from what to what, and why.

    Raises
    ------
    OutsideTransactionError
        Where no transaction is open.
    """
    if not connection.in_atomic_block:
        message = f"{kind}: record() must run inside the transaction of what it records"
        raise OutsideTransactionError(message)
    Chain.objects.get_or_create(organisation=organisation)
    chain = Chain.objects.select_for_update().get(organisation=organisation)
    event = Event(
        organisation=organisation,
        seq=chain.last_seq + 1,
        at=now,
        member=member,
        actor=actor or (member.user.name if member else SYSTEM),
        kind=kind,
        subject_type=subject_type,
        subject_ref=subject_ref,
        facts=dict(facts or {}),
        previous_hash=chain.last_hash,
    )
    event.hash = hash_of(event)
    event.save(force_insert=True)
    chain.last_seq, chain.last_hash = event.seq, event.hash
    chain.save(update_fields=["last_seq", "last_hash"])
    return event


def hash_of(event: Event) -> str:
    """Yield the SHA-256 over an event's content and the hash before it, as 64 hexadecimal digits."""
    content = {
        "organisation": event.organisation_id,
        "seq": event.seq,
        "at": event.at.isoformat(),
        "member": event.member_id,
        "actor": event.actor,
        "kind": event.kind,
        "subject_type": event.subject_type,
        "subject_ref": event.subject_ref,
        "facts": event.facts,
        "previous": event.previous_hash,
    }
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def first_break(*, organisation: Organisation) -> Broken | None:
    """Walk the organisation's chain from its beginning; yield the first place where it does not hold, None if whole."""
    expected_seq, previous = 1, ""
    with transaction.atomic():
        for event in Event.objects.filter(organisation=organisation).order_by("seq").iterator(chunk_size=2000):
            if event.seq != expected_seq:
                return Broken(expected_seq, f"event {expected_seq} is missing")
            if event.previous_hash != previous:
                return Broken(event.seq, "it does not follow from the event before it")
            if event.hash != hash_of(event):
                return Broken(event.seq, "its content was changed after it was written")
            expected_seq, previous = event.seq + 1, event.hash
        head = Chain.objects.filter(organisation=organisation).first()
    if head is not None and (head.last_seq, head.last_hash) != (expected_seq - 1, previous):
        return Broken(expected_seq, "the last events are missing")
    return None
