"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    small = [["a", "a", "b"], ["a", "b", "c"]]
    expect = {"each": {"a": 2 / 3, "b": 0.0, "c": 0.0}, "macro": 2 / 9, "weighted": 4 / 9, "micro": 1 / 3}
    for average, value in expect.items():
        yield {"group": "examples", "call": "f1", "args": [*small, average, None], "expect": value}

    def rows(count, classes, skew):
        truth = [classes[min(int(rng.expovariate(skew)), len(classes) - 1)] for _ in range(count)]
        return truth, [one if rng.random() < 0.7 else rng.choice(classes) for one in truth]

    for average in ("macro", "weighted", "micro", "each"):
        for count in (50, 200):
            yield {"group": "averages", "call": "f1", "args": [*rows(count, list("abcde"), 0.6), average, None]}
    for average in ("macro", "weighted", "micro", "each"):
        yield {"group": "absent", "call": "f1", "args": [["a", "a", "b", "b"], ["a", "z", "z", "b"], average, ["a", "b", "z", "never"]]}
        yield {"group": "absent", "call": "f1", "args": [["a"], ["a"], average, ["x", "y"]]}
        yield {"group": "absent", "call": "f1", "args": [[], [], average, None]}
        truth, prediction = rows(80, list("abcdef"), 0.5)
        yield {"group": "some", "call": "f1", "args": [truth, prediction, average, rng.sample("abcdef", 3)]}
