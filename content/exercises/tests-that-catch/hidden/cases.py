"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random

PLAIN = """def moving_average(values, width):
    if width < 1:
        raise ValueError("width")
    found = []
    for i in range(len(values)):
        window = values[max(0, i - width + 1):i + 1]
        found.append(sum(window) / len(window))
    return found
"""
RUNNING = """def moving_average(numbers, size):
    if size <= 0:
        raise ValueError("size must be positive")
    total, found = 0, []
    for i, number in enumerate(numbers):
        total += number
        if i >= size:
            total -= numbers[i - size]
        found.append(total / min(i + 1, size))
    return found
"""
SUMS = """def moving_average(values, width):
    if width < 1:
        raise ValueError()
    sums = [0]
    for value in values:
        sums.append(sums[-1] + value)
    return [(sums[i + 1] - sums[max(0, i + 1 - width)]) / min(width, i + 1) for i in range(len(values))]
"""


def cases(seed):
    rng = random.Random(seed)
    name = rng.choice(["found", "means", "out"])

    def case(group, source, right):
        return {"group": group, "call": "accepts", "args": [source.replace("found", name)], "expect": right}

    def mutant(group, source, old, new):
        assert source.count(old) == 1
        return case(group, source.replace(old, new), False)

    yield case("examples", PLAIN, True)
    yield mutant("examples", PLAIN, "return found", "return found[width - 1:]")
    yield case("accepts_right", RUNNING, True)
    yield case("accepts_right", SUMS, True)
    yield mutant("values", PLAIN, "i - width + 1)", "i - width)")
    yield mutant("values", PLAIN, "/ len(window)", "// len(window)")
    yield mutant("values", PLAIN, "/ len(window)", "/ width")
    yield mutant("values", RUNNING, "i >= size", "i > size")
    yield mutant("values", SUMS, "sums[max(0, i + 1 - width)]", "sums[i + 1 - width if i > width else 0]")
    yield mutant("values", RUNNING, "total += number", "total += abs(number)")
    yield mutant("edges", PLAIN, "    found = []", "    found = [] if values else [0.0]")
    yield mutant("edges", PLAIN, "    found = []", "    found = []\n    if width > len(values):\n        return [0.0] * len(values)")
    yield mutant("edges", PLAIN, "    found = []", "    found = []\n    values[0]")
    yield mutant("refusal", PLAIN, "width < 1", "width < 0")
    yield mutant("refusal", PLAIN, "width < 1", "width == 0")
    yield mutant("refusal", PLAIN, "width < 1", "values and width < 1")
    yield mutant("refusal", PLAIN, "ValueError", "KeyError")
    yield mutant("input", RUNNING, "    return found", "    numbers.clear()\n    return found")
    yield mutant("input", PLAIN, "    found = []", "    values.sort()\n    found = []")
