"""Jobs of this package."""

import structlog

from assay.core.clock import now
from assay.core.jobs import every_minute, every_night
from assay.knowledge import quarantine, working
from assay.knowledge.calibrating import TooFewAnswersError, calibrate_bank, has_new_answers

log = structlog.get_logger("assay.knowledge")


@every_minute("assay.knowledge.close_overdue")
def close_overdue() -> None:
    """End tests whose time ran out."""
    working.close_overdue(now=now())


@every_night("assay.knowledge.watch_for_leaks")
def watch_for_leaks() -> None:
    """Stop asking families that seem to have been passed on, before they are estimated anew."""
    quarantine.quarantine_leaks(now=now())


@every_night("assay.knowledge.estimate_again")
def estimate_again() -> None:
    """Add a version of the parameters where enough new answers came."""
    if not has_new_answers():
        return
    try:
        found = calibrate_bank(now=now())
    except TooFewAnswersError as error:
        log.info("calibration skipped", needed=error.needed, found=error.found)
    else:
        log.info("calibrated", version=found.version, families=len(found.estimated))
