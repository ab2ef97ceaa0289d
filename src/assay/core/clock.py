"""The one place that reads the clock. Interfaces call it and hand `now` down."""

from datetime import UTC, date, datetime


def now() -> datetime:
    """Yield the present moment, in UTC."""
    return datetime.now(tz=UTC)  # noqa: TID251 -- this is the one door that the rule points to


def today() -> date:
    """Yield the present day, in UTC."""
    return now().date()
