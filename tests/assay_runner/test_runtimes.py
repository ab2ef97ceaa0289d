"""Every language and tool that is there really works in a box; what is not there says what to do."""

import shutil
from pathlib import Path

import pytest

from assay_runner.contract import BoxFile, Job, Limits, RunStep, Status
from assay_runner.local import local_backend
from assay_runner.runtimes import HERE, found_runtimes, home

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
FOUND = found_runtimes(libraries=home())
WITHOUT_SOCKETS = {"sql", "postgres"}
"""Languages that cannot ask for a network; their own tests show what they are refused."""
LIMITS = Limits(cpu_s=30, wall_s=90, memory_mib=1024, processes=128)


def run(name, program, entry):
    job = Job(
        runtime=name,
        files=(BoxFile(path=entry, content=program.encode()),),
        steps=(RunStep(id="one", entry=entry, limits=LIMITS),),
    )
    return local_backend(is_author=True).run(job).steps[0]


@pytest.mark.parametrize("name", sorted(FOUND))
def test_runtime_passes_its_own_test(name):
    found = FOUND[name]
    if found.reason:
        pytest.skip(found.reason)
    step = run(name, found.runtime.selftest.program, found.runtime.selftest.entry)
    assert (step.status, step.stdout.decode()) == (Status.OK, found.runtime.selftest.stdout)


@pytest.mark.parametrize("name", sorted(FOUND.keys() - WITHOUT_SOCKETS))
def test_runtime_reaches_no_network_and_no_home(name):
    found = FOUND[name]
    if found.reason:
        pytest.skip(found.reason)
    programs = {
        "r": (
            "a.R",
            'r <- try(url("http://127.0.0.1:80", open = "r"), silent = TRUE)\ncat(class(r), file.exists("/root"))',
        ),
        "java": (
            "A.java",
            (
                'public class A { public static void main(String[] a) { String said = "connected"; try { new'
                ' java.net.Socket("127.0.0.1", 80); } catch (Exception e) { said = "try-error"; }'
                ' System.out.print(said + " " + new java.io.File("/root").exists()); } }'
            ),
        ),
    }
    programs["git"] = (
        "a.sh",
        (
            "(exec 3<>/dev/tcp/127.0.0.1/80) 2>/dev/null && echo connected || echo try-error\n"
            "[ -e /root ] && echo true || echo false\n"
        ),
    )
    python = (
        "a.py",
        (
            "import os, socket\nsaid = 'connected'\ntry:\n    socket.create_connection(('127.0.0.1', 80), 1)\n"
            "except OSError:\n    said = 'try-error'\nprint(said, str(os.path.exists('/root')).upper(), end='')\n"
        ),
    )
    entry, program = programs.get(name, python)
    step = run(name, program, entry)
    assert step.status == Status.OK, step.stderr
    assert step.stdout.decode().lower().split()[-2:] == ["try-error", "false"]


def test_runtime_that_is_missing_says_what_to_do(tmp_path):
    there = found_runtimes(libraries=tmp_path)
    assert "dev.py runtimes python-ml" in there["python-ml"].reason


@pytest.mark.parametrize("path", sorted(HERE.glob("*/requirements.txt")), ids=lambda path: path.parent.name)
def test_libraries_of_boxes_are_pinned(path: Path):
    assert all("==" in line for line in path.read_text().split("\n") if line.strip())
