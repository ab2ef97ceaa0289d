"""Django's name for this package."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """See the package's README."""

    name = "assay.evidence"
    label = "evidence"

    def ready(self) -> None:
        """Register what this package keeps of a person, and what it does when an organisation's map changes."""
        from assay.competencies.services import AFTER_CHANGE  # noqa: PLC0415 -- models can be imported only now
        from assay.core.personal_data import register  # noqa: PLC0415 -- models can be imported only now
        from assay.evidence.holder import EvidenceHolder  # noqa: PLC0415 -- as above
        from assay.evidence.ledger import beliefs_outdated  # noqa: PLC0415 -- as above

        register(EvidenceHolder())
        AFTER_CHANGE.append(beliefs_outdated)
