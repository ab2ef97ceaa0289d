"""Walks along a chain as jobs: a long trail takes longer than a page may."""

from datetime import datetime

from django.db import transaction

from assay.accounts.models import Member
from assay.audit.models import Chain, Check
from assay.audit.selectors import last_whole_check
from assay.audit.services import Checkpoint, record, verify_chain
from assay.core.jobs import enqueue


def ask_for_check(*, member: Member, now: datetime, is_whole: bool = False) -> Check:
    """Queue a walk along the organisation's chain; yield the one that is under way where there is one.

    The walk begins where the last one that found all whole ended, or with ``is_whole`` at the chain's beginning.
    """
    organisation = member.organisation
    with transaction.atomic():
        head = Chain.objects.select_for_update().filter(organisation=organisation).first()
        under_way = Check.objects.filter(organisation=organisation, finished_at=None)
        running = (under_way.filter(start_seq=0) if is_whole else under_way).first()
        if running is not None:
            _queue(running)
            return running
        last = None if is_whole else last_whole_check(organisation=organisation)
        check = Check.objects.create(
            organisation=organisation,
            member=member,
            asked_at=now,
            start_seq=last.total if last else 0,
            start_hash=last.head_hash if last else "",
            walked=last.total if last else 0,
            total=head.last_seq if head else 0,
        )
        _queue(check)
    return check


def run_check(*, check_id: int, now: datetime) -> None:
    """Walk, and keep what was found with an event of its own. Doing it twice changes nothing."""
    check = Check.objects.select_related("organisation", "member__user").get(pk=check_id)
    if check.finished_at is not None:
        return

    def advance(walked: int) -> None:
        Check.objects.filter(pk=check.pk).update(walked=walked)

    after = Checkpoint(check.start_seq, check.start_hash) if check.start_seq else None
    found = verify_chain(organisation=check.organisation, after=after, advance=advance)
    with transaction.atomic():
        locked = Check.objects.select_for_update().get(pk=check.pk)
        if locked.finished_at is not None:
            return
        locked.walked = locked.total = found.event_count
        locked.head_hash, locked.finished_at = found.head_hash, now
        if found.broken is not None:
            locked.broken_seq, locked.why = found.broken.seq, found.broken.why
        locked.save()
        record(
            organisation=check.organisation,
            kind="trail.verified",
            subject_type="organisation",
            subject_ref=check.organisation.ref,
            member=check.member,
            now=now,
            facts={
                "after": check.start_seq,
                "events": found.event_count,
                "head": found.head_hash,
                "is_whole": found.broken is None,
            },
        )


def _queue(check: Check) -> None:
    from assay.audit.tasks import walk_trail  # noqa: PLC0415 -- tasks call services; only its name is used

    enqueue(walk_trail, once=f"audit-check-{check.pk}", check_id=check.pk)
