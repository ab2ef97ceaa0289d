"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "sessions", "args": [[["a", 0, None, 0], ["a", 50, "mail", 5], ["a", 70, "ad", 0], ["a", 500, None, 1]], 100], "expect": [["a", 0, 50, 2, "mail", 5], ["a", 70, 0, 1, "ad", 0], ["a", 500, 0, 1, None, 1]]}

    def clicks(count, users, span):
        return [[f"u{rng.randrange(users)}", rng.randrange(span), rng.choice((None, None, None, "mail", "ad", "search")), rng.choice((0, 0, 0, 7, 12.5))] for _ in range(count)]

    for users, span, gap in ((3, 4000, 60), (8, 9000, 200)):
        events = sorted({(one[0], one[1]): one for one in clicks(90, users, span)}.values(), key=lambda one: (one[0], one[1]))
        yield {"group": "cuts", "call": "sessions", "args": [events, gap]}
    yield {"group": "cuts", "call": "sessions", "args": [[["a", 0, None, 1], ["a", 100, None, 2], ["a", 201, None, 3], ["b", 202, None, 4]], 100]}
    yield {"group": "cuts", "call": "sessions", "args": [[["a", 0, "ad", 0], ["a", 10, None, 0], ["a", 20, "ad", 0], ["a", 30, "mail", 0], ["a", 40, "ad", 0]], 100]}
    for users, span in ((2, 60), (4, 90)):
        yield {"group": "order", "call": "sessions", "args": [clicks(120, users, span), 3]}
    yield {"group": "order", "call": "sessions", "args": [[], 3], "expect": []}
    yield {"group": "fast", "call": "many:count", "args": [rng.randrange(9999)]}
