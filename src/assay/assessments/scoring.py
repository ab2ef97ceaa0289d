"""Grading hand-ins: asking for the run, reading what came of it, and what follows for the ledger."""

from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction

from assay.assessments.choices import ScoreState
from assay.assessments.models import Attempt, HandIn, Regrade, Score
from assay.assessments.observing import Seen, observations_of, shipped_numbers
from assay.assessments.rating import sync_ratings
from assay.assessments.viva import ask_viva
from assay.audit.services import record
from assay.core.jobs import enqueue
from assay.evidence.ledger import record_observation, retract, standing_observations
from assay.evidence.models import Observation
from assay.grading.collect import answers_from
from assay.grading.errors import TaskError
from assay.grading.mark import Marks, mark
from assay.grading.model import Files, Hidden, Task
from assay.grading.plan import job_for
from assay.items.choices import VariantState
from assay.items.folders import hidden_of, task_of, unpacked_files
from assay.items.models import Variant
from assay.people.models import Person
from assay.sandbox.choices import Priority, RunState
from assay.sandbox.models import Run
from assay.sandbox.services import forget_runs, request_run, result_of, try_again
from assay_runner.contract import JobResult

SCORE = "assessments.score"
GRADER = "1"
"""Version of collecting and marking: raised when the same run would be marked otherwise."""
REGRADED = "The hand-in was graded anew, or another one counts."


def ask_score(*, hand_in: HandIn, variant: Variant, now: datetime, regrade: Regrade | None = None) -> Score:
    """Have a hand-in graded against a variant, once; in the caller's transaction."""
    score, is_new = Score.objects.get_or_create(
        hand_in=hand_in, variant=variant, grader=GRADER, defaults={"created_at": now, "regrade": regrade}
    )
    if is_new and variant.state == VariantState.READY:
        _request(score, now)
    return score


def score_moved(run: Run) -> None:
    """Read a run that has ended: by a job, since comparing thousands of rows takes its time."""
    from assay.assessments.tasks import finish_score  # noqa: PLC0415 -- tasks call services

    enqueue(finish_score, lock=f"score:{run.subject}", score_ref=run.subject)


def variant_prepared(variant_id: int) -> None:
    """Go on with everything that waited for a variant."""
    from assay.assessments.tasks import request_scores  # noqa: PLC0415 -- tasks call services

    if Score.objects.filter(variant_id=variant_id, state=ScoreState.WAITING).exists():
        enqueue(request_scores, variant_id=variant_id)


def request_waiting(*, variant_id: int, now: datetime) -> None:
    """Ask for the runs that a prepared variant makes possible; where it could not be prepared, say so."""
    variant = Variant.objects.get(pk=variant_id)
    for score in Score.objects.select_related("regrade").filter(variant=variant, state=ScoreState.WAITING):
        with transaction.atomic():
            if variant.state == VariantState.READY:
                _request(score, now)
            else:
                Score.objects.filter(pk=score.pk).update(state=ScoreState.FAILED, problem=variant.problem[:500])


def finish(*, score_ref: str, now: datetime) -> None:
    """Mark a hand-in whose run has ended. Doing it twice changes nothing."""
    score = Score.objects.select_related(
        "hand_in__attempt__sitting__organisation",
        "hand_in__attempt__sitting__application",
        "hand_in__attempt__variant",
        "hand_in__attempt__version__task",
        "variant__version__task",
        "regrade",
    ).get(ref=score_ref)
    run = Run.objects.filter(purpose=SCORE, subject=score_ref).first()
    if score.state == ScoreState.DONE or run is None or run.state not in {RunState.DONE, RunState.FAILED}:
        return
    if run.state == RunState.FAILED:
        Score.objects.filter(pk=score.pk).update(state=ScoreState.FAILED, problem=run.problem)
        return
    result = result_of(run)
    files = unpacked_files(score.hand_in.files)
    try:
        marks = marked(task=task_of(score.variant.version), hidden=hidden_of(score.variant), files=files, result=result)
    except TaskError as error:
        Score.objects.filter(pk=score.pk).update(state=ScoreState.FAILED, problem=str(error)[:500])
        return
    _keep(score, marks, result, now)


def marked(*, task: Task, hidden: Hidden, files: Files, result: JobResult, visible_only: bool = False) -> Marks:
    """Yield the marks of a run. Raises TaskError for what is our own fault."""
    answers = answers_from(task=task, hidden=hidden, result=result, visible_only=visible_only)
    written = {part.file: files.get(part.file, b"").decode("utf-8", "replace") for part in task.written}
    if visible_only:
        groups = {name: group for name, group in task.groups.items() if group.visible}
        task = msgspec.structs.replace(task, groups=groups, metric=None)
        hidden = msgspec.structs.replace(hidden, cases=tuple(case for case in hidden.cases if case.group in groups))
    return mark(task=task, hidden=hidden, answers=msgspec.structs.replace(answers, written=written))


def grade_again(*, score: Score, now: datetime) -> None:
    """Try a grading again that failed through our own fault."""
    with transaction.atomic():
        locked = Score.objects.select_for_update().select_related("variant", "hand_in").get(pk=score.pk)
        if locked.state != ScoreState.FAILED:
            return
        locked.state, locked.problem = ScoreState.WAITING, ""
        locked.save(update_fields=["state", "problem"])
        run = Run.objects.filter(purpose=SCORE, subject=locked.ref).first()
        if run is not None and run.state == RunState.FAILED:
            try_again(run=run, now=now)
        elif run is not None:
            forget_runs(purpose=SCORE, subjects=[locked.ref])
            _request(locked, now)
        elif locked.variant.state == VariantState.READY:
            _request(locked, now)


def sync_observations(*, attempt: Attempt, now: datetime) -> int:
    """Bring the ledger into line with the score that counts; yield how many rows changed. In a transaction.

    Practice never reaches the ledger. An observation that no longer follows is retracted, not deleted. What people
    made of the texts follows the hand-in that counts as well.
    """
    if attempt.is_practice:
        return 0
    rated = sync_ratings(attempt=attempt, now=now)
    person = _person_of(attempt)
    score = (
        Score.objects.select_related("variant__version__task")
        .filter(hand_in__attempt=attempt, hand_in__counts=True, is_current=True, state=ScoreState.DONE)
        .first()
    )
    wanted = {(one.competency, one.value): one for one in (_seen(score, attempt) if score else [])}
    standing = standing_observations(person).filter(facts__event=attempt.ref)
    there = {(row.competency, row.value): row for row in standing if score and row.facts.get("score") == score.ref}
    gone = [row for row in standing if (row.competency, row.value) not in wanted or row not in there.values()]
    for row in gone:
        retract(observation=row, reason=REGRADED, now=now)
    new = [one for key, one in wanted.items() if key not in there]
    for one in new:
        assert score is not None  # noqa: S101 -- there is nothing wanted without one, for the type checker
        record_observation(observation=_observation(one, person, score, now))
    return rated + len(gone) + len(new)


def _seen(score: Score, attempt: Attempt) -> list[Seen]:
    version = score.variant.version
    if score.marks is None or not score.marks["points"]:
        return []  # nothing but texts, which people rate
    return observations_of(
        family=version.family, level=version.level, loadings=version.loadings, share=float(score.share or 0.0),
        event=attempt.ref, numbers=shipped_numbers(),
    )  # fmt: skip


def _observation(one: Seen, person: Person, score: Score, now: datetime) -> Observation:
    version = score.variant.version
    facts: dict[str, Any] = {**one.facts, "score": score.ref, "task": version.title, "task_version": version.ref}
    return Observation(
        organisation_id=person.organisation_id, person=person, competency=one.competency, source_kind=one.source_kind,
        value=one.value, facts=facts, observed_date=score.hand_in.at.date(), created_at=now,
    )  # fmt: skip


def _person_of(attempt: Attempt) -> Person:
    person = attempt.sitting.application.person
    return person.merged_into or person


def _request(score: Score, now: datetime) -> None:
    task, hidden = task_of(score.variant.version), hidden_of(score.variant)
    request_run(
        purpose=SCORE, subject=score.ref, key=GRADER, now=now,
        priority=Priority.BACKGROUND if score.regrade_id else Priority.GRADING,
        job=job_for(task=task, hidden=hidden, hand_in=unpacked_files(score.hand_in.files)),
    )  # fmt: skip


def _keep(score: Score, marks: Marks, result: JobResult, now: datetime) -> None:
    with transaction.atomic():
        hand_in = HandIn.objects.select_for_update().get(pk=score.hand_in_id)
        is_first = not hand_in.scores.filter(is_current=True).exists()
        score.state, score.graded_at, score.share = ScoreState.DONE, now, marks.share
        score.marks, score.flags = msgspec.to_builtins(marks), list(dict.fromkeys(marks.flags))
        score.provenance = {
            "backend": result.backend, "controls": list(result.controls), "runtime": result.runtime_version,
        }  # fmt: skip
        # What a regrade finds is looked at by a person before it counts.
        score.is_current = is_first and score.regrade_id is None
        score.save()
        forget_runs(purpose=SCORE, subjects=[score.ref])
        attempt = score.hand_in.attempt
        record(
            organisation=attempt.sitting.organisation, kind="attempt.graded", subject_type="attempt",
            subject_ref=attempt.ref, now=now, facts={"score": score.ref, "grader": score.grader,
            "version": score.variant.version.ref, "regrade": score.regrade.ref if score.regrade else None},
        )  # fmt: skip
        if is_first:
            ask_viva(hand_in=score.hand_in, now=now)
        if score.is_current:
            sync_observations(attempt=attempt, now=now)
