"""``assay worker``: works off the job queue, for installations with more than one machine."""

import argparse
import asyncio
import contextlib
import signal
from contextlib import ExitStack

from assay.cli.database import open_database

HELP = "work off the job queue (beside `assay serve --no-worker`)"


def configure(_parser: argparse.ArgumentParser) -> None:
    """Declare the arguments: there are none."""


def run(_arguments: argparse.Namespace) -> int:
    """Work until stopped."""
    with ExitStack() as stack:
        open_database(stack)
        with contextlib.suppress(asyncio.CancelledError):
            asyncio.run(_until_stopped())
    return 0


async def _until_stopped() -> None:
    from assay.server.worker import run_worker  # noqa: PLC0415 -- needs Django set up

    task = asyncio.ensure_future(run_worker())
    loop = asyncio.get_running_loop()
    for name in (signal.SIGINT, signal.SIGTERM):
        loop.add_signal_handler(name, task.cancel)
    await task
