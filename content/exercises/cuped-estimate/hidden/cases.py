"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random
from fractions import Fraction as F


def slow(users):
    n = len(users)
    b = [F(before) for _, before, _ in users]
    a = [F(after) for _, _, after in users]
    top = n * sum(x * y for x, y in zip(b, a)) - sum(b) * sum(a)
    bottom = n * sum(x * x for x in b) - sum(b) ** 2
    theta = top / bottom if bottom else F(0)
    means, parts = {}, F(0)
    for group in "ct":
        values = [y - theta * (x - sum(b) / n) for (g, _, _), x, y in zip(users, b, a) if g == group]
        means[group] = sum(values) / len(values)
        parts += sum((v - means[group]) ** 2 for v in values) / (len(values) - 1) / len(values)
    return {"effect": float(means["t"] - means["c"]), "error": float(parts) ** 0.5}


def make(rng, control, treatment):
    users = []
    for group, size in (("c", control), ("t", treatment)):
        for _ in range(size):
            before = rng.randrange(100) + (30 if group == "t" else 0)
            users.append([group, before, 2 * before + rng.randrange(40) + (9 if group == "t" else 0)])
    rng.shuffle(users)
    return users


def cases(seed):
    rng = random.Random(seed)
    example = [["c", 0, 1], ["c", 2, 3], ["t", 0, 2], ["t", 2, 4]]
    yield {"group": "examples", "call": "adjusted", "args": [example], "expect": {"effect": 1.0, "error": 0.0}}
    for sizes in ((20, 20), (40, 40), (15, 60)):
        users = make(rng, *sizes)
        yield {"group": "estimate", "call": "adjusted", "args": [users], "expect": slow(users)}
    users = [[group, 7, rng.randrange(90)] for group in "ctctcctt"]
    yield {"group": "constant", "call": "adjusted", "args": [users], "expect": slow(users)}
    for users in ([], [["c", 1, 2], ["c", 2, 3], ["t", 3, 4]], [["t", 1, 2], ["t", 2, 3]]):
        yield {"group": "small", "call": "adjusted", "args": [users], "raises": "ValueError"}
