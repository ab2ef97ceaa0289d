"""Walks along a chain as jobs: a long trail takes longer than a page may."""

from datetime import datetime

from django.db import transaction

from assay.accounts.models import Member
from assay.audit.models import Chain, Check
from assay.audit.services import record, verify_chain
from assay.core.jobs import enqueue


def ask_for_check(*, member: Member, now: datetime) -> Check:
    """Queue a walk along the organisation's chain; yield the one that is under way where there is one."""
    with transaction.atomic():
        head = Chain.objects.select_for_update().filter(organisation=member.organisation).first()
        running = Check.objects.filter(organisation=member.organisation, finished_at=None).first()
        if running is not None:
            _queue(running)
            return running
        check = Check.objects.create(
            organisation=member.organisation, member=member, asked_at=now, total=head.last_seq if head else 0
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

    found = verify_chain(organisation=check.organisation, advance=advance)
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
            facts={"events": found.event_count, "head": found.head_hash, "is_whole": found.broken is None},
        )


def _queue(check: Check) -> None:
    from assay.audit.tasks import walk_trail  # noqa: PLC0415 -- tasks call services; only its name is used

    enqueue(walk_trail, once=f"audit-check-{check.pk}", check_id=check.pk)
