"""Django's name for this package."""

from django.apps import AppConfig


class CompetenciesConfig(AppConfig):
    """See the package's README."""

    name = "assay.competencies"
    label = "competencies"
