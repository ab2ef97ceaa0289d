import pytest

TASK_YAML = """\
title: Running total
summary: Add up a list as it goes.
family: exercise
runtime: python
minutes: 10
level: 2
competencies:
  python: 0.8
entry: solution.py
groups:
  examples:
    about: The cases of the statement
    visible: true
    points: 0
  ordinary:
    about: Lists of ordinary length
    points: 2
  edges:
    about: Empty and one-element lists
wrong:
  off_by_one:
    verdict: WA
    fails: [examples, ordinary, edges]
    note: Starts one element late
  forgets_empty:
    verdict: RE
    fails: [edges]
    note: Reads the first element of an empty list
  too_slow:
    verdict: CPU
    fails: [ordinary]
    note: Adds everything up again for each element
"""

CASES = """\
def cases(seed):
    import random
    rng = random.Random(seed)
    yield {"group": "examples", "call": "running_total", "args": [[1, 2, 3]]}
    yield {"group": "ordinary", "call": "running_total", "args": [[rng.randrange(100) for _ in range(20)]]}
    yield {"group": "edges", "call": "running_total", "args": [[]]}
"""


def folder_files():
    good = "def running_total(values):\n    total, out = 0, []\n    for v in values:\n        total += v\n"
    good += "        out.append(total)\n    return out\n"
    return {
        "task.yaml": TASK_YAML,
        "statement.md": "# Running total\n\nYield the running total.\n",
        "starter/solution.py": "def running_total(values):\n    ...\n",
        "hidden/cases.py": CASES,
        "reference/solution.py": good,
        "wrong/off_by_one/solution.py": good.replace("values:", "values[1:]:"),
        "wrong/forgets_empty/solution.py": good.replace("total, out = 0", "total, out = values[0] * 0"),
        "wrong/too_slow/solution.py": "def running_total(values):\n    while len(values) > 5:\n        pass\n"
        "    return [sum(values[: i + 1]) for i in range(len(values))]\n",
    }


@pytest.fixture
def task_folder(tmp_path):
    """A good task folder; call with changed files, None to leave one out."""

    def make(**changes):
        root = tmp_path / "running-total"
        for name, content in {**folder_files(), **changes}.items():
            if content is not None:
                path = root / name
                path.parent.mkdir(parents=True, exist_ok=True)
                path.write_bytes(content if isinstance(content, bytes) else content.encode())
        return root

    return make
