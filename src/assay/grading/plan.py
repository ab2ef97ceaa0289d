"""A task and a hand-in become a job for the runner. Nothing of what is right goes into it."""

from collections.abc import Iterable, Sequence
from typing import Any

import msgspec
import numpy as np

from assay.grading.errors import TaskError
from assay.grading.model import Case, Files, Group, Hidden, MetricPart, Rows, Task, TestsPart
from assay_runner.contract import BoxFile, Call, CallsStep, DuetStep, Job, Limits, Request, RunStep, ServeStep, Step
from assay_runner.values import CrossingError, packed

COMPILE, FIRST, AGAIN, TESTS = "compile", "predictions", "predictions-again", "tests"
CHUNKS = 7
"""Into so many uneven parts the shuffled rows are cut."""
MODEL = b'{"$kept":"model"}'
WITHOUT_ARRAYS = frozenset({"python"})
"""Runtimes that have no NumPy: numbers cross as lists."""
QUICK_CPU_S = 30.0
"""Tasks that may use more than this get a cold box."""


def job_for(*, task: Task, hidden: Hidden, hand_in: Files, visible_only: bool = False) -> Job:
    """Yield the job that tries a hand-in.

    ``visible_only`` leaves out everything that the candidate may not see yet: what runs while somebody works.
    """
    groups = {name: group for name, group in task.groups.items() if group.visible or not visible_only}
    steps: list[Step] = []
    if task.compile:
        tests = task.hidden if task.tests is not None and not visible_only else {}
        steps.append(
            RunStep(id=COMPILE, argv=task.compile, files=box_files(tests), keep=("*",), limits=_limits(task, None))
        )
    if task.tests is not None and TESTS in groups:
        steps.append(_step_of_tests(task, task.tests))
    for name, group in groups.items():
        steps += _steps_of_group(task, name, group, [case for case in hidden.cases if case.group == name])
    if task.metric is not None and hidden.rows is not None and not visible_only:
        steps += _steps_of_metric(task, task.metric, hidden.rows, hidden.seed)
    return Job(
        runtime=task.runtime,
        files=box_files({**hand_in, **task.given, **hidden.given}),
        steps=tuple(steps),
        is_quick=max((step.limits.cpu_s for step in steps), default=0.0) <= QUICK_CPU_S,
    )


def box_files(files: Files) -> tuple[BoxFile, ...]:
    """Yield files in the runner's form, in the order of their names."""
    return tuple(BoxFile(path=name, content=files[name]) for name in sorted(files))


def shuffled_rows(*, count: int, seed: int) -> list[list[int]]:
    """Yield every row's number once, in another order and in uneven chunks; the same for the same seed."""
    rng = np.random.default_rng([seed, count])
    order = rng.permutation(count)
    cuts = np.sort(rng.choice(np.arange(1, max(count, 2)), size=min(CHUNKS - 1, max(count - 1, 0)), replace=False))
    return [part.tolist() for part in np.split(order, cuts) if len(part)]


def rows_at(inputs: Any, places: Sequence[int]) -> Any:
    """Yield some rows of a list, or of a table as columns and rows."""
    if isinstance(inputs, dict):
        return {"columns": inputs["columns"], "rows": [inputs["rows"][place] for place in places]}
    return [inputs[place] for place in places]


def row_count(inputs: Any) -> int:
    """Yield how many rows there are."""
    return len(inputs["rows"] if isinstance(inputs, dict) else inputs)


def _limits(task: Task, group: Group | None) -> Limits:
    asked = {**task.limits, **(group.limits if group else {})}
    try:
        limits = msgspec.convert(asked, Limits, strict=False)
    except msgspec.ValidationError as error:
        raise TaskError(f"limits: {error}", file="task.yaml") from error
    return limits if "wall_s" in asked else msgspec.structs.replace(limits, wall_s=2 * limits.cpu_s + 5)


def _steps_of_group(task: Task, name: str, group: Group, cases: list[Case]) -> list[Step]:
    limits = _limits(task, group)
    calls = [case for case in cases if case.call is not None]
    steps: list[Step] = []
    if calls:
        files = {file: text.encode() for case in calls for file, text in case.files.items()}
        made = tuple(_call(case, limits) for case in calls)
        steps.append(CallsStep(id=f"group:{name}", entry=task.entry, calls=made, files=box_files(files), limits=limits))
    is_program = {case.id: case.call is None and case.request is None and case.id != TESTS for case in cases}
    steps += [_run(task, case, limits) for case in cases if is_program[case.id]]
    requests = tuple(_request(case) for case in cases if case.request is not None)
    if requests and task.service is not None:
        steps.append(
            ServeStep(
                id=f"service:{name}",
                argv=task.service.argv,
                requests=requests,
                ready_s=task.service.ready_s,
                limits=limits,
            )
        )
    return steps


def _step_of_tests(task: Task, part: TestsPart) -> Step:
    limits = _limits(task, task.groups.get(TESTS))
    files = {name: content for name, content in task.hidden.items() if name != part.prelude}
    if part.style == "program":
        return RunStep(id=TESTS, argv=part.argv, entry=part.file, files=box_files(files), limits=limits)
    return DuetStep(
        id=TESTS,
        entry=task.entry,
        tests=box_files(files),
        test_entry=part.file,
        style=part.style,
        candidate=part.candidate,
        prelude=task.hidden.get(part.prelude, b"").decode("utf-8", "replace"),
        limits=limits,
    )


def _call(case: Case, limits: Limits) -> Call:
    try:
        args, kwargs = packed(list(case.args)), packed(dict(case.kwargs))
    except CrossingError as error:
        raise TaskError(f"case {case.id}: {error}", file="hidden/cases.py") from error
    return Call(id=case.id, fn=case.call or "", args=args, kwargs=kwargs, deadline_s=limits.wall_s)


def _run(task: Task, case: Case, limits: Limits) -> RunStep:
    return RunStep(
        id=f"case:{case.id}",
        argv=(*task.program, *(case.argv or ())),
        entry=task.entry,
        stdin=(case.stdin or "").encode(),
        files=box_files({name: text.encode() for name, text in case.files.items()}),
        collect=tuple(case.collect),
        limits=limits,
    )


def _request(case: Case) -> Request:
    asked = dict(case.request or {})
    body = asked.pop("body", "")
    raw = asked.pop("raw", "")
    if not isinstance(body, str | bytes):
        body = msgspec.json.encode(body)
        asked.setdefault("headers", {"content-type": "application/json"})
    return msgspec.convert(
        {
            **asked,
            "id": case.id,
            "body": body.encode() if isinstance(body, str) else body,
            "raw": raw.encode() if isinstance(raw, str) else raw,
        },
        Request,
    )


def _steps_of_metric(task: Task, part: MetricPart, rows: Rows, seed: int) -> Iterable[Step]:
    limits = _limits(task, None)
    count = row_count(rows.inputs)
    train = Call(id="train", fn="train", args=packed([".", seed]), deadline_s=limits.wall_s, keep="model")
    first = [train, _predict("first", rows.inputs, task, limits)]
    if part.chunk_invariant:
        chunks = shuffled_rows(count=count, seed=seed)
        first += [
            _predict(f"chunk:{at}", rows_at(rows.inputs, places), task, limits) for at, places in enumerate(chunks)
        ]
    yield CallsStep(id=FIRST, entry=task.entry, calls=tuple(first), seed=seed, limits=limits)
    if part.same_again:
        calls = (train, _predict("again", rows.inputs, task, limits))
        yield CallsStep(id=AGAIN, entry=task.entry, calls=calls, seed=seed, limits=limits)


def _predict(name: str, inputs: Any, task: Task, limits: Limits) -> Call:
    args = b"[" + MODEL + b"," + _packed_rows(inputs, has_arrays=task.runtime not in WITHOUT_ARRAYS) + b"]"
    return Call(id=name, fn="predict", args=args, deadline_s=limits.wall_s)


def _packed_rows(inputs: Any, *, has_arrays: bool) -> bytes:
    if isinstance(inputs, dict):
        columns = [list(column) for column in zip(*inputs["rows"], strict=True)] or [[] for _ in inputs["columns"]]
        return b'{"$table":' + packed([inputs["columns"], columns]) + b"}"
    try:
        return packed(np.asarray(inputs, dtype=float)) if has_arrays and _is_numeric(inputs) else packed(inputs)
    except CrossingError as error:
        raise TaskError(f"the rows: {error}", file="hidden/cases.py") from error


def _is_numeric(inputs: Any) -> bool:
    """Whether rows are numbers throughout, and cross as an array."""
    try:
        array = np.asarray(inputs)
    except ValueError:
        return False
    return array.dtype.kind in "fiu" and array.ndim >= 1
