"""Django's name for this package."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See the package's README."""

    name = "assay.people"
    label = "people"
