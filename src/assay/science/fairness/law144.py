"""The tables of New York City's Local Law 144 on automated employment decision tools (6 RCNY 5-301)."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple

import numpy as np

from assay.science.arrays import FloatArray
from assay.science.errors import ScienceError

SMALL_SHARE = 0.02
"""A category below this share of the people may be left out of the ratios, with a justification."""


class GroupRate(NamedTuple):
    """One row: the rate of a category and its ratio to the highest rate among the categories that count.

    ``impact_ratio`` is None for a category that is too small to count, and for all where nobody was selected.
    """

    category: str
    people: int
    rate: float
    impact_ratio: float | None
    is_small: bool


def selection_rates(*, counts: Mapping[str, tuple[int, int]]) -> list[GroupRate]:
    """Yield rates and ratios of a selection; ``counts`` gives (selected, people) for each category.

    People whose category is not known are no category: they are counted beside the table, not in it.
    """
    rates = {}
    for category, (selected, people) in counts.items():
        if not 0 <= selected <= people or people == 0:
            raise ScienceError(f"{category}: {selected} of {people} is not a selection")
        rates[category] = (people, selected / people)
    return _rows(rates)


def scoring_rates(*, scores: FloatArray, categories: Sequence[str | None]) -> list[GroupRate]:
    """Yield the share of each category that scores above the median of everybody, known category or not.

    Parameters
    ----------
    scores
        Shape (n,).
    categories
        Length n; None where it is not known.
    """
    if len(scores) != len(categories) or not len(scores) or not np.isfinite(scores).all():
        raise ScienceError("every score needs to be finite and to have a category or None")
    is_above = scores > np.median(scores)
    names = sorted({name for name in categories if name is not None})
    rates = {}
    for name in names:
        own = np.array([each == name for each in categories])
        rates[name] = (int(own.sum()), float(is_above[own].mean()))
    return _rows(rates)


def _rows(rates: Mapping[str, tuple[int, float]]) -> list[GroupRate]:
    total = sum(people for people, _ in rates.values())
    is_small = {name: people < SMALL_SHARE * total for name, (people, _) in rates.items()}
    best = max((rate for name, (_, rate) in rates.items() if not is_small[name]), default=0.0)
    return [
        GroupRate(
            category=name,
            people=people,
            rate=rate,
            impact_ratio=None if is_small[name] or best <= 0.0 else rate / best,
            is_small=is_small[name],
        )
        for name, (people, rate) in rates.items()
    ]
