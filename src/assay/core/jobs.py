"""The one door to the job queue. A job is deferred in the caller's transaction: no commit, no job."""

from collections.abc import Callable
from functools import wraps
from typing import Any

from django.db import connection, transaction
from procrastinate import RetryStrategy
from procrastinate.contrib.django import app
from procrastinate.exceptions import AlreadyEnqueued

IMPORTS = "imports"
"""Queue for the reading of documents: long, many, patient."""

DEFAULT = "default"
"""Queue for everything a person waits for."""

QUEUES = (DEFAULT, IMPORTS)


def task(*, queue: str = DEFAULT, attempts: int = 5) -> Callable[[Callable[..., None]], Any]:
    """Make a function with JSON arguments a task. A failure is retried with growing pauses, ``attempts`` in all."""
    retry = RetryStrategy(max_attempts=attempts, exponential_wait=2)

    def wrap(function: Callable[..., None]) -> Any:
        return app.task(queue=queue, retry=retry, pass_context=False)(_with_own_connection(function))

    return wrap


def every_minute(name: str) -> Callable[[Callable[[], None]], Any]:
    """Make a function without arguments a task that runs each minute, never twice side by side."""
    return _periodic(name, "* * * * *")


def every_night(name: str) -> Callable[[Callable[[], None]], Any]:
    """Make a function without arguments a task that runs at 3:17 UTC, never twice side by side."""
    return _periodic(name, "17 3 * * *")


def _periodic(name: str, cron: str) -> Callable[[Callable[[], None]], Any]:
    def wrap(function: Callable[[], None]) -> Any:
        @wraps(function)
        def job(timestamp: int) -> None:  # noqa: ARG001 -- a periodic task is told its time
            _with_own_connection(function)()

        made = app.task(name=name, queueing_lock=name, pass_context=False)(job)
        return app.periodic(cron=cron)(made)

    return wrap


def _with_own_connection(function: Callable[..., None]) -> Callable[..., None]:
    """Give the job's connection back when it ends: its thread gets no request that would renew a lost one."""

    @wraps(function)
    def job(*arguments: object, **named: object) -> None:
        try:
            function(*arguments, **named)
        finally:
            if not connection.in_atomic_block:
                connection.close()

    return job


def enqueue(job: Any, *, once: str | None = None, lock: str | None = None, **arguments: object) -> None:
    """Put a job into the queue within the present transaction.

    ``once`` names work that need not wait twice: while a job of that name waits, another is not added.
    ``lock`` names work that must not run side by side.
    """
    deferrer = job.configure(queueing_lock=once, lock=lock)
    try:
        # A savepoint, since the queue's unique constraint would otherwise break the caller's transaction.
        with transaction.atomic():
            deferrer.defer(**arguments)
    except AlreadyEnqueued:
        return
