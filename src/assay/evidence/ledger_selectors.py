"""Reads of the ledger, each limited to what the member may see."""

from collections.abc import Sequence
from typing import NamedTuple

import numpy as np

from assay.accounts.models import Member
from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.core.errors import NotFoundError
from assay.evidence.beliefs import LedgerRow, Numbers, numbers_for, weighty
from assay.evidence.ledger import rows_of
from assay.evidence.models import Observation
from assay.people.models import Person
from assay.people.selectors import people_visible_to
from assay.science.arrays import FloatArray
from assay.science.belief import Belief, contributions, posterior


class LiveBelief(NamedTuple):
    """A person's belief worked out now, with the rows it is made of in the order of its observations."""

    belief: Belief
    rows: Sequence[LedgerRow]
    catalogue: Catalogue
    numbers: Numbers


def live_belief(*, person: Person) -> LiveBelief:
    """Yield what is believed of a person from the observations that stand now. Two queries, some milliseconds."""
    catalogue = catalogue_of(organisation=person.organisation)
    numbers = numbers_for(catalogue)
    used = weighty(rows=rows_of(person), numbers=numbers)
    belief = posterior(
        prior=numbers.prior, observations=[observation for _, observation in used], parameters=numbers.parameters
    )
    return LiveBelief(belief, [row for row, _ in used], catalogue, numbers)


def effects_of(*, live: LiveBelief, direction: FloatArray) -> dict[str, float]:
    """Yield by how much each observation moved the mean along ``direction`` (K,), by reference."""
    if not live.rows:
        return {}
    moved = contributions(belief=live.belief, direction=direction)
    return {row.ref: float(effect) for row, effect in zip(live.rows, moved, strict=True)}


def unit(*, size: int, place: int) -> FloatArray:
    """Yield the direction of one competency."""
    direction = np.zeros(size)
    direction[place] = 1.0
    return direction


def observations_on(*, person: Person, competency: str) -> list[Observation]:
    """Yield all observations of a person on a competency, also retracted ones, newest first. One query."""
    return list(
        Observation.objects.filter(person=person, competency=competency)
        .select_related("document", "retraction")
        .defer("document__reading", "document__resume", "document__skills")
        .order_by("-created_at", "-pk")
    )


def observation_visible_to(*, member: Member, ref: str) -> Observation:
    """Yield one observation of a person whom the member may see. Raises `NotFoundError`."""
    found = (
        Observation.objects.filter(organisation_id=member.organisation_id, ref=ref)
        .filter(person__in=people_visible_to(member=member))
        .select_related("person__organisation", "document", "retraction")
        .first()
    )
    if found is None:
        raise NotFoundError("There is no such observation, or it is of somebody you do not see.")
    return found
