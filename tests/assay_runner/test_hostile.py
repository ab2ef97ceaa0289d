from pathlib import Path

import pytest
import yaml
from msgspec import structs

from assay_runner import cgroups
from assay_runner.backend import BwrapBackend
from assay_runner.contract import BoxFile, Job, Limits, RunStep
from assay_runner.runtimes import found_runtimes

CASES = yaml.safe_load((Path(__file__).parent / "hostile" / "programs.yaml").read_text("utf-8"))
BWRAP = Path("/usr/bin/bwrap")
LIMITS = Limits(
    cpu_s=1.0, wall_s=2.5, memory_mib=128, processes=24, scratch_mib=24, file_mib=16, output_kib=64
)  # small, so that the whole suite is quick

pytestmark = pytest.mark.skipif(not BWRAP.exists(), reason="bubblewrap is not installed")


@pytest.fixture(scope="module")
def backend(tmp_path_factory):
    libraries = tmp_path_factory.mktemp("libraries")
    return BwrapBackend(bwrap=str(BWRAP), base=cgroups.found(), runtimes=found_runtimes(libraries=libraries))


@pytest.mark.parametrize("name", CASES)
def test_hostile_program_is_contained(backend, name):
    case = CASES[name]
    files = (BoxFile(path="main.py", content=case["program"].encode()),)
    # On a busy machine a second of computing takes longer: only what idles is to meet the clock.
    limits = LIMITS if "WALL" in case["expect"] else structs.replace(LIMITS, wall_s=15.0)
    step = RunStep(id="attack", entry="main.py", limits=limits)
    result = backend.run(Job(runtime="python", files=files, steps=(step,))).steps[0]
    shown = (result.detail, result.exit_code, result.stdout[-200:], result.stderr[-400:])
    assert result.status in case["expect"], (result.status, *shown)
    if "prints" in case:
        assert result.stdout.decode().strip() == case["prints"], shown


def test_hostile_suite_is_large_enough():
    assert len(CASES) >= 80
