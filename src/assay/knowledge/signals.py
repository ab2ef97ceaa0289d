"""Where a test went otherwise than the model of it expects: prompts to ask, never a verdict, never in the ledger."""

import math
from collections import defaultdict
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
from django.db.models import TextChoices
from scipy.special import ndtr

from assay.knowledge.choices import TakingState
from assay.knowledge.models import Asked, Taking
from assay.science.arrays import IntArray
from assay.science.errors import ScienceError
from assay.science.flags import benjamini_hochberg
from assay.science.irt import LEAST_TIMES, Items, TimeModel, person_fit, quick_surprises, sparse_time_model

LEAST_ANSWERS = 8
"""In an area: with fewer a pattern says nothing."""
FALSE_SHARE = 0.10
"""Of the tests of people who simply answer, the share that shows a signal at all (Benjamini and Hochberg)."""
MOST_TIMES = 20_000
"""The newest answers that usual times are taken from."""
SHORTEST_S = 0.5


class SignalKind(TextChoices):
    """What was otherwise than expected."""

    PATTERN = "pattern", "Easy questions missed and hard ones right, more than the level explains"
    QUICK = "quick", "Right answers to hard questions came unusually fast"


class Signal(NamedTuple):
    """One prompt: in which area, and the questions to begin with."""

    kind: SignalKind
    area: str
    questions: list[Asked]


class Examined(NamedTuple):
    """What was looked for, and what was found."""

    checks: int
    signals: list[Signal]


class _Check(NamedTuple):
    kind: SignalKind
    area: str
    p_value: float
    questions: list[Asked]


def signals_of(*, taking: Taking, asked: Sequence[Asked]) -> Examined:
    """Yield the signals of a test that has ended; nothing is looked for before. One query."""
    if taking.state != TakingState.ENDED:
        return Examined(0, [])
    areas: dict[str, list[Asked]] = defaultdict(list)
    for one in asked:
        if one.category is not None:
            areas[one.competency].append(one)
    times = _usual_times(taking, [one.family for one in asked])
    checks = [check for area, answers in sorted(areas.items()) for check in _checks(area, answers, times)]
    if not checks:
        return Examined(0, [])
    kept = benjamini_hochberg(p_values=np.array([one.p_value for one in checks]), q=FALSE_SHARE).is_kept
    found = [Signal(one.kind, one.area, one.questions) for one, is_kept in zip(checks, kept, strict=True) if is_kept]
    return Examined(len(checks), found)


def _checks(area: str, answers: list[Asked], times: dict[str, tuple[float, float]]) -> list[_Check]:
    found = []
    if len(answers) >= LEAST_ANSWERS and (fit := _fit_of(answers)) is not None:
        found.append(_Check(SignalKind.PATTERN, area, float(ndtr(fit)), _by_surprise(answers)))
    timed = [one for one in answers if one.family in times and (one.response_s or 0.0) >= SHORTEST_S]
    if len(timed) >= LEAST_ANSWERS and any(one.category for one in timed):
        usual = np.array([times[one.family] for one in timed])
        model = TimeModel(intensity=usual[:, 0], precision=usual[:, 1])
        seconds = np.array([one.response_s for one in timed], dtype=float)
        score = quick_surprises(items=_items(timed), responses=_responses(timed), model=model, seconds=seconds)
        found.append(_Check(SignalKind.QUICK, area, float(ndtr(-score)), _quickest(timed, times)))
    return found


def _fit_of(answers: Sequence[Asked]) -> float | None:
    """Yield lz*; None where the questions are so alike that a pattern cannot show."""
    try:
        return person_fit(items=_items(answers), responses=_responses(answers))
    except ScienceError:
        return None


def _usual_times(taking: Taking, families: Sequence[str]) -> dict[str, tuple[float, float]]:
    """Yield log seconds and precision of the families that enough other people of the organisation answered."""
    rows = list(
        Asked.objects.filter(
            taking__organisation=taking.organisation_id, taking__state=TakingState.ENDED, family__in=set(families),
            category__isnull=False, response_s__gte=SHORTEST_S,
        )
        .exclude(taking=taking)
        .order_by("-pk")
        .values_list("taking_id", "family", "response_s")[:MOST_TIMES]
    )  # fmt: skip
    counts: dict[str, int] = defaultdict(int)
    for _, family, _ in rows:
        counts[family] += 1
    known = sorted(family for family, count in counts.items() if count >= LEAST_TIMES)
    places = {family: place for place, family in enumerate(known)}
    kept = [(who, places[family], seconds) for who, family, seconds in rows if family in places]
    if not kept:
        return {}
    person, item, seconds = (np.array(column) for column in zip(*kept, strict=True))
    try:
        model = sparse_time_model(person=person, item=item, seconds=seconds.astype(float))
    except ScienceError:
        return {}
    return {family: (float(model.intensity[at]), float(model.precision[at])) for family, at in places.items()}


def _items(answers: Sequence[Asked]) -> Items:
    return Items.from_difficulties(
        discriminations=[one.discrimination for one in answers], difficulties=[(one.difficulty,) for one in answers]
    )


def _responses(answers: Sequence[Asked]) -> IntArray:
    return np.array([one.category for one in answers], dtype=np.int64)


def _by_surprise(answers: Sequence[Asked]) -> list[Asked]:
    """Yield the easiest question that was missed and the hardest that was right."""
    missed = sorted((one for one in answers if not one.category), key=lambda one: one.difficulty)[:1]
    solved = sorted((one for one in answers if one.category), key=lambda one: -one.difficulty)[:1]
    return missed + solved


def _quickest(answers: Sequence[Asked], times: dict[str, tuple[float, float]]) -> list[Asked]:
    """Yield the right answers that came most under their usual time, three at most."""

    def lead(one: Asked) -> float:
        usual, precision = times[one.family]
        return precision * (math.log(one.response_s or SHORTEST_S) - usual)

    return sorted((one for one in answers if one.category), key=lead)[:3]
