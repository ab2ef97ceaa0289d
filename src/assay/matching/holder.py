"""What this package keeps of a person: the names and words in kept shortlists."""

from typing import Any

from django.db import transaction

from assay.core.personal_data import Moved
from assay.matching.models import Shortlist
from assay.people.models import Person

ERASED = "Erased person"
_EMPTY_WORDS = {"quote": "", "start": 0, "end": 0, "file": "", "observation": ""}


class MatchingHolder:
    """Snapshots: a place in a list stays, since a decision rests on it; who stood there and their words go."""

    name = "matching"

    def move(self, *, source_id: int, target_id: int) -> Moved:  # noqa: ARG002 - the protocol's
        """Nothing moves: a snapshot says how things stood."""
        return {}

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Nothing was taken."""

    def erase(self, *, person_id: int) -> None:
        """Blank the person in every snapshot of the organisation."""
        person = Person.objects.only("ref", "organisation_id").get(pk=person_id)
        with transaction.atomic():
            lists = Shortlist.objects.select_for_update().filter(
                organisation_id=person.organisation_id, result__entries__contains=[{"person": person.ref}]
            )
            for shortlist in lists:
                entries = shortlist.result["entries"]
                shortlist.result["entries"] = [
                    _blanked(entry) if entry["person"] == person.ref else entry for entry in entries
                ]
                shortlist.save(update_fields=["result"])


def _blanked(entry: dict[str, Any]) -> dict[str, Any]:
    """Keep place, numbers and states; drop everything that came out of a document or names the person."""
    return {
        **entry,
        "person": "",
        "label": ERASED,
        "file": "",
        "must_haves": [{**line, **_EMPTY_WORDS, "phrase": ""} for line in entry["must_haves"]],
        "reasons": [],
        "constraints": [],
    }
