"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random
from math import inf, log


def slow(reference, current, edges, floor):
    lows, highs = [-inf, *edges], [*edges, inf]
    total = 0.0
    for low, high in [*zip(lows, highs), (None, None)]:
        parts = []
        for values in (reference, current):
            inside = [v for v in values if (v is None if low is None else v is not None and low <= v < high)]
            parts.append(max(floor, len(inside) / len(values)))
        total += (parts[1] - parts[0]) * log(parts[1] / parts[0])
    return total


def case(group, *args):
    return {"group": group, "call": "psi", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    yield case("examples", [5, 15, 15, 15], [5, 5, 15, 15], [10], 0.001)
    for shift in (0, 10, 30):
        old = [rng.uniform(0, 100) for _ in range(300)]
        new = [min(99.9, value + rng.uniform(0, 10) + shift) for value in old] + [5.0]
        yield case("bins", old + [1, 30, 60, 90], new + [1, 30, 60, 90], [24.5, 50.25, 75.5], 0.0001)
    for _ in range(3):
        yield case("edges", [rng.choice([10, 20, 30]) for _ in range(50)] + [9, 31], [rng.choice([9, 10, 20]) for _ in range(30)], [10, 20, 30], 0.001)
    for floor in (0.01, 0.0001):
        old = [rng.uniform(0, 40) for _ in range(50)]
        yield case("empty_bins", old, [rng.uniform(60, 100) for _ in range(40)], [25.5, 50.5], floor)
    for missing in (1, 20):
        old = [rng.uniform(0, 100) for _ in range(50)] + [None] * 5
        yield case("missing", old, [rng.uniform(0, 100) for _ in range(40)] + [None] * missing, [50.5], 0.001)
    yield {"group": "empty_bins", "call": "psi", "args": [[], [1], [5], 0.01], "raises": "ValueError"}
