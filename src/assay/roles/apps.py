"""Django's name for this package."""

from django.apps import AppConfig


class RolesConfig(AppConfig):
    """See the package's README."""

    name = "assay.roles"
    label = "roles"
