"""Django's name for this package."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See the package's README."""

    name = "assay.accounts"
    label = "accounts"
