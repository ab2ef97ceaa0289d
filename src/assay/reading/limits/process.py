"""One child as the parent sees it: started, asked with a time limit, put down when it does not answer."""

import os
import selectors
import signal
import subprocess
import sys
import time
from pathlib import Path

import assay
from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.limits.protocol import HEADER_BYTES, HELLOS, MAX_REPLY_BYTES, Limits

START_TIMEOUT_S = 60.0
_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT", "TESSDATA_PREFIX")
# A machine that runs out of memory kills; our own clock kills as well, but says so before the child's end is looked at.
_MEMORY_SIGNALS = {signal.SIGABRT, signal.SIGILL, signal.SIGTRAP, signal.SIGKILL} if os.name == "posix" else set()
_TIME_SIGNALS = {signal.SIGXCPU} if os.name == "posix" else set()


class ChildProcess:
    """A running child. Not for use by two threads at a time."""

    def __init__(self, *, limits: Limits) -> None:
        self._process = subprocess.Popen(  # noqa: S603 - our own module, by the running interpreter
            [
                *(sys.executable, "-m", "assay.reading.limits.child"),
                *(str(limits.memory_mib), str(limits.open_files)),
            ],
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
            env=_environment(),
            bufsize=0,
            start_new_session=True,
        )
        self.files_read = 0
        try:
            hello = HELLOS.decode(self._receive(deadline_s=time.monotonic() + START_TIMEOUT_S))
        except UnreadableError as error:
            self.stop()
            # Our own failure, and none of the file that happens to be next.
            raise RuntimeError("the reading process could not be started") from error
        self.missing_limits = hello.missing_limits

    @property
    def pid(self) -> int:
        """The process id."""
        return self._process.pid

    def ask(self, *, frame: bytes, wall_s: float) -> bytes:
        """Yield the child's reply.

        Raises
        ------
        UnreadableError
            The child died or did not answer in time; it is gone then, and `is_alive` is False.
        """
        self.files_read += 1
        deadline_s = time.monotonic() + wall_s
        try:
            self._send(frame)
            return self._receive(deadline_s=deadline_s)
        except OSError as error:
            raise self._refusal() from error

    def is_alive(self) -> bool:
        """Say whether the child can be asked again."""
        return self._process.poll() is None

    def stop(self) -> None:
        """End the child and everything it started; closing its pipe would do, this does not wait for it."""
        self._kill()
        for stream in (self._process.stdin, self._process.stdout):
            if stream is not None:
                stream.close()
        self._process.wait()

    def _kill(self) -> None:
        if self._process.poll() is not None:
            return
        if os.name == "posix":
            # A group of its own: text recognition that the child started ends with it.
            try:
                os.killpg(self._process.pid, signal.SIGKILL)
            except ProcessLookupError:
                return
        else:
            self._process.kill()

    def _send(self, frame: bytes) -> None:
        stream = self._process.stdin
        assert stream is not None  # noqa: S101 - opened as a pipe above
        view = memoryview(len(frame).to_bytes(HEADER_BYTES, "big") + frame)
        while view:
            view = view[stream.write(view) :]

    def _receive(self, *, deadline_s: float) -> bytes:
        size = int.from_bytes(self._read(HEADER_BYTES, deadline_s), "big")
        if size > MAX_REPLY_BYTES:
            raise self._refusal()
        return self._read(size, deadline_s)

    def _read(self, count: int, deadline_s: float) -> bytes:
        stream = self._process.stdout
        assert stream is not None  # noqa: S101 - opened as a pipe above
        parts: list[bytes] = []
        with selectors.DefaultSelector() as selector:
            selector.register(stream, selectors.EVENT_READ)
            while count:
                if not selector.select(timeout=max(0.0, deadline_s - time.monotonic())):
                    self._kill()
                    raise _too_slow()
                part = os.read(stream.fileno(), min(count, 1 << 20))
                if not part:
                    raise self._refusal()
                parts.append(part)
                count -= len(part)
        return b"".join(parts)

    def _refusal(self) -> UnreadableError:
        """Yield what the child's end says of the file."""
        try:
            code = self._process.wait(timeout=5)
        except subprocess.TimeoutExpired:
            self._kill()
            code = self._process.wait()
        ended_by = -code
        if ended_by in _TIME_SIGNALS:
            return _too_slow()
        if ended_by in _MEMORY_SIGNALS:
            message = "Reading this file takes far more memory than a document does; export it again and send that."
            return UnreadableError(code=UnreadableCode.MEMORY_LIMIT, message=message)
        message = "The file broke off its own reading, so it is damaged or hostile; export it again and send that."
        return UnreadableError(code=UnreadableCode.BROKEN, message=message)


def _too_slow() -> UnreadableError:
    message = "Reading this file takes far longer than a document does; export it again and send that."
    return UnreadableError(code=UnreadableCode.TIME_LIMIT, message=message)


def _environment() -> dict[str, str]:
    """Yield what the child may know: where Python and tesseract are, and no secret."""
    # The child reads the environment nowhere else, so the parent's must be looked at here.
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    source = Path(assay.__file__).resolve().parent.parent
    threads = {"OMP_THREAD_LIMIT": "1", "OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    return {**known, **threads, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1", "PYTHONHASHSEED": "0"}
