"""Django's name for this package."""

from django.apps import AppConfig


class EvidenceConfig(AppConfig):
    """See the package's README."""

    name = "assay.evidence"
    label = "evidence"
