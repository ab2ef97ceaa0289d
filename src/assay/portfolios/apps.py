"""Django's name for this package."""

from django.apps import AppConfig


class PortfoliosConfig(AppConfig):
    """See the package's README."""

    name = "assay.portfolios"
    label = "portfolios"

    def ready(self) -> None:
        """Register what this package keeps of a person."""
        from assay.core.personal_data import register  # noqa: PLC0415 -- models can be imported only now
        from assay.portfolios.holder import PortfoliosHolder  # noqa: PLC0415 -- as above

        register(PortfoliosHolder())
