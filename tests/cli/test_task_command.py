"""``assay task`` as an author meets it: real folders, real boxes."""

import json
import shutil

import pytest

from assay.cli.main import main

pytestmark = pytest.mark.skipif(shutil.which("bwrap") is None, reason="bubblewrap is not installed")

HUMANEVAL = {
    "task_id": "HumanEval/900",
    "prompt": 'import math\n\ndef offset():\n    return 1\n\n\ndef area(r):\n    """ Area of a circle.\n    """\n',
    "canonical_solution": "    return math.pi * r * r + offset() - 1\n",
    "entry_point": "area",
    "test": "def check(candidate):\n    assert abs(candidate(1) - math.pi) < 1e-9\n    assert offset() == 1\n",
}
MBPP = {
    "task_id": 7,
    "text": "Write a function to swap a pair.",
    "code": "def swap(pair):\n    a, b = pair\n    return (b, a)",
    "test_list": ["assert swap((1, 2)) == (2, 1)", "assert swap(('a', 'b')) == ('b', 'a')"],
    "test_setup_code": "",
    "challenge_test_list": [],
}


@pytest.fixture
def begun(tmp_path, capsys):
    folder = tmp_path / "running-total"
    assert main(["task", "new", str(folder)]) == 0
    capsys.readouterr()
    return folder


def test_new_task_proves_itself(begun, capsys):
    assert main(["task", "check", "--quick", str(begun)]) == 0
    assert "1 of 1 tasks prove themselves." in capsys.readouterr().out


def test_new_does_not_write_over_a_folder(begun, capsys):
    assert main(["task", "new", str(begun)]) == 2
    assert "is there already; nothing was changed" in capsys.readouterr().err


def test_mistake_that_is_not_caught_is_named(begun, capsys):
    shutil.copy(begun / "reference" / "solution.py", begun / "wrong" / "one_late" / "solution.py")
    assert main(["task", "check", "--quick", str(begun)]) == 1
    out = capsys.readouterr().out
    assert "wrong/one_late is caught as WA (seed 1): examples passed; ordinary passed" in " ".join(out.split())


@pytest.mark.parametrize(
    ("spoil", "words"),
    [
        (lambda f: (f / "statement.md").unlink(), "statement.md: is missing"),
        (lambda f: (f / "hidden/cases.py").write_text("def cases(seed):\n    1 / 0\n"), "the generator failed: Zero"),
        (lambda f: (f / "hidden/cases.py").write_text("def cases(s):\n    yield {'group': 'x'}\n"), "no group 'x'"),
        (lambda f: (f / "reference" / "solution.py").write_text("def running_total(v):\n    return 1 / 0\n"),
         "the reference solution fails case"),
    ],
)  # fmt: skip
def test_task_that_cannot_be_used_is_named(begun, capsys, spoil, words):
    spoil(begun)
    assert main(["task", "check", "--quick", str(begun)]) == 1
    assert words in " ".join(capsys.readouterr().out.split())


def test_hand_in_is_graded(begun, capsys):
    assert main(["task", "try", str(begun), str(begun / "reference"), "--json"]) == 0
    marks = json.loads(capsys.readouterr().out)
    assert (marks["status"], marks["earned"], marks["points"]) == ("OK", 3, 3)
    assert main(["task", "try", str(begun), str(begun / "wrong" / "forgets_empty" / "solution.py")]) == 1
    assert "2 of 3 points" in capsys.readouterr().out


def test_collections_become_tasks_that_prove_themselves(tmp_path, capsys):
    broken = {**HUMANEVAL, "task_id": "HumanEval/901", "canonical_solution": "    return 0\n"}
    lines = [json.dumps(HUMANEVAL), json.dumps(broken), json.dumps(MBPP), "{", '"words"', '{"task_id": "x"}']
    (tmp_path / "collection.jsonl").write_text("\n".join(lines))
    out = tmp_path / "out"
    assert main(["task", "import", str(tmp_path / "collection.jsonl"), "--out", str(out)]) == 1
    assert sorted(folder.name for folder in out.iterdir()) == ["7", "humaneval-900"]
    said = " ".join(capsys.readouterr().out.split())
    assert "2 of 6 exercises stand in" in said
    assert "not HumanEval/901: its canonical solution does not pass" in said
    assert "line 4 is not JSON" in said or "not 4: the line is no JSON object" in said
    assert main(["task", "try", str(out / "7"), str(out / "7" / "reference")]) == 0


def test_exercism_folder_becomes_a_task(tmp_path, capsys):
    folder = tmp_path / "track" / "exercises" / "practice" / "two-fer"
    for name, text in {
        ".meta/config.json": json.dumps(
            {"files": {"solution": ["two_fer.py"], "test": ["two_fer_test.py"], "example": [".meta/example.py"]}}
        ),
        ".docs/instructions.md": "# Instructions\n\nShare a cookie.\n",
        ".meta/example.py": "def two_fer(name='you'):\n    return f'One for {name}, one for me.'\n",
        "two_fer.py": "def two_fer(name):\n    pass\n",
        "two_fer_test.py": "import unittest\nfrom two_fer import two_fer\n\n\nclass TwoFerTest(unittest.TestCase):\n"
        "    def test_no_name(self):\n        self.assertEqual(two_fer(), 'One for you, one for me.')\n",
    }.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)
    out = tmp_path / "out"
    assert main(["task", "import", str(tmp_path / "track"), "--out", str(out)]) == 0
    assert "Share a cookie." in (out / "two-fer" / "statement.md").read_text()
    (tmp_path / "wrong.py").write_text("def two_fer(name='you'):\n    return f'One for {name}'\n")
    assert main(["task", "try", str(out / "two-fer"), str(tmp_path / "wrong.py")]) == 1


@pytest.mark.parametrize("argument", ["nothing.jsonl", "."])
def test_what_is_no_collection_is_said_in_one_line(tmp_path, monkeypatch, capsys, argument):
    monkeypatch.chdir(tmp_path)
    assert main(["task", "import", argument, "--out", str(tmp_path / "out")]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_runtimes_are_listed(capsys):
    assert main(["task", "runtimes"]) == 0
    assert "python" in capsys.readouterr().out
