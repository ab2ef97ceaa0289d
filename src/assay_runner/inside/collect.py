# ruff: noqa: PTH114, PTH118, S603, T201, D103
# One small script that every box pays for: few imports, and whatever the hand-in raises is its answer.
"""Runs in a box: starts the program, waits, ends whatever it left behind, and sends chosen files out as one stream.

Only regular files, opened without following links. Stream on the descriptor named first:
for each file the length of its path (4 bytes), of its content (8 bytes), then both.
"""

import contextlib
import ctypes
import fnmatch
import os
import signal
import stat
import subprocess
import sys
from collections.abc import Iterator

PR_SET_DUMPABLE = 4


def main() -> None:
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)  # the program may not look into this process
    fd, patterns, budget, argv = int(sys.argv[1]), sys.argv[2].split("\n"), int(sys.argv[3]), sys.argv[4:]
    os.set_inheritable(fd, False)  # noqa: FBT003 - positional only
    try:
        code = subprocess.Popen(argv, close_fds=True).wait()
    except OSError as error:
        print(error, file=sys.stderr)
        code = 127
    signal.signal(signal.SIGTERM, signal.SIG_IGN)
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    for path in found(patterns):
        budget = send(fd, path, budget)
    os._exit(code if code >= 0 else 128 - code)


def found(patterns: list[str]) -> Iterator[str]:
    for folder, names, files in os.walk("/work", followlinks=False):
        names[:] = sorted(name for name in names if not os.path.islink(os.path.join(folder, name)))
        for name in sorted(files):
            path = os.path.relpath(os.path.join(folder, name), "/work")
            if any(fnmatch.fnmatchcase(path, pattern) for pattern in patterns):
                yield path


def send(out: int, path: str, budget: int) -> int:
    try:
        fd = os.open(os.path.join("/work", path), os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return budget
    with os.fdopen(fd, "rb") as file:
        facts = os.fstat(fd)
        if not stat.S_ISREG(facts.st_mode) or facts.st_size > budget:
            return budget
        content = file.read(budget)
    name = os.fsencode(path)
    data = memoryview(len(name).to_bytes(4, "big") + len(content).to_bytes(8, "big") + name + content)
    while data:
        data = data[os.write(out, data) :]
    return budget - len(content)


main()
