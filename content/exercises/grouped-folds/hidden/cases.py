"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(groups, folds):
    left = list(dict.fromkeys(groups))
    answer = [None] * len(groups)
    while left:
        best = left[0]
        for name in left[1:]:
            if groups.count(name) > groups.count(best):
                best = name
        left.remove(best)
        counts = [answer.count(fold) for fold in range(folds)]
        fold = counts.index(min(counts))
        answer = [fold if name == best else old for name, old in zip(groups, answer)]
    return answer


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "grouped_folds", "args": [["b", "a", "a", "c"], 2], "expect": [1, 0, 0, 1]}
    for folds in (2, 3, 5):
        groups = [name for place, name in enumerate("klmnop") for _ in range(2 ** place)]
        rng.shuffle(groups)
        yield {"group": "balance", "call": "grouped_folds", "args": [groups, folds], "expect": slow(groups, folds)}
    for _ in range(3):
        order = rng.sample("abcde", 5)
        groups = ["z", "y", *[name for name in order for _ in range(2)], "x"]
        yield {"group": "ties", "call": "grouped_folds", "args": [groups, 3], "expect": slow(groups, 3)}
    for groups, folds in ((["a", "a", "b"], 3), (["a", "b"], 1), ([], 2)):
        yield {"group": "refusals", "call": "grouped_folds", "args": [groups, folds], "raises": "ValueError"}
