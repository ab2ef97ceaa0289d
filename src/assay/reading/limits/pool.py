"""A few warm children, lent to one thread at a time and replaced when they have crashed or read enough."""

import queue
import threading
from types import TracebackType
from typing import Self

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.limits.process import ChildProcess
from assay.reading.limits.protocol import ENCODER, REPLIES, Limits, Reply, Request


class ReaderPool:
    """At most ``size`` children. Threads that find all of them busy wait for one."""

    def __init__(self, *, size: int, limits: Limits) -> None:
        self.limits = limits
        self._idle: queue.LifoQueue[ChildProcess | None] = queue.LifoQueue()
        for _ in range(size):
            self._idle.put(None)
        self._lock = threading.Lock()
        self._children: set[ChildProcess] = set()
        self._is_closed = False

    def __enter__(self) -> Self:
        return self

    def __exit__(self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None) -> None:
        self.close()

    def ask(self, *, request: Request) -> Reply:
        """Yield the child's reply.

        Raises
        ------
        UnreadableError
            The file cannot be read, or cost more than the limits allow.
        """
        if self._is_closed:
            raise RuntimeError("this pool of readers is closed")
        child = self._idle.get()
        kept: ChildProcess | None = None
        try:
            if child is None or not child.is_alive():
                # An idle child that something else has ended is no fault of the file that comes next.
                if child is not None:
                    self._drop(child)
                child = self._start()
            reply = REPLIES.decode(child.ask(frame=ENCODER.encode(request), wall_s=self.limits.wall_s))
            if child.files_read < self.limits.files_per_child:
                kept = child
        finally:
            if child is not None and kept is None:
                self._drop(child)
            self._idle.put(kept)
        if reply.error_code is not None:
            raise UnreadableError(code=UnreadableCode(reply.error_code), message=reply.error_message)
        return reply

    def missing_limits(self) -> tuple[str, ...]:
        """Yield the names of limits that this platform does not offer, after a child has been started."""
        with self._lock:
            return next(iter(self._children)).missing_limits if self._children else ()

    def close(self) -> None:
        """End all children; who waits for one gets an error."""
        self._is_closed = True
        with self._lock:
            children = list(self._children)
        for child in children:
            self._drop(child)

    def _start(self) -> ChildProcess:
        child = ChildProcess(limits=self.limits)
        with self._lock:
            self._children.add(child)
        return child

    def _drop(self, child: ChildProcess) -> None:
        child.stop()
        with self._lock:
            self._children.discard(child)
