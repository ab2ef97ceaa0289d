"""Inviting people, and what is decided about it. Working, grading and regrading have modules of their own."""

from collections.abc import Sequence
from datetime import datetime, timedelta
from zlib import crc32

from django.db import transaction

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.assessments.choices import AttemptState, Feedback, SittingState, WishState
from assay.assessments.links import token_of
from assay.assessments.models import Attempt, HandIn, Sitting, Wish
from assay.assessments.rules import allowed
from assay.assessments.scoring import sync_observations
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.items.choices import VersionState
from assay.items.models import TaskVersion
from assay.items.selectors import practice_version
from assay.items.services import variant_for
from assay.messages.services import absolute_url, queue_mail

MOST_TASKS = 10
DAYS_TO_BEGIN = (1, 60)
SEEDS = 2**31 - 1


class SittingClosedError(ConflictError):
    """The invitation was withdrawn, has ended or can no longer be begun."""


def invite(
    *,
    application: Application,
    versions: Sequence[TaskVersion],
    member: Member,
    now: datetime,
    days_to_begin: int = 14,
    feedback: Feedback = Feedback.SUMMARY,
    extra_time_percent: int = 0,
    words: str = "",
) -> Sitting:
    """Invite an applicant to tasks, in this order; their data are prepared at once.

    Raises
    ------
    InvalidError
        No task, too many, one that is not published, or an application that has ended.
    """
    _check_invitation(application, versions, days_to_begin)
    practice = practice_version(organisation=application.organisation)
    with transaction.atomic():
        sitting = Sitting.objects.create(
            organisation=application.organisation, application=application, words=words.strip(), feedback=feedback,
            extra_time_percent=extra_time_percent, begin_by=now + timedelta(days=days_to_begin),
            created_by=member, created_at=now,
        )  # fmt: skip
        for position, version in enumerate([*([practice] if practice else []), *versions]):
            _add_attempt(sitting, version, position, now)
        _record(sitting, "sitting.created", now, member, tasks=[version.task.slug for version in versions])
    return sitting


def send_invitation(*, sitting: Sitting, to: str, member: Member, url_path: str, now: datetime) -> None:
    """Mail the link to the candidate. ``url_path`` is the page that the link opens."""
    role = sitting.application.role
    counted = sitting.attempts.filter(is_practice=False).select_related("version")
    with transaction.atomic():
        queue_mail(
            organisation=sitting.organisation, to=to, template="sitting", now=now,
            context={
                "organisation": sitting.organisation.name, "role": role.title, "link": absolute_url(url_path),
                "begin_by": sitting.begin_by, "words": sitting.words,
                "minutes": sum(attempt.version.minutes for attempt in counted),
            },
        )  # fmt: skip
        _record(sitting, "sitting.mailed", now, member)


def renew_link(*, sitting: Sitting, member: Member, now: datetime) -> str:
    """Make every earlier link worthless; yield the new one's token."""
    with transaction.atomic():
        locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
        locked.link_number += 1
        locked.save(update_fields=["link_number"])
        _record(locked, "sitting.link_renewed", now, member)
    return token_of(locked)


def cancel_sitting(*, sitting: Sitting, member: Member, now: datetime) -> None:
    """Withdraw an invitation; what was handed in stays."""
    with transaction.atomic():
        open_ones = Sitting.objects.filter(pk=sitting.pk, state__in=[SittingState.INVITED, SittingState.BEGUN])
        if open_ones.update(state=SittingState.CANCELLED, ended_at=now):
            _record(sitting, "sitting.cancelled", now, member)


def begin_sitting(*, sitting: Sitting, now: datetime) -> Sitting:
    """Note that the candidate read the rules and begins. Doing it twice is doing it once."""
    with transaction.atomic():
        locked = Sitting.objects.select_for_update().get(pk=sitting.pk)
        if locked.state == SittingState.BEGUN:
            return locked
        require_open(locked, now)
        locked.state, locked.begun_at = SittingState.BEGUN, now
        locked.save(update_fields=["state", "begun_at"])
        _record(locked, "sitting.begun", now, None)
    return locked


def require_open(sitting: Sitting, now: datetime) -> None:
    """Raise `SittingClosedError` where nothing can be done in a sitting any more."""
    if sitting.state == SittingState.CANCELLED:
        message = "This invitation was withdrawn. Nothing more is expected of you; what you handed in is kept."
        raise SittingClosedError(message)
    if sitting.state == SittingState.INVITED and now > sitting.begin_by:
        message = "The time to begin is over. Write to the people who invited you: they can send a new invitation."
        raise SittingClosedError(message)


def wish_for(*, sitting: Sitting, text: str, now: datetime) -> Wish:
    """Ask for more time or another format, before or during the sitting."""
    text = text.strip()
    if not text:
        message = "Say what would help you; a sentence is enough. You need not say why."
        raise InvalidError(message)
    with transaction.atomic():
        wish = Wish.objects.create(sitting=sitting, text=text[:4000], created_at=now)
        _record(sitting, "sitting.wish_made", now, None, wish=wish.ref)
    return wish


def decide_wish(
    *, wish: Wish, is_granted: bool, extra_time_percent: int, reply: str, member: Member, now: datetime
) -> None:
    """Grant or decline; extra time counts at once, for tasks under way too."""
    with transaction.atomic():
        locked = Wish.objects.select_for_update().select_related("sitting").get(pk=wish.pk)
        if locked.state != WishState.OPEN:
            message = "Somebody has answered this already; their answer stands."
            raise ConflictError(message)
        locked.state = WishState.GRANTED if is_granted else WishState.DECLINED
        locked.reply, locked.decided_by, locked.decided_at = reply.strip(), member, now
        locked.save()
        if is_granted:
            set_extra_time(sitting=locked.sitting, percent=extra_time_percent)
        _record(locked.sitting, "sitting.wish_answered", now, member, wish=wish.ref, granted=is_granted,
                extra_time_percent=extra_time_percent if is_granted else None)  # fmt: skip


def set_extra_time(*, sitting: Sitting, percent: int) -> None:
    """Give a sitting its extra time, moving the clocks that run; in the caller's transaction."""
    if not 0 <= percent <= 300:
        message = "Extra time is given as 0 to 300 per cent."
        raise InvalidError(message)
    Sitting.objects.filter(pk=sitting.pk).update(extra_time_percent=percent)
    running = Attempt.objects.select_for_update().filter(sitting=sitting, state=AttemptState.RUNNING)
    for attempt in running.exclude(ends_at=None).select_related("version"):
        assert attempt.started_at is not None  # noqa: S101 -- a constraint, for the type checker
        attempt.ends_at = (
            attempt.started_at
            + allowed(minutes=attempt.version.minutes, extra_time_percent=percent)
            + timedelta(seconds=attempt.given_back_s)
        )
        attempt.save(update_fields=["ends_at"])


def decide_late(*, hand_in: HandIn, counts: bool, member: Member, now: datetime) -> None:
    """Say whether a hand-in that came late counts instead of the one saved at the deadline."""
    with transaction.atomic():
        attempt = Attempt.objects.select_for_update().select_related("sitting").get(pk=hand_in.attempt_id)
        locked = HandIn.objects.select_for_update().get(pk=hand_in.pk)
        if not locked.is_late:
            message = "This came in time: there is nothing to decide."
            raise InvalidError(message)
        if counts:
            attempt.hand_ins.filter(counts=True).update(counts=False)
        locked.counts, locked.decided_by = counts, member
        locked.save(update_fields=["counts", "decided_by"])
        if not counts and not attempt.hand_ins.filter(counts=True).exists():
            in_time = attempt.hand_ins.filter(is_late=False).last()
            if in_time is not None:
                HandIn.objects.filter(pk=in_time.pk).update(counts=True)
        sync_observations(attempt=attempt, now=now)
        _record(attempt.sitting, "hand_in.late_decided", now, member, hand_in=locked.ref, counts=counts)


def _check_invitation(application: Application, versions: Sequence[TaskVersion], days_to_begin: int) -> None:
    if application.state in ENDED:
        message = "This application has ended. Take it up again before you invite."
        raise InvalidError(message)
    if not 1 <= len(versions) <= MOST_TASKS:
        message = f"Choose at least one task and at most {MOST_TASKS}."
        raise InvalidError(message)
    if len({version.task_id for version in versions}) != len(versions):
        message = "A task can be given once in an invitation."
        raise InvalidError(message)
    unpublished = next((one for one in versions if one.state != VersionState.PUBLISHED or one.is_practice), None)
    if unpublished is not None:
        message = f"“{unpublished.title}” is not published, so it cannot be given."
        raise InvalidError(message)
    if not DAYS_TO_BEGIN[0] <= days_to_begin <= DAYS_TO_BEGIN[1]:
        message = "Between 1 and 60 days to begin."
        raise InvalidError(message)


def _add_attempt(sitting: Sitting, version: TaskVersion, position: int, now: datetime) -> None:
    # The seed follows from the sitting, so that two candidates have different data and one has the same twice.
    seed = 1 + crc32(f"{sitting.ref}:{version.digest}".encode()) % SEEDS
    Attempt.objects.create(
        sitting=sitting, version=version, position=position, is_practice=version.is_practice,
        variant=variant_for(version=version, seed=seed, now=now),
    )  # fmt: skip


def _record(sitting: Sitting, kind: str, now: datetime, member: Member | None, **facts: object) -> None:
    record(
        organisation=sitting.organisation, kind=kind, subject_type="sitting", subject_ref=sitting.ref, now=now,
        member=member, actor="" if member else "candidate",
        facts={"application": sitting.application.ref, **facts},
    )  # fmt: skip
