"""Running the visible tests while somebody works."""

from datetime import datetime, timedelta
from typing import Any

import msgspec
from django.db import transaction

from assay.assessments.choices import ScoreState
from assay.assessments.models import Attempt, Tryout
from assay.assessments.rules import is_over, may_work
from assay.assessments.scoring import marked
from assay.assessments.working import MOST_EDITOR_BYTES, OverError, check_files, give_back
from assay.core.errors import ConflictError
from assay.core.jobs import enqueue
from assay.grading.errors import TaskError
from assay.grading.model import Files
from assay.grading.plan import job_for
from assay.items.folders import hidden_of, task_of
from assay.sandbox.choices import Priority, RunState
from assay.sandbox.models import Run
from assay.sandbox.services import forget_runs, request_run, result_of
from assay_runner.contract import JobResult

TRY = "assessments.try"
MOST_OUTPUT = 20_000
PATIENCE = timedelta(seconds=15)
"""Waiting longer for a runner is our fault, and given back."""


class BusyError(ConflictError):
    """The run before this one has not ended."""


def try_visible(*, attempt: Attempt, files: Files, now: datetime) -> Tryout:
    """Ask for a run of the visible tests on these files.

    Raises
    ------
    BusyError
        The one before has not ended: a second click starts no second run.
    OverError
        The time is over.
    """
    check_files(files, most_bytes=MOST_EDITOR_BYTES)
    with transaction.atomic():
        locked = (
            Attempt.objects.select_for_update(of=("self",))
            .select_related("version__task", "variant")
            .get(pk=attempt.pk)
        )
        if not may_work(locked.state) or is_over(ends_at=locked.ends_at, now=now):
            message = "The time for this task is over."
            raise OverError(message)
        if locked.tryouts.filter(state=ScoreState.WAITING).exists():
            message = "Your last run has not ended yet."
            raise BusyError(message)
        tryout = Tryout.objects.create(attempt=locked, created_at=now)
        task, hidden = task_of(locked.version), hidden_of(locked.variant)
        job = job_for(task=task, hidden=hidden, hand_in=files, visible_only=True)
        request_run(purpose=TRY, subject=tryout.ref, key="1", job=job, now=now, priority=Priority.WATCHED)
    return tryout


def tryout_moved(run: Run) -> None:
    """Read a run that has ended."""
    from assay.assessments.tasks import finish_tryout  # noqa: PLC0415 -- tasks call services

    enqueue(finish_tryout, lock=f"tryout:{run.subject}", tryout_ref=run.subject)


def finish(*, tryout_ref: str, now: datetime) -> None:
    """Keep what the candidate sees of a run that has ended. Doing it twice changes nothing."""
    tryout = Tryout.objects.select_related("attempt__version__task", "attempt__variant").get(ref=tryout_ref)
    run = Run.objects.filter(purpose=TRY, subject=tryout_ref).first()
    if tryout.state != ScoreState.WAITING or run is None or run.state not in {RunState.DONE, RunState.FAILED}:
        return
    state, outcome = ScoreState.FAILED, None
    if run.state == RunState.DONE:
        result = result_of(run)
        task, hidden = task_of(tryout.attempt.version), hidden_of(tryout.attempt.variant)
        try:
            marks = marked(task=task, hidden=hidden, files={}, result=result, visible_only=True)
            state, outcome = ScoreState.DONE, {"marks": msgspec.to_builtins(marks), "output": output_of(result)}
        except TaskError:
            outcome = None
    with transaction.atomic():
        Tryout.objects.filter(pk=tryout.pk).update(state=state, outcome=outcome, finished_at=now)
        forget_runs(purpose=TRY, subjects=[tryout_ref])
        waited = now - tryout.created_at - timedelta(seconds=_used_s(outcome))
        if waited > PATIENCE:
            attempt = (
                Attempt.objects.select_for_update(of=("self",))
                .select_related("sitting__organisation", "sitting__application")
                .get(pk=tryout.attempt_id)
            )
            if may_work(attempt.state):
                give_back(attempt=attempt, seconds=round((waited - PATIENCE).total_seconds()), now=now)


def output_of(result: JobResult) -> str:
    """Yield what the program printed, step by step, cut to a length that a page can show."""
    parts = []
    for step in result.steps:
        printed = (step.stdout + step.stderr).decode("utf-8", "replace").strip()
        if printed:
            parts.append(printed)
    return "\n".join(parts)[-MOST_OUTPUT:]


def _used_s(outcome: dict[str, Any] | None) -> float:
    """Yield how long the candidate's own program ran, in seconds."""
    return sum(case["wall_ms"] for case in outcome["marks"]["cases"]) / 1000 if outcome else 0.0
