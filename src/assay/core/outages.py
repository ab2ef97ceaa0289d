"""What follows when the site did not answer for a while: packages that time people register what they do then."""

from datetime import datetime
from typing import Protocol


class AfterOutage(Protocol):
    """Gives time back; runs in the transaction that notes the outage."""

    def __call__(self, *, started_at: datetime, ended_at: datetime) -> object:
        """Give everybody whose clock ran the time between back."""
        ...


_HANDLERS: dict[str, AfterOutage] = {}


def on_outage(*, name: str, handler: AfterOutage) -> None:
    """Have ``handler`` told of every outage; the same name again replaces the handler."""
    _HANDLERS[name] = handler


def tell_outage(*, started_at: datetime, ended_at: datetime) -> None:
    """Tell everybody who registered."""
    for handler in _HANDLERS.values():
        handler(started_at=started_at, ended_at=ended_at)
