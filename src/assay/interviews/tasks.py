"""Jobs of this package."""

from assay.core.clock import now
from assay.core.jobs import every_minute
from assay.interviews import following


@every_minute("assay.interviews.follow_up")
def follow_up() -> None:
    """End holds, remind, close what is over, replace who left."""
    following.follow_up(now=now())
