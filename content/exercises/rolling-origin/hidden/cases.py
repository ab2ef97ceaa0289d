"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(length, first_train, horizon, step, gap):
    found = []
    for end in range(length + 1):
        if end >= first_train and (end - first_train) % step == 0 and end + gap + horizon <= length:
            found.append([end, end + gap, end + gap + horizon])
    return found


def inexact(args):
    """Lengthen the series by one where the last window would end with it: that is the group `fit`."""
    length, first_train, horizon, step, gap = args
    return [length + ((length - gap - horizon - first_train) % step == 0), *args[1:]]


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "windows", "args": [10, 4, 2, 3, 1], "expect": [[4, 5, 7], [7, 8, 10]]}
    for _ in range(4):
        args = [rng.randrange(40, 80), rng.randrange(2, 9), rng.randrange(2, 6), rng.randrange(6, 9), 0]
        args = inexact(args)
        yield {"group": "no_gap", "call": "windows", "args": args, "expect": slow(*args)}
    for _ in range(4):
        args = [rng.randrange(40, 80), rng.randrange(2, 9), rng.randrange(2, 6), rng.randrange(6, 9), rng.randrange(1, 6)]
        args = inexact(args)
        yield {"group": "gap", "call": "windows", "args": args, "expect": slow(*args)}
    for gap in (0, 2):
        first, horizon = rng.randrange(3, 9), rng.randrange(2, 5)
        for length in (first + gap + horizon - 1, first + gap + horizon, first + gap + horizon + 1):
            args = [length, first, horizon, 1, gap]
            yield {"group": "fit", "call": "windows", "args": args, "expect": slow(*args)}
    for args in ([20, 0, 2, 1, 0], [20, 3, 0, 1, 0], [20, 3, 2, 0, 0], [20, 3, 2, 1, -1]):
        yield {"group": "refusals", "call": "windows", "args": args, "raises": "ValueError"}
