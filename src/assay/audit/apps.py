"""Django's name for this package."""

from django.apps import AppConfig


class AuditConfig(AppConfig):
    """See the package's README."""

    name = "assay.audit"
    label = "audit"
