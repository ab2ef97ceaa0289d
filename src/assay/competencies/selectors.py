"""Reads of the map: the shipped one with what an organisation adds to it."""

from functools import lru_cache

from assay.accounts.models import Organisation
from assay.competencies.catalogue import Catalogue, checked, competency_from, shipped_catalogue
from assay.competencies.models import CustomCompetency


def catalogue_of(*, organisation: Organisation) -> Catalogue:
    """Yield the map as an organisation sees it; its version names the shipped map and the organisation's additions."""
    rows = CustomCompetency.objects.filter(organisation=organisation).order_by("key")
    key = tuple(rows.values_list("pk", "version"))
    return _with_custom(key) if key else shipped_catalogue()


@lru_cache(maxsize=64)
def _with_custom(key: tuple[tuple[int, int], ...]) -> Catalogue:
    shipped = shipped_catalogue()
    rows = CustomCompetency.objects.filter(pk__in=[pk for pk, _version in key]).order_by("key")
    added = tuple(competency_from(definition=row.definition, family=row.definition["family"]) for row in rows)
    suffix = ".".join(f"{pk}v{version}" for pk, version in key)
    return checked(
        Catalogue(
            version=f"{shipped.version}+{suffix}",
            families=shipped.families,
            competencies=(*shipped.competencies, *added),
        )
    )
