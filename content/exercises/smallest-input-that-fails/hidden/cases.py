"""Yields the cases for a seed: who is guilty, and where."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "probe:shrunk", "args": [[1, 3, 5, 7, 9], "together", [3, 7]], "expect": [3, 7]}
    yield {"group": "examples", "call": "probe:verdict", "args": [[4, 2, 9, 1], "together", [9, 4]], "expect": "minimal"}
    items = rng.sample(range(1, 500), 60)
    for count in (1, 2, 5):
        yield {"group": "minimal", "call": "probe:verdict", "args": [items, "together", rng.sample(items, count)], "expect": "minimal"}
    # What can be taken out only from its end: whoever goes through once leaves most of it.
    links = rng.sample(range(100, 300), rng.randrange(10, 16))
    for others in ([], rng.sample(range(400, 500), 4)):
        rows = [*links[:5], *others, *links[5:], 7]
        yield {"group": "minimal", "call": "probe:shrunk", "args": [rows, "chain", [7, *links]], "expect": [7]}
    for _ in range(2):
        guilty = rng.sample(items, 4)
        yield {"group": "same_failure", "call": "probe:verdict", "args": [items, "either", guilty], "expect": "minimal"}
    yield {"group": "order", "call": "probe:verdict", "args": [rng.sample(range(1, 80), 40) + [500, 90], "together", [90, 500]], "expect": "minimal"}
    long = rng.sample(range(1, 9000), 2000)
    for count in (1, 3):
        yield {"group": "asks_little", "call": "probe:asks_little", "args": [long, "together", rng.sample(long, count), 330], "expect": [True, True]}
    yield {"group": "edges", "call": "probe:shrunk", "args": [[rng.randrange(9)], "always", [0]], "expect": []}
    yield {"group": "edges", "call": "probe:shrunk", "args": [[7, 5], "always", [0]], "expect": []}
    yield {"group": "edges", "call": "probe:shrunk", "args": [[5], "together", [5]], "expect": [5]}
    yield {"group": "edges", "call": "probe:shrunk", "args": [[1, 2], "together", [5]], "raises": "ValueError"}
