"""In a small installation a runner works beside the site: a process of its own, with a token and nothing else."""

import os
import shutil
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import structlog

log = structlog.get_logger("assay.beside")

NAME = "beside the site"
AGAIN_S = 5.0
STOP_S = 8.0
REFUSED = {1, 2}
"""Exit codes with which a runner says that it cannot work here; it is not started again."""


@contextmanager
def runner_beside(*, site: str, home: Path, slots: int) -> Iterator[None]:
    """Keep a runner while the site serves, started anew when it ends; none where bubblewrap is missing."""
    if shutil.which("bwrap") is None:
        log.warning("exercises cannot be graded here: bubblewrap is not installed (Debian: apt install bubblewrap)")
        yield
        return
    token_file = _write_token(home)
    stop = threading.Event()
    keeper = threading.Thread(target=_keep, args=(_line(site, token_file, slots), stop), daemon=True)
    keeper.start()
    try:
        yield
    finally:
        stop.set()
        keeper.join(STOP_S + AGAIN_S)
        token_file.unlink(missing_ok=True)


def _write_token(home: Path) -> Path:
    """Give the runner a fresh token in a file of its own; the one of the run before is worth nothing more."""
    from assay.core.clock import now  # noqa: PLC0415 -- needs Django
    from assay.sandbox.services import register_machine  # noqa: PLC0415 -- as above

    path = home / "runner-token"
    path.unlink(missing_ok=True)
    path.touch(mode=0o600)
    path.write_text(register_machine(name=NAME, now=now()).token, encoding="ascii")
    return path


def _line(site: str, token_file: Path, slots: int) -> list[str]:
    return [
        sys.executable, "-m", "assay_runner.main", "run", "--site", site, "--token-file", str(token_file),
        "--slots", str(slots), "--with-parent", "--without-cgroups",
    ]  # fmt: skip


def _keep(line: list[str], stop: threading.Event) -> None:
    known = ("PATH", "HOME", "LANG", "TMPDIR", "ASSAY_RUNTIMES", "PYTHONPATH")
    environment = {name: os.environ[name] for name in known if name in os.environ}
    # The parent's death signal follows the thread that starts a process, so this thread stays until the end.
    while not stop.is_set():
        process = subprocess.Popen(line, env=environment)  # noqa: S603 -- our own program
        while process.poll() is None and not stop.wait(0.5):
            continue
        if process.poll() is None:
            _end(process)
        elif process.returncode in REFUSED:
            log.warning("no runner beside the site: exercises are not graded until one works")
            return
        else:
            stop.wait(AGAIN_S)


def _end(process: subprocess.Popen[bytes]) -> None:
    process.terminate()
    try:
        process.wait(STOP_S)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
