"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "interval", "args": [[1, 0, 1], [1, 1, 1], ["x", "x", "y"], [[0, 1], [0, 0], [1, 1]]], "expect": {"difference": 1 / 3, "low": 0.0, "high": 0.5}}
    for rows in (40, 90):
        a = [int(rng.random() < 0.7) for _ in range(rows)]
        b = [x if rng.random() < 0.7 else 1 - x for x in a]
        single = [f"c{n}" for n in range(rows)]
        yield {"group": "paired", "call": "interval", "args": [a, b, single, [[rng.randrange(rows) for _ in range(rows)] for _ in range(200)]]}
    for rows, customers in ((60, 9), (120, 25)):
        names = [f"c{n}" for n in range(customers)] + [f"c{min(int(rng.expovariate(0.2)), customers - 1)}" for _ in range(rows - customers)]
        rng.shuffle(names)
        a = [int(rng.random() < 0.6) for _ in range(rows)]
        b = [x if rng.random() < 0.6 else 1 - x for x in a]
        yield {"group": "clusters", "call": "interval", "args": [a, b, names, [[rng.randrange(customers) for _ in range(customers)] for _ in range(150)]]}
    same = [rng.randrange(2) for _ in range(12)]
    yield {"group": "edges", "call": "interval", "args": [same, same, list("aabbccddeeff"), [[0, 5], [2, 2], [1, 3]]], "expect": {"difference": 0.0, "low": 0.0, "high": 0.0}}
    yield {"group": "edges", "call": "interval", "args": [[0, 1, 0, 0], [1, 1, 1, 0], [7, 7, 7, 7], [[0]]], "expect": {"difference": 0.5, "low": 0.5, "high": 0.5}}
