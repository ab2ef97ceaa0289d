"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)

    def rows(count, digits):
        scores = [round(rng.gauss(0, 2), digits) for _ in range(count)]
        return [scores, [int(rng.random() < 0.5 + 0.12 * min(max(score, -4), 4)) for score in scores]]

    yield {"group": "examples", "call": "fit", "args": [[1, 2, 3, 4], [0, 1, 0, 1]], "expect": [[1, 0], [2, 0.5], [3, 0.5], [4, 1]]}
    yield {"group": "examples", "call": "calibrate", "args": [[[1, 0], [2, 0.5], [3, 0.5], [4, 1]], [0, 1.5, 9]], "expect": [0, 0.25, 1]}
    for count in (15, 60, 300):
        yield {"group": "pools", "call": "fit", "args": rows(count, 9)}
    yield {"group": "pools", "call": "fit", "args": [[5, 4, 3, 2, 1], [0, 0, 1, 1, 1]]}
    yield {"group": "pools", "call": "fit", "args": [[], []], "expect": []}
    sizes = ((1, 5, 3), (2, 5, 4), (3, 10, 1), (4, 4, 3))
    whole = [(score, int(n < ones)) for score, rows_of, ones in sizes for n in range(rows_of)]
    rng.shuffle(whole)
    yield {"group": "ties", "call": "fit", "args": [[score for score, _ in whole], [label for _, label in whole]]}
    for count in (30, 120):
        yield {"group": "ties", "call": "fit", "args": rows(count, 0)}
    for _ in range(3):
        points = sorted(rng.sample(range(100), 6))
        values = sorted(round(rng.random(), 3) for _ in points)
        yield {"group": "between", "call": "calibrate", "args": [[list(pair) for pair in zip(points, values)], [rng.uniform(-20, 120) for _ in range(12)] + points]}
    yield {"group": "between", "call": "calibrate", "args": [[], [1, 2]], "expect": [0.5, 0.5]}
    long = [float(n) for n in range(100_000)]
    yield {"group": "long", "call": "calibrate", "args": [[[0.0, 0.0], [1.0, 1.0]], [n / 100_000 for n in range(100_000)]]}
    yield {"group": "long", "call": "fit", "args": [long, [int(n < 50_000) for n in range(100_000)]]}
