"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(categories, targets, folds, weight):
    answer = []
    for category, fold in zip(categories, folds):
        outside = [(c, t) for c, t, f in zip(categories, targets, folds) if f != fold]
        if not outside:
            answer.append(None)
            continue
        prior = sum(t for _, t in outside) / len(outside)
        same = [t for c, t in outside if c == category]
        answer.append((sum(same) + weight * prior) / (len(same) + weight) if same else prior)
    return answer


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "encode", "args": [["x", "x", "y"], [1, 0, 1], [0, 1, 1], 1], "expect": [0.25, 1.0, 1.0]}
    for size, weight in ((20, 0), (60, 5), (90, 0.5)):
        names = [rng.choice("abc") for _ in range(size)] + list("abc") * 2
        targets = [rng.randrange(100) / 7 for _ in names]
        folds = [rng.randrange(3) for _ in range(size)] + [0, 0, 0, 1, 1, 1]
        yield {"group": "out_of_fold", "call": "encode", "args": [names, targets, folds, weight], "expect": slow(names, targets, folds, weight)}
    for weight in (0, 3):
        names = ["rare", "a", "b", "a", "b", "only"]
        targets = [rng.randrange(1, 50) for _ in names]
        args = [names, targets, [0, 0, 1, 2, 2, 1], weight]
        yield {"group": "unseen", "call": "encode", "args": args, "expect": slow(*args)}
    yield {"group": "one_fold", "call": "encode", "args": [["a", "b"], [1, rng.randrange(9)], [4, 4], 2], "expect": [None, None]}
    yield {"group": "one_fold", "call": "encode", "args": [[], [], [], 2], "expect": []}
