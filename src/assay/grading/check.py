"""A task proves itself, or it is not published: what is right passes, and every planted mistake is caught."""

from hashlib import sha256
from typing import NamedTuple

import msgspec

from assay.grading.answers import Answers
from assay.grading.collect import answers_from
from assay.grading.errors import TaskError
from assay.grading.mark import Marks, mark
from assay.grading.model import Files, Hidden, Task, WrongSolution
from assay.grading.plan import job_for
from assay.grading.prepare import Run, prepare

SEEDS = (1, 2)


class Finding(NamedTuple):
    """One thing that was tried, and whether it held."""

    what: str
    is_met: bool
    detail: str = ""


def check_task(*, task: Task, run: Run, competencies: frozenset[str], seeds: tuple[int, ...] = SEEDS) -> list[Finding]:
    """Yield what was tried with each seed. Raises TaskError where the task cannot even be prepared."""
    found = [
        Finding(f"{name} is a competency of the map", name in competencies, "" if name in competencies else "unknown")
        for name in task.loadings
    ]
    found += [
        Finding(f"the text {part.file} measures a competency of the map", part.competency in competencies)
        for part in task.written
    ]
    if not task.groups and task.metric is None:
        return found
    digests = set()
    for seed in seeds:
        hidden = prepare(task=task, seed=seed, run=run)
        digests.add(_digest(hidden))
        found += _tried(task, hidden, run)
        found.append(_leaks(task, hidden))
    again = prepare(task=task, seed=seeds[0], run=run)
    found.append(Finding("the same seed makes the same cases", _digest(again) in digests))
    return found


def graded(*, task: Task, hidden: Hidden, hand_in: Files, run: Run) -> Marks:
    """Yield the marks of a hand-in. Raises TaskError for what is our own fault."""
    result = run(job_for(task=task, hidden=hidden, hand_in=hand_in))
    answers = answers_from(task=task, hidden=hidden, result=result)
    written = {part.file: hand_in.get(part.file, b"").decode("utf-8", "replace") for part in task.written}
    return mark(task=task, hidden=hidden, answers=_with_texts(answers, written))


def _with_texts(answers: Answers, written: dict[str, str]) -> Answers:
    return msgspec.structs.replace(answers, written=written)


def _tried(task: Task, hidden: Hidden, run: Run) -> list[Finding]:
    seed = f"seed {hidden.seed}"
    right = graded(task=task, hidden=hidden, hand_in=task.reference, run=run)
    found = [Finding(f"the reference passes everything ({seed})", _passes_all(right), _failures(right))]
    start = graded(task=task, hidden=hidden, hand_in=task.starter, run=run)
    found.append(
        Finding(f"the starter does not pass ({seed})", start.share < 0.5, f"{start.earned:g} of {start.points:g}")
    )
    if task.metric is not None:
        plain = graded(
            task=msgspec.structs.replace(task, groups={}), hidden=_only_rows(hidden), hand_in=task.baseline, run=run
        )
        found.append(Finding(f"the baseline earns nothing for its metric ({seed})", plain.earned == 0))
    for name, wrong in task.wrong.items():
        marks = graded(task=task, hidden=hidden, hand_in=task.wrong_files[name], run=run)
        found.append(_caught(task, name, wrong, marks, seed))
    return found


def _caught(task: Task, name: str, wrong: WrongSolution, marks: Marks, seed: str) -> Finding:
    parts = [*task.groups, *(["metric"] if task.metric else [])]
    passed_wrongly = [part for part in wrong.fails if marks.part_passed(part)]
    failed_too = [part for part in parts if part not in wrong.fails and not marks.part_passed(part)]
    verdicts = {_status(marks, part) for part in wrong.fails}
    is_named = bool(_named_as(wrong.verdict) & verdicts) or (
        wrong.verdict == "BELOW" and not marks.part_passed("metric")
    )
    missing = [flag for flag in wrong.flags if flag not in marks.flags]
    said = [
        *(f"{part} passed" for part in passed_wrongly),
        *(f"{part} failed as well" for part in failed_too),
        *([] if is_named else [f"verdict {', '.join(sorted(verdicts))} instead of {wrong.verdict}"]),
        *(f"flag {flag} not raised" for flag in missing),
    ]
    return Finding(f"wrong/{name} is caught as {wrong.verdict} ({seed})", not said, "; ".join(said))


def _named_as(verdict: str) -> set[str]:
    """Yield the statuses that show a verdict: on a busy machine what computes too long meets the clock first."""
    return {"CPU", "WALL"} if verdict == "CPU" else {verdict}


def _status(marks: Marks, part: str) -> str:
    if part == "metric" and marks.metric is not None:
        return marks.metric.status.value
    return next(group.status.value for group in marks.groups if group.name == part)


def _passes_all(marks: Marks) -> bool:
    return all(marks.part_passed(group.name) for group in marks.groups) and (
        marks.metric is None or marks.metric.has_passed
    )


def _failures(marks: Marks) -> str:
    failed = next((case for case in marks.cases if case.share < 1), None)
    if failed is not None:
        return f"case {failed.case} of {failed.group}: {failed.status.value} {failed.detail}"
    return marks.metric.detail if marks.metric and not marks.metric.has_passed else ""


def _only_rows(hidden: Hidden) -> Hidden:
    return msgspec.structs.replace(hidden, cases=())


def _leaks(task: Task, hidden: Hidden) -> Finding:
    """Say whether a file that the candidate gets is one that must stay hidden."""
    secret = {
        sha256(content).digest()
        for part in (task.hidden, task.reference)
        for content in part.values()
        if content.strip()
    }
    shown = {**task.given, **hidden.given, **task.starter}
    leaked = [
        name
        for name, content in shown.items()
        if sha256(content).digest() in secret and task.reference.get(name) is None
    ]
    return Finding(f"no hidden file is handed out (seed {hidden.seed})", not leaked, ", ".join(leaked))


def _digest(hidden: Hidden) -> str:
    return sha256(msgspec.json.encode(hidden, order="deterministic")).hexdigest()


def require_proof(findings: list[Finding]) -> None:
    """Raise TaskError naming what did not hold; a task that does not prove itself cannot be published."""
    failed = [finding for finding in findings if not finding.is_met]
    if failed:
        more = f" (and {len(failed) - 1} more)" if len(failed) > 1 else ""
        raise TaskError(f"{failed[0].what}: {failed[0].detail or 'no'}{more}")
