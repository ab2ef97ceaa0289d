"""What a review is worth: weak observations, each with the chance that the lines are another's."""

from collections.abc import Sequence
from datetime import date

from assay.repositories.model import Depth, Practice, Seen, Standing, ToolUse
from assay.repositories.rules import Rules
from assay.repositories.words import count_words, tool_words

CAP = 0.95
"""The measurement model needs some chance that the lines are the candidate's."""


def p_not_authored(
    *, rules: Rules, standing: Standing, has_history: bool, bulk_share: float, copied_share: float
) -> float:
    """Yield the chance, 0 to `CAP`, that what is seen was written by somebody else.

    Parameters
    ----------
    bulk_share, copied_share
        Share of the candidate's lines that came in bulk imports, and that also stand in other work; 0 to 1.
    """
    numbers = rules.authored
    if not has_history:
        base = numbers.no_history
    else:
        base = numbers.confirmed if standing is Standing.CONFIRMED else numbers.claimed
        if bulk_share > 0.5:
            base = max(base, numbers.bulk)
    return min(CAP, 1.0 - (1.0 - base) * (1.0 - numbers.copied * copied_share))


def observations(
    *, tools: Sequence[ToolUse], practices: Sequence[Practice], rules: Rules, chance: float, on: date
) -> list[Seen]:
    """Yield at most one observation a competency: the strongest, since signals of one project are not independent.

    Parameters
    ----------
    chance
        `p_not_authored`.
    on
        The day of the candidate's last commit: what it speaks of.
    """
    found: dict[str, Seen] = {}
    for tool in tools:
        value = _tool_value(tool, rules)
        if value is not None and tool.competency:
            basis = f"{tool.tool}, {tool_words(tool)}"
            _keep(found, Seen(competency=tool.competency, value=value, p_not_authored=chance, on=on, basis=basis,
                              places=tool.places))  # fmt: skip
    steady = {rule.id: (rule.least, rule.steady) for rule in rules.practices}
    for practice in practices:
        least, many = steady[practice.id]
        if not practice.competency or practice.count < least:
            continue
        value = rules.values.practice_steady if practice.count >= many else rules.values.practice_seen
        basis = f"{practice.label}: {count_words(practice.count, 'place')}"
        _keep(found, Seen(competency=practice.competency, value=value, p_not_authored=chance, on=on, basis=basis,
                          places=practice.places))  # fmt: skip
    return sorted(found.values(), key=lambda seen: (-seen.value, seen.competency))


def _keep(found: dict[str, Seen], seen: Seen) -> None:
    if seen.competency not in found or seen.value > found[seen.competency].value:
        found[seen.competency] = seen


def _tool_value(tool: ToolUse, rules: Rules) -> float | None:
    values = rules.values
    return {
        Depth.IMPORTED: None, Depth.USED: values.used, Depth.FLUENT: values.fluent, Depth.DEEP: values.deep
    }[tool.depth]  # fmt: skip
