"""The runner beside the site: real processes, real boxes, killed in the middle."""

import os
import shutil
import signal
import subprocess
import time

import pytest

from assay.core.clock import now as clock_now
from assay.sandbox import handlers
from assay.sandbox.models import Machine, Run
from assay.sandbox.services import request_run, result_of
from assay.server.beside import NAME, runner_beside
from assay_runner.contract import BoxFile, Job, RunStep

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
WAIT_S = 60


def asked(number, source=b"print(6 * 7)"):
    job = Job(runtime="python", files=(BoxFile(path="a.py", content=source),), steps=(RunStep(id="s", entry="a.py"),))
    return request_run(purpose="test", subject=str(number), key="1", job=job, now=clock_now())


def until(condition):
    end = time.monotonic() + WAIT_S
    while time.monotonic() < end:
        if condition():
            return True
        time.sleep(0.05)
    return False


def runner_pids():
    found = subprocess.run(["pgrep", "-f", "assay_runner.main run"], capture_output=True, text=True, check=False)
    return {int(line) for line in found.stdout.split()}


@pytest.fixture
def told(monkeypatch):
    found = []
    monkeypatch.setitem(handlers._handlers, "test", lambda run: found.append(run.subject))
    return found


def test_runner_works_survives_a_kill_and_ends_with_the_site(live_server, tmp_path, told):
    before = runner_pids()
    with runner_beside(site=live_server.url, home=tmp_path, slots=2):
        assert (tmp_path / "runner-token").stat().st_mode & 0o077 == 0
        first = asked(1)
        assert until(lambda: Run.objects.get(pk=first.pk).state == "done")
        assert result_of(Run.objects.get(pk=first.pk)).steps[0].stdout == b"42\n"
        assert Machine.objects.get().name == NAME
        for pid in runner_pids() - before:
            os.kill(pid, signal.SIGKILL)
        second = asked(2)
        assert until(lambda: Run.objects.get(pk=second.pk).state == "done")
    assert sorted(told) == ["1", "2"]
    assert until(lambda: runner_pids() <= before)
    assert not (tmp_path / "runner-token").exists()
