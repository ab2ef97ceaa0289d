"""What a job gave becomes answers: the runner's result, read with suspicion."""

from typing import Any

from assay.grading.answers import Answer, Answers, Predictions, Status
from assay.grading.model import Case, Hidden, Task
from assay.grading.plan import AGAIN, COMPILE, FIRST, TESTS, row_count, shuffled_rows
from assay_runner.contract import JobResult, Reply, StepResult
from assay_runner.values import CrossingError, unpacked

MAX_DETAIL = 2_000
IN_BOX_FLAG = "tests-in-box"


def answers_from(*, task: Task, hidden: Hidden, result: JobResult, visible_only: bool = False) -> Answers:
    """Yield an answer for every case that the job tried; what is missing in the result is our fault (IE)."""
    steps = {step.id: step for step in result.steps}
    compiled = steps.get(COMPILE)
    wanted = [case for case in hidden.cases if not visible_only or task.groups[case.group].visible]
    if compiled is not None and compiled.status != "OK":
        cases = tuple(_failed(case.id, compiled) for case in wanted)
    else:
        cases = tuple(_answer(case, steps) for case in wanted)
    return Answers(
        cases=cases,
        predictions=None if task.metric is None or visible_only else _predictions(hidden, steps),
        controls=result.controls,
        backend=result.backend,
        flags=(*result.flags, *((IN_BOX_FLAG,) if task.tests is not None and task.tests.style == "program" else ())),
    )


def _of_tests(step: StepResult | None) -> Answer:
    """Yield ``passed`` for tests that all held; a failed assertion is a wrong answer and no crash."""
    if step is None:
        return _missing(TESTS)
    failed = next((reply for reply in step.replies if reply.status != "OK"), None)
    if step.status == "OK":
        return _of_step(step, "passed")
    if failed is not None and failed.error == "AssertionError" and step.status == "RE":
        return _of_step(step, f"{failed.id} failed {failed.detail}".strip()[:MAX_DETAIL])
    return _failed(TESTS, step)


def _of_step(step: StepResult, value: str) -> Answer:
    used = step.usage
    return Answer(case=TESTS, value=value, cpu_ms=used.cpu_ms, wall_ms=used.wall_ms, peak_mib=used.peak_mib)


def _answer(case: Case, steps: dict[str, StepResult]) -> Answer:
    if case.id == TESTS:
        return _of_tests(steps.get(TESTS))
    if case.call is None and case.request is None:
        step = steps.get(f"case:{case.id}")
        return _missing(case.id) if step is None else _of_program(case, step)
    step = steps.get(f"{'group' if case.call is not None else 'service'}:{case.group}")
    if step is None:
        return _missing(case.id)
    reply = next((reply for reply in step.replies if reply.id == case.id), None)
    if reply is None:
        # The box ended before it came to this call: how it ended is this case's answer too.
        return _failed(case.id, step) if step.status != "OK" else _missing(case.id)
    return _of_request(case, reply) if case.request is not None else _of_call(case, reply)


def _missing(case: str) -> Answer:
    return Answer(case=case, status=Status.IE, detail="the runner's result lacks this case")


def _failed(case: str, step: StepResult) -> Answer:
    said = step.detail or step.stderr.decode("utf-8", "replace")
    return Answer(
        case=case,
        status=Status(step.status),
        detail=said[-MAX_DETAIL:],
        cpu_ms=step.usage.cpu_ms,
        wall_ms=step.usage.wall_ms,
        peak_mib=step.usage.peak_mib,
    )


def _of_call(case: Case, reply: Reply) -> Answer:
    return _with_value(case, reply, _value(reply.value) if reply.status == "OK" else None)


def _of_request(case: Case, reply: Reply) -> Answer:
    if reply.status != "OK":
        return _with_value(case, reply, None)
    try:
        body: Any = unpacked(reply.value) if reply.value.lstrip()[:1] in {b"{", b"["} else None
    except CrossingError:
        body = None
    text = reply.value.decode("utf-8", "replace") if body is None else None
    return _with_value(
        case, reply, {"status": reply.code, "json": body} if text is None else {"status": reply.code, "text": text}
    )


def _of_program(case: Case, step: StepResult) -> Answer:
    if step.status != "OK":
        return _failed(case.id, step)
    value: Any = {"stdout": step.stdout.decode("utf-8", "replace")}
    if case.collect:
        value["files"] = {file.path: file.content.decode("utf-8", "replace") for file in step.collected}
    return Answer(
        case=case.id,
        value=value if case.collect else value["stdout"],
        cpu_ms=step.usage.cpu_ms,
        wall_ms=step.usage.wall_ms,
        peak_mib=step.usage.peak_mib,
    )


def _with_value(case: Case, reply: Reply, value: Any) -> Answer:
    is_unreadable = isinstance(value, CrossingError)
    return Answer(
        case=case.id,
        status=Status.PROTOCOL if is_unreadable else Status(reply.status),
        value=None if is_unreadable else value,
        error=reply.error,
        detail=str(value) if is_unreadable else reply.detail[-MAX_DETAIL:],
        cpu_ms=reply.usage.cpu_ms,
        wall_ms=reply.usage.wall_ms,
        peak_mib=reply.usage.peak_mib,
    )


def _value(data: bytes) -> Any:
    """Yield the value, or the error as a value where it is none."""
    try:
        return unpacked(data)
    except CrossingError as error:
        return error


def _predictions(hidden: Hidden, steps: dict[str, StepResult]) -> Predictions:
    step = steps.get(FIRST)
    if step is None or hidden.rows is None:
        return Predictions(status=Status.IE, detail="the runner's result lacks the predictions")
    replies = {reply.id: reply for reply in step.replies}
    failed = next((reply for reply in step.replies if reply.status != "OK"), None)
    if failed is not None or "first" not in replies:
        status = Status(failed.status if failed else step.status)
        said = f"{failed.error}: {failed.detail}" if failed else step.detail or step.stderr.decode("utf-8", "replace")
        return Predictions(status=Status.IE if status is Status.OK else status, detail=said[-MAX_DETAIL:])
    first = _value(replies["first"].value)
    if not isinstance(first, list):
        return Predictions(status=Status.PROTOCOL, detail="the predictions are no sequence, one a row")
    return Predictions(
        first=first,
        shuffled=_unshuffled(hidden, replies),
        again=_again(steps.get(AGAIN)),
        cpu_ms=step.usage.cpu_ms,
        wall_ms=step.usage.wall_ms,
        peak_mib=step.usage.peak_mib,
    )


def _unshuffled(hidden: Hidden, replies: dict[str, Reply]) -> list[Any] | None:
    """Yield the predictions of the shuffled rows in the rows' own order; an empty list for what does not fit."""
    assert hidden.rows is not None  # noqa: S101 - checked by the caller, for the type checker
    chunks = [name for name in replies if name.startswith("chunk:")]
    if not chunks:
        return None
    placed: dict[int, Any] = {}
    for at, places in enumerate(shuffled_rows(count=row_count(hidden.rows.inputs), seed=hidden.seed)):
        reply = replies.get(f"chunk:{at}")
        values = _value(reply.value) if reply is not None else None
        if not isinstance(values, list) or len(values) != len(places):
            return []
        placed.update(zip(places, values, strict=True))
    return [placed[place] for place in sorted(placed)]


def _again(step: StepResult | None) -> list[Any] | None:
    if step is None:
        return None
    reply = next((reply for reply in step.replies if reply.id == "again"), None)
    values = _value(reply.value) if reply is not None and reply.status == "OK" else None
    return values if isinstance(values, list) else []
