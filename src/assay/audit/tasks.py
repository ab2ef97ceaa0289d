"""Jobs of this package: ids in, a service called."""

from assay.audit.checks import run_check
from assay.core.clock import now
from assay.core.jobs import task


@task()
def walk_trail(check_id: int) -> None:
    """Walk along a chain and keep what was found."""
    run_check(check_id=check_id, now=now())
