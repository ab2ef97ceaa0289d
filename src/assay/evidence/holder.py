"""What this package keeps of a person, for merges and erasures."""

from typing import Any

from django.db.models import Manager

from assay.core.personal_data import Moved
from assay.evidence.models import Belief, Correction, Document, Observation

_TABLES: tuple[tuple[str, Manager[Any]], ...] = (
    ("document", Document.objects),
    ("correction", Correction.objects),
    ("observation", Observation.objects),
)


class EvidenceHolder:
    """Documents, corrections, observations, beliefs."""

    name = "evidence"

    def move(self, *, source_id: int, target_id: int) -> Moved:
        """Hand over documents, corrections and observations; beliefs follow from them anew."""
        moved: Moved = {}
        for table, rows_of in _TABLES:
            rows = rows_of.filter(person_id=source_id)
            moved[table] = list(rows.values_list("pk", flat=True))
            rows.update(person_id=target_id)
        Belief.objects.filter(person_id__in=[source_id, target_id]).delete()
        return moved

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Return what `move` took."""
        for table, rows_of in _TABLES:
            rows = rows_of.filter(pk__in=moved.get(table, []))
            Belief.objects.filter(person_id__in=rows.values("person_id")).delete()
            rows.update(person_id=source_id)
        Belief.objects.filter(person_id=source_id).delete()

    def erase(self, *, person_id: int) -> None:
        """Delete the documents; what points at them goes with them."""
        Document.objects.filter(person_id=person_id).delete()
