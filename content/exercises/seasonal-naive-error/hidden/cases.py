"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "scaled_error", "args": [[1, 5, 3, 9], [4, 8], [3, 9], 2], "expect": 1 / 3}
    for season in (1, 4, 7):
        history = [rng.randrange(100) + 40 * (i % season) for i in range(40)]
        actual = [rng.randrange(1, 90) for _ in range(8)]
        forecast = [rng.randrange(100, 200) for _ in range(8)]
        top = bottom = 0
        for i in range(8):
            top += forecast[i] - actual[i]
        for i in range(season, 40):
            bottom += max(history[i], history[i - season]) - min(history[i], history[i - season])
        right = top / 8 / (bottom / (40 - season))
        yield {"group": "error", "call": "scaled_error", "args": [history, actual, forecast, season], "expect": right}
    flat = [rng.randrange(5), rng.randrange(5, 9)] * 4
    yield {"group": "flat", "call": "scaled_error", "args": [flat, [3], [3], 2], "expect": 0.0}
    yield {"group": "flat", "call": "scaled_error", "args": [flat, [3], [4], 2], "expect": None}
    for args in ([[1, 2], [3], [3], 0], [[1, 2], [3], [3], 2], [[1, 2], [], [], 1], [[1, 2], [3, 4], [3], 1]):
        yield {"group": "refusals", "call": "scaled_error", "args": args, "raises": "ValueError"}
