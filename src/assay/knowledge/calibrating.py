"""Item parameters from the answers of everybody on this installation. Added as a version; earlier ones stay."""

from collections import defaultdict
from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

import numpy as np
from django.db import transaction
from django.db.models import Max

from assay.core.errors import ConflictError
from assay.knowledge.choices import TakingState
from assay.knowledge.decks import bank
from assay.knowledge.models import Asked, Estimate
from assay.science.irt import MISSING, calibrate
from assay.science.irt.calibrate import MIN_RESPONSES

LEAST_FAMILIES = 2
"""In one area: a single question says nothing of how well it tells people apart."""

KEPT = (
    "family", "discrimination", "difficulty", "discrimination_se", "difficulty_se", "responses", "made_at",
)  # fmt: skip
"""What a family without new estimates takes along into the next version."""


class TooFewAnswersError(ConflictError):
    """No area has enough answers; ``needed`` of a family, and how many the most answered one has."""

    def __init__(self, *, needed: int, found: int) -> None:
        super().__init__(
            f"A calibration needs {needed} answers to each of {LEAST_FAMILIES} families of one area; the most answered "
            f"family has {found}. Nothing was changed."
        )
        self.needed, self.found = needed, found


class Calibrated(NamedTuple):
    """What a calibration gave: its version, the families that it estimated, and those with too few answers."""

    version: int
    estimated: list[str]
    left: list[str]


def has_new_answers(*, needed: int = MIN_RESPONSES) -> bool:
    """Tell whether ``needed`` answers came since the newest estimates: with fewer nothing would move."""
    newest = Estimate.objects.aggregate(newest=Max("made_at"))["newest"]
    since = {"answered_at__gt": newest} if newest else {}
    counted = Asked.objects.filter(slot=0, category__isnull=False, taking__state=TakingState.ENDED, **since)
    return counted.order_by()[:needed].count() >= needed


def calibrate_bank(*, now: datetime, min_responses: int = MIN_RESPONSES) -> Calibrated:
    """Estimate every family that has enough answers, area by area; the others keep what they had.

    Only first variants of people whose test has ended enter: a second variant of a family is not independent of it.

    Raises
    ------
    TooFewAnswersError
        Nothing can be estimated.
    """
    answers = _answers()
    counts = {family: len(people) for families in answers.values() for family, people in families.items()}
    rows: dict[str, Estimate] = {}
    for area, families in sorted(answers.items()):
        kept = {name: people for name, people in families.items() if _is_enough(people, min_responses)}
        if len(kept) >= LEAST_FAMILIES:
            rows |= _estimates(area, kept, now, min_responses)
    if not rows:
        raise TooFewAnswersError(needed=min_responses, found=max(counts.values(), default=0))
    with transaction.atomic():
        newest = Estimate.objects.select_for_update().aggregate(newest=Max("version"))["newest"] or 0
        for old in Estimate.objects.filter(version=newest).exclude(family__in=rows).values(*KEPT):
            rows[old["family"]] = Estimate(**old)
        for row in rows.values():
            row.version = newest + 1
        Estimate.objects.bulk_create(rows.values())
    estimated = sorted(name for name, row in rows.items() if row.made_at == now)
    return Calibrated(newest + 1, estimated, sorted(counts.keys() - set(estimated)))


def _answers() -> dict[str, dict[str, dict[int, int]]]:
    """Yield area → family → taking → category."""
    found: dict[str, dict[str, dict[int, int]]] = defaultdict(lambda: defaultdict(dict))
    asked = Asked.objects.filter(slot=0, category__isnull=False, taking__state=TakingState.ENDED)
    for area, family, taking, category in asked.values_list("competency", "family", "taking_id", "category"):
        if category is not None:
            found[area][family][taking] = category
    return found


def _is_enough(people: Mapping[int, int], min_responses: int) -> bool:
    """Tell whether a family can be estimated: enough answers, and not all alike."""
    return len(people) >= min_responses and len(set(people.values())) > 1


def _estimates(
    area: str, families: Mapping[str, Mapping[int, int]], now: datetime, min_responses: int
) -> dict[str, Estimate]:
    takings = {one: place for place, one in enumerate(sorted({one for people in families.values() for one in people}))}
    responses = np.full((len(takings), len(families)), MISSING, dtype=np.int64)
    for column, people in enumerate(families.values()):
        for taking, category in people.items():
            responses[takings[taking], column] = category
    found = calibrate(responses=responses, min_responses=min_responses)
    rows = {}
    for column, name in enumerate(families):
        slope = float(found.items.slopes[column])
        # A deck multiplies by the loading on the area; what was estimated is on the area already.
        loading = next((one.loadings.get(area, 1.0) for one in bank().families if one.id == name), 1.0)
        rows[name] = Estimate(
            family=name, discrimination=slope / loading, difficulty=float(found.items.difficulties[column, 0]),
            discrimination_se=float(found.slope_se[column]) / loading,
            difficulty_se=float(found.intercept_se[column, 0]) / slope, responses=len(families[name]), made_at=now,
        )  # fmt: skip
    return rows
