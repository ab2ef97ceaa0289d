"""Making tests, inviting people, and what is decided about it. What a candidate does lies in `working`."""

from datetime import datetime, timedelta

import msgspec
from django.db import IntegrityError, transaction

from assay.accounts.models import Member, Organisation
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.knowledge.choices import FamilyState, Feedback, PlanState, TakingState, WishState
from assay.knowledge.decks import bank, deck_for
from assay.knowledge.links import token_of
from assay.knowledge.models import FamilyNote, KnowledgeTest, Taking
from assay.knowledge.plan import LEAST_IN_AREA, MOST_AREAS, MOST_IN_AREA, Plan
from assay.knowledge.rules import MOST_EXTRA_PERCENT, allowed
from assay.messages.services import absolute_url, queue_mail
from assay.roles.models import Role

DAYS_TO_BEGIN = (1, 60)
MINUTES = (5, 180)
MOST_WISH = 4000


class InvitedAlreadyError(ConflictError):
    """The applicant has a link to this test."""


def plan_of(test: KnowledgeTest) -> Plan:
    """Yield a test's plan as a value."""
    return msgspec.convert(test.plan, Plan)


def create_test(*, role: Role, plan: Plan, member: Member, now: datetime) -> KnowledgeTest:
    """Add a test to a role. Raises `InvalidError` for a plan that cannot be asked."""
    _check_plan(plan, role)
    with transaction.atomic():
        test = KnowledgeTest.objects.create(
            organisation_id=role.organisation_id, role=role, plan=msgspec.to_builtins(plan), created_by=member,
            created_at=now,
        )  # fmt: skip
        _record(test, "knowledge_test.created", now, member, plan=test.plan)
    return test


def close_test(*, test: KnowledgeTest, member: Member, now: datetime) -> None:
    """Invite nobody to a test any more; who was invited may go on."""
    with transaction.atomic():
        if KnowledgeTest.objects.filter(pk=test.pk, state=PlanState.OPEN).update(state=PlanState.CLOSED):
            _record(test, "knowledge_test.closed", now, member)


def invite(
    *,
    test: KnowledgeTest,
    application: Application,
    member: Member,
    now: datetime,
    days_to_begin: int = 14,
    feedback: Feedback = Feedback.SUMMARY,
    extra_time_percent: int = 0,
    words: str = "",
) -> Taking:
    """Make an applicant's link to a test.

    Raises
    ------
    InvalidError
        The test is closed or of another role, or the application has ended.
    InvitedAlreadyError
    """
    _check_invitation(test, application, days_to_begin, extra_time_percent)
    try:
        with transaction.atomic():
            taking = Taking.objects.create(
                organisation_id=test.organisation_id, test=test, application=application, words=words.strip(),
                feedback=feedback, extra_time_percent=extra_time_percent, created_by=member, created_at=now,
                begin_by=now + timedelta(days=days_to_begin),
            )  # fmt: skip
            record_taking(taking, "knowledge_taking.created", now, member)
    except IntegrityError as error:
        message = "This person has a link to this test already."
        raise InvitedAlreadyError(message) from error
    return taking


def send_invitation(*, taking: Taking, to: str, member: Member, url_path: str, now: datetime) -> None:
    """Mail the link to the candidate. ``url_path`` is the page that the link opens."""
    minutes = allowed(minutes=plan_of(taking.test).minutes, extra_time_percent=taking.extra_time_percent)
    with transaction.atomic():
        queue_mail(
            organisation=taking.organisation, to=to, template="knowledge", now=now,
            context={
                "organisation": taking.organisation.name, "role": taking.application.role.title,
                "link": absolute_url(url_path), "begin_by": taking.begin_by, "words": taking.words,
                "minutes": round(minutes.total_seconds() / 60),
            },
        )  # fmt: skip
        record_taking(taking, "knowledge_taking.mailed", now, member)


def renew_link(*, taking: Taking, member: Member, now: datetime) -> str:
    """Make every earlier link worthless; yield the new one's token."""
    with transaction.atomic():
        locked = Taking.objects.select_for_update().get(pk=taking.pk)
        locked.link_number += 1
        locked.save(update_fields=["link_number"])
        record_taking(locked, "knowledge_taking.link_renewed", now, member)
    return token_of(locked)


def cancel_taking(*, taking: Taking, member: Member, now: datetime) -> None:
    """Withdraw an invitation. What was answered stays on record and counts for nothing."""
    with transaction.atomic():
        open_ones = Taking.objects.filter(pk=taking.pk, state__in=[TakingState.INVITED, TakingState.BEGUN])
        if open_ones.update(state=TakingState.CANCELLED, ended_at=now):
            record_taking(taking, "knowledge_taking.cancelled", now, member)


def wish_for(*, taking: Taking, text: str, now: datetime) -> None:
    """Ask for more time or another format, before or during the test."""
    text = text.strip()[:MOST_WISH]
    if not text:
        message = "Say what would help you; a sentence is enough. You need not say why."
        raise InvalidError(message)
    with transaction.atomic():
        locked = Taking.objects.select_for_update().get(pk=taking.pk)
        if locked.wish_state == WishState.OPEN:
            text = f"{locked.wish}\n\n{text}"[:MOST_WISH]
        locked.wish, locked.wish_state = text, WishState.OPEN
        locked.save(update_fields=["wish", "wish_state"])
        record_taking(locked, "knowledge_taking.wish_made", now, None)


def decide_wish(
    *, taking: Taking, is_granted: bool, extra_time_percent: int, reply: str, member: Member, now: datetime
) -> None:
    """Grant or decline what a candidate asked for; extra time counts at once."""
    with transaction.atomic():
        locked = Taking.objects.select_for_update().get(pk=taking.pk)
        if locked.wish_state != WishState.OPEN:
            message = "Somebody has answered this already; their answer stands."
            raise ConflictError(message)
        locked.wish_state = WishState.GRANTED if is_granted else WishState.DECLINED
        locked.wish_reply = reply.strip()[:MOST_WISH]
        if is_granted:
            _set_extra_time(locked, extra_time_percent)
        locked.save()
        record_taking(locked, "knowledge_taking.wish_answered", now, member, granted=is_granted,
                      extra_time_percent=locked.extra_time_percent)  # fmt: skip


def note_family(*, member: Member, family: str, state: FamilyState, reason: str, now: datetime) -> FamilyNote:
    """Stop asking an item family in the member's organisation, or ask it again."""
    reason = reason.strip()[:300]
    if state == FamilyState.RETIRED and not reason:
        message = "Say in a few words why: colleagues will want to know."
        raise InvalidError(message)
    return keep_note(
        organisation=member.organisation, family=bank().family(family).id, state=state, reason=reason, member=member,
        now=now,
    )  # fmt: skip


def keep_note(
    *, organisation: Organisation, family: str, state: FamilyState, reason: str, member: Member | None, now: datetime
) -> FamilyNote:
    """Keep a note on a family, with its audit event; without a member Assay took the step by its rule."""
    with transaction.atomic():
        note = FamilyNote.objects.create(
            organisation=organisation, family=family, state=state, reason=reason, member=member, at=now
        )
        record(
            organisation=organisation, kind=f"item_family.{state}", subject_type="item_family", subject_ref=family,
            now=now, member=member, actor="" if member else "assay", facts={"reason": reason},
        )  # fmt: skip
    return note


def record_taking(taking: Taking, kind: str, now: datetime, member: Member | None, **facts: object) -> None:
    """Record an event of a taking in the caller's transaction; without a member the candidate did it."""
    record(
        organisation=taking.organisation, kind=kind, subject_type="knowledge_taking", subject_ref=taking.ref, now=now,
        member=member, actor="" if member else "candidate", facts={"application": taking.application.ref, **facts},
    )  # fmt: skip


def _record(test: KnowledgeTest, kind: str, now: datetime, member: Member, **facts: object) -> None:
    record(
        organisation=test.organisation, kind=kind, subject_type="knowledge_test", subject_ref=test.ref, now=now,
        member=member, facts={"role": test.role.ref, **facts},
    )  # fmt: skip


def _set_extra_time(taking: Taking, percent: int) -> None:
    """Set the extra time and move a running clock by the difference; the caller saves."""
    _check_extra_time(percent)
    if taking.ends_at is not None and taking.state == TakingState.BEGUN:
        minutes = plan_of(taking.test).minutes
        before = allowed(minutes=minutes, extra_time_percent=taking.extra_time_percent)
        taking.ends_at += allowed(minutes=minutes, extra_time_percent=percent) - before
    taking.extra_time_percent = percent


def _check_plan(plan: Plan, role: Role) -> None:
    if not 1 <= len(plan.areas) <= MOST_AREAS:
        message = f"Choose between one and {MOST_AREAS} areas."
        raise InvalidError(message)
    if len({area.competency for area in plan.areas}) != len(plan.areas):
        message = "An area can stand once in a test."
        raise InvalidError(message)
    if not MINUTES[0] <= plan.minutes <= MINUTES[1]:
        message = f"The clock of a test runs {MINUTES[0]} to {MINUTES[1]} minutes."
        raise InvalidError(message)
    deck = deck_for(plan=plan, organisation=role.organisation)
    for area in plan.areas:
        there = sum(slot.area == area.competency for slot in deck.slots)
        if not LEAST_IN_AREA <= area.items <= min(MOST_IN_AREA, there):
            message = (
                f"{LEAST_IN_AREA} to {min(MOST_IN_AREA, there)} questions can be asked about “{area.competency}”."
                if there >= LEAST_IN_AREA
                else f"The bank has too few questions about “{area.competency}”."
            )
            raise InvalidError(message)


def _check_invitation(test: KnowledgeTest, application: Application, days_to_begin: int, extra_percent: int) -> None:
    if test.state != PlanState.OPEN:
        message = "This test is closed: nobody is invited to it any more."
        raise InvalidError(message)
    if application.role_id != test.role_id:
        message = "This person applied for another role than the test's."
        raise InvalidError(message)
    if application.state in ENDED:
        message = "This application has ended. Take it up again before you invite."
        raise InvalidError(message)
    if not DAYS_TO_BEGIN[0] <= days_to_begin <= DAYS_TO_BEGIN[1]:
        message = "Between 1 and 60 days to begin."
        raise InvalidError(message)
    _check_extra_time(extra_percent)


def _check_extra_time(percent: int) -> None:
    if not 0 <= percent <= MOST_EXTRA_PERCENT:
        message = f"Extra time is given as 0 to {MOST_EXTRA_PERCENT} per cent."
        raise InvalidError(message)
