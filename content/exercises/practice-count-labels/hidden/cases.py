"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    labels = ["cat", "dog", "cat"]
    yield {"group": "examples", "about": "The example", "call": "label_counts", "args": [labels], "expect": {"cat": 2, "dog": 1}}
    many = rng.choices(["spam", "ham", "eggs"], k=30)
    right = {label: many.count(label) for label in set(many)}
    yield {"group": "examples", "about": "Thirty labels", "call": "label_counts", "args": [many], "expect": right}
    yield {"group": "empty", "about": "No label at all", "call": "label_counts", "args": [[]], "expect": {}}
