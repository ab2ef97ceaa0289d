"""Git on a bare repository of our own: a clean environment, time and size limits, and exit codes that are looked at."""

import os
import selectors
import subprocess
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from pathlib import Path
from typing import IO, Self

from assay.repositories.errors import Refusal, RepositoryError

CHUNK_BYTES = 1 << 18
_MESSAGE_BYTES = 2_000
_SETTINGS = (
    "core.hooksPath=/dev/null",
    "core.fsmonitor=false",
    "core.attributesFile=/dev/null",
    "core.alternateRefsCommand=true",
    "core.packedGitLimit=512m",
    "gc.auto=0",
    "maintenance.auto=false",
    "submodule.recurse=false",
    "fetch.recurseSubmodules=false",
    "fetch.fsckObjects=false",
    "safe.directory=*",
    "log.showSignature=false",
    "diff.renameLimit=200",
    "diff.algorithm=default",
    "i18n.logOutputEncoding=UTF-8",
    "pack.threads=2",
    "protocol.ext.allow=never",
)
"""Given on the command line, which outranks whatever a configuration file says."""


def clean_environment(*, home: Path, protocols: str = "none") -> dict[str, str]:
    """Yield the whole environment for git: nothing of ours is passed on, and no configuration but our own is read."""
    return {
        "PATH": os.environ.get("PATH", os.defpath),
        "HOME": str(home),
        "XDG_CONFIG_HOME": str(home),
        "LC_ALL": "C.UTF-8",
        "GIT_CONFIG_NOSYSTEM": "1",
        "GIT_CONFIG_GLOBAL": os.devnull,
        "GIT_ATTR_NOSYSTEM": "1",
        "GIT_TERMINAL_PROMPT": "0",
        "GIT_ASKPASS": "false",
        "GIT_ALLOW_PROTOCOL": protocols,
        "GIT_PROTOCOL_FROM_USER": "0",
        "GIT_NO_LAZY_FETCH": "1",
        "GIT_NO_REPLACE_OBJECTS": "1",
        "GIT_OPTIONAL_LOCKS": "0",
        "GIT_LFS_SKIP_SMUDGE": "1",
        "GIT_PAGER": "cat",
    }


class GitError(RepositoryError):
    """Git ended with an error; ``said`` is the end of what it wrote."""

    def __init__(self, *, refusal: Refusal, message: str, said: str) -> None:
        super().__init__(refusal=refusal, message=message)
        self.said = said


class Git:
    """Runs git in one bare repository that we made ourselves."""

    def __init__(self, *, folder: Path) -> None:
        self.folder = folder

    def command(self, *arguments: str, settings: Sequence[str] = ()) -> list[str]:
        """Yield the words of a call."""
        options = [word for setting in (*_SETTINGS, *settings) for word in ("-c", setting)]
        return ["git", *options, f"--git-dir={self.folder}", *arguments]

    def run(self, *arguments: str, given: bytes = b"", timeout_s: float = 60.0, max_bytes: int = 64_000_000) -> bytes:
        """Yield what git printed. Raises `GitError` where it failed, took too long or printed too much."""
        with self.stream(*arguments, given=given, timeout_s=timeout_s, max_bytes=max_bytes) as stream:
            output = b"".join(stream)
        if stream.is_cut:
            message = "Reading this repository takes more time or space than is allowed; send a smaller part of it."
            raise GitError(refusal=Refusal.TIME_LIMIT, message=message, said=" ".join(arguments[:2]))
        return output

    def stream(
        self,
        *arguments: str,
        given: bytes = b"",
        timeout_s: float,
        max_bytes: int,
        protocols: str = "none",
        settings: Sequence[str] = (),
    ) -> "Stream":
        """Yield git's output piece by piece; to be used in a ``with`` block and read to its end."""
        return Stream(
            command=self.command(*arguments, settings=settings),
            environment=clean_environment(home=self.folder, protocols=protocols),
            given=given,
            timeout_s=timeout_s,
            max_bytes=max_bytes,
        )


class Stream:
    """Chunks of what a git process prints, until its end, a deadline or a size.

    ``is_cut`` says that the deadline or the size was reached, and that more would have come.
    """

    def __init__(
        self, *, command: Sequence[str], environment: dict[str, str], given: bytes, timeout_s: float, max_bytes: int
    ) -> None:
        self.is_cut = False
        self._command = command
        self._deadline_s = time.monotonic() + timeout_s
        self._max_bytes = max_bytes
        self._look: Callable[[], None] = _nothing
        self._every_s = timeout_s
        # A file rather than a pipe: neither side can then wait for the other.
        self._input: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by _stop
        self._input.write(given)
        self._input.seek(0)
        self._errors: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 -- closed by _stop
        self._process = subprocess.Popen(  # noqa: S603 -- git with words of our own
            command, stdin=self._input, stdout=subprocess.PIPE, stderr=self._errors, env=environment, bufsize=0
        )

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self._stop()

    def __iter__(self) -> Iterator[bytes]:
        """Yield chunks. Raises `GitError` at the end where git failed."""
        stdout = self._process.stdout
        assert stdout is not None  # noqa: S101 -- opened as a pipe above
        count = 0
        with selectors.DefaultSelector() as selector:
            selector.register(stdout, selectors.EVENT_READ)
            while self._is_ready(selector):
                chunk = os.read(stdout.fileno(), CHUNK_BYTES)
                if not chunk:
                    self._check()
                    return
                count += len(chunk)
                yield chunk
                if count > self._max_bytes or time.monotonic() > self._deadline_s:
                    break
        self.is_cut = True

    def on_wait(self, look: Callable[[], None], *, every_s: float) -> None:
        """Call ``look`` every so often while nothing is printed; what it raises ends the process."""
        self._look, self._every_s = look, every_s

    def _is_ready(self, selector: selectors.BaseSelector) -> bool:
        while (left_s := self._deadline_s - time.monotonic()) > 0:
            if selector.select(timeout=min(left_s, self._every_s)):
                return True
            self._look()
        return False

    def _check(self) -> None:
        """Look at the exit code: text on standard output says nothing about whether it is all of it."""
        try:
            code = self._process.wait(timeout=max(1.0, self._deadline_s - time.monotonic()))
        except subprocess.TimeoutExpired:
            self.is_cut = True
            return
        if code:
            raise _failed(command=self._command, code=code, said=self._said())

    def _said(self) -> str:
        size = self._errors.seek(0, os.SEEK_END)
        self._errors.seek(max(0, size - _MESSAGE_BYTES))
        return self._errors.read().decode("utf-8", "replace").strip()

    def _stop(self) -> None:
        if self._process.poll() is None:
            with suppress(ProcessLookupError):
                self._process.kill()
        self._process.wait()
        for stream in (self._process.stdout, self._input, self._errors):
            if stream is not None:
                stream.close()


def _nothing() -> None:
    return


def _failed(*, command: Sequence[str], code: int, said: str) -> GitError:
    verb = next((word for word in command[1:] if not word.startswith("-") and "=" not in word), "git")
    if code < 0:
        message = "Reading this repository cost more than is allowed; send a smaller part of it as a bundle."
        return GitError(refusal=Refusal.MEMORY_LIMIT, message=message, said=f"{verb} ended by signal {-code}: {said}")
    message = (
        "Git could not read this repository to its end: objects are missing or damaged. "
        "Run `git fsck`, then send it again as a bundle (`git bundle create work.bundle --all`)."
    )
    return GitError(refusal=Refusal.BROKEN, message=message, said=f"{verb}, exit code {code}: {said}")
