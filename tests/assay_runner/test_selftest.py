"""The self-test believes no wall that it has not tried."""

import json
import shutil

import pytest
from msgspec import structs

from assay_runner import main
from assay_runner.backend import BwrapBackend
from assay_runner.contract import JobResult, Status, StepResult
from assay_runner.local import local_backend
from assay_runner.runtimes import found_runtimes, home
from assay_runner.selftest import TRIALS, fallen, prove

boxed = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")


class Wider:
    """The backend of this machine, with limits that a fault has made too wide."""

    name = "wider"

    def __init__(self, **limits):
        self.real, self.limits = local_backend(is_author=True), limits

    def runtimes(self):
        return self.real.runtimes()

    def run(self, job):
        step = structs.replace(job.steps[0], limits=structs.replace(job.steps[0].limits, **self.limits))
        return self.real.run(structs.replace(job, steps=(step,)))


class Faulty:
    """Answers every job with one result, after as many faults of its own as it is given."""

    name = "faulty"

    def __init__(self, result, faults=0):
        self.result, self.faults = result, faults

    def runtimes(self):
        return {"python": ""}

    def run(self, _job):
        self.faults -= 1
        given = StepResult(id="trial", status=Status.IE, detail="no box") if self.faults >= 0 else self.result
        return JobResult(steps=(given,), backend=self.name, controls=())


@boxed
def test_walls_of_this_machine_hold():
    backend = local_backend(is_author=True)
    proofs = prove(backend=backend, has_groups=backend.has_groups)
    assert [(proof.control, proof.detail) for proof in fallen(proofs)] == []
    assert len(proofs) == len(TRIALS)


@boxed
def test_walls_hold_without_control_groups():
    here = found_runtimes(libraries=home())
    backend = BwrapBackend(bwrap=shutil.which("bwrap"), base=None, runtimes=here)
    proofs = prove(backend=backend, has_groups=False)
    assert [(proof.control, proof.detail) for proof in fallen(proofs)] == []


@boxed
def test_limits_that_are_too_wide_are_found():
    backend = Wider(memory_mib=2048, scratch_mib=64, file_mib=32, processes=90)
    broken = {proof.control for proof in prove(backend=backend, has_groups=False) if not proof.is_held}
    assert broken >= {"memory", "sized-scratch", "file-size", "processes"}
    assert broken <= {"memory", "memory-of-all", "sized-scratch", "file-size", "processes", "cpu-of-all"}


def test_program_that_got_through_fells_its_wall():
    said = StepResult(id="trial", status=Status.OK, stdout=b"went through: lines [3]")
    proofs = prove(backend=Faulty(said), has_groups=True)
    assert {proof.control for proof in fallen(proofs)} == {trial.control for trial in TRIALS}
    assert proofs[2].detail == "OK: went through: lines [3]"


def test_box_that_could_not_be_made_is_tried_again():
    held = StepResult(id="trial", status=Status.OK, stdout=b"held\n")
    assert prove(backend=Faulty(held, faults=1), has_groups=True)[0].is_held
    assert not prove(backend=Faulty(held, faults=2), has_groups=True)[0].is_held


def test_walls_that_need_groups_are_not_required_without_them():
    said = StepResult(id="trial", status=Status.OK, stdout=b"no")
    required = {proof.control for proof in fallen(prove(backend=Faulty(said), has_groups=False))}
    assert {trial.control for trial in TRIALS} - required == {"memory-of-all", "cpu-of-all"}


def test_runner_does_not_work_behind_a_fallen_wall(monkeypatch, tmp_path, capsys):
    token = tmp_path / "token"
    token.write_text("abc")
    backend = Faulty(StepResult(id="trial", status=Status.OK, stdout=b"seen"))
    backend.has_groups = True
    monkeypatch.setattr(main, "local_backend", lambda **_: backend)
    monkeypatch.setattr(main, "work", lambda **_: pytest.fail("it worked"))
    assert main.main(["run", "--site", "http://localhost:1", "--token-file", str(token)]) == main.REFUSED
    said = capsys.readouterr().err
    assert "nothing is graded here: these walls did not hold: namespaces, " in said
    assert said.count("\n") == 1


def test_selftest_prints_its_proofs_as_json(monkeypatch, capsys):
    backend = Faulty(StepResult(id="trial", status=Status.OK, stdout=b"held"))
    backend.has_groups = False
    monkeypatch.setattr(main, "local_backend", lambda **_: backend)
    assert main.main(["selftest", "--json"]) == main.REFUSED
    proofs = json.loads(capsys.readouterr().out)
    assert proofs[0] == {"control": "namespaces", "about": TRIALS[0].about, "is_held": True, "is_required": True}
