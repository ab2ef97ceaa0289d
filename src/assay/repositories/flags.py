"""Things to ask about. A flag is a question with the innocent explanation beside it, and costs nobody anything."""

from collections.abc import Mapping, Sequence
from datetime import UTC, date, datetime, timedelta

from assay.repositories.copies import Compared
from assay.repositories.history import Commit
from assay.repositories.model import Flag, ToolUse
from assay.repositories.rules import FlagRule, Rules


def flags_of(
    *,
    rules: Rules,
    own: Sequence[Commit],
    tools: Sequence[ToolUse],
    public_on: Mapping[str, date],
    compared: Compared,
    own_share: float | None,
    today: date,
) -> list[Flag]:
    """Yield what there is to ask.

    Parameters
    ----------
    public_on
        Entry of ``tool_dates.yaml`` to the first day on which anybody could have used the tool.
    own_share
        Share of the lines that are the candidate's, 0 to 1; None where there is no history to say so.
    """
    found = [
        _burst(rules.flags["burst"], own),
        *_early(rules, tools, public_on),
        _copied(rules.flags["copied"], compared),
        _not_visible(rules.flags["not_visible"], own_share),
        _future(rules.flags["future"], own, today),
    ]
    return [flag for flag in found if flag is not None]


def _burst(rule: FlagRule, own: Sequence[Commit]) -> Flag | None:
    total = sum(commit.added for commit in own)
    if total < rule.least_lines:
        return None
    largest = max(own, key=lambda commit: commit.added)
    if largest.added < rule.share * total:
        return None
    return Flag(
        id="burst",
        question="Where did the work grow before this commit, and what was the first version like?",
        what=f"{largest.added:,} of {total:,} added lines came in one commit, {largest.id[:8]} on {_day(largest)}.",
        base_rate=rule.base_rate,
    )


def _early(rules: Rules, tools: Sequence[ToolUse], public_on: Mapping[str, date]) -> list[Flag]:
    rule = rules.flags["early_tool"]
    dates = {tool.name: tool.dates for tool in rules.tools}
    found = []
    for tool in tools:
        public = public_on.get(dates.get(tool.tool, ""))
        if public is None or tool.first_on is None or tool.first_on >= public - timedelta(days=rule.grace_days):
            continue
        found.append(
            Flag(
                id="early_tool",
                question=f"How was {tool.tool} used at that time? Were dates of the history changed later on?",
                what=f"{tool.tool} was first public on {public}; a line of {tool.first_on} imports it.",
                base_rate=rule.base_rate,
            )
        )
    return found


def _copied(rule: FlagRule, compared: Compared) -> Flag | None:
    if compared.share < rule.share or not compared.copies:
        return None
    return Flag(
        id="copied",
        question="What is this work built on, and which part of it is new?",
        what=f"{round(100 * compared.share)} in 100 fingerprints also stand in {compared.copies[0].source} and others.",
        base_rate=rule.base_rate,
    )


def _not_visible(rule: FlagRule, own_share: float | None) -> Flag | None:
    if own_share is None or own_share >= rule.share:
        return None
    return Flag(
        id="not_visible",
        question="What was your part in this project, and where in it can that be seen?",
        what=f"{round(100 * own_share)} in 100 of the lines that were looked at come from the addresses given.",
        base_rate=rule.base_rate,
    )


def _future(rule: FlagRule, own: Sequence[Commit], today: date) -> Flag | None:
    late = [commit for commit in own if _day(commit) > today + timedelta(days=1)]
    if not late:
        return None
    return Flag(
        id="future",
        question="Which clock were these commits made with?",
        what=f"{len(late)} commits are dated after today, the first {late[-1].id[:8]} on {_day(late[-1])}.",
        base_rate=rule.base_rate,
    )


def _day(commit: Commit) -> date:
    return datetime.fromtimestamp(commit.authored_s, tz=UTC).date()
