"""Django's name for this package."""

from django.apps import AppConfig


class KnowledgeConfig(AppConfig):
    """See the package's README."""

    name = "assay.knowledge"
    label = "knowledge"

    def ready(self) -> None:
        """Register what this package keeps of a person, and what it does after an outage."""
        from assay.core.outages import on_outage  # noqa: PLC0415 -- as below
        from assay.core.personal_data import register  # noqa: PLC0415 -- models can be imported only now
        from assay.knowledge.holder import KnowledgeHolder  # noqa: PLC0415 -- as above
        from assay.knowledge.working import give_back  # noqa: PLC0415 -- as above

        register(KnowledgeHolder())
        on_outage(name="knowledge", handler=give_back)
