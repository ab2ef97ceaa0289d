"""Answers become marks. All comparing is done here, outside any box."""

import msgspec

from assay.grading.answers import STATUS_WORDS, Answer, Answers, Status
from assay.grading.compare import found_share, is_right, told
from assay.grading.errors import TaskError
from assay.grading.metric import MetricMark, metric_mark
from assay.grading.model import Case, Compare, Group, Hidden, Rule, Task


class CaseMark(msgspec.Struct, frozen=True, kw_only=True):
    """One case: whether it holds, and what to say of it."""

    case: str
    group: str
    about: str
    status: Status
    share: float
    """1 right, 0 wrong; between them only for findings."""
    detail: str
    cpu_ms: float
    wall_ms: float
    peak_mib: float


class GroupMark(msgspec.Struct, frozen=True, kw_only=True):
    """A group of cases and the points it earned."""

    name: str
    about: str
    is_visible: bool
    points: float
    earned: float
    passed: int
    cases: int
    status: Status
    """OK where all cases hold, else how the first of the others failed."""


class Marks(msgspec.Struct, frozen=True, kw_only=True):
    """What a hand-in earned, and why."""

    status: Status
    earned: float
    points: float
    groups: tuple[GroupMark, ...]
    cases: tuple[CaseMark, ...]
    metric: MetricMark | None = None
    flags: tuple[str, ...] = ()
    """For people to look at; none changes a mark."""

    @property
    def share(self) -> float:
        """The share of the points, 0 to 1."""
        return self.earned / self.points if self.points else 0.0

    def part_passed(self, name: str) -> bool:
        """Whether a group, or ``metric``, passed. Raises KeyError for a name that is neither."""
        if name == "metric" and self.metric is not None:
            return self.metric.has_passed
        return next(group.status is Status.OK for group in self.groups if group.name == name)


def mark(*, task: Task, hidden: Hidden, answers: Answers) -> Marks:
    """Yield the marks of a run.

    Raises
    ------
    TaskError
        The answers are not those to these cases: our fault, so nothing is counted.
    """
    if answers.is_ours:
        raise TaskError("the run failed through our own fault and must be repeated")
    given = {answer.case: answer for answer in answers.cases}
    if given.keys() != {case.id for case in hidden.cases} or len(given) != len(answers.cases):
        raise TaskError("the answers do not belong to these cases")
    cases = tuple(_case_mark(task, case, given[case.id]) for case in hidden.cases)
    groups = tuple(_group_mark(name, group, cases) for name, group in task.groups.items())
    metric = metric_mark(task=task, hidden=hidden, answers=answers)
    parts = [group.status for group in groups if group.points] + ([metric.status] if metric else [])
    return Marks(
        status=next((status for status in parts if status is not Status.OK), Status.OK),
        earned=sum(group.earned for group in groups) + (metric.earned if metric else 0.0),
        points=task.points,
        groups=groups,
        cases=cases,
        metric=metric,
        flags=(*answers.flags, *(metric.flags if metric else ())),
    )


def _case_mark(task: Task, case: Case, answer: Answer) -> CaseMark:
    compare = case.compare or task.groups[case.group].compare or task.compare
    status, share, detail = _held(case, answer, compare)
    return CaseMark(
        case=case.id,
        group=case.group,
        about=case.about,
        status=status,
        share=share,
        detail=detail,
        cpu_ms=answer.cpu_ms,
        wall_ms=answer.wall_ms,
        peak_mib=answer.peak_mib,
    )


def _held(case: Case, answer: Answer, compare: Compare) -> tuple[Status, float, str]:
    if case.raises is not None:
        if answer.status is Status.RE and answer.error == case.raises:
            return Status.OK, 1.0, ""
        came = f"raised {answer.error}" if answer.status is Status.RE else f"gave {told(answer.value)}"
        return Status.WA, 0.0, f"must raise {case.raises}, but {came}"
    if answer.status is not Status.OK:
        said = f"{answer.error}: {answer.detail}" if answer.error else answer.detail
        return answer.status, 0.0, said or STATUS_WORDS[answer.status]
    if compare.rule is Rule.FOUND:
        share = found_share(answer=answer.value, expected=case.expect)
        return (Status.OK, share, "") if share == 1 else (Status.WA, share, "not the findings that are there")
    if is_right(answer=answer.value, expected=case.expect, compare=compare):
        return Status.OK, 1.0, ""
    return Status.WA, 0.0, f"expected {told(case.expect)}, got {told(answer.value)}"


def _group_mark(name: str, group: Group, marks: tuple[CaseMark, ...]) -> GroupMark:
    own = [mark for mark in marks if mark.group == name]
    passed = sum(mark.share == 1 for mark in own)
    share = sum(mark.share for mark in own) / len(own) if group.partial else float(passed == len(own))
    return GroupMark(
        name=name,
        about=group.about,
        is_visible=group.visible,
        points=group.points,
        earned=group.points * share,
        passed=passed,
        cases=len(own),
        status=next((mark.status for mark in own if mark.status is not Status.OK), Status.OK),
    )
