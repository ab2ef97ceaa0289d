"""Families that seem to have been passed on are not asked any more until a person has looked at them."""

from datetime import datetime
from typing import NamedTuple

from django.db.models import Count

from assay.accounts.models import Organisation
from assay.knowledge.choices import FamilyState
from assay.knowledge.decks import bank, retired_families
from assay.knowledge.models import Asked
from assay.knowledge.services import keep_note
from assay.knowledge.statistics import has_drifted

LEAST_ANSWERS = 14
"""Where everybody knows an item beforehand, the cumulative sum passes its limit after about as many answers."""
REASON = (
    "Set aside by itself: answered right more often than the same people's other answers lead one to expect. It may "
    "have been passed on. Look at it, then ask it again or leave it."
)


class Quarantined(NamedTuple):
    """A family that an organisation stopped asking."""

    organisation: Organisation
    family: str


def quarantine_leaks(*, now: datetime) -> list[Quarantined]:
    """Set aside what has drifted, in each organisation by its own answers. Doing it again changes nothing."""
    known = {one.id for one in bank().families}
    found = []
    for organisation in Organisation.objects.order_by("pk"):
        retired = retired_families(organisation=organisation)
        answered = (
            Asked.objects.filter(taking__organisation=organisation, category__isnull=False, family__in=known - retired)
            .values("family")
            .annotate(answers=Count("pk"))
            .filter(answers__gte=LEAST_ANSWERS)
            .order_by("family")
        )
        for family in answered.values_list("family", flat=True):
            if has_drifted(organisation=organisation, family=family):
                keep_note(
                    organisation=organisation, family=family, state=FamilyState.RETIRED, reason=REASON, member=None,
                    now=now,
                )  # fmt: skip
                found.append(Quarantined(organisation, family))
    return found
