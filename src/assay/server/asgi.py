"""The ASGI application: pages through the bridge, and in a small installation the job worker beside them."""

import asyncio
import contextlib

import structlog

from assay.core.clock import now
from assay.core.env import env_bool
from assay.server.bridge import Receive, Scope, Send, WsgiBridge
from assay.server.worker import run_worker
from assay.server.wsgi import application as wsgi_application

log = structlog.get_logger("assay.server")

PULSE_S = 5.0
bridge = WsgiBridge(wsgi_application)


async def app(scope: Scope, receive: Receive, send: Send) -> None:
    """Answer one connection."""
    if scope["type"] == "lifespan":
        await lifespan(receive, send)
    elif scope["type"] == "http":
        await bridge(scope, receive, send)
    elif scope["type"] == "websocket":
        await receive()
        await send({"type": "websocket.close", "code": 4404})


async def lifespan(receive: Receive, send: Send) -> None:
    """Start the worker with the site where ``ASSAY_WORKER`` says so, and stop it with the site."""
    await receive()
    worker = asyncio.create_task(run_worker()) if env_bool("ASSAY_WORKER", default=False) else None
    pulse = asyncio.create_task(keep_pulse())
    await send({"type": "lifespan.startup.complete"})
    await receive()
    for task in filter(None, (worker, pulse)):
        task.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await task
    await send({"type": "lifespan.shutdown.complete"})


async def keep_pulse() -> None:
    """Note every few seconds that the site lives: what it was silent is given back to whoever was being timed."""
    while True:
        await asyncio.to_thread(_beat)
        await asyncio.sleep(PULSE_S)


def _beat() -> None:
    from django.db import DatabaseError, connection  # noqa: PLC0415 -- Django is set up by the bridge's application

    from assay.assessments.working import note_pulse  # noqa: PLC0415 -- as above

    try:
        note_pulse(now=now())
    except DatabaseError:
        log.warning("no pulse: the database does not answer")
    finally:
        connection.close()
