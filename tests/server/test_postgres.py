"""The supervisor against everything that kills processes. Each test has a cluster of its own."""

import os
import shutil
import signal
import subprocess
import sys
import tempfile
import textwrap
import threading
import time
from pathlib import Path

import psycopg
import pytest

from assay.server.cluster import DATABASE_USER, Layout
from assay.server.postgres import Supervisor, can_connect


@pytest.fixture
def home():
    folder = Path(tempfile.mkdtemp(prefix="assay-pg-"))
    folder.chmod(0o755)  # as root the server runs as another account and must get in
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def connect(layout: Layout) -> psycopg.Connection:
    return psycopg.connect(host=str(layout.socket_folder), user=DATABASE_USER, dbname="assay", connect_timeout=5)


def postmaster_pid(layout: Layout) -> int:
    return int((layout.data / "postmaster.pid").read_text().split("\n", 1)[0])


def wait_until(condition, *, seconds=20.0):
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, "it did not happen in time"
        time.sleep(0.02)


def test_second_process_attaches_and_leaves_the_server_alone(home):
    with Supervisor(home=home, is_durable=False) as first:
        second = Supervisor(home=home, is_durable=False)
        second.start()
        assert (first.is_owner, second.is_owner) == (True, False)
        second.stop()
        assert can_connect(first.layout)
    assert not can_connect(first.layout)


def test_socket_folder_is_closed_to_others(home):
    with Supervisor(home=home, is_durable=False) as supervisor:
        assert supervisor.layout.socket_folder.stat().st_mode & 0o777 == 0o700


def test_nothing_listens_on_the_network(home):
    with Supervisor(home=home, is_durable=False) as supervisor, connect(supervisor.layout) as connection:
        assert connection.execute("SHOW listen_addresses").fetchone() == ("",)


def test_pid_file_that_names_a_live_stranger_does_not_stop_a_start(home):
    supervisor = Supervisor(home=home, is_durable=False)
    supervisor.start()
    supervisor.stop()
    stranger = subprocess.Popen(["sleep", "60"])
    try:
        lines = [str(stranger.pid), str(supervisor.layout.data), str(int(time.time())), "5432", "", "", "", "ready"]
        (supervisor.layout.data / "postmaster.pid").write_text("\n".join(lines) + "\n")
        supervisor.start()
        assert can_connect(supervisor.layout)
        assert stranger.poll() is None
    finally:
        supervisor.stop()
        stranger.kill()
        stranger.wait()


def test_half_made_cluster_is_made_again(home):
    supervisor = Supervisor(home=home, is_durable=False)
    draft = supervisor.layout.base / "data.draft"
    draft.mkdir(parents=True)
    (draft / "rubbish").write_text("a process was killed here")
    with supervisor:
        assert can_connect(supervisor.layout)
    assert not draft.exists()


@pytest.mark.skipif(sys.platform != "linux", reason="the kernel's signal on the parent's death is Linux's")
def test_parent_killed_with_minus_nine_stops_the_server_cleanly(home):
    program = textwrap.dedent(
        f"""
        import time
        from pathlib import Path
        from assay.server.postgres import Supervisor
        supervisor = Supervisor(home=Path({str(home)!r}), is_durable=False)
        supervisor.start()
        print("ready", flush=True)
        time.sleep(120)
        """
    )
    source = str(Path(__file__).resolve().parents[2] / "src")
    parent = subprocess.Popen(
        [sys.executable, "-c", program], stdout=subprocess.PIPE, env=os.environ | {"PYTHONPATH": source}
    )
    with parent:
        assert parent.stdout.readline() == b"ready\n"
        layout = Supervisor(home=home).layout
        pid = postmaster_pid(layout)
        parent.send_signal(signal.SIGKILL)
        parent.wait()
        wait_until(lambda: not Path(f"/proc/{pid}").exists())
    assert "database system is shut down" in layout.log.read_text().splitlines()[-1]


def test_ten_rounds_of_kill_minus_nine_lose_no_acknowledged_commit(home):
    supervisor = Supervisor(home=home)
    supervisor.start()
    with connect(supervisor.layout) as connection:
        connection.execute("CREATE TABLE mark (writer int, number int, PRIMARY KEY (writer, number))")
    acknowledged: set[tuple[int, int]] = set()
    for round_number in range(10):
        acknowledged |= _write_until_killed(supervisor, first=round_number * 100_000)
        supervisor.stop()
        supervisor.start()
        with connect(supervisor.layout) as connection:
            stored = set(connection.execute("SELECT writer, number FROM mark").fetchall())
        assert acknowledged <= stored
    supervisor.stop()
    assert len(acknowledged) >= 30


def _write_until_killed(supervisor: Supervisor, *, first: int) -> set[tuple[int, int]]:
    acknowledged: set[tuple[int, int]] = set()
    begun = threading.Barrier(4)

    def write(writer: int) -> None:
        number = first
        try:
            with connect(supervisor.layout) as connection:
                begun.wait(timeout=20)
                while True:
                    connection.execute("INSERT INTO mark VALUES (%s, %s)", (writer, number))
                    connection.commit()
                    acknowledged.add((writer, number))
                    number += 1
        except psycopg.Error:
            return

    writers = [threading.Thread(target=write, args=(writer,)) for writer in range(3)]
    for writer in writers:
        writer.start()
    begun.wait(timeout=20)
    wait_until(lambda: len(acknowledged) >= 5)
    _kill_all(postmaster_pid(supervisor.layout))
    for writer in writers:
        writer.join(timeout=20)
    return acknowledged


def _kill_all(postmaster: int) -> None:
    """Kill the server and its children, none of which gets a chance to tidy up."""
    children = subprocess.run(
        ["ps", "-o", "pid=", "--ppid", str(postmaster)], capture_output=True, text=True, check=False
    ).stdout.split()
    for pid in [postmaster, *map(int, children)]:
        try:
            os.kill(pid, signal.SIGKILL)
        except ProcessLookupError:
            continue
