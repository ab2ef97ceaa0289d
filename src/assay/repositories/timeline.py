"""When the candidate worked on it, and since when they used a tool."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime
from itertools import pairwise
from typing import NamedTuple

import msgspec

from assay.repositories.code.scan import Scanned
from assay.repositories.code.tools import import_lines
from assay.repositories.git import Git
from assay.repositories.history import Commit, History
from assay.repositories.model import ToolUse
from assay.repositories.rules import Rules
from assay.repositories.survival import commit_of_line

_WEEK_S = 7 * 86_400
_LINES_ASKED = 5


class Timeline(NamedTuple):
    """When and how steadily the candidate worked on it."""

    first_at: datetime | None
    last_at: datetime | None
    active_weeks: int
    longest_gap_weeks: int


def timeline_of(commits: Sequence[Commit]) -> Timeline:
    """Yield the timeline of commits by the dates that their author's machine gave them."""
    if not commits:
        return Timeline(None, None, 0, 0)
    times = sorted(commit.authored_s for commit in commits)
    weeks = sorted({second // _WEEK_S for second in times})
    gaps = [later - sooner - 1 for sooner, later in pairwise(weeks)]
    first, last = (datetime.fromtimestamp(second, tz=UTC) for second in (times[0], times[-1]))
    return Timeline(first, last, len(weeks), max(gaps, default=0))


def first_days(commits: Sequence[Commit]) -> dict[str, date]:
    """Yield for each path the day on which the candidate first changed it."""
    days: dict[str, date] = {}
    for commit in commits:
        day = datetime.fromtimestamp(commit.authored_s, tz=UTC).date()
        for change in commit.changes:
            days[change.path] = min(day, days.get(change.path, day))
    return days


def with_checked_dates(
    *, git: Git, tools: Sequence[ToolUse], files: Sequence[Scanned], history: History, rules: Rules,
    public_on: Mapping[str, date],
) -> list[ToolUse]:  # fmt: skip
    """Yield the tools, with the day of the import itself where the file is older than the tool.

    An old file may well have learned to use a new tool, and only the line can tell.
    """
    entries = {tool.name: tool.dates for tool in rules.tools}
    seconds = {commit.id: commit.authored_s for commit in history.commits}
    checked = []
    for tool in tools:
        public = public_on.get(entries.get(tool.tool, ""))
        if public is None or tool.first_on is None or tool.first_on >= public:
            checked.append(tool)
            continue
        lines = import_lines(files=files, rules=rules, tool=tool.tool)[:_LINES_ASKED]
        ids = [commit_of_line(git=git, path=one.path, line=one.line) for one in lines]
        days = [datetime.fromtimestamp(seconds[ident], tz=UTC).date() for ident in ids if ident in seconds]
        checked.append(msgspec.structs.replace(tool, first_on=min(days, default=None)))
    return checked
