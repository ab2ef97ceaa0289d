"""Questions about somebody's own hand-in, whose answers come from running it: for the interview, never for a score."""

from datetime import datetime
from typing import TypedDict

import msgspec
from django.db import transaction

from assay.assessments.models import HandIn
from assay.core.jobs import enqueue
from assay.grading.answers import STATUS_WORDS, Status
from assay.grading.compare import told
from assay.grading.model import Files, Task, Viva
from assay.grading.plan import COMPILE, box_files
from assay.items.folders import hidden_of, task_of, unpacked_files
from assay.sandbox.choices import Priority, RunState
from assay.sandbox.models import Run
from assay.sandbox.services import forget_runs, request_run, result_of
from assay_runner.contract import Call, CallsStep, Job, JobResult, Limits, Reply, RunStep, Step
from assay_runner.values import CrossingError, packed, unpacked

VIVA = "assessments.viva"
MOST_QUESTIONS = 5
LEAST_CPU_S = 20.0


class Question(TypedDict):
    """A question and what the hand-in itself answers."""

    ask: str
    answer: str


def ask_viva(*, hand_in: HandIn, now: datetime) -> None:
    """Have the questions of a hand-in's task answered by running it; in the caller's transaction."""
    attempt = hand_in.attempt
    task = task_of(attempt.version)
    if not task.viva or attempt.is_practice:
        return
    request_run(
        purpose=VIVA,
        subject=hand_in.ref,
        key="1",
        now=now,
        priority=Priority.BACKGROUND,
        job=viva_job(task=task, files=unpacked_files(hand_in.files) | task.given | hidden_of(attempt.variant).given),
    )


def viva_moved(run: Run) -> None:
    """Read a run that has ended."""
    from assay.assessments.tasks import finish_viva  # noqa: PLC0415 -- tasks call services

    enqueue(finish_viva, lock=f"viva:{run.subject}", hand_in_ref=run.subject)


def finish(*, hand_in_ref: str) -> None:
    """Keep the questions with their answers. Doing it twice changes nothing; a run that failed leaves none."""
    run = Run.objects.filter(purpose=VIVA, subject=hand_in_ref).first()
    if run is None or run.state not in {RunState.DONE, RunState.FAILED}:
        return
    hand_in = HandIn.objects.select_related("attempt__version__task").get(ref=hand_in_ref)
    questions: list[Question] = []
    if run.state == RunState.DONE:
        answers = viva_answers(result=result_of(run))
        for number, one in enumerate(task_of(hand_in.attempt.version).viva[:MOST_QUESTIONS]):
            if (answer := answers.get(str(number))) is not None:
                questions.append({"ask": _asked(one), "answer": answer})
    with transaction.atomic():
        HandIn.objects.filter(pk=hand_in.pk).update(viva=questions)
        forget_runs(purpose=VIVA, subjects=[hand_in_ref])


def viva_job(*, task: Task, files: Files) -> Job:
    """Yield the job in which a hand-in answers its task's questions; ``files`` hold what lies beside it as well."""
    # A question may have a model trained first, as the grading does.
    cpu_s = max(LEAST_CPU_S, 1.5 * task.limits.get("cpu_s", 0.0))
    limits = msgspec.convert({**task.limits, "cpu_s": cpu_s, "wall_s": 3 * cpu_s}, Limits, strict=False)
    asked = list(enumerate(task.viva[:MOST_QUESTIONS]))
    calls = tuple(
        Call(id=str(number), fn=one.call, args=packed(list(one.args)), deadline_s=2 * cpu_s)
        for number, one in asked
        if one.stdin is None
    )
    steps: list[Step] = [CallsStep(id="viva", entry=task.entry, calls=calls, limits=limits)] if calls else []
    steps += [
        RunStep(id=str(number), argv=task.program, entry=task.entry, stdin=one.stdin.encode(), limits=limits)
        for number, one in asked
        if one.stdin is not None
    ]
    if task.compile:
        steps.insert(0, RunStep(id=COMPILE, argv=task.compile, keep=("*",), limits=limits))
    return Job(runtime=task.runtime, files=box_files(files), steps=tuple(steps))


def viva_answers(*, result: JobResult) -> dict[str, str]:
    """Yield what was answered by the question's number; a program answers by what it prints."""
    found: dict[str, str] = {}
    for step in result.steps:
        found |= {reply.id: _answered(reply) for reply in step.replies}
        if step.id.isdigit():
            is_ok = step.status == "OK"
            said = step.stdout.decode("utf-8", "replace").strip()
            found[step.id] = told(said) if is_ok else STATUS_WORDS[Status(step.status.value)]
    return found


def _asked(one: Viva) -> str:
    return one.ask.replace("{args}", ", ".join(told(value) for value in one.args))


def _answered(reply: Reply) -> str:
    if reply.status != "OK":
        return f"raises {reply.error}" if reply.error else STATUS_WORDS[Status(reply.status.value)]
    try:
        return told(unpacked(reply.value))
    except CrossingError:
        return STATUS_WORDS[Status.PROTOCOL]
