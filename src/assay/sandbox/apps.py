"""Django's name for this package."""

from django.apps import AppConfig


class SandboxConfig(AppConfig):
    """See the package's README."""

    name = "assay.sandbox"
    label = "sandbox"
