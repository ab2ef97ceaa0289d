"""Django's name for this package."""

from django.apps import AppConfig


class InterviewsConfig(AppConfig):
    """See the package's README."""

    name = "assay.interviews"
    label = "interviews"
