"""Django's name for this package."""

from django.apps import AppConfig


class ApplicationsConfig(AppConfig):
    """See the package's README."""

    name = "assay.applications"
    label = "applications"
