"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "intervals", "args": [[1, 2, 4], [1, 1, 1], [1, 1, 2], [10], [1], "0.25"], "expect": [[8.5, 11.5]]}
    for n, miss in ((9, "0.1"), (19, "0.1"), (30, "0.2"), (50, "0.05"), (99, "0.3"), (29, "0.3")):
        truth = [round(rng.gauss(0, 3), 3) for _ in range(n)]
        yield {"group": "width", "call": "intervals", "args": [truth, [0.5] * n, [1.0] * n, [1.0, -2.0], [1.0, 1.0], miss]}
    for n in (25, 40):
        hard = [round(rng.uniform(0.2, 4), 3) for _ in range(n)]
        truth = [round(2 + rng.gauss(0, one), 3) for one in hard]
        yield {"group": "scaled", "call": "intervals", "args": [truth, [2.0] * n, hard, [1.0, 5.0, 0.0], [0.3, 2.0, 1.0], "0.1"]}
    few = rng.randrange(3, 9)
    yield {"group": "edges", "call": "intervals", "args": [[1.0] * few, [0.0] * few, [1.0] * few, [1.0, 2.0], [1.0, 1.0], "0.1"], "expect": [[None, None]] * 2}
    yield {"group": "edges", "call": "intervals", "args": [[], [], [], [3.0], [1.0], "0.5"], "expect": [[None, None]]}
    yield {"group": "edges", "call": "intervals", "args": [[4.0], [1.0], [1.0], [0.0], [1.0], "0.5"], "expect": [[-3.0, 3.0]]}
