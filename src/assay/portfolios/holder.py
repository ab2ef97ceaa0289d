"""What this package keeps of a person, for merges and erasures."""

from assay.core.personal_data import Moved
from assay.portfolios.models import Portfolio, Work
from assay.portfolios.services import drop_blob


class PortfoliosHolder:
    """Portfolios follow their application; the files in them have to be deleted by name."""

    name = "portfolios"

    def move(self, *, source_id: int, target_id: int) -> Moved:  # noqa: ARG002 -- the protocol's
        """Move nothing: applications are moved by their own holder."""
        return {}

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Nothing was moved."""

    def erase(self, *, person_id: int) -> None:
        """Delete works and what was uploaded with them."""
        works = Work.objects.filter(portfolio__application__person=person_id)
        blobs = list(works.exclude(blob=None).values_list("blob_id", flat=True))
        Portfolio.objects.filter(application__person=person_id).delete()
        for blob in blobs:
            drop_blob(blob)
