"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "fuse", "args": [[["a", "b"], ["b", "c"]], [1, 1], 60, {}, 1, 3], "expect": [["b", 1 / 62 + 1 / 61], ["a", 1 / 61], ["c", 1 / 62]]}
    names = [f"d{n:02d}" for n in range(30)]
    for weights in ([1, 1, 1], [0.5, 2, 1]):
        lists = [rng.sample(names, 15) for _ in weights]
        yield {"group": "fusion", "call": "fuse", "args": [lists, weights, 20, {}, 1, 12]}
    yield {"group": "fusion", "call": "fuse", "args": [[["x", "y"], ["y", "x"], ["z"]], [1, 1, 1], 1, {}, 1, 5]}
    yield {"group": "fusion", "call": "fuse", "args": [[], [], 60, {}, 1, 5], "expect": []}
    for _ in range(2):
        lists = [[rng.choice(names[:9]) for _ in range(18)] for _ in range(2)]
        yield {"group": "repeats", "call": "fuse", "args": [lists, [1, 0.7], 5, {}, 1, 20]}
    for limit in (1, 2):
        lists = [rng.sample(names, 20) for _ in range(2)]
        sources = {name: f"s{rng.randrange(4)}" for name in names if rng.random() < 0.8}
        yield {"group": "diverse", "call": "fuse", "args": [lists, [1, 1], 10, sources, limit, 9]}
    yield {"group": "diverse", "call": "fuse", "args": [[["a", "b", "c"]], [1], 10, {"a": "b", "c": "b"}, 1, 3]}
