"""What ships as tasks is whole, measures what the map knows, and a first one proves itself in the box."""

import shutil

import pytest

from assay.competencies.catalogue import shipped_catalogue
from assay.core.content import content_path
from assay.grading.check import check_task
from assay.grading.folder import read_task
from assay_runner.local import local_backend

FOLDERS = sorted(path.parent for path in content_path().glob("work_samples/*/task.yaml"))
KNOWN = frozenset(one.id for one in shipped_catalogue().competencies)


@pytest.mark.parametrize("folder", FOLDERS, ids=lambda one: one.name)
def test_work_sample_is_whole(folder):
    task = read_task(folder=folder)
    assert task.family == "work_sample"
    assert set(task.loadings) <= KNOWN
    assert len(task.statement) >= 300
    assert len(task.wrong) >= 3


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")
def test_forecast_proves_itself():
    task = read_task(folder=content_path() / "work_samples" / "shop-forecast")
    findings = check_task(task=task, run=local_backend(is_author=True).run, competencies=KNOWN, seeds=(3,))
    assert [finding for finding in findings if not finding.is_met] == []
    assert len(findings) >= 10
