"""Five questions about the candidate's own commits, each with its diff. Who did the work likes to talk about it."""

import re
from collections import Counter
from collections.abc import Sequence
from datetime import UTC, datetime
from typing import NamedTuple

from assay.repositories.git import Git
from assay.repositories.history import Commit
from assay.repositories.identities import Kind, Own
from assay.repositories.leftout import is_left_out_by_name, language_of
from assay.repositories.model import Question

COUNT = 5
_DIFF_LINES = 120
_DIFF_BYTES = 40_000
_FEWEST, _MOST = 8, 400
_PASSED_OVER = frozenset({Kind.MERGE, Kind.BOT, Kind.BULK})


class _Sort(NamedTuple):
    """A kind of commit, how it shows, what to ask and what to listen for."""

    name: str
    subject: re.Pattern[str] | None
    text: str
    listen_for: str


_SORTS = (
    _Sort(
        "fix",
        re.compile(r"(?i)\b(fix(es|ed)?|bug|crash|wrong|regression|leak|race|nan)\b"),
        "This commit changes {files} under the heading “{subject}”. What was the symptom, and how was the cause found?",
        "Symptom before cause; how it was reproduced; why the change is right; whether a test keeps it.",
    ),
    _Sort(
        "speed",
        re.compile(r"(?i)\b(speed|fast(er)?|perf\w*|optimi[sz]\w*|memory|slow|vectori[sz]\w*|cache|parallel)\b"),
        "“{subject}” touches {files}. What was measured before and after, and what was tried without success?",
        "Numbers, or an honest lack of them; where the time went; what became harder to read for it.",
    ),
    _Sort(
        "tests",
        None,
        "This commit adds tests in {files}. What would go wrong without them, and what do they still not catch?",
        "A failure that the tests were written against; limits named unasked; the difference of a test and a run.",
    ),
    _Sort(
        "removal",
        None,
        "This commit takes away {deleted} lines and adds {added} in {files}. What was given up, and what was gained?",
        "A reason beyond tidiness; how it was made sure that nothing broke; who else was affected.",
    ),
    _Sort(
        "model",
        re.compile(r"(?i)\b(train|model|loss|metric|eval\w*|feature|dataset|data|accuracy|auc|lr|learning|baseline)\b"),
        "“{subject}” changes {files}. Which result made you do this, and how would you know that it is better now?",
        "A comparison on data that played no part in the choice; variation between runs; a simple baseline.",
    ),
    _Sort(
        "work",
        None,
        "Walk through this change of {files} (“{subject}”). Which other way was there, and why this one?",
        "Alternatives with their price; what they would do otherwise today; where it hurts.",
    ),
)


def questions_about(*, git: Git, own: Own) -> list[Question]:
    """Yield up to five questions of different sorts, spread over time."""
    chosen: list[tuple[_Sort, Commit]] = []
    asked: Counter[str] = Counter()
    candidates = [(sort, commit) for commit in own.commits if (sort := _sort_of(commit, own)) is not None]
    while candidates and len(chosen) < COUNT:
        best = max(candidates, key=lambda one: _worth(one, chosen, asked))
        candidates.remove(best)
        chosen.append(best)
        asked[best[0].name] += 1
    return [_question(git, sort, commit) for sort, commit in chosen]


def _code_files(commit: Commit) -> list[str]:
    return [
        change.path for change in sorted(commit.changes, key=lambda change: -(change.added + change.deleted))
        if language_of(change.path) and not is_left_out_by_name(change.path)
    ]  # fmt: skip


def _sort_of(commit: Commit, own: Own) -> _Sort | None:
    """Yield what kind of question a commit is good for; None for one that is too small, too large or no work."""
    files = _code_files(commit)
    size = commit.added + commit.deleted
    if own.kinds[commit.id] & _PASSED_OVER or not files or not _FEWEST <= size <= _MOST:
        return None
    for sort in _SORTS:
        if sort.subject is not None and sort.subject.search(commit.subject):
            return sort
        if sort.name == "tests" and all("test" in path.lower() for path in files):
            return sort
        if sort.name == "removal" and commit.deleted > 2 * commit.added and commit.deleted >= 20:
            return sort
    return _SORTS[-1]


def _worth(
    one: tuple[_Sort, Commit], chosen: Sequence[tuple[_Sort, Commit]], asked: Counter[str]
) -> tuple[float, int, str]:
    """Yield what makes a commit good to talk about: a new sort, a screenful, far from the others in time."""
    sort, commit = one
    size = commit.added + commit.deleted
    fit = 1.0 - abs(size - 60) / _MOST
    apart_days = min((abs(commit.authored_s - other.authored_s) / 86_400 for _, other in chosen), default=60.0)
    worth = -2.0 * asked[sort.name] + fit + min(apart_days, 60.0) / 60.0 - 0.3 * (sort.name == "work")
    return worth, commit.authored_s, commit.id


def _question(git: Git, sort: _Sort, commit: Commit) -> Question:
    files = _code_files(commit)
    named = files[0] if len(files) == 1 else f"{files[0]} and {len(files) - 1} more"
    text = sort.text.format(files=named, subject=commit.subject, added=commit.added, deleted=commit.deleted)
    diff, is_cut = _diff(git, commit, files)
    day = datetime.fromtimestamp(commit.authored_s, tz=UTC).date()
    return Question(
        commit=commit.id, on=day, subject=commit.subject, text=text, listen_for=sort.listen_for, diff=diff,
        is_diff_cut=is_cut,
    )  # fmt: skip


class _Diff(NamedTuple):
    text: str
    is_cut: bool


def _diff(git: Git, commit: Commit, files: Sequence[str]) -> _Diff:
    words = ("show", "--format=", "--no-ext-diff", "--no-textconv", "--no-color", "-M", commit.id, "--")
    literal = [f":(literal){path}" for path in files[:6] if "\ufffd" not in path]
    with git.stream(*words, *literal, timeout_s=10.0, max_bytes=_DIFF_BYTES) as stream:
        data = b"".join(stream)
    lines = data.decode("utf-8", "replace").split("\n")
    is_cut = stream.is_cut or len(lines) > _DIFF_LINES
    return _Diff("\n".join(lines[:_DIFF_LINES]), is_cut)
