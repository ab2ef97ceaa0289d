import pytest

from assay.grading.errors import TaskError
from assay.grading.folder import digest_of, files_under, read_task, task_from
from assay.grading.model import Family
from tests.grading.conftest import TASK_YAML, folder_files


def test_good_folder_becomes_a_task(task_folder):
    task = read_task(folder=task_folder())
    assert task.slug == "running-total"
    assert task.family is Family.EXERCISE
    assert task.points == 3
    assert set(task.groups) == {"examples", "ordinary", "edges"}
    assert task.wrong_files["off_by_one"]["solution.py"] != task.reference["solution.py"]
    assert task.kinds == ("Tests",)


@pytest.mark.parametrize(
    ("changes", "message"),
    [
        ({"task.yaml": None}, r"^task\.yaml: is missing$"),
        ({"statement.md": None}, r"^statement\.md: is missing$"),
        ({"statement.md": b"\xff\xfe\x00"}, r"^statement\.md: is not UTF-8$"),
        ({"hidden/cases.py": None}, r"^task\.yaml, line 10: hidden/cases\.py is missing$"),
        ({"reference/solution.py": None}, r"^task\.yaml, line 9: reference/solution\.py is missing"),
        ({"wrong/too_slow/solution.py": None}, r"^task\.yaml, line 29: wrong/too_slow/ is missing$"),
        ({"wrong/more/solution.py": "x"}, r"^task\.yaml, line 20: wrong/more/ is not named in task\.yaml$"),
        ({"task.yaml": TASK_YAML.replace("minutes: 10", "minutes: ten")}, r"^task\.yaml, line 5: Expected `int`"),
        ({"task.yaml": TASK_YAML.replace("minutes: 10", "minutes: 0")}, r"^task\.yaml, line 5: minutes run from"),
        ({"task.yaml": TASK_YAML.replace("level: 2", "level: 9")}, r"^task\.yaml, line 6: a level runs"),
        ({"task.yaml": TASK_YAML.replace("points: 2", "punkte: 2")}, r"^task\.yaml, line 17: .*unknown field `punkte`"),
        ({"task.yaml": TASK_YAML.replace("fails: [edges]", "fails: [edge]")}, r"^task\.yaml, line 27: there is no gr"),
        ({"task.yaml": TASK_YAML + "level: 3\n"}, r"^task\.yaml, line 33: 'level' stands here twice$"),
        ({"task.yaml": "title: [a\nsummary: b\n"}, r"^task\.yaml, line 2: this is not YAML"),
        ({"task.yaml": "just words"}, r"^task\.yaml, line 1: Expected `object`, got `str`"),
        ({"task.yaml": ""}, r"^task\.yaml: Expected `object`, got `null`"),
    ],
)
def test_bad_folder_is_named_with_file_and_line(task_folder, changes, message):
    with pytest.raises(TaskError, match=message):
        read_task(folder=task_folder(**changes))


def test_two_wrong_solutions_are_too_few(task_folder):
    yaml = TASK_YAML[: TASK_YAML.index("  too_slow")]
    with pytest.raises(TaskError, match="line 20: 3 wrong solutions are needed, 2 are there"):
        read_task(folder=task_folder(**{"task.yaml": yaml, "wrong/too_slow/solution.py": None}))


def test_links_out_of_the_folder_are_refused(task_folder):
    root = task_folder()
    (root / "given").symlink_to("/etc/hostname")
    with pytest.raises(TaskError, match=r"^given: links out"):
        files_under(root)


def test_digest_follows_content_and_not_the_order():
    files = {name: text.encode() for name, text in folder_files().items()}
    backwards = dict(reversed(files.items()))
    assert task_from(slug="a", files=files).digest == task_from(slug="b", files=backwards).digest
    assert digest_of(files) != digest_of({**files, "statement.md": b"other"})
    # A byte cannot wander from a name into a content unseen.
    assert digest_of({"a": b"bc"}) != digest_of({"ab": b"c"})
