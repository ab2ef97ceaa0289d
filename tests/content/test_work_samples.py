"""What ships as tasks is whole, measures what the map knows, and the cheapest of them prove themselves in the box.

All of them are proved by ``assay task check content/exercises content/work_samples``.
"""

import shutil

import pytest

from assay.competencies.catalogue import shipped_catalogue
from assay.core.content import content_path
from assay.grading.check import check_task
from assay.grading.folder import FEWEST_WRONG, read_task
from assay.grading.model import Family
from assay_runner.local import local_backend

SAMPLES = content_path() / "work_samples"
FOLDERS = sorted(path.parent for path in SAMPLES.glob("*/task.yaml"))
KNOWN = frozenset(one.id for one in shipped_catalogue().competencies)
PROVED = ("shop-forecast", "review-a-pull-request", "explain-to-the-board")


def test_folders_are_tasks_whole():
    assert [path.name for path in sorted(SAMPLES.iterdir()) if path.is_dir()] == [path.name for path in FOLDERS]
    assert len(FOLDERS) >= 16


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_work_sample_is_whole(folder):
    task = read_task(folder=folder)
    assert task.family is Family.WORK_SAMPLE
    assert sorted(set(task.loadings) - KNOWN) == []
    assert len(task.statement) >= 300
    assert 30 <= task.minutes <= 180
    assert len(task.wrong) >= FEWEST_WRONG
    assert 1 <= len(task.viva) <= 5


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_work_sample_leaves_to_people_what_people_rate(folder):
    """A right figure is no evidence of clear writing: what a text shows is not also shown by points."""
    task = read_task(folder=folder)
    rated = {part.competency for part in task.written}
    assert sorted(rated - KNOWN) == []
    assert sorted(rated & set(task.loadings)) == []
    assert sorted({part.file for part in task.written} - set(task.starter)) == []
    assert sorted({part.file for part in task.written} - set(task.reference)) == []


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
@pytest.mark.parametrize("name", PROVED)
def test_work_sample_proves_itself(name):
    task = read_task(folder=SAMPLES / name)
    findings = check_task(task=task, run=local_backend(is_author=True).run, competencies=KNOWN, seeds=(3,))
    assert [finding for finding in findings if not finding.is_met] == []
    assert len(findings) >= 10
