"""The item bank with the newest parameters, less what an organisation does not ask any more."""

from collections.abc import Mapping
from functools import lru_cache
from types import MappingProxyType
from typing import NamedTuple

from assay.accounts.models import Organisation
from assay.itembank.bank import Bank, load_bank
from assay.itembank.model import Variant
from assay.itembank.starting import start_parameters
from assay.knowledge.choices import FamilyState
from assay.knowledge.drawing import Deck, Parameters, deck_of
from assay.knowledge.models import Estimate, FamilyNote
from assay.knowledge.plan import Plan

START_VERSION = "start"


class Edition(NamedTuple):
    """Which estimates are the newest: what is kept in memory is kept under this."""

    version: int
    last_row: int
    """A version number comes again when a calibration is rolled back; a row's number never does."""


def bank() -> Bank:
    """Yield the bank that ships with Assay; read once."""
    return load_bank()


def current_parameters() -> Mapping[str, Parameters]:
    """Yield every family's parameters: the newest estimates, the author's level where there is none. One query."""
    return _parameters(_newest_edition())


def retired_families(*, organisation: Organisation) -> frozenset[str]:
    """Yield the families that an organisation does not ask any more. One query."""
    latest = dict(FamilyNote.objects.filter(organisation=organisation).values_list("family", "state"))
    return frozenset(family for family, state in latest.items() if state == FamilyState.RETIRED)


def deck_for(*, plan: Plan, organisation: Organisation) -> Deck:
    """Yield what a plan's test can ask in an organisation now. Two queries."""
    areas = tuple(area.competency for area in plan.areas)
    return _deck(areas, _newest_edition(), retired_families(organisation=organisation))


@lru_cache(maxsize=512)
def variant_of(*, family: str, seed: int) -> Variant:
    """Yield a generated question; kept, since a generator may take some milliseconds."""
    return bank().variant(family_id=family, seed=seed)


def _newest_edition() -> Edition:
    newest = Estimate.objects.order_by("-version", "-pk").values_list("version", "pk").first()
    return Edition(*newest) if newest else Edition(0, 0)


@lru_cache(maxsize=64)
def _deck(areas: tuple[str, ...], edition: Edition, retired: frozenset[str]) -> Deck:
    families = sorted(bank().families, key=lambda one: one.id)
    return deck_of(families=families, areas=areas, parameters=_parameters(edition), retired=retired)


@lru_cache(maxsize=4)
def _parameters(edition: Edition) -> Mapping[str, Parameters]:
    known = {row.family: row for row in Estimate.objects.filter(version=edition.version)}
    found = {}
    for family in bank().families:
        if (row := known.get(family.id)) is not None:
            found[family.id] = Parameters(
                row.discrimination, row.difficulty, row.responses, f"answers-{edition.version}"
            )
        else:
            difficulty, discrimination = start_parameters(family)
            found[family.id] = Parameters(discrimination, difficulty, 0, START_VERSION)
    return MappingProxyType(found)
