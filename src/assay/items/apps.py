"""Django's name for this package."""

from django.apps import AppConfig


class ItemsConfig(AppConfig):
    """See the package's README."""

    name = "assay.items"
    label = "items"

    def ready(self) -> None:
        """Register what is to be done when a run of this package ends."""
        from assay.items.replay import PROOF, VARIANT  # noqa: PLC0415 -- models can be imported only now
        from assay.items.services import proof_moved, variant_moved  # noqa: PLC0415 -- as above
        from assay.sandbox.handlers import on_end  # noqa: PLC0415 -- as above

        on_end(purpose=PROOF, handler=proof_moved)
        on_end(purpose=VARIANT, handler=variant_moved)
