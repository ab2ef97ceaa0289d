"""Django's name for this package."""

from django.apps import AppConfig


class DecisionsConfig(AppConfig):
    """See the package's README."""

    name = "assay.decisions"
    label = "decisions"
