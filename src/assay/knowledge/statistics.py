"""What an organisation's own answers say of the questions it asks. Nothing of another organisation enters."""

from collections import Counter, defaultdict
from typing import NamedTuple

import numpy as np
from django.db.models import Aggregate, Avg, Count, FloatField, Max, Q, QuerySet

from assay.accounts.models import Organisation
from assay.knowledge.choices import FamilyState, TakingState
from assay.knowledge.drawing import chance_of_right
from assay.knowledge.models import Asked, FamilyNote, Taking
from assay.knowledge.working import given_of
from assay.science.irt import CUSUM_LIMIT, leak_cusum

MOST_FOR_DRIFT = 2000
"""The newest answers to a family that its drift is looked for in."""

_FOR_DRIFT = ("taking_id", "family", "slot", "competency", "category", "discrimination", "difficulty", "position")


class Median(Aggregate):
    """The middle value."""

    function = "PERCENTILE_CONT"
    template = "%(function)s(0.5) WITHIN GROUP (ORDER BY %(expressions)s)"
    output_field = FloatField()


class FamilyNumbers(NamedTuple):
    """What answers say of one family. Shares lie between 0 and 1; None where there is no answer."""

    shown: int
    answered: int
    right: float | None
    response_s: float | None
    exposure: float | None
    """Share of the tests begun in which it was shown."""


class Misses(NamedTuple):
    """What was mixed up in answers, and in how many."""

    words: str
    answers: int


def numbers_of_families(*, organisation: Organisation) -> dict[str, FamilyNumbers]:
    """Yield the numbers of every family that was asked. Two queries."""
    begun = Taking.objects.filter(organisation=organisation).exclude(begun_at=None).count()
    rows = _asked(organisation).values("family").annotate(
        shown=Count("pk"),
        answered=Count("pk", filter=Q(category__isnull=False)),
        right=Avg("category"),
        seconds=Median("response_s"),
        takings=Count("taking", distinct=True),
    )  # fmt: skip
    return {
        row["family"]: FamilyNumbers(
            row["shown"], row["answered"], row["right"], row["seconds"], row["takings"] / begun if begun else None
        )
        for row in rows.order_by("family")
    }


def misses_of(*, organisation: Organisation, family: str) -> list[Misses]:
    """Yield what people mixed up in a family's questions, the most frequent first."""
    rows = _asked(organisation).filter(family=family, category=0).values_list("misconceptions", flat=True)
    counts = Counter(words for found in rows for words in found)
    return [Misses(words, count) for words, count in sorted(counts.items(), key=lambda one: (-one[1], one[0]))]


def has_drifted(*, organisation: Organisation, family: str) -> bool | None:
    """Tell whether a family is answered right more often than the people's other answers lead one to expect.

    A cumulative sum over the answers in their order, since somebody last said that the family is to be asked again;
    None where nothing was answered. A prompt to look, no proof: the questions may have been passed on. Three queries.
    """
    notes = FamilyNote.objects.filter(organisation=organisation, family=family, state=FamilyState.RESTORED)
    restored_at = notes.aggregate(newest=Max("at"))["newest"]
    since = {"answered_at__gt": restored_at} if restored_at else {}
    own = list(
        _asked(organisation)
        .filter(family=family, category__isnull=False, **since)
        .order_by("-answered_at", "-pk")
        .only(*_FOR_DRIFT)[:MOST_FOR_DRIFT]
    )
    others: dict[int, list[Asked]] = defaultdict(list)
    for one in Asked.objects.filter(taking__in={one.taking_id for one in own}).only(*_FOR_DRIFT):
        others[one.taking_id].append(one)
    surprises = [_surprise(one, others[one.taking_id]) for one in reversed(own)]
    return bool((leak_cusum(residuals=np.array(surprises)) >= CUSUM_LIMIT).any()) if surprises else None


def _surprise(one: Asked, asked: list[Asked]) -> float:
    """Yield the standardised residual of an answer, expected from the person's other answers in the area."""
    rest = given_of([other for other in asked if other.family != one.family])
    chance = chance_of_right(
        given=rest, area=one.competency, discrimination=one.discrimination, difficulty=one.difficulty
    )
    return float(((one.category or 0) - chance) / np.sqrt(chance * (1.0 - chance)))


def _asked(organisation: Organisation) -> QuerySet[Asked]:
    return Asked.objects.filter(taking__organisation=organisation).exclude(taking__state=TakingState.CANCELLED)
