"""Kits and invitations: each one use case and one transaction, with its audit event."""

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

import msgspec
from django.db import IntegrityError, transaction

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.interviews.bank import shipped_questions
from assay.interviews.choices import KitState
from assay.interviews.kits import open_points
from assay.interviews.links import token_of
from assay.interviews.models import Interview, Kit, KitInterviewer
from assay.messages.services import absolute_url, queue_mail
from assay.roles.models import Role

MINUTES = (15, 180)
MOST_PANEL = 4
DAYS_TO_BOOK = (1, 60)


class KitInUseError(ConflictError):
    """Candidates were invited with this kit: everybody is asked the same, so it stays. A new version can be opened."""


def create_kit(
    *,
    role: Role,
    title: str,
    minutes: int,
    panel_size: int,
    questions: Sequence[str],
    member: Member,
    now: datetime,
) -> Kit:
    """Make a kit, in use at once, with questions of the bank by their ids.

    Raises `InvalidError` for an empty title, a length or panel out of bounds, or a question that is not there, and
    `ConflictError` where the role has a kit of this title.
    """
    title = " ".join(title.split())[:120]
    if not title:
        raise InvalidError("Give the interview a name, such as “Technical depth”.")
    _check_size(minutes, panel_size)
    try:
        with transaction.atomic():
            kit = Kit.objects.create(
                organisation_id=role.organisation_id, role=role, title=title, minutes=minutes, panel_size=panel_size,
                questions=_frozen(questions), state=KitState.ACTIVE, created_by=member, created_at=now,
            )  # fmt: skip
            _record_kit(kit, "kit.created", member, now, questions=list(questions))
    except IntegrityError as error:
        raise ConflictError(f"This role has an interview “{title}” already. Give this one another name.") from error
    return kit


def change_kit(
    *, kit: Kit, minutes: int, panel_size: int, questions: Sequence[str], member: Member, now: datetime
) -> Kit:
    """Change what a kit asks. Raises `KitInUseError` once a candidate was invited with it."""
    _check_size(minutes, panel_size)
    with transaction.atomic():
        locked = Kit.objects.select_for_update().get(pk=kit.pk)
        if locked.interviews.exists():
            message = (
                "Candidates were invited with these questions, and everybody is asked the same. "
                "Open a new version: it is used for those who are invited from now on."
            )
            raise KitInUseError(message)
        kept = {one["id"]: one for one in locked.questions}
        locked.questions = _frozen(questions, kept=kept)
        locked.minutes, locked.panel_size = minutes, panel_size
        locked.save(update_fields=["questions", "minutes", "panel_size"])
        _record_kit(locked, "kit.changed", member, now, questions=list(questions))
    return locked


def open_version(*, kit: Kit, member: Member, now: datetime) -> Kit:
    """Replace a kit by a copy that can be changed; interviews that stand keep the old one."""
    with transaction.atomic():
        locked = Kit.objects.select_for_update().get(pk=kit.pk)
        if locked.state == KitState.RETIRED:
            raise ConflictError("This version was replaced already. Open the newest one.")
        people = list(locked.interviewers.values_list("member_id", "is_training"))
        made = Kit.objects.create(
            organisation_id=locked.organisation_id, role_id=locked.role_id, title=locked.title,
            version=locked.version + 1, minutes=locked.minutes, panel_size=locked.panel_size, state=KitState.ACTIVE,
            questions=locked.questions, created_by=member, created_at=now,
        )  # fmt: skip
        KitInterviewer.objects.bulk_create(KitInterviewer(kit=made, member_id=who, is_training=t) for who, t in people)
        Kit.objects.filter(pk=locked.pk).update(state=KitState.RETIRED)
        _record_kit(made, "kit.version_opened", member, now, before=locked.ref)
    return made


def set_interviewers(
    *, kit: Kit, raters: Collection[Member], trainees: Collection[Member], member: Member, now: datetime
) -> None:
    """Say who may be asked to hold a kit's interviews, and who sits in to learn; who is both, rates."""
    people = {one.pk: (one, True) for one in trainees} | {one.pk: (one, False) for one in raters}
    if any(one.organisation_id != kit.organisation_id or not one.is_active for one, _ in people.values()):
        raise InvalidError("Only active members of this organisation can interview.")
    with transaction.atomic():
        Kit.objects.select_for_update().get(pk=kit.pk)
        KitInterviewer.objects.filter(kit=kit).delete()
        KitInterviewer.objects.bulk_create(
            KitInterviewer(kit=kit, member=one, is_training=is_training) for one, is_training in people.values()
        )
        refs = {one.ref: "training" if is_training else "rates" for one, is_training in people.values()}
        _record_kit(kit, "kit.interviewers_set", member, now, members=refs)


def invite(*, application: Application, kit: Kit, member: Member, now: datetime, days_to_book: int = 14) -> Interview:
    """Invite an applicant to an interview. Nothing is mailed yet.

    Raises `InvalidError` where the kit is of another role or asks nothing, and `ConflictError` where the application
    has ended or the kit was replaced.
    """
    if kit.role_id != application.role_id:
        raise InvalidError("This interview belongs to another role.")
    if not kit.questions:
        raise InvalidError("This interview has no questions yet. Choose them first: everybody is asked the same.")
    if not DAYS_TO_BOOK[0] <= days_to_book <= DAYS_TO_BOOK[1]:
        raise InvalidError("A candidate has between 1 and 60 days to book.")
    if application.state in ENDED:
        raise ConflictError("This application has ended. Take it up again before inviting anybody.")
    with transaction.atomic():
        locked = Kit.objects.select_for_update().get(pk=kit.pk)
        if locked.state != KitState.ACTIVE:
            raise ConflictError("This version of the interview was replaced. Invite with the newest one.")
        interview = Interview.objects.create(
            organisation_id=application.organisation_id, application=application, kit=locked, created_by=member,
            created_at=now, book_by=now + timedelta(days=days_to_book),
            open_points=open_points(application=application),
        )  # fmt: skip
        record_interview(interview, "interview.created", now, member, kit=kit.ref)
    return interview


def send_invitation(*, interview: Interview, to: str, url_path: str, member: Member, now: datetime) -> None:
    """Mail the link to the candidate. ``url_path`` is the page that the link opens."""
    with transaction.atomic():
        queue_mail(
            organisation=interview.organisation, to=to, template="interview_invited", now=now,
            context={
                "organisation": interview.organisation.name, "role": interview.application.role.title,
                "title": interview.kit.title, "minutes": interview.kit.minutes, "book_by": interview.book_by,
                "link": absolute_url(url_path),
            },
        )  # fmt: skip
        record_interview(interview, "interview.mailed", now, member)


def renew_link(*, interview: Interview, member: Member, now: datetime) -> str:
    """Make every earlier link worthless; yield the new one's token."""
    with transaction.atomic():
        locked = Interview.objects.select_for_update().get(pk=interview.pk)
        locked.link_number += 1
        locked.save(update_fields=["link_number"])
        record_interview(locked, "interview.link_renewed", now, member)
    return token_of(locked)


def record_interview(interview: Interview, kind: str, now: datetime, member: Member | None, **facts: object) -> None:
    """Leave the audit event of what happened to an interview; no member means the candidate or the clock."""
    record(
        organisation=interview.organisation, kind=kind, subject_type="interview", subject_ref=interview.ref, now=now,
        member=member, facts={"application": interview.application.ref, **facts},
    )  # fmt: skip


def _frozen(ids: Sequence[str], *, kept: dict[str, object] | None = None) -> list[object]:
    """Yield questions as they are kept; one that is in the kit already stays as it was."""
    bank = {one.id: one for one in shipped_questions()}
    before = kept or {}
    if unknown := [one for one in ids if one not in bank and one not in before]:
        raise InvalidError(f"There is no such question: {', '.join(unknown)[:200]}")
    return [before[one] if one in before else msgspec.to_builtins(bank[one]) for one in dict.fromkeys(ids)]


def _check_size(minutes: int, panel_size: int) -> None:
    if not MINUTES[0] <= minutes <= MINUTES[1]:
        raise InvalidError("An interview takes between 15 minutes and three hours.")
    if not 1 <= panel_size <= MOST_PANEL:
        raise InvalidError("One to four people rate in an interview.")


def _record_kit(kit: Kit, kind: str, member: Member, now: datetime, **facts: object) -> None:
    record(
        organisation=kit.organisation, kind=kind, subject_type="kit", subject_ref=kit.ref, now=now, member=member,
        facts={"role": kit.role.ref, **facts},
    )  # fmt: skip
