"""Dates that cannot be as they stand. Arithmetic only; every finding is a question ("ask"), not a verdict."""

from collections.abc import Mapping, Sequence
from datetime import date
from itertools import combinations
from typing import NamedTuple

from assay.science.errors import ScienceError

DAYS_A_YEAR = 365.25
GRACE_Y = 0.25
"""Years before a tool's first public trace that are not asked about: private previews, rounding."""


class Span(NamedTuple):
    """A stretch of time, both days included."""

    start: date
    end: date


class EarlyUse(NamedTuple):
    """A tool that is claimed from before it was public. ``begins_y`` is how many years before, grace taken off."""

    tool: str
    claimed_from_year: float
    public_on: date
    begins_y: float


class Overlap(NamedTuple):
    """Two entries at the same time: their places in the sequence, and for how many days."""

    first: int
    second: int
    days: int


def early_uses(
    *,
    years: Mapping[str, float],
    as_of: date,
    public_on: Mapping[str, date],
    originated: frozenset[str] = frozenset(),
) -> list[EarlyUse]:
    """Yield the tools whose claimed years reach back beyond their first public trace, the furthest first.

    Flagged where ``as_of - years < public_on - .25 y``.

    Parameters
    ----------
    years
        Tool to claimed years of use, at least 0. Tools without a known date are passed over.
    as_of
        The day that the claim speaks of: the document's date, not today.
    public_on
        Tool to the day of its first public commit or tag (not of version 1.0).
    originated
        Tools whose makers employed the person: use before the public knew is possible.
    """
    found = []
    for tool, claimed in sorted(years.items()):
        if not claimed >= 0.0:
            raise ScienceError(f"years of {tool} must be at least 0")
        if tool not in public_on or tool in originated:
            continue
        possible = (as_of - public_on[tool]).days / DAYS_A_YEAR
        before = claimed - possible - GRACE_Y
        if before > 0.0:
            start = as_of.year + (as_of.timetuple().tm_yday - 1) / DAYS_A_YEAR - claimed
            found.append(EarlyUse(tool=tool, claimed_from_year=start, public_on=public_on[tool], begins_y=before))
    return sorted(found, key=lambda use: (-use.begins_y, use.tool))


def overlaps(*, spans: Sequence[Span], at_least_days: int = 92) -> list[Overlap]:
    """Yield the pairs of entries that run at the same time for ``at_least_days`` or longer, in their order.

    Three months are the default: résumés give months, and changing jobs takes some.
    """
    _check(spans)
    found = []
    for (first, a), (second, b) in combinations(enumerate(spans), 2):
        days = (min(a.end, b.end) - max(a.start, b.start)).days + 1
        if days >= at_least_days:
            found.append(Overlap(first=first, second=second, days=days))
    return found


def total_years(*, spans: Sequence[Span]) -> float:
    """Yield the years that the spans cover together, days at the same time counted once."""
    _check(spans)
    days = 0
    covered_to: date | None = None
    for span in sorted(spans):
        start = span.start if covered_to is None or span.start > covered_to else covered_to
        is_new = covered_to is None or span.start > covered_to
        if covered_to is None or span.end > covered_to:
            days += (span.end - start).days + (1 if is_new else 0)
            covered_to = span.end
    return days / DAYS_A_YEAR


def excess_years(*, claimed_years: float, spans: Sequence[Span]) -> float:
    """Yield by how many years a stated total exceeds what the entries' first and last day leave room for; at least 0.

    Room is counted from the first start to the last end, gaps included, and a year of rounding is granted: the
    person's age plays no part.
    """
    _check(spans)
    if not spans:
        raise ScienceError("without entries there is nothing to compare the stated years with")
    room = (max(span.end for span in spans) - min(span.start for span in spans)).days / DAYS_A_YEAR
    return max(claimed_years - room - 1.0, 0.0)


def _check(spans: Sequence[Span]) -> None:
    for index, span in enumerate(spans):
        if span.end < span.start:
            raise ScienceError(f"entry {index} ends before it begins")
