"""Django's name for this package."""

from django.apps import AppConfig


class AssessmentsConfig(AppConfig):
    """See the package's README."""

    name = "assay.assessments"
    label = "assessments"

    def ready(self) -> None:
        """Register what this package keeps of a person, and what it does when a run ends or a variant is ready."""
        from assay.assessments.holder import AssessmentsHolder  # noqa: PLC0415 -- models can be imported only now
        from assay.assessments.scoring import SCORE, score_moved, variant_prepared  # noqa: PLC0415 -- as above
        from assay.assessments.tryouts import TRY, tryout_moved  # noqa: PLC0415 -- as above
        from assay.assessments.viva import VIVA, viva_moved  # noqa: PLC0415 -- as above
        from assay.core.personal_data import register  # noqa: PLC0415 -- as above
        from assay.items.services import AFTER_PREPARED  # noqa: PLC0415 -- as above
        from assay.sandbox.handlers import on_end  # noqa: PLC0415 -- as above

        register(AssessmentsHolder())
        on_end(purpose=TRY, handler=tryout_moved)
        on_end(purpose=SCORE, handler=score_moved)
        on_end(purpose=VIVA, handler=viva_moved)
        AFTER_PREPARED.append(variant_prepared)
