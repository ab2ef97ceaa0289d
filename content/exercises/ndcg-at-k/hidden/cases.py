"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random
from math import log


def slow(ranked, relevance, k):
    def dcg(items):
        total = 0.0
        for place in range(min(k, len(items))):
            if items[place] in relevance and items.index(items[place]) == place:
                total += (2 ** relevance[items[place]] - 1) * log(2) / log(place + 2)
        return total

    return dcg(ranked) / dcg(sorted(relevance, key=lambda name: -relevance[name]))


def case(group, *args):
    return {"group": group, "call": "ndcg", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    items = [f"i{n}" for n in range(30)]
    yield case("examples", ["a", "b", "c"], {"a": 1, "c": 2}, 3)
    for _ in range(3):
        ranked = rng.sample(items, 30)
        grades = {name: rng.randrange(1, 4) for name in ranked[:20:3]}
        yield case("graded", ranked, {**grades, ranked[1]: 4}, 30)
    for k in (1, 3, 5):
        ranked = rng.sample(items, 20)
        yield case("cut", ranked, {name: rng.randrange(1, 4) for name in [ranked[0], *ranked[2:14]]}, k)
    for _ in range(2):
        ranked = rng.sample(items, 10)
        absent = [name for name in items if name not in ranked][:5]
        yield case("absent", ranked, {name: rng.randrange(1, 4) for name in [*ranked[2:5], *absent]}, 12)
    yield {"group": "absent", "call": "ndcg", "args": [["a"], {}, 3], "expect": None}
    for _ in range(2):
        ranked = rng.sample(items, 6)
        yield case("repeats", [ranked[0], *ranked, ranked[1]], {name: 2 for name in ranked[:3]}, 10)
