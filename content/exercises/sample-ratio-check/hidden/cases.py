"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random
from statistics import NormalDist


def slow(control, treatment, share, alpha):
    n = control + treatment
    z = abs(treatment - n * share) / (n * share * (1 - share)) ** 0.5
    p = 2 * NormalDist().cdf(-z)
    return {"p": p, "is_broken": p < alpha}


def case(group, *args):
    return {"group": group, "call": "check_split", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    yield case("examples", 5000, 5200, 0.5, 0.01)
    for off in (20, 150, 400):
        n = rng.randrange(4000, 6000)
        yield case("even", n, n + off, 0.5, 0.01)
    for share in (0.1, 0.25, 0.8):
        n = rng.randrange(5000, 9000)
        yield case("uneven", round(n * (1 - share)), round(n * share) + rng.randrange(10, 90), share, 0.05)
    yield {"group": "limits", "call": "check_split", "args": [0, 0, 0.5, 0.01], "expect": {"p": 1.0, "is_broken": False}}
    for args in ([-1, 5, 0.5, 0.01], [5, -1, 0.5, 0.01], [5, 5, 0, 0.01], [5, 5, 1, 0.01]):
        yield {"group": "limits", "call": "check_split", "args": args, "raises": "ValueError"}
