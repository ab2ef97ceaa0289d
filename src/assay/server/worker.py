"""The job worker: as a task beside the site, or as a process of its own."""

import asyncio

import structlog
from procrastinate.contrib.django import app

from assay.core.env import env_int
from assay.core.jobs import QUEUES

log = structlog.get_logger("assay.worker")

RESTART_PAUSE_S = 2.0


async def run_worker() -> None:
    """Work on all queues until cancelled; after a lost database, start again."""
    concurrency = env_int("ASSAY_WORKER_CONCURRENCY", 4)
    while True:
        try:
            worker_app = app.with_connector(app.connector.get_worker_connector())  # type: ignore[attr-defined]
            async with worker_app.open_async():
                await worker_app.run_worker_async(
                    queues=list(QUEUES),
                    concurrency=concurrency,
                    install_signal_handlers=False,
                    shutdown_graceful_timeout=10,
                    delete_jobs="successful",
                )
        except asyncio.CancelledError:
            raise
        except Exception:  # the job loop's edge: a lost connection must not end the worker
            log.exception("worker stopped, starting again")
        await asyncio.sleep(RESTART_PAUSE_S)
