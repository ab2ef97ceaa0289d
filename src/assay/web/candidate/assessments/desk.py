"""What the candidate's pages show, worked out before a template sees it."""

from datetime import datetime, timedelta
from typing import Any, NamedTuple

from assay.assessments.choices import AttemptState, Feedback, ScoreState, SittingState
from assay.assessments.models import Attempt, HandIn, Sitting, Tryout
from assay.assessments.rules import allowed
from assay.assessments.selectors import latest_save
from assay.competencies.selectors import catalogue_of
from assay.grading.answers import STATUS_WORDS, Status
from assay.grading.model import Files, Task
from assay.items.choices import VariantState
from assay.items.folders import task_of, unpacked_files
from assay.web.markdown import html_of

AI_WORDS = {
    "allowed": "Help by language models is allowed and need not be said.",
    "recorded": "Help by language models is allowed. Say at the hand-in what you used: it is recorded, not counted.",
    "excluded": "Please work without language models on this task; the interview will ask about your code.",
}
LEVEL_WORDS = {1: "first steps", 2: "basic", 3: "solid", 4: "strong", 5: "expert"}
MOST_SHOWN_BYTES = 200_000


class FileShown(NamedTuple):
    """One file on the desk."""

    path: str
    text: str
    rows: int


class PartShown(NamedTuple):
    """What one part of a task showed, in words."""

    about: str
    words: str
    is_met: bool
    cases: tuple[tuple[str, str, bool], ...]
    """(what was tried, how it ended, whether it holds)"""


class ResultShown(NamedTuple):
    """What the candidate is told of a hand-in."""

    state: str
    parts: tuple[PartShown, ...]


class TryoutShown(NamedTuple):
    """A run of the visible tests."""

    is_waiting: bool
    has_failed: bool
    parts: tuple[PartShown, ...]
    details: tuple[tuple[str, str], ...]
    """(what was tried, what came instead) of those that do not hold"""
    output: str
    ref: str


class TaskShown(NamedTuple):
    """One task on the first page."""

    attempt: Attempt
    title: str
    summary: str
    time: timedelta
    ai: str
    shows: tuple[str, ...]
    kinds: str
    state: str
    is_open: bool


def start_page(sitting: Sitting, *, now: datetime) -> dict[str, Any]:
    """Yield the context of the first page."""
    names = {one.id: one.name for one in catalogue_of(organisation=sitting.organisation).competencies}
    tasks = [_task_shown(sitting, attempt, names) for attempt in sitting.attempts.all()]
    counted = [one for one in tasks if not one.attempt.is_practice]
    return {
        "sitting": sitting,
        "practice": next((one for one in tasks if one.attempt.is_practice), None),
        "tasks": counted,
        "minutes": round(sum(one.time.total_seconds() for one in counted) / 60),
        "is_invited": sitting.state == SittingState.INVITED,
        "is_cancelled": sitting.state == SittingState.CANCELLED,
        "is_too_late": sitting.state == SittingState.INVITED and now > sitting.begin_by,
        "is_done": all(one.attempt.ended_at for one in counted),
        "feedback": Feedback(sitting.feedback).label,
        "wishes": sitting.wishes.all(),
    }


def desk_of(*, attempt: Attempt, now: datetime, nonce: str) -> dict[str, Any]:
    """Yield the context of a task's page."""
    task = task_of(attempt.version)
    latest = latest_save(attempt=attempt)
    files = unpacked_files(latest.files) if latest else task.starter
    is_running = attempt.state == AttemptState.RUNNING
    percent = attempt.sitting.extra_time_percent
    return {
        "attempt": attempt,
        "sitting": attempt.sitting,
        "task": task,
        "ai": AI_WORDS[task.ai],
        "time": allowed(minutes=task.minutes, extra_time_percent=percent),
        "statement": html_of(_without_title(task)),
        "files": _shown(files),
        "given": _shown(task.given | _made(attempt)),
        "revision": latest.revision if latest else 0,
        "is_waiting": attempt.state == AttemptState.WAITING,
        "is_ready": attempt.variant.state == VariantState.READY,
        "is_running": is_running,
        "takes_upload": task.family == "work_sample",
        "has_visible": any(group.visible for group in task.groups.values()),
        "tryout": tryout_shown(newest) if (newest := attempt.tryouts.first()) and is_running else None,
        "hand_ins": list(attempt.hand_ins.defer("files")),
        "result": None if is_running else result_of(attempt),
        "following": _following(attempt),
        "now": now,
        "nonce": nonce,
    }


def result_of(attempt: Attempt) -> ResultShown | None:
    """Yield what the candidate is told, as the invitation's rule allows; None where nothing was handed in."""
    hand_in = attempt.hand_ins.filter(counts=True).first() or attempt.hand_ins.first()
    if hand_in is None:
        return None
    policy = Feedback.FULL if attempt.is_practice else Feedback(attempt.sitting.feedback)
    score = hand_in.scores.filter(is_current=True).first() or hand_in.scores.first()
    state = ScoreState(score.state) if score else ScoreState.WAITING
    if policy == Feedback.NONE or state != ScoreState.DONE or score is None:
        return ResultShown(_state_words(state, policy, hand_in), ())
    return ResultShown("Graded", tuple(parts_of(score.marks, is_full=policy == Feedback.FULL)))


def tryout_shown(tryout: Tryout) -> TryoutShown:
    """Yield a run of the visible tests in words."""
    marks = tryout.outcome["marks"] if tryout.outcome else None
    cases = marks["cases"] if marks else []
    return TryoutShown(
        is_waiting=tryout.state == ScoreState.WAITING,
        has_failed=tryout.state == ScoreState.FAILED,
        parts=tuple(parts_of(marks, is_full=True)) if marks else (),
        details=tuple(
            (case["about"] or f"Case {case['case']}", case["detail"] or STATUS_WORDS[Status(case["status"])])
            for case in cases
            if case["share"] < 1
        ),
        output=tryout.outcome["output"] if tryout.outcome else "",
        ref=tryout.ref,
    )


def parts_of(marks: Any, *, is_full: bool) -> list[PartShown]:
    """Yield the parts of a task with what they showed; test by test where ``is_full``. Never an expected value."""
    found = []
    for group in marks["groups"]:
        cases = tuple(
            (case["about"] or f"Test {number}", STATUS_WORDS[Status(case["status"])], case["share"] == 1)
            for number, case in enumerate((case for case in marks["cases"] if case["group"] == group["name"]), 1)
        )
        is_met = group["passed"] == group["cases"]
        words = (
            "holds" if is_met else f"{group['passed']} of {group['cases']} tests hold" if is_full else _in_part(group)
        )
        found.append(PartShown(group["about"], words, is_met, cases if is_full else ()))
    if metric := marks.get("metric"):
        words = "reached" if metric["status"] == Status.OK else "not reached"
        found.append(PartShown(metric["about"], words, metric["status"] == Status.OK, ()))
    return found


def _in_part(group: dict[str, Any]) -> str:
    return "holds in part" if group["passed"] else "does not hold yet"


def _state_words(state: ScoreState, policy: Feedback, hand_in: HandIn) -> str:
    if state == ScoreState.FAILED:
        return "It could not be graded through a fault of ours. Nothing counts against you; it will be graded again."
    if policy == Feedback.NONE:
        return f"Received on {hand_in.at:%d %B %Y at %H:%M} UTC. The people who invited you will write to you."
    return "It is being graded. This takes from seconds to a few minutes; reload the page to see it."


def _task_shown(sitting: Sitting, attempt: Attempt, names: dict[str, str]) -> TaskShown:
    version = attempt.version
    shown = sorted(version.loadings, key=lambda name: (-version.loadings[name], name))
    return TaskShown(
        attempt=attempt,
        title=version.title,
        summary=version.summary,
        time=allowed(minutes=version.minutes, extra_time_percent=sitting.extra_time_percent),
        ai=AI_WORDS[task_of(version).ai],
        shows=tuple(names.get(name, name) for name in shown),
        kinds=" and ".join(version.kinds).lower(),
        state=AttemptState(attempt.state).label,
        is_open=attempt.ended_at is None,
    )


def _shown(files: Files) -> list[FileShown]:
    """Yield the files that are text and short enough for a page; the others stay as they are."""
    found = []
    for path in sorted(files):
        content = files[path]
        try:
            text = content.decode()
        except UnicodeDecodeError:
            continue
        if len(content) <= MOST_SHOWN_BYTES and "\0" not in text:
            found.append(FileShown(path, text, min(max(text.count("\n") + 2, 12), 40)))
    return found


def _made(attempt: Attempt) -> Files:
    """Yield the files that were made for this candidate's seed."""
    return unpacked_files(attempt.variant.given) if attempt.variant.given else {}


def _without_title(task: Task) -> str:
    """Yield the statement without a first heading: the page has its title."""
    first, _, rest = task.statement.lstrip().partition("\n")
    return rest if first.startswith("# ") else task.statement


def _following(attempt: Attempt) -> Attempt | None:
    return (
        Attempt.objects.filter(sitting=attempt.sitting, ended_at=None, is_practice=False, position__gt=attempt.position)
        .select_related("version")
        .first()
    )
