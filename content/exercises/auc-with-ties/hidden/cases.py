"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(labels, scores):
    ones = [s for y, s in zip(labels, scores) if y]
    zeros = [s for y, s in zip(labels, scores) if not y]
    return sum((a > b) + (a == b) / 2 for a in ones for b in zeros) / (len(ones) * len(zeros))


def rows(rng, size, levels):
    labels = [0, 1] + [rng.randrange(2) for _ in range(size - 2)]
    return labels, [rng.randrange(levels) / levels for _ in labels]


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "auc", "args": [[1, 0, 1, 0], [0.9, 0.5, 0.5, 0.1]], "expect": 0.875}
    for size in (6, 30, 80):
        labels, _ = rows(rng, size, 5)
        scores = rng.sample([n / 1000 for n in range(1000)], size)
        yield {"group": "order", "call": "auc", "args": [labels, scores], "expect": slow(labels, scores)}
    for levels in (1, 2, 5):
        labels, scores = rows(rng, 40, levels)
        yield {"group": "ties", "call": "auc", "args": [labels, scores], "expect": slow(labels, scores)}
    for labels in ([], [1, 1, 1], [0, 0]):
        yield {"group": "one_class", "call": "auc", "args": [labels, [0.5] * len(labels)], "expect": None}
    labels, _ = rows(rng, 40000, 2)
    scores = rng.sample(range(10**6), 40000)
    yield {"group": "size", "call": "auc", "args": [labels, scores]}
