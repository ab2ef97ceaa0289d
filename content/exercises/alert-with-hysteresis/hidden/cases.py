"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(values, limit, recover, times):
    kept = [(place, value) for place, value in enumerate(values) if value is not None]
    found, start = [], 0
    while True:
        is_open = bool(found) and found[-1][1] is None
        for end in range(start + times, len(kept) + 1):
            window = [value for _, value in kept[end - times : end]]
            if all(value < recover if is_open else value > limit for value in window):
                break
        else:
            return found
        start = end
        if is_open:
            found[-1][1] = kept[end - 1][0]
        else:
            found.append([kept[end - 1][0], None])


def case(group, *args):
    return {"group": group, "call": "alerts", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "alerts", "args": [[1, 9, 9, 6, 2, 2, 1], 8, 5, 2], "expect": [[2, 5]]}
    for times in (1, 2, 3):
        values = [rng.choice([1, 6, 9]) for _ in range(300)]
        yield case("rows", values + [9] * 4 + [6, 6] + [1] * 4, 8, 5, times)
    yield case("limits", [8, 8, 8, 9, 9, 5, 5, 5, 4, 4] * rng.randrange(2, 5), 8, 5, 2)
    for times in (2, 3):
        values = [rng.choice([1, 9, None]) for _ in range(200)]
        yield case("missing", values + [9, None, 9, None, 9, 1, None, 1, None, 1], 8, 5, times)
    yield case("end", [1] * rng.randrange(1, 5) + [9, 9, 9], 8, 5, 2)
    yield case("end", [], 8, 5, 2)
