"""Care for runs."""

from assay.core.clock import now
from assay.core.jobs import every_minute
from assay.sandbox.services import give_up_lost_runs


@every_minute("assay.sandbox.give_up_lost")
def give_up_lost() -> None:
    """End runs whose machine went away for the last time."""
    give_up_lost_runs(now=now())
