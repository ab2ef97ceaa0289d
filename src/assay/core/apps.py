"""Django's name for this package."""

from django.apps import AppConfig


class CoreConfig(AppConfig):
    """Base types; owns no tables."""

    name = "assay.core"
    label = "core"
