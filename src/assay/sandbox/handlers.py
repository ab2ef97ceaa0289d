"""Who is told that a run has ended. A package registers its purposes in its ``AppConfig.ready``."""

from collections.abc import Callable

from assay.sandbox.models import Run

Handler = Callable[[Run], None]

_handlers: dict[str, Handler] = {}


def on_end(*, purpose: str, handler: Handler) -> None:
    """Have ``handler`` called in the transaction in which a run of this purpose ends, well or not."""
    _handlers[purpose] = handler


def tell(run: Run) -> None:
    """Call the handler of a run that has just ended. Raises KeyError for a purpose that nobody registered."""
    _handlers[run.purpose](run)
