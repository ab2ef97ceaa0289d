"""Jobs of this package."""

from assay.core.clock import now
from assay.core.jobs import every_minute
from assay.knowledge import working


@every_minute("assay.knowledge.close_overdue")
def close_overdue() -> None:
    """End tests whose time ran out."""
    working.close_overdue(now=now())
