"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "features", "args": [[["a", 1, 4, 1], ["a", 8, 6, 8], ["a", 10, 5, 10]], 1], "expect": [[None, None, 0], [4, 4.0, 1], [None, 5.0, 2]]}

    def rows(shops, days, open_share, late):
        found = []
        for shop in shops:
            for day in range(days):
                if rng.random() < open_share:
                    sales = rng.randrange(1, 90) if rng.random() < 0.9 else None
                    found.append([shop, day, sales, day + (rng.randrange(9) if late else 0)])
        return found

    for share in (0.7, 0.4):
        yield {"group": "calendar", "call": "features", "args": [rows(["a"], 70, share, False), 1]}
    mixed = rows(["a", "b", "c"], 45, 0.8, False)
    rng.shuffle(mixed)
    yield {"group": "own", "call": "features", "args": [mixed, 1]}
    yield {"group": "own", "call": "features", "args": [[["x", 7, 3, 7], ["y", 14, 9, 14], ["x", 14, 5, 14], ["y", 7, None, 7]], 2]}
    yield {"group": "own", "call": "features", "args": [[], 1], "expect": []}
    for delay in (1, 3, 7):
        yield {"group": "late", "call": "features", "args": [rows(["a", "b"], 50, 0.9, True), delay]}
