"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "survival", "args": [[[0, 2, True], [0, 3, False], [0, 5, True]]]}

    def people(count, entry, leaving):
        rows = []
        for _ in range(count):
            start = rng.randrange(0, 6) if entry else 0
            rows.append([start, start + rng.randrange(1, 15), rng.random() < leaving])
        return rows

    for count, leaving in ((12, 0.6), (40, 0.5), (60, 0.9)):
        yield {"group": "curve", "call": "survival", "args": [people(count, False, leaving)]}
    yield {"group": "curve", "call": "survival", "args": [[[0, 4, True], [0, 4, False], [0, 4, True], [0, 7, True]]]}
    yield {"group": "curve", "call": "survival", "args": [[[0, 3, False]]], "expect": {"curve": [], "median": None}}
    for count in (30, 60):
        yield {"group": "late_entry", "call": "survival", "args": [[[0, 30, False], *people(count, True, 0.6)]]}
    yield {"group": "late_entry", "call": "survival", "args": [[[0, 5, True], [5, 9, True], [4, 6, False], [0, 9, False]]]}
    yield {"group": "median", "call": "survival", "args": [[[0, n + 1, n < 2] for n in range(4)]]}
    yield {"group": "median", "call": "survival", "args": [[[0, 1, True], *[[0, 2, False] for _ in range(5)]]]}
    yield {"group": "median", "call": "survival", "args": [[[0, n + 1, True] for n in range(10)]]}
    yield {"group": "median", "call": "survival", "args": [[]], "expect": {"curve": [], "median": None}}
