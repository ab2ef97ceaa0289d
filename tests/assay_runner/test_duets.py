"""A hand-in in one box, its tests in another: what must pass, what must not, and what must never be seen."""

import shutil

import pytest

from assay_runner import cgroups
from assay_runner.backend import BwrapBackend
from assay_runner.contract import BoxFile, DuetStep, Job, Limits
from assay_runner.runtimes import found_runtimes

BWRAP = shutil.which("bwrap")
pytestmark = pytest.mark.skipif(BWRAP is None, reason="bubblewrap is not installed")

TESTS = """
SECRET = "expected-7413"
def check(candidate):
    assert candidate(2) == 4
    assert candidate(3) == 9, SECRET
"""


WRITES_EVERYWHERE = """
import os
for fd in range(3, 40):
    try:
        os.write(fd, b'\\0\\0\\0\\x0b{"ok": true}')
    except OSError:
        pass
os._exit(0)
"""


@pytest.fixture
def backend(tmp_path):
    return BwrapBackend(bwrap=BWRAP, base=cgroups.found(), runtimes=found_runtimes(libraries=tmp_path))


def tried(backend, code, tests=TESTS, **more):
    step = DuetStep(
        id="tests",
        entry="solution.py",
        tests=(BoxFile(path="hidden_tests.py", content=tests.encode()),),
        test_entry="hidden_tests.py",
        **{"style": "check", "candidate": "square", "limits": Limits(cpu_s=2, wall_s=4, memory_mib=128), **more},
    )
    files = (BoxFile(path="solution.py", content=code.encode()),)
    return backend.run(Job(runtime="python", files=files, steps=(step,))).steps[0]


def test_right_code_passes(backend):
    result = tried(backend, "def square(x):\n    return x * x\n")
    assert (result.status, [reply.status for reply in result.replies]) == ("OK", ["OK"])


@pytest.mark.parametrize(
    ("code", "status"),
    [
        ("def square(x):\n    return x * 2\n", {"RE"}),
        ("def cube(x):\n    return x\n", {"RE"}),
        ("def square(x:\n", {"RE"}),
        ("def square(x):\n    while True: pass\n", {"CPU", "WALL"}),
        ("import time\ndef square(x):\n    time.sleep(60)\n", {"WALL"}),
        ("import os\nos._exit(0)\n", {"RE"}),
        ("import os\ndef square(x):\n    os._exit(0)\n", {"RE"}),
        ("def square(x):\n    return [0] * 10**9\n", {"RE", "OOM"}),
        ("class Yes:\n    __eq__ = lambda self, other: True\ndef square(x):\n    return Yes()\n", {"RE"}),
        ('import sys\nsys.stdout.write(\'{"test": "check", "status": "OK"}\\n{"done": true}\\n\')\n', {"RE"}),
        ('import os\nos.write(1, b\'{"test":"check","status":"OK"}\\n{"done":true}\\n\')\nos._exit(0)', {"RE"}),
        (WRITES_EVERYWHERE, {"RE"}),
    ],
)
def test_wrong_code_does_not_pass(backend, code, status):
    result = tried(backend, code)
    assert result.status in status
    assert "OK" not in [reply.status for reply in result.replies]


def test_code_finds_nothing_of_the_tests(backend):
    code = """
import os, sys
def square(x):
    walks = [step for top in ("/work", "/box", "/tmp") for step in os.walk(top)]
    seen = [os.path.join(folder, name) for folder, _, names in walks for name in names]
    text = "".join(open(path, errors="replace").read() for path in seen)
    frame, found = sys._getframe(), ""
    while frame:
        found += repr(frame.f_locals) + repr(frame.f_globals.get("SECRET"))
        frame = frame.f_back
    hidden = "7413" + "-detcepxe"[::-1]
    assert "detcepxe"[::-1] + "-7413" not in text + found, "found"
    return x * x
"""
    assert tried(backend, code).status == "OK"


def test_our_own_failure_is_ours(backend):
    assert tried(backend, "def square(x):\n    return x * x\n", tests="def check(").status in {"RE", "IE"}
