"""The task that `assay task new` begins with: small, whole, and it proves itself."""

from assay.grading.model import Files

_TASK = """\
title: Running total
summary: Add up a list as it goes along.
family: exercise            # or work_sample
runtime: python             # see: assay task runtimes
minutes: 10
level: 1                    # 1 to 5: who has an even chance of most of the points
competencies:               # how strongly the task shows each, 0 to 1; ids of the competency map
  python: 0.8
entry: solution.py
groups:
  examples:
    about: Handles the cases of the statement
    visible: true           # the candidate sees these while working
    points: 0
  ordinary:
    about: Handles lists of any length
    points: 2
  edges:
    about: Handles the empty list and leaves its input as it was
wrong:                      # at least three mistakes that the task must catch, and where
  one_late:
    verdict: WA
    fails: [examples, ordinary]
    note: Leaves out the first element
  forgets_empty:
    verdict: RE
    fails: [edges]
    note: Reads the first element of an empty list
  never_ends:
    verdict: CPU
    fails: [ordinary]
    note: Loops for ever on long lists
limits: {cpu_s: 2}
"""

_CASES = '''\
"""Yields the cases for a seed. What is right is taken from reference/ unless a case says what to expect."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "running_total", "args": [[1, 2, 3]]}
    for length in (2, 7, 40):
        yield {"group": "ordinary", "call": "running_total", "args": [[rng.randrange(-50, 50) for _ in range(length)]]}
    yield {"group": "edges", "call": "running_total", "args": [[]], "expect": []}
'''

_RIGHT = """\
def running_total(values):
    totals = []
    for value in values:
        totals.append(value + (totals[-1] if totals else 0))
    return totals
"""

TEMPLATE: Files = {
    "task.yaml": _TASK.encode(),
    "statement.md": b"# Running total\n\nWrite `running_total(values)`, which yields the sums so far: "
    b"`[1, 2, 3]` gives `[1, 3, 6]`.\n",
    "starter/solution.py": b"def running_total(values):\n    ...\n",
    "hidden/cases.py": _CASES.encode(),
    "reference/solution.py": _RIGHT.encode(),
    "wrong/one_late/solution.py": _RIGHT.replace("in values", "in values[1:]").encode(),
    "wrong/forgets_empty/solution.py": _RIGHT.replace("totals = []", "totals = [values[0] - values[0]][1:]").encode(),
    "wrong/never_ends/solution.py": b"def running_total(values):\n    while len(values) > 5:\n        pass\n"
    b"    return [sum(values[: place + 1]) for place in range(len(values))]\n",
}
