"""The ASGI application: pages through the bridge, and in a small installation the job worker beside them."""

import asyncio
import contextlib

import structlog

from assay.core.env import env_bool
from assay.server.bridge import Receive, Scope, Send, WsgiBridge
from assay.server.worker import run_worker
from assay.server.wsgi import application as wsgi_application

log = structlog.get_logger("assay.server")
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
    await send({"type": "lifespan.startup.complete"})
    await receive()
    if worker is not None:
        worker.cancel()
        with contextlib.suppress(asyncio.CancelledError):
            await worker
    await send({"type": "lifespan.shutdown.complete"})
