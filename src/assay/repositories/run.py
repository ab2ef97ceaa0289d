"""A review in a limited process of its own: what the rest of the product calls."""

import os
import signal
import subprocess
import sys
import tempfile
from contextlib import suppress
from pathlib import Path

import msgspec

import assay
from assay.repositories.errors import Refusal, RepositoryError
from assay.repositories.git import GitError
from assay.repositories.model import Report
from assay.repositories.protocol import MAX_REPLY_BYTES, REPLIES, Reply, Request

_PASSED_ON = ("PATH", "LANG", "LC_ALL", "TMPDIR", "SYSTEMROOT")
_TIME_SIGNALS = {signal.SIGXCPU} if os.name == "posix" else set()


def review_in_child(*, request: Request) -> Report:
    """Yield the report. Nothing of the repository is left on the disk afterwards. Raises `RepositoryError`."""
    with tempfile.TemporaryDirectory(prefix="assay-review-", ignore_cleanup_errors=True) as folder:
        reply = _ask(request, folder)
    if reply.report is None:
        refusal = reply.refusal or Refusal.BROKEN
        if reply.said:
            raise GitError(refusal=refusal, message=reply.message, said=reply.said)
        raise RepositoryError(refusal=refusal, message=reply.message)
    return reply.report


def _ask(request: Request, folder: str) -> Reply:
    process = subprocess.Popen(  # noqa: S603 -- our own module, by the running interpreter
        [sys.executable, "-m", "assay.repositories.child", folder],
        stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE,
        env=_environment(folder), start_new_session=True,
    )  # fmt: skip
    try:
        output, errors = process.communicate(msgspec.json.encode(request), timeout=request.caps.wall_s)
    except subprocess.TimeoutExpired as error:
        message = "The review took longer than is allowed. Send a bundle of the branch or folder that matters."
        raise RepositoryError(refusal=Refusal.TIME_LIMIT, message=message) from error
    finally:
        _end(process)
    if process.returncode:
        raise _ended(process.returncode, errors)
    if len(output) > MAX_REPLY_BYTES:
        raise RepositoryError(refusal=Refusal.TOO_LARGE, message="The review yields more than a page can show.")
    return REPLIES.decode(output)


def _end(process: subprocess.Popen[bytes]) -> None:
    """End the child and everything that it started, git among it."""
    if os.name == "posix":
        with suppress(ProcessLookupError):
            os.killpg(process.pid, signal.SIGKILL)
    else:
        process.kill()
    for stream in (process.stdin, process.stdout, process.stderr):
        if stream is not None:
            stream.close()
    process.wait()


def _ended(code: int, errors: bytes) -> Exception:
    if -code in _TIME_SIGNALS:
        message = "The review took more time than is allowed. Send a bundle of the branch or folder that matters."
        return RepositoryError(refusal=Refusal.TIME_LIMIT, message=message)
    if code < 0:
        message = "The review took more memory than is allowed. Send a bundle of the branch or folder that matters."
        return RepositoryError(refusal=Refusal.MEMORY_LIMIT, message=message)
    # Our own failure, and none of the candidate's.
    return RuntimeError(f"the review failed: {errors[-2000:].decode('utf-8', 'replace')}")


def _environment(folder: str) -> dict[str, str]:
    known = {name: os.environ[name] for name in _PASSED_ON if name in os.environ}
    source = Path(assay.__file__).resolve().parent.parent
    threads = {"OMP_NUM_THREADS": "1", "OPENBLAS_NUM_THREADS": "1", "MKL_NUM_THREADS": "1"}
    home = {"HOME": folder, "TMPDIR": folder}
    return {**known, **home, **threads, "PYTHONPATH": str(source), "PYTHONDONTWRITEBYTECODE": "1"}
