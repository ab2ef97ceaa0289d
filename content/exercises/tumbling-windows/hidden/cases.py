"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(times, size, lateness):
    kept, late = [], 0
    for place, time in enumerate(times):
        before = max(times[:place], default=-(10**9)) - lateness
        if (time // size + 1) * size <= before:
            late += 1
        else:
            kept.append(time // size)
    return {"windows": [[w * size, kept.count(w)] for w in sorted(set(kept))], "late": late}


def case(group, *args):
    return {"group": group, "call": "count_windows", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    example = {"windows": [[0, 2], [10, 1], [15, 1]], "late": 2}
    yield {"group": "examples", "call": "count_windows", "args": [[1, 4, 12, 3, 16, 2], 5, 5], "expect": example}
    for size in (5, 7):
        yield case("in_order", sorted(rng.randrange(200) for _ in range(60)), size, 0)
    for spread in (8, 15, 30):
        times = [max(0, place * 2 - rng.randrange(spread)) for place in range(120)]
        yield case("late", times + [300, 299, 1, 2], 6, 5)
    start = rng.randrange(2, 9) * 10
    yield case("borders", [start, start + 10, start + 9, start + 15, start + 8, start + 25, start + 19], 10, 5)
    yield case("borders", [], 10, 5)
