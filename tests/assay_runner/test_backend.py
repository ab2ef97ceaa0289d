import json
from pathlib import Path

import pytest

from assay_runner import cgroups, seccomp
from assay_runner.backend import BwrapBackend
from assay_runner.contract import BoxFile, Call, CallsStep, Job, Limits, RunStep, Status
from assay_runner.outcome import BoxRefusedError, checked_path, collected_files
from assay_runner.runtimes import found_runtimes

BWRAP = Path("/usr/bin/bwrap")
needs_bwrap = pytest.mark.skipif(not BWRAP.exists(), reason="bubblewrap is not installed")
CODE = b"""
def add(a, b=1):
    return a + b
def fail():
    raise ValueError("no")
def spin():
    while True:
        pass
def build():
    return object()
"""


@pytest.fixture(params=["cgroup", "rlimits"])
def backend(request, tmp_path):
    base = cgroups.found() if request.param == "cgroup" else None
    if request.param == "cgroup" and base is None:
        pytest.skip("no control groups may be made here")
    return BwrapBackend(bwrap=str(BWRAP), base=base, runtimes=found_runtimes(libraries=tmp_path))


def run(backend, *steps, code=CODE):
    return backend.run(Job(runtime="python", files=(BoxFile(path="main.py", content=code),), steps=steps)).steps


def calls(*made, **limits):
    return CallsStep(id="calls", entry="main.py", calls=made, limits=Limits(cpu_s=1, wall_s=4, **limits))


@needs_bwrap
def test_calls_are_answered_in_order(backend):
    made = (Call(id="a", fn="add", args=b"[1]"), Call(id="b", fn="add", args=b"[1]", kwargs=b'{"b": 5}'))
    (result,) = run(backend, calls(*made))
    assert [(reply.id, json.loads(reply.value)) for reply in result.replies] == [("a", 2), ("b", 6)]


@needs_bwrap
def test_raised_error_is_told_and_the_next_call_is_made(backend):
    (result,) = run(backend, calls(Call(id="a", fn="fail"), Call(id="b", fn="add", args=b"[1]")))
    assert [(r.status, r.error) for r in result.replies] == [(Status.RE, "ValueError"), (Status.OK, "")]


@needs_bwrap
def test_kept_value_is_handed_to_a_later_call(backend):
    made = (Call(id="a", fn="add", args=b"[1]", keep="k"), Call(id="b", fn="add", args=b'[{"$kept": "k"}]'))
    assert run(backend, calls(*made))[0].replies[1].value == b"3"


@needs_bwrap
def test_deadline_of_a_call_ends_the_step(backend):
    (result,) = run(backend, calls(Call(id="a", fn="spin", deadline_s=0.2), Call(id="b", fn="add", args=b"[1]")))
    assert [reply.status for reply in result.replies] == [Status.WALL, Status.WALL]


@needs_bwrap
def test_forged_answer_is_a_broken_protocol(backend):
    forged = b"""
import os
for fd in range(3, 99):
    try:
        os.write(fd, b"\\0\\0\\0\\2{}")
    except OSError:
        pass
"""
    (result,) = run(backend, calls(Call(id="a", fn="add", args=b"[1]")), code=forged + CODE)
    assert result.status == Status.PROTOCOL


@needs_bwrap
def test_only_regular_files_are_collected(backend):
    code = b"import os\nopen('a.txt', 'w').write('x')\nos.symlink('/etc/passwd', 'b.txt')\nos.mkfifo('c.txt')\n"
    (result,) = run(backend, RunStep(id="r", entry="main.py", collect=("*.txt",)), code=code)
    assert result.collected == (BoxFile(path="a.txt", content=b"x"),)


@needs_bwrap
def test_kept_file_is_there_in_the_next_step(backend):
    first = RunStep(id="1", argv=("/bin/sh", "-c", "echo made > out.bin"), keep=("*.bin",))
    assert run(backend, first, RunStep(id="2", argv=("/bin/cat", "out.bin")))[1].stdout == b"made\n"


@pytest.mark.parametrize("path", ["", "/a", "../a", "a/../b", "a//b", "a\0b"])
def test_path_that_leaves_the_box_is_refused(path):
    with pytest.raises(BoxRefusedError):
        checked_path(path)


@pytest.mark.parametrize("stream", [b"\0", b"\0\0\0\1" + b"\xff" * 8 + b"a", b"\0\0\0\2" + bytes(8) + b".."])
def test_broken_stream_of_files_is_refused(stream):
    with pytest.raises(ValueError, match=r"broken stream|not a path"):
        collected_files(stream, most=10)


@pytest.mark.parametrize("machine", ["x86_64", "aarch64"])
def test_filter_is_whole_instructions_and_fits_the_kernel(machine):
    size = len(seccomp.program(machine=machine))
    assert size % 8 == 0
    assert size // 8 <= 4096


def test_filter_of_an_unknown_machine_is_refused():
    with pytest.raises(seccomp.UnknownArchitectureError):
        seccomp.program(machine="pdp11")
