"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(labels, probabilities, bins):
    total = 0.0
    for number in range(bins):
        inside = [(y, p) for y, p in zip(labels, probabilities) if min(int(p * bins), bins - 1) == number]
        if inside:
            share = sum(y for y, _ in inside) / len(inside)
            mean = sum(p for _, p in inside) / len(inside)
            total += len(inside) * abs(share - mean)
    return total / len(labels)


def case(group, *args):
    return {"group": group, "call": "calibration_error", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    yield case("examples", [0, 1, 1], [0.2, 0.4, 0.9], 2)
    for bins in (1, 5, 10):
        p = [rng.random() ** 2 for _ in range(200)]
        yield case("gaps", [int(rng.random() < value**0.5) for value in p], p, bins)
    for bins in (4, 8):
        p = [place / bins for place in range(bins + 1)] * 3 + [1.0] * 4 + [0.95]
        yield case("edges", [rng.randrange(2) for _ in p], p, bins)
    yield {"group": "refusals", "call": "calibration_error", "args": [[], [], 5], "expect": None}
    for args in ([[1], [], 5], [[1], [0.5], 0], [[1], [1.5], 5], [[0], [-0.1], 5]):
        yield {"group": "refusals", "call": "calibration_error", "args": args, "raises": "ValueError"}
