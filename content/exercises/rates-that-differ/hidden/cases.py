"""Yields the cases for a seed: counts of groups; the interval is worked out anew here."""

import math
import random

Z = 1.959963984540054


def right(groups, least):
    judged = [row for row in groups if row[1] >= least]
    answers = {name: None for name, _, _ in groups}
    if not judged or max(row[2] for row in judged) == 0:
        return answers
    top = max(row[2] / row[1] for row in judged)
    best = min((row for row in judged if row[2] / row[1] == top), key=lambda row: row[0])
    for name, n, x in judged:
        if name == best[0]:
            answers[name] = "reference"
            continue
        big_n, big_x, ratio = best[1], best[2], (x / n) / top
        if {x, n - x, big_x, big_n - big_x} & {0}:
            x, n, big_x, big_n = x + 0.5, n + 1, big_x + 0.5, big_n + 1
        middle = math.log(x / n) - math.log(big_x / big_n)
        s = math.sqrt(1 / x - 1 / n + 1 / big_x - 1 / big_n)
        low, high = math.exp(middle - Z * s), math.exp(middle + Z * s)
        answers[name] = [ratio, low, high, "close" if ratio >= 0.8 else "differs" if high < 1 else "seen"]
    return answers


def cases(seed):
    rng = random.Random(seed)

    def asked(group, groups, least=10):
        rng.shuffle(groups)
        return {"group": group, "call": "impact", "args": [groups, least], "expect": right(groups, least)}

    yield asked("examples", [["a", 100, 50], ["b", 100, 30], ["c", 4, 0]])
    for _ in range(2):
        more = rng.randrange(60, 90)
        yield asked("ratios", [["low", 400, 90], ["top", 100, more], ["mid", 150, more // 2 + 20]])
    # Twelve people of whom eleven passed set the mark; three of three do not.
    yield asked("small", [["few", 3, 3], ["top", 12, 9], ["big", 300, 150], ["none", 0, 0]])
    yield asked("small", [["few", 9, 9], ["a", 40, 10 + rng.randrange(5)], ["b", 50, 25]])
    for _ in range(3):
        n = rng.randrange(40, 300)
        yield asked("interval", [["a", n, rng.randrange(n // 2, n)], ["b", 2 * n, rng.randrange(5, n // 2)]])
    yield asked("verdict", [["top", 14, 9], ["few", 12, 5], ["big", 400, 150], ["near", 100, 60]])
    yield asked("verdict", [["top", 11, 8], ["few", 13, 6 + rng.randrange(2)]])
    yield asked("extremes", [["all", 20, 20], ["most", 40, 25], ["none", 30, 0]])
    yield asked("extremes", [["top", 30, 12], ["none", 12 + rng.randrange(3), 0]])
    yield asked("extremes", [["a", 30, 0], ["b", 40, 0], ["few", 2, 2]])
