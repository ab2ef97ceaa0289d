"""Yields the cases for a seed; points on a coarse grid, so that ties occur and sums are exact."""

import random


def cases(seed):
    rng = random.Random(seed)

    def cloud(count, k, width=2):
        middles = [[rng.randrange(-20, 20) for _ in range(width)] for _ in range(k)]
        return [[value + rng.randrange(-12, 13) / 4 for value in rng.choice(middles)] for _ in range(count)]

    yield {"group": "examples", "call": "run", "args": [[[0], [1], [10]], [[0], [1]], 10], "expect": [[[0.5], [10.0]], [0, 0, 1], 0.5]}
    yield {"group": "steps", "call": "nearest", "args": [[1.0], [[0.0], [2.0], [1.5]]], "expect": 2}
    yield {"group": "steps", "call": "nearest", "args": [[1.0], [[3.0], [0.0], [2.0]]], "expect": 1}
    for k in (2, 3):
        points = cloud(12, k)
        numbers = [n % k for n in range(12)]
        yield {"group": "steps", "call": "moved", "args": [points, numbers, points[:k]]}
    yield {"group": "empty", "call": "moved", "args": [[[0.0], [1.0], [9.0], [30.0]], [0, 0, 0, 1], [[2.0], [30.5], [500.0]]], "expect": [[10 / 3], [30.0], [9.0]]}
    yield {"group": "empty", "call": "moved", "args": [[[0.0], [1.0], [9.0], [7.0]], [0, 0, 0, 0], [[2.0], [50.0], [-70.0]]], "expect": [[4.25], [9.0], [7.0]]}
    yield {"group": "stop", "call": "run", "args": [[[0.0], [4.0], [5.0], [9.0]], [[0.0], [1.0]], 1], "expect": [[[0.0], [6.0]], [0, 1, 1, 1], 14.0]}
    yield {"group": "stop", "call": "run", "args": [[[0.0], [3.0], [4.0], [20.0]], [[0.0], [1.0]], 1], "expect": [[[0.0], [9.0]], [0, 0, 0, 1], 146.0]}
    for k in (2, 4):
        points = cloud(40, k + 1)
        yield {"group": "stop", "call": "run", "args": [points, points[:k], 50]}
    for _ in range(2):
        points = cloud(30, 4)
        yield {"group": "best", "call": "best", "args": [points, [rng.sample(points, 4) for _ in range(8)], 20]}
    yield {"group": "best", "call": "best", "args": [[[0.0], [1.0], [8.0], [9.0]], [[[0.0], [9.0]], [[9.0], [0.0]], [[0.0], [1.0]]], 9], "expect": [[[0.5], [8.5]], [0, 0, 1, 1], 1.0]}
