"""Answers become observations of the ledger, when a test ends: one for each answer that counts."""

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from assay.evidence.choices import SourceKind
from assay.evidence.ledger import forget_belief
from assay.evidence.models import Observation
from assay.knowledge.decks import bank
from assay.knowledge.models import Asked, Taking
from assay.science.belief import level_of


def observe(*, taking: Taking, asked: Sequence[Asked], now: datetime) -> int:
    """Record what the answers say; yield how many observations. In the caller's transaction; twice is once."""
    person = taking.application.person.merged_into or taking.application.person
    known = set(
        Observation.objects.filter(person=person, facts__event=taking.ref).values_list("facts__item", flat=True)
    )
    titles = {family.id: family.title for family in bank().families}
    new = [
        Observation(
            organisation_id=taking.organisation_id, person=person, competency=one.competency,
            source_kind=SourceKind.TEST_ITEM, value=float(one.category), facts=_facts(one, taking, titles),
            observed_date=one.answered_at.date() if one.answered_at else None, created_at=now,
        )
        for one in asked
        if one.category is not None and one.ref not in known
    ]  # fmt: skip
    Observation.objects.bulk_create(new)
    if new:
        forget_belief(person=person)
    return len(new)


def _facts(one: Asked, taking: Taking, titles: Mapping[str, str]) -> dict[str, Any]:
    return {
        "event": taking.ref,
        "test": taking.test.ref,
        "item": one.ref,
        "family": one.family,
        "title": titles.get(one.family, one.family),
        "level": level_of(ability=one.difficulty),
        "variant": f"{one.family}#{one.seed}",
        "discrimination": one.discrimination,
        "difficulties": [one.difficulty],
        "numbers": one.parameters,
        "is_pilot": one.is_pilot,
    }
