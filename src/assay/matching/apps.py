"""Django's name for this package."""

from django.apps import AppConfig


class MatchingConfig(AppConfig):
    """See the package's README."""

    name = "assay.matching"
    label = "matching"
