"""HTTP from ASGI to Django's WSGI handler, in a pool of threads.

Django's own ASGI handler hops threads for every synchronous middleware and costs two to three milliseconds a request
more (measured; see docs/adr). The bridge buffers the request's body (to a file past 1 MiB) and streams the answer.
"""

import asyncio
import io
import sys
import tempfile
import threading
from collections.abc import Awaitable, Callable, Iterable, MutableMapping
from concurrent.futures import ThreadPoolExecutor
from typing import IO, Any, cast
from urllib.parse import quote
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]

WAITING = "/runner/"
"""Addresses below this may wait long for news; they have threads of their own, so that no page waits for them."""
SPOOL_BYTES = 2**20
MAX_BODY_BYTES = 2 * 2**30


class WsgiBridge:
    """An ASGI application that answers HTTP through a WSGI one."""

    def __init__(self, application: WSGIApplication, *, threads: int = 8) -> None:
        self.application = application
        self.pool = ThreadPoolExecutor(max_workers=threads, thread_name_prefix="page")
        self.waiting = ThreadPoolExecutor(max_workers=4 * threads, thread_name_prefix="waiting")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer one HTTP request."""
        with tempfile.SpooledTemporaryFile(max_size=SPOOL_BYTES) as body:
            try:
                is_taken = await _receive_body(receive, cast("IO[bytes]", body))
            except ConnectionAbortedError:
                return  # half a form must not be acted on, and nobody is left to answer
            if not is_taken:
                await _refuse_too_large(send)
                return
            length = body.tell()
            body.seek(0)
            loop = asyncio.get_running_loop()
            environ = environ_of(scope, cast("IO[bytes]", body))
            environ["CONTENT_LENGTH"] = str(length)  # Django reads a chunked body, which names no length, as empty
            pool = self.waiting if scope["path"].startswith(WAITING) else self.pool
            has_left = threading.Event()
            watch = asyncio.create_task(_watch(receive, has_left))
            try:
                await loop.run_in_executor(pool, self._answer, environ, send, loop, has_left)
            finally:
                watch.cancel()

    def _answer(
        self, environ: WSGIEnvironment, send: Send, loop: asyncio.AbstractEventLoop, has_left: threading.Event
    ) -> None:
        def emit(message: MutableMapping[str, Any]) -> None:
            asyncio.run_coroutine_threadsafe(cast("Any", send(message)), loop).result()

        def start_response(
            status: str, headers: list[tuple[str, str]], _exc: object = None
        ) -> Callable[[bytes], object]:
            encoded = [(name.lower().encode("latin-1"), value.strip().encode("latin-1")) for name, value in headers]
            emit({"type": "http.response.start", "status": int(status[:3]), "headers": encoded})
            return lambda data: emit({"type": "http.response.body", "body": data, "more_body": True})

        chunks: Iterable[bytes] = self.application(environ, cast("StartResponse", start_response))
        try:
            for chunk in chunks:
                if has_left.is_set():
                    return  # nobody reads the rest, and others wait for this thread
                emit({"type": "http.response.body", "body": chunk, "more_body": True})
            emit({"type": "http.response.body", "body": b""})
        finally:
            if close := getattr(chunks, "close", None):
                close()


async def _watch(receive: Receive, has_left: threading.Event) -> None:
    """Set the event when the client leaves: after the body nothing else can come."""
    if (await receive())["type"] == "http.disconnect":
        has_left.set()


async def _receive_body(receive: Receive, body: IO[bytes]) -> bool:
    """Copy the request's body; yield False where it is larger than anything we take.

    Raises ConnectionAbortedError where the client leaves before the end.
    """
    total = 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ConnectionAbortedError
        chunk = message.get("body", b"")
        total += len(chunk)
        if total > MAX_BODY_BYTES:
            return False
        body.write(chunk)
        if not message.get("more_body"):
            return True


async def _refuse_too_large(send: Send) -> None:
    await send({"type": "http.response.start", "status": 413, "headers": [(b"content-type", b"text/plain")]})
    await send({"type": "http.response.body", "body": b"Too large. Send fewer files at a time."})


def environ_of(scope: Scope, body: IO[bytes]) -> WSGIEnvironment:
    """Yield the WSGI environment of an ASGI scope (PEP 3333)."""
    server = scope.get("server") or ("localhost", 80)
    client = scope.get("client") or ("", 0)
    environ: WSGIEnvironment = {
        "REQUEST_METHOD": scope["method"],
        "SCRIPT_NAME": "",
        "PATH_INFO": scope["path"].encode("utf-8").decode("latin-1"),
        "RAW_URI": quote(scope["path"]),
        "QUERY_STRING": scope["query_string"].decode("latin-1"),
        "SERVER_NAME": server[0],
        "SERVER_PORT": str(server[1]),
        "SERVER_PROTOCOL": f"HTTP/{scope['http_version']}",
        "REMOTE_ADDR": client[0],
        "wsgi.version": (1, 0),
        "wsgi.url_scheme": scope.get("scheme", "http"),
        "wsgi.input": cast("io.BufferedReader", body),
        "wsgi.errors": sys.stderr,
        "wsgi.multithread": True,
        "wsgi.multiprocess": True,
        "wsgi.run_once": False,
    }
    for raw_name, raw_value in scope["headers"]:
        if b"_" in raw_name:
            continue  # X_Forwarded_Proto would pass as the X-Forwarded-Proto that only a proxy may set
        name, value = raw_name.decode("latin-1").upper().replace("-", "_"), raw_value.decode("latin-1")
        key = name if name in {"CONTENT_TYPE", "CONTENT_LENGTH"} else f"HTTP_{name}"
        between = "; " if key == "HTTP_COOKIE" else ","
        environ[key] = f"{environ[key]}{between}{value}" if key in environ else value
    return environ
