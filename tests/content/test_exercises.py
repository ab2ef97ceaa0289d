import shutil

import pytest

from assay.competencies.catalogue import shipped_catalogue
from assay.core.content import content_path
from assay.grading.check import check_task
from assay.grading.folder import FEWEST_WRONG, read_task
from assay.grading.model import Family
from assay_runner.local import local_backend

EXERCISES = content_path() / "exercises"
KNOWN = frozenset(one.id for one in shipped_catalogue().competencies)
FOLDERS = sorted(path.parent for path in EXERCISES.glob("*/task.yaml"))
COUNTED = [folder for folder in FOLDERS if not read_task(folder=folder).practice]
# On a busy machine a planted endless loop runs out of wall time before it runs out of processor time.
PROVED = [
    folder
    for folder in COUNTED
    if (task := read_task(folder=folder)).runtime == "python"
    and "CPU" not in {wrong.verdict for wrong in task.wrong.values()}
][:2]


def test_folders_are_tasks_whole():
    assert [path.name for path in sorted(EXERCISES.iterdir()) if path.is_dir()] == [path.name for path in FOLDERS]
    assert len(FOLDERS) - len(COUNTED) == 1, "one practice task, the rest count"


@pytest.mark.parametrize("folder", COUNTED, ids=lambda folder: folder.name)
def test_exercise_reads_and_says_what_it_measures(folder):
    task = read_task(folder=folder)
    assert task.family is Family.EXERCISE
    assert sorted(set(task.loadings) - KNOWN) == []
    assert len(task.statement) >= 300
    assert 10 <= task.minutes <= 30
    assert 1 <= task.level <= 4
    assert task.ai == "recorded"
    assert 1 <= len(task.viva) <= 2


@pytest.mark.parametrize("folder", COUNTED, ids=lambda folder: folder.name)
def test_exercise_plants_mistakes_and_hides_groups(folder):
    task = read_task(folder=folder)
    assert len(task.wrong) >= FEWEST_WRONG
    assert [group.points for group in task.groups.values() if group.visible] == [0]
    hidden = {name for name, group in task.groups.items() if not group.visible}
    assert len(hidden) >= 2
    # A group that no planted mistake fails shows nothing.
    assert sorted(hidden - {name for wrong in task.wrong.values() for name in wrong.fails}) == []
    assert task.starter != task.reference


@pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed: no box to prove tasks in")
@pytest.mark.parametrize("folder", PROVED, ids=lambda folder: folder.name)
def test_exercise_proves_itself_in_the_box(folder):
    findings = check_task(
        task=read_task(folder=folder), run=local_backend(is_author=True).run, competencies=KNOWN, seeds=(3,)
    )
    assert [finding for finding in findings if not finding.is_met] == []
    assert len(findings) >= 10
