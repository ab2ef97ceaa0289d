"""Reads of applications, notes and tasks, each limited to what the member may see."""

from collections import defaultdict
from datetime import date, datetime
from typing import NamedTuple

from django.db.models import Count, Q, QuerySet

from assay.accounts.models import Member
from assay.applications.choices import ApplicationState, TaskState
from assay.applications.models import Application, Note, Task
from assay.applications.rules import ENDED
from assay.core.errors import NotFoundError
from assay.roles.models import Role
from assay.roles.selectors import role_with_applicants_visible_to

CARDS_A_COLUMN = 60
SOON_DAYS = 3


class Card(NamedTuple):
    """One application on the board, with its clock."""

    application: Application
    days_since_applied: int
    days_to_answer: int | None
    """Until the promised answer; negative when late; None once it is answered."""
    is_urgent: bool
    open_tasks: int
    notes: int


class Column(NamedTuple):
    """One state of the board; ``total`` may be more than the cards that are shown."""

    state: ApplicationState
    total: int
    cards: list[Card]


def application_visible_to(*, member: Member, role_ref: str, ref: str) -> Application:
    """Yield one application of a role whose applicants the member may see. Raises `NotFoundError`."""
    role = role_with_applicants_visible_to(member=member, ref=role_ref)
    found = Application.objects.select_related("person", "role__organisation").filter(role=role, ref=ref).first()
    if found is None:
        message = "There is no such application in this role."
        raise NotFoundError(message)
    return found


def board_of(*, role: Role, now: datetime) -> list[Column]:
    """Yield the board's columns in the order of the work, oldest application first in each. Three queries."""
    rows = (
        Application.objects.filter(role=role, person__merged_into=None)
        .select_related("person")
        .annotate(
            note_count=Count("notes", distinct=True),
            open_task_count=Count("tasks", filter=Q(tasks__state=TaskState.OPEN), distinct=True),
        )
        .order_by("applied_at", "pk")
    )
    cards: dict[str, list[Card]] = defaultdict(list)
    totals: dict[str, int] = defaultdict(int)
    for row in rows.iterator(chunk_size=500):
        totals[row.state] += 1
        if len(cards[row.state]) < CARDS_A_COLUMN:
            cards[row.state].append(card_of(row, now=now, tasks=row.open_task_count, notes=row.note_count))
    return [Column(state, totals[state], cards[state]) for state in ApplicationState]


def card_of(application: Application, *, now: datetime, tasks: int = 0, notes: int = 0) -> Card:
    """Yield an application with its clock at ``now``."""
    to_answer = None if application.state in ENDED else (application.answer_by - now.date()).days
    return Card(
        application=application,
        days_since_applied=(now - application.applied_at).days,
        days_to_answer=to_answer,
        is_urgent=to_answer is not None and to_answer <= SOON_DAYS,
        open_tasks=tasks,
        notes=notes,
    )


def tasks_for(*, member: Member) -> QuerySet[Task]:
    """Yield the member's own open tasks, what is due first on top."""
    return (
        Task.objects.filter(assignee=member, state=TaskState.OPEN)
        .select_related("application__person", "application__role")
        .order_by("due_date", "pk")
    )


def mentions_of(*, member: Member, since: datetime) -> QuerySet[Note]:
    """Yield the notes that mention the member, newest first."""
    return (
        Note.objects.filter(mentioned=member, created_at__gte=since)
        .select_related("author__user", "application__person", "application__role")
        .order_by("-created_at")
    )


def is_late(task: Task, *, today: date) -> bool:
    """Tell whether a task is overdue."""
    return task.due_date is not None and task.due_date < today
