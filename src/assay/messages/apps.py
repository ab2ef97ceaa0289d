"""Django's name for this package."""

from django.apps import AppConfig


class MessagesConfig(AppConfig):
    """See the package's README."""

    name = "assay.messages"
    label = "outbox"
