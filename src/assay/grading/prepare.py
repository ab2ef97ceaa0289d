"""The hidden part of a task for one seed: cases and rows from the author's generator, answers from the reference.

The generator is the author's own code, so it runs in a box as well, though never in one with a candidate's.
"""

from collections.abc import Callable
from typing import Any

import msgspec

from assay.grading.answers import Answers, Status
from assay.grading.collect import answers_from
from assay.grading.errors import TaskError
from assay.grading.model import Case, Files, Hidden, Rows, Task
from assay.grading.plan import TESTS, box_files, job_for
from assay_runner.contract import Call, CallsStep, Job, JobResult, Limits
from assay_runner.values import CrossingError, packed, unpacked

Run = Callable[[Job], JobResult]
GENERATOR = "assay_generator.py"
MAX_CASES = 5_000
LIMITS = Limits(cpu_s=120, wall_s=300, memory_mib=2048, scratch_mib=256, output_kib=65_536)
HARNESS = b"""
import cases as author


def make(seed):
    made = {"cases": [], "rows": None, "given": {}}
    if hasattr(author, "cases"):
        made["cases"] = [dict(case) for case in author.cases(seed)]
    if hasattr(author, "data"):
        data = dict(author.data(seed))
        made["given"] = {
            name: content.encode() if isinstance(content, str) else bytes(content)
            for name, content in data.pop("files", {}).items()
        }
        made["rows"] = data
    return made
"""


def prepare(*, task: Task, seed: int, run: Run) -> Hidden:
    """Yield the hidden part for a seed, every expected value filled in.

    Raises
    ------
    TaskError
        The generator fails or yields something else than cases and rows; the reference solution does not answer.
    """
    if task.tests is not None:
        return Hidden(seed=seed, cases=(Case(id=TESTS, group=TESTS, about="The collection's tests", expect="passed"),))
    made = _generated(task, seed, run)
    hidden = Hidden(seed=seed, cases=_cases(task, made["cases"]), rows=_rows(made["rows"]), given=made["given"])
    answers = _answered(task, hidden, task.reference, run, "the reference solution")
    expected = {answer.case: answer for answer in answers.cases}
    filled = tuple(_filled(case, expected[case.id].value) for case in hidden.cases)
    if task.metric is None:
        return msgspec.structs.replace(hidden, cases=filled)
    if hidden.rows is None:
        raise TaskError("data(seed) is missing: the task has a metric", file="hidden/cases.py")
    plain = _answered(msgspec.structs.replace(task, groups={}), _bare(hidden), task.baseline, run, "the baseline")
    return msgspec.structs.replace(
        hidden,
        cases=filled,
        baseline=_predicted(plain, "baseline"),
        reference=_predicted(answers, "reference solution"),
    )


def _generated(task: Task, seed: int, run: Run) -> dict[str, Any]:
    files = {GENERATOR: HARNESS, **task.hidden, **task.given}
    files |= {f"reference/{name}": content for name, content in task.reference.items()}
    call = Call(id="make", fn="make", args=packed([seed]), deadline_s=LIMITS.wall_s)
    step = CallsStep(id="generate", entry=GENERATOR, calls=(call,), seed=seed, limits=LIMITS)
    result = run(Job(runtime=task.generator, files=box_files(files), steps=(step,), is_quick=False)).steps[0]
    reply = result.replies[0] if result.replies else None
    if reply is None or reply.status != "OK":
        said = f"{reply.error}: {reply.detail}" if reply and reply.error else result.stderr.decode("utf-8", "replace")
        raise TaskError(f"the generator failed: {(said or result.detail).strip()[-800:]}", file="hidden/cases.py")
    try:
        made = unpacked(reply.value)
    except CrossingError as error:
        raise TaskError(f"the generator's values: {error}", file="hidden/cases.py") from error
    if not isinstance(made, dict):
        raise TaskError("the generator yields no cases", file="hidden/cases.py")
    return made


def _cases(task: Task, given: list[Any]) -> tuple[Case, ...]:
    if len(given) > MAX_CASES:
        raise TaskError(f"more than {MAX_CASES} cases", file="hidden/cases.py")
    cases = []
    for number, raw in enumerate(given, 1):
        try:
            case = msgspec.convert({"id": str(number), **raw}, Case)
        except msgspec.ValidationError as error:
            raise TaskError(f"case {number}: {error}", file="hidden/cases.py") from error
        if case.group not in task.groups:
            raise TaskError(f"case {number}: there is no group {case.group!r}", file="hidden/cases.py")
        cases.append(case)
    if len({case.id for case in cases}) != len(cases):
        raise TaskError("two cases have one id", file="hidden/cases.py")
    empty = set(task.groups) - {case.group for case in cases}
    if empty:
        raise TaskError(f"the group {min(empty)!r} has no case", file="hidden/cases.py")
    return tuple(cases)


def _rows(raw: Any) -> Rows | None:
    if raw is None:
        return None
    try:
        return msgspec.convert(raw, Rows)
    except msgspec.ValidationError as error:
        raise TaskError(f"data(seed): {error}", file="hidden/cases.py") from error


def _answered(task: Task, hidden: Hidden, files: Files, run: Run, who: str) -> Answers:
    answers = answers_from(task=task, hidden=hidden, result=run(job_for(task=task, hidden=hidden, hand_in=files)))
    for case, answer in zip(hidden.cases, answers.cases, strict=True):
        is_asked = case.expect is msgspec.UNSET and case.raises is None
        if answer.status is Status.IE or (is_asked and answer.status is not Status.OK):
            raise TaskError(f"{who} fails case {case.id} of {case.group!r}: {answer.error} {answer.detail}".strip())
    return answers


def _filled(case: Case, value: Any) -> Case:
    return case if case.expect is not msgspec.UNSET or case.raises else msgspec.structs.replace(case, expect=value)


def _bare(hidden: Hidden) -> Hidden:
    return msgspec.structs.replace(hidden, cases=())


def _predicted(answers: Answers, who: str) -> list[Any]:
    found = answers.predictions
    if found is None or found.status is not Status.OK or found.first is None:
        raise TaskError(f"the {who} makes no predictions: {found.detail if found else 'none came back'}")
    return found.first
