"""What this package itself keeps of a person beside the row, for merges and erasures."""

from assay.core.personal_data import Moved
from assay.people.choices import PairState
from assay.people.models import DuplicatePair, Fingerprint
from assay.people.selectors import pairs_with


class PeopleHolder:
    """Fingerprints and pairs; contacts are derived anew by whoever derives the profile."""

    name = "people"

    def move(self, *, source_id: int, target_id: int) -> Moved:
        """Hand over fingerprints; what was said or asked of the one row and a third holds for the other too."""
        fingerprints = Fingerprint.objects.filter(person_id=source_id)
        moved = {"fingerprint": list(fingerprints.values_list("pk", flat=True))}
        fingerprints.update(person_id=target_id)
        known = {pair.other_id for pair in pairs_with(person_id=target_id)}
        made = [
            _copied(pair.row, target_id, pair.other_id)
            for pair in pairs_with(person_id=source_id)
            if pair.other_id not in known | {target_id} and pair.row.state != PairState.MERGED
        ]
        moved["pair"] = [pair.pk for pair in DuplicatePair.objects.bulk_create(made)]
        return moved

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Return the fingerprints and drop the pairs that the merge made."""
        Fingerprint.objects.filter(pk__in=moved.get("fingerprint", [])).update(person_id=source_id)
        DuplicatePair.objects.filter(pk__in=moved.get("pair", [])).delete()

    def erase(self, *, person_id: int) -> None:
        """Nothing: every row of this package goes with the person."""


def _copied(pair: DuplicatePair, person_id: int, other_id: int) -> DuplicatePair:
    return DuplicatePair(
        organisation_id=pair.organisation_id,
        first_id=min(person_id, other_id),
        second_id=max(person_id, other_id),
        reasons=pair.reasons,
        state=pair.state,
        decided_by_id=pair.decided_by_id,
        decided_at=pair.decided_at,
        created_at=pair.created_at,
    )
