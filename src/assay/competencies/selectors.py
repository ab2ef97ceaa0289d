"""Reads of the map: the shipped one with what an organisation adds to it."""

from collections.abc import Sequence
from datetime import datetime
from functools import lru_cache

import structlog
from django.db.models import QuerySet

from assay.accounts.models import Member, Organisation
from assay.competencies.assembly import OwnMap, Row, assembled
from assay.competencies.catalogue import Catalogue, shipped_catalogue
from assay.competencies.models import CustomCompetency, CustomCompetencyVersion
from assay.core.errors import NotFoundError

log = structlog.get_logger("assay.competencies")

Key = tuple[tuple[int, int, datetime], ...]


def catalogue_of(*, organisation: Organisation) -> Catalogue:
    """Yield the map as an organisation sees it; its version names the shipped map and the organisation's additions."""
    return map_of(organisation=organisation).catalogue


def map_of(*, organisation: Organisation) -> OwnMap:
    """Yield the map with what could not be taken into it. One query where nothing has changed since the last time.

    A stored row that does not hold together is left out, with a warning in the log: no page fails for it.
    """
    rows = CustomCompetency.objects.filter(organisation=organisation).order_by("key")
    key = tuple(rows.values_list("pk", "version", "updated_at"))
    return _with_custom(key) if key else OwnMap(shipped_catalogue(), (), "")


def own_competencies_visible_to(*, member: Member) -> QuerySet[CustomCompetency]:
    """Yield what the member's organisation added to the map."""
    return CustomCompetency.objects.filter(organisation_id=member.organisation_id).order_by("key")


def own_competency_visible_to(*, member: Member, ref: str) -> CustomCompetency:
    """Yield one own competency. Raises `NotFoundError`."""
    return _one(own_competencies_visible_to(member=member).filter(ref=ref))


def own_competency_named(*, member: Member, key: str) -> CustomCompetency:
    """Yield one own competency by its id in the map. Raises `NotFoundError`."""
    return _one(own_competencies_visible_to(member=member).filter(key=key))


def versions_of(*, competency: CustomCompetency) -> Sequence[CustomCompetencyVersion]:
    """Yield the versions of an own competency, newest first. One query."""
    return list(competency.versions.select_related("created_by__user"))


def authors_of(*, competency: CustomCompetency) -> frozenset[int | None]:
    """Yield the members who wrote a version, by primary key; None where one of them is gone. One query."""
    return frozenset(competency.versions.order_by().values_list("created_by_id", flat=True).distinct())


def _one(rows: QuerySet[CustomCompetency]) -> CustomCompetency:
    found = rows.select_related("organisation").first()
    if found is None:
        raise NotFoundError("There is no such competency.")
    return found


@lru_cache(maxsize=64)
def _with_custom(key: Key) -> OwnMap:
    stored = CustomCompetency.objects.filter(pk__in=[pk for pk, _version, _at in key]).order_by("key")
    rows = [Row(row.key, row.definition, row.version, row.is_retired) for row in stored]
    found = assembled(shipped=shipped_catalogue(), rows=rows)
    for one in found.skipped:
        log.warning("own competency not as stored", key=one.key, why=one.why)
    return found
