"""Jobs of this package."""

from assay.core.clock import now
from assay.core.jobs import IMPORTS, enqueue, task
from assay.portfolios.models import Work


@task(queue=IMPORTS, attempts=3)
def read_work(work_ref: str) -> None:
    """Read a work in the limited process."""
    from assay.portfolios.reading import read  # noqa: PLC0415 -- services enqueue, reading calls services

    read(work_ref=work_ref, now=now())


def enqueue_reading(work: Work) -> None:
    """Have a work read, or read again, when the caller's transaction ends."""
    enqueue(read_work, once=f"portfolio:{work.ref}", lock=f"portfolio:{work.ref}", work_ref=work.ref)
