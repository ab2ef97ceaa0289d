"""Django's name for this package."""

from django.apps import AppConfig


class WebConfig(AppConfig):
    """See the package's README."""

    name = "assay.web"
    label = "web"
