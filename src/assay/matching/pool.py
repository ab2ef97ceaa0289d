"""Everybody an organisation knows who has not applied to a role: the first of them, in order, with reasons.

The claims of all people stand in memory, one index for each organisation and process, brought up to date before every
search: two short queries where nothing has changed. The scan finds who may be among the first; these alone are read
from the database and ranked as the shortlist ranks, beliefs of measured people and stated facts included.
"""

from threading import Lock
from typing import NamedTuple

import numpy as np

from assay.accounts.models import Organisation
from assay.applications.models import Application
from assay.evidence.beliefs import numbers_for
from assay.evidence.models import Belief
from assay.matching.engine.index import PeopleIndex, points_by_code
from assay.matching.engine.refresh import Seen, refresh
from assay.matching.engine.scan import first_people
from assay.matching.ranking import Ranking, ranking_of_people
from assay.matching.role import RoleModel
from assay.matching.selectors import Matched
from assay.people.models import Person

WINDOW = 200
"""People read for a page of fifty at first; four times as many where too many of them are ruled out."""
MOST_MEASURED = 2000
"""Measured people are few and rank by their beliefs, so all of them are looked at, the latest first."""


class Found(NamedTuple):
    """The first people of the pool, and how many it holds who have not applied."""

    ranking: Ranking
    pool_size: int


class _Kept:
    """One organisation's index, and how far it has read."""

    def __init__(self, index: PeopleIndex) -> None:
        self.index = index
        self.seen = Seen()
        self.lock = Lock()


_INDEXES: dict[tuple[int, str], _Kept] = {}
_LOCK = Lock()


def first_of_pool(*, found: Matched, count: int) -> Found:
    """Yield the first ``count`` people who have not applied to the role and are not ruled out by what they stated."""
    organisation = found.role.organisation
    index = _refreshed(organisation=organisation, found=found)
    applied = set(Application.objects.filter(role=found.role).values_list("person_id", flat=True))
    measured = _measured(organisation, applied)
    window = WINDOW
    while True:
        near = _near(index=index, role=found.model, applied=applied, window=window)
        people = sorted({*near, *measured})
        ranking = ranking_of_people(found=found, people=people)
        gone = set(near) - set(ranking.people.tolist())
        index.drop(people=_not_there(gone))
        if np.count_nonzero(~ranking.is_out) >= count or len(near) < window:
            break
        window *= 4
    size = len(index) - len(index.rows_of(people=applied))
    return Found(_without_ruled_out(ranking), max(size, 0))


def _refreshed(*, organisation: Organisation, found: Matched) -> PeopleIndex:
    """Yield the organisation's index with everything that is in the ledger now."""
    version = numbers_for(found.catalogue).version
    with _LOCK:
        for key in [key for key in _INDEXES if key[0] == organisation.pk and key[1] != version]:
            del _INDEXES[key]  # another map or other numbers: other columns
        kept = _INDEXES.get((organisation.pk, version))
        if kept is None:
            points = points_by_code(scale=found.model.scale, bias=found.model.first_look.bias)
            kept = _Kept(PeopleIndex(competencies=len(found.model.competencies.ids), points=points))
            _INDEXES[organisation.pk, version] = kept
    with kept.lock:
        kept.seen = refresh(index=kept.index, organisation=organisation, seen=kept.seen)
    return kept.index


def _near(*, index: PeopleIndex, role: RoleModel, applied: set[int], window: int) -> list[int]:
    """Yield the people who may be among the first, by their claims."""
    view = index.view()
    passes = np.ones(len(view.people), dtype=np.bool_)
    rows = index.rows_of(people=applied)
    passes[rows[rows < len(passes)]] = False
    hits = first_people(view=view, role=role, count=window, passes=passes, reasons=0)
    return [hit.person for hit in hits]


def _measured(organisation: Organisation, applied: set[int]) -> list[int]:
    rows = Belief.objects.filter(organisation=organisation, is_measured=True).order_by("-computed_at")
    return [pk for pk in rows.values_list("person_id", flat=True)[:MOST_MEASURED] if pk not in applied]


def _not_there(people: set[int]) -> list[int]:
    """Yield those of these people who were erased or merged since they were put into the index."""
    there = (
        set(Person.objects.filter(pk__in=people, merged_into=None).values_list("pk", flat=True)) if people else set()
    )
    return sorted(people - there)


def _without_ruled_out(ranking: Ranking) -> Ranking:
    """Leave out whom a stated fact rules out: nobody is offered a place or a start that they said they cannot take."""
    rows = ranking.order.rows
    return Ranking(
        people=ranking.people,
        refs=ranking.refs,
        codes=ranking.codes,
        is_out=ranking.is_out,
        measured=ranking.measured,
        order=ranking.order._replace(rows=rows[~ranking.is_out[rows]]),
    )
