"""What this package keeps of a person, for merges and erasures."""

from assay.core.personal_data import Moved


class KnowledgeHolder:
    """Takings and answers follow their application, and go with it."""

    name = "knowledge"

    def move(self, *, source_id: int, target_id: int) -> Moved:  # noqa: ARG002 -- the protocol's
        """Move nothing: applications are moved by their own holder."""
        return {}

    def give_back(self, *, moved: Moved, source_id: int) -> None:
        """Nothing was moved."""

    def erase(self, *, person_id: int) -> None:
        """Nothing stays that the applications do not take with them."""
