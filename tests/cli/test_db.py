"""Back-up and restore as a newcomer would run them: the command, on an installation of its own."""

import os
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import pytest

SOURCE = str(Path(__file__).resolve().parents[2] / "src")


@pytest.fixture(scope="module")
def home():
    folder = Path(tempfile.mkdtemp(prefix="assay-db-"))
    folder.chmod(0o755)
    yield folder
    shutil.rmtree(folder, ignore_errors=True)


def assay(home, *arguments):
    environment = {key: value for key, value in os.environ.items() if key not in {"DATABASE_URL", "ASSAY_TEST_RUN"}}
    environment |= {"ASSAY_HOME": str(home), "PYTHONPATH": SOURCE, "DJANGO_SETTINGS_MODULE": "assay.server.settings"}
    return subprocess.run(
        [sys.executable, "-m", "assay.cli.main", *arguments],
        env=environment, capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip


def test_backup_and_restore_bring_everything_back(home, tmp_path):
    assert assay(home, "db", "migrate").returncode == 0
    dump = tmp_path / "assay.dump"
    assert assay(home, "db", "backup", str(dump)).returncode == 0
    refused = assay(home, "db", "restore", str(dump))
    assert (refused.returncode, refused.stderr) == (
        1, "assay db restore: the database is not empty; --replace drops what it holds now\n",
    )  # fmt: skip
    assert assay(home, "db", "restore", "--replace", str(dump)).stdout.endswith("restored\n")


def test_backup_into_a_folder_that_is_not_there_is_one_line(home):
    done = assay(home, "db", "backup", "/nowhere/assay.dump")
    assert (done.returncode, done.stderr) == (1, "assay db backup: there is no folder /nowhere\n")


def test_restore_of_a_file_that_is_no_backup_leaves_everything(home, tmp_path):
    assay(home, "db", "migrate")
    (tmp_path / "x.dump").write_text("not a dump")
    done = assay(home, "db", "restore", "--replace", str(tmp_path / "x.dump"))
    assert done.returncode == 1
    assert "Traceback" not in done.stderr
    assert assay(home, "db", "backup", str(tmp_path / "y.dump")).returncode == 0


def test_move_copies_into_another_database(home, tmp_path):
    assay(home, "db", "migrate")
    other = Path(tempfile.mkdtemp(prefix="assay-db-"))
    other.chmod(0o755)
    try:
        from assay.server.postgres import Supervisor

        with Supervisor(home=other, is_durable=False) as supervisor:
            done = assay(home, "db", "move", supervisor.layout.url)
            assert done.stdout == f"copied; start Assay with DATABASE_URL={supervisor.layout.url}\n"
    finally:
        shutil.rmtree(other, ignore_errors=True)


def test_unreachable_database_is_one_line_and_no_traceback(home):
    environment_home = home / "nowhere"
    done = assay(environment_home, "db", "restore", "/no/such/file")
    assert (done.returncode, done.stderr) == (1, "assay db restore: there is no file /no/such/file\n")
