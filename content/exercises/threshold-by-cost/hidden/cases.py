"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)

    def rows(count, digits):
        labels = [int(rng.random() < 0.3) for _ in range(count)]
        return [round(min(max(rng.gauss(0.35 + 0.3 * one, 0.2), 0), 1), digits) for one in labels], labels

    yield {"group": "examples", "call": "threshold", "args": [[0.9, 0.8, 0.3], [1, 0, 1], 5, 1, None], "expect": [0.3, 1]}
    yield {"group": "examples", "call": "threshold", "args": [[0.9, 0.8, 0.3], [1, 0, 1], 5, 1, 2], "expect": [0.9, 5]}
    for miss, alarm in ((5, 1), (1, 3), (2, 2)):
        yield {"group": "cost", "call": "threshold", "args": [*rows(120, 6), miss, alarm, None]}
    yield {"group": "cost", "call": "threshold", "args": [[0.5, 0.4], [0, 0], 9, 1, None], "expect": [None, 0]}
    yield {"group": "cost", "call": "threshold", "args": [[], [], 9, 1, None], "expect": [None, 0]}
    yield {"group": "cost", "call": "threshold", "args": [*rows(100_000, 9), 4, 1, 30_000]}
    for miss in (2, 3, 6):
        yield {"group": "ties", "call": "threshold", "args": [*rows(80, 1), miss, 1, None]}
    yield {"group": "ties", "call": "threshold", "args": [[0.7, 0.7, 0.7, 0.2], [1, 0, 0, 1], 3, 1, 2], "expect": [None, 6]}
    for capacity in (0, 1, 7, 19):
        yield {"group": "capacity", "call": "threshold", "args": [rng.sample(range(1000), 60), rows(60, 6)[1], 8, 1, capacity]}
