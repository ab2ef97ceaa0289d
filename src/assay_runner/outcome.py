"""What is asked of one box and what came of it, below the level of jobs."""

import struct
from dataclasses import dataclass, field

from assay_runner.contract import BoxFile, Limits, Status, Usage


class BoxRefusedError(ValueError):
    """A job that no box is made for; the message says why."""


@dataclass(frozen=True, kw_only=True)
class BoxPlan:
    """One box. ``{in}`` and ``{out}`` in ``argv`` stand for the descriptors of the frames."""

    argv: tuple[str, ...]
    limits: Limits
    files: tuple[BoxFile, ...] = ()
    """Laid into /work, writable."""
    tools: tuple[BoxFile, ...] = ()
    """Laid into /box, read-only."""
    binds: tuple[tuple[str, str], ...] = ()
    """Read-only, from outside to inside."""
    env: dict[str, str] = field(default_factory=dict)
    stdin: bytes = b""
    has_loopback: bool = False


@dataclass(frozen=True, kw_only=True)
class Outcome:
    """How a box ended."""

    status: Status
    exit_code: int = 0
    signal: int = 0
    stdout: bytes = b""
    stderr: bytes = b""
    stream: bytes = b""
    usage: Usage = field(default_factory=Usage)
    detail: str = ""


def collected_files(stream: bytes, *, most: int) -> tuple[BoxFile, ...]:
    """Read a collector's stream; raises ValueError for one that is broken. Names are only names: nothing is written."""
    files: list[BoxFile] = []
    at = 0
    while at < len(stream):
        if len(stream) - at < 12 or len(files) >= most:
            raise ValueError("a broken stream of files")
        name_size, size = struct.unpack_from(">IQ", stream, at)
        at += 12
        if name_size > 4096 or at + name_size + size > len(stream):
            raise ValueError("a broken stream of files")
        name = stream[at : at + name_size].decode("utf-8", "replace")
        content = stream[at + name_size : at + name_size + size]
        at += name_size + size
        files.append(BoxFile(path=checked_path(name), content=content))
    return tuple(files)


def checked_path(path: str) -> str:
    """Yield the path when it is relative, plain and stays inside; raises BoxRefusedError otherwise."""
    parts = path.split("/")
    if not path or len(path) > 400 or "\0" in path or any(part in {"", ".", ".."} for part in parts):
        raise BoxRefusedError(f"not a path inside a box: {path[:100]!r}")
    return path
