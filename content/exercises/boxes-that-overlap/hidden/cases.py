"""Yields the cases for a seed: boxes on a coarse grid, so that equal overlaps occur."""

import random


def cases(seed):
    rng = random.Random(seed)

    def box(wide=6, side=4):
        left, top = rng.randrange(wide), rng.randrange(wide)
        return [left, top, left + rng.randrange(1, side + 1), top + rng.randrange(1, side + 1)]

    def near(one):
        return [one[0] + rng.randrange(2) / 2, one[1] + rng.randrange(2) / 2, one[2] + rng.randrange(2) / 2, one[3]]

    yield {"group": "examples", "call": "overlap", "args": [[0, 0, 2, 2], [1, 1, 3, 3]], "expect": 1 / 7}
    yield {"group": "examples", "call": "overlap", "args": [[0, 0, 1, 1], [2, 2, 3, 3]], "expect": 0.0}
    at = rng.randrange(3, 9)
    for a, b in (([0, 0, at, at], [at, 0, at + 2, at]), ([0, 0, 2, 2], [at, at, at + 2, at + 2]), ([1, 1, 1, 1], [1, 1, 1, 1]), ([0, 0, at, 4], [1, 1, 3, 3]), ([1, 2, 1, 9], [0, 0, 5, 5])):
        yield {"group": "overlap", "call": "overlap", "args": [a, b]}
    for _ in range(4):
        yield {"group": "overlap", "call": "overlap", "args": [box(), box()]}
    ones = [{"box": [0, 0, 4, 4], "label": "cat", "score": 0.9}, {"box": [0, 0, 4, 3], "label": "dog", "score": 0.8}, {"box": [0, 0, 4, 3], "label": "cat", "score": 0.7}, {"box": [0, 0, 4, 2], "label": "cat", "score": 0.7}]
    yield {"group": "suppress", "call": "suppress", "args": [ones, 0.5]}
    many = [{"box": box(), "label": rng.choice(["cat", "dog"]), "score": rng.randrange(1, 6) / 5} for _ in range(25)]
    for most in (0.2, 0.5):
        yield {"group": "suppress", "call": "suppress", "args": [many, most]}
    one = [0, 0, 10, 10]
    twice = [{"true": [one, [20, 0, 30, 10]], "found": [{"box": [0, 0, 10, 9], "score": 0.9}, {"box": [0, 0, 9, 10], "score": 0.8}, {"box": [20, 0, 30, 10], "score": 0.7}]}]
    yield {"group": "matching", "call": "average_precision", "args": [twice, 0.5], "expect": (1 + 2 / 3) / 2}
    halves = [{"true": [one], "found": [{"box": [0, 0, 10, 5], "score": 0.3}]}]
    yield {"group": "matching", "call": "average_precision", "args": [halves, 0.5], "expect": 1.0}

    def image(true, false):
        boxes = [box(40, 8) for _ in range(true)]
        found = [{"box": near(one), "score": rng.randrange(40, 100) / 100} for one in boxes for _ in range(rng.choice([1, 1, 2]))]
        found += [{"box": box(40, 8), "score": rng.randrange(30, 100) / 100} for _ in range(false)]
        rng.shuffle(found)
        return {"true": boxes, "found": found}

    for count in (2, 5, 8):
        yield {"group": "precision", "call": "average_precision", "args": [[image(rng.randrange(1, 6), rng.randrange(1, 6)) for _ in range(count)], 0.4]}
    # A false alarm in front, then hits: precision rises with recall, and the images differ in how sure the detector is.
    apart = [{"true": [one], "found": [{"box": [50, 50, 60, 60], "score": 0.9}, {"box": one, "score": 0.5}]}, {"true": [one, [20, 0, 30, 10]], "found": [{"box": one, "score": 0.8}, {"box": [20, 0, 30, 10], "score": 0.7}]}]
    yield {"group": "precision", "call": "average_precision", "args": [apart, 0.5], "expect": 0.75}
    beside = [{"true": [[0, 0, 2, 2]], "found": [{"box": [1, 0, 3, 2], "score": 0.9}]}]
    yield {"group": "precision", "call": "average_precision", "args": [beside, 0.4], "expect": 0.0}
    lone = [{"box": one, "score": 0.5}]
    for images in ([], [{"true": [], "found": lone}]):
        yield {"group": "nothing", "call": "average_precision", "args": [images, 0.5], "expect": None}
    yield {"group": "nothing", "call": "average_precision", "args": [[{"true": [one], "found": []}, {"true": [], "found": lone}], 0.5], "expect": 0.0}
    yield {"group": "nothing", "call": "suppress", "args": [[], 0.5], "expect": []}
