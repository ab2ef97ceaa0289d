"""Django's name for this package."""

from django.apps import AppConfig


class SourcingConfig(AppConfig):
    """See the package's README."""

    name = "assay.sourcing"
    label = "sourcing"
