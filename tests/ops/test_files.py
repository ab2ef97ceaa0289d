"""The files of ``ops`` before the programs that read them."""

import os
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import yaml

from tests.ops.setups import OPS, UNITS, compose, interpolated, systemd, unit

GIVEN = {"POSTGRES_PASSWORD": "p4ss", "ASSAY_SECRET_KEY": "k" * 50, "ASSAY_URL": "http://localhost:8123"}
VENV_BIN = Path(sys.executable).parent
COMPOSE = shutil.which("docker-compose")


@pytest.mark.skipif(shutil.which("systemd-analyze") is None, reason="systemd is not installed")
def test_units_pass_systemds_own_check(tmp_path):
    for path in UNITS.glob("assay-*"):
        text = path.read_text().replace("/opt/assay/.venv/bin", str(VENV_BIN)).replace("User=assay", "User=root")
        (tmp_path / path.name).write_text(text)
    done = subprocess.run(
        ["systemd-analyze", "verify", *map(str, sorted(tmp_path.iterdir()))],
        env=os.environ | {"SYSTEMD_UNIT_PATH": f"{tmp_path}:"}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    said = [line for line in done.stderr.splitlines() if "assay" in line]
    assert (done.returncode, said) == (0, [])


@pytest.mark.skipif(COMPOSE is None, reason="docker-compose is not installed")
def test_compose_file_passes_composes_own_check():
    environment = {"PATH": os.environ["PATH"]}
    command = [COMPOSE, "-f", str(OPS / "compose.yaml"), "config"]
    refused = subprocess.run(command, env=environment, capture_output=True, text=True, check=False)
    assert (refused.returncode, "set " in refused.stderr) == (1, True)
    done = subprocess.run(command, env=environment | GIVEN, capture_output=True, text=True, check=False)
    assert done.returncode == 0, done.stderr
    read = yaml.safe_load(done.stdout)["services"]
    assert (sorted(read), read["worker"]["command"]) == (["database", "web", "worker"], ["assay", "worker"])
    assert read["worker"]["environment"].items() <= compose(GIVEN).environment.items()


def test_compose_refuses_to_start_without_its_secrets():
    text = (OPS / "compose.yaml").read_text()
    for name in ("POSTGRES_PASSWORD", "ASSAY_SECRET_KEY"):
        with pytest.raises(KeyError, match=f"set {name}"):
            interpolated(text, {key: value for key, value in GIVEN.items() if key != name})


def test_both_ways_run_the_same_site_and_worker():
    for way in (compose(GIVEN), systemd(GIVEN)):
        assert [Path(way.web[0]).name, way.web[1], "--no-worker" in way.web] == ["assay", "serve", True]
        assert [Path(way.worker[0]).name, *way.worker[1:]] == ["assay", "worker"]
        assert way.environment["DATABASE_URL"].startswith("postgresql://assay:p4ss@")


def test_units_of_long_processes_come_back_after_a_failure():
    for name in ("assay-web", "assay-worker"):
        assert (unit(name)["Restart"], unit(name)["NoNewPrivileges"]) == (["on-failure"], ["yes"])
