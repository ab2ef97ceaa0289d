"""Code that needs runs, played again from its beginning each time one of them ends.

Preparing and proving a task is a function of what its runs yield. Instead of a thread that waits for each, the function
is called with what is there already: the first run that is missing is asked for, and the call ends. When that run has
ended the function is called anew. A killed process loses nothing, and no step is run twice.
"""

from datetime import datetime
from hashlib import sha256

import msgspec

from assay.grading.errors import TaskError
from assay.grading.prepare import Run as RunJob
from assay.sandbox.choices import Priority, RunState
from assay.sandbox.selectors import runs_about
from assay.sandbox.services import request_run, result_of
from assay_runner.contract import Job, JobResult

PROOF = "items.proof"
VARIANT = "items.variant"


class WaitingError(Exception):
    """A run is missing; it was asked for. Not a refusal: the function is called again when it has ended."""


def replayed(*, purpose: str, subject: str, now: datetime, priority: Priority = Priority.BACKGROUND) -> RunJob:
    """Yield what stands in for a runner: known results are given back, an unknown one is asked for."""
    known = {run.key: run for run in runs_about(purpose=purpose, subject=subject)}

    def run(job: Job) -> JobResult:
        key = sha256(msgspec.json.encode(job)).hexdigest()
        there = known.get(key)
        if there is None:
            request_run(purpose=purpose, subject=subject, key=key, job=job, now=now, priority=priority)
            raise WaitingError
        if there.state == RunState.FAILED:
            message = f"a run failed through our own fault: {there.problem}"
            raise TaskError(message)
        if there.state != RunState.DONE:
            raise WaitingError
        return result_of(there)

    return run
