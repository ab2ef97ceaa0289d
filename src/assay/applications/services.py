"""Writes of applications: each one use case and one transaction, with its audit event."""

from datetime import date, datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from assay.accounts.models import Member
from assay.applications.choices import ApplicationState, RejectionReason, TaskState
from assay.applications.models import Application, Note, Task, Transition
from assay.applications.rules import may_move
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.people.models import Person
from assay.roles.models import Role


class ApplicationMovedError(ConflictError):
    """Somebody else moved the application after it was shown."""


class IllegalMoveError(InvalidError):
    """The state cannot follow the present one, or a rejection lacks its reason."""


class Applied(NamedTuple):
    """An application, and whether this call made it."""

    application: Application
    is_new: bool


def apply(
    *, role: Role, person: Person, channel: str, applied_at: datetime, member: Member | None, now: datetime
) -> Applied:
    """Make a person an applicant of a role. Doing it twice has the effect of doing it once."""
    if role.organisation_id != person.organisation_id:
        message = "The role and the person belong to different organisations."
        raise InvalidError(message)
    days = role.answer_within_days or role.organisation.answer_within_days
    with transaction.atomic():
        application, is_new = Application.objects.get_or_create(
            role=role,
            person=person,
            defaults={
                "organisation_id": role.organisation_id,
                "channel": channel,
                "applied_at": applied_at,
                "answer_by": applied_at.date() + timedelta(days=days),
                "state_since": now,
            },
        )
        if is_new:
            _record(application, kind="application.created", member=member, now=now, role=role.ref, channel=channel)
    return Applied(application, is_new)


def move_application(
    *,
    application: Application,
    member: Member | None,
    to_state: ApplicationState,
    seen_version: int,
    now: datetime,
    reason: str = "",
    note: str = "",
) -> Application:
    """Give an application another state; yield it as it stands afterwards.

    Parameters
    ----------
    member
        Who moved it; None where the candidate did.
    seen_version
        The version that the member saw. A second click on the same move changes nothing more.

    Raises
    ------
    ApplicationMovedError
        Where somebody else was faster; the message says what they did.
    IllegalMoveError
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update().select_related("person").get(pk=application.pk)
        if locked.version != seen_version:
            return _same_move_or_conflict(locked, to_state)
        _check_move(locked, to_state, reason)
        before = locked.state
        locked.state, locked.state_since, locked.version = to_state, now, locked.version + 1
        is_rejection = to_state == ApplicationState.REJECTED
        locked.rejection_reason, locked.rejection_note = (reason, note) if is_rejection else ("", "")
        locked.save(update_fields=["state", "state_since", "version", "rejection_reason", "rejection_note"])
        Transition.objects.create(
            application=locked, from_state=before, to_state=to_state, member=member, note=note, at=now
        )
        _record(locked, kind="application.moved", member=member, now=now, before=before, after=to_state, reason=reason)
    return locked


def _same_move_or_conflict(locked: Application, to_state: ApplicationState) -> Application:
    if locked.state == to_state:
        return locked
    latest = locked.transitions.select_related("member__user").last()
    who = latest.member if latest and latest.member else "somebody"
    message = (
        f"While you looked, {who} moved this application to {ApplicationState(locked.state).label}. "
        "Nothing was changed; look at it again."
    )
    raise ApplicationMovedError(message, state=locked.state)


def _check_move(locked: Application, to_state: ApplicationState, reason: str) -> None:
    if not may_move(before=locked.state, after=to_state):
        before, after = ApplicationState(locked.state).label, to_state.label
        message = f"An application cannot go from {before} to {after}."
        raise IllegalMoveError(message)
    if to_state == ApplicationState.REJECTED and reason not in RejectionReason.values:
        message = "A rejection needs a reason, one that the person can be told."
        raise IllegalMoveError(message)


def add_note(*, application: Application, member: Member, text: str, now: datetime) -> Note:
    """Write a note; whoever it names as ``@Full Name`` finds it among their mentions."""
    text = text.strip()
    if not text:
        message = "The note is empty."
        raise InvalidError(message)
    colleagues = Member.objects.select_related("user").filter(organisation=application.organisation_id, is_active=True)
    mentioned = mentioned_in(text, colleagues=list(colleagues))
    with transaction.atomic():
        note = Note.objects.create(application=application, author=member, text=text, created_at=now)
        note.mentioned.set(mentioned)
        _record(application, kind="application.note_added", member=member, now=now, note=note.ref,
                mentioned=[colleague.ref for colleague in mentioned])  # fmt: skip
    return note


def mentioned_in(text: str, *, colleagues: list[Member]) -> list[Member]:
    """Yield the colleagues whom a text names; the longer of two names that begin alike wins its place."""
    left = text.casefold()
    found = []
    for colleague in sorted(colleagues, key=lambda one: (-len(one.user.name), one.pk)):
        mark = f"@{colleague.user.name.casefold()}"
        if colleague.user.name and mark in left:
            found.append(colleague)
            left = left.replace(mark, " ")
    return found


def add_task(
    *,
    application: Application,
    member: Member,
    text: str,
    assignee: Member,
    due_date: date | None,
    now: datetime,
) -> Task:
    """Give a colleague, or oneself, something to do."""
    if not text.strip():
        message = "Say what is to be done."
        raise InvalidError(message)
    if assignee.organisation_id != application.organisation_id:
        message = "That person is not a member of this organisation."
        raise InvalidError(message)
    with transaction.atomic():
        task = Task.objects.create(
            application=application, text=text.strip()[:300], assignee=assignee, due_date=due_date, created_at=now
        )
        _record(application, kind="application.task_added", member=member, now=now, task=task.ref, to=assignee.ref)
    return task


def complete_task(*, task: Task, member: Member, now: datetime) -> None:
    """Mark a task done; twice is once."""
    with transaction.atomic():
        changed = Task.objects.filter(pk=task.pk, state=TaskState.OPEN).update(state=TaskState.DONE, done_at=now)
        if changed:
            _record(task.application, kind="application.task_done", member=member, now=now, task=task.ref)


def record_look(*, application: Application, member: Member, now: datetime) -> None:
    """Leave the audit event of a look at an application."""
    with transaction.atomic():
        _record(application, kind="application.seen", member=member, now=now)


def _record(application: Application, *, kind: str, member: Member | None, now: datetime, **facts: object) -> None:
    record(
        organisation=application.organisation, kind=kind, subject_type="application", subject_ref=application.ref,
        now=now, member=member, facts=facts,
    )  # fmt: skip
