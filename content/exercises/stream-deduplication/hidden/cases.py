"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(events, span):
    passed = []
    for position, (name, time) in enumerate(events):
        if not [p for p in passed if events[p][0] == name and events[p][1] >= time - span]:
            passed.append(position)
    return passed


def cases(seed):
    rng = random.Random(seed)
    example = [["a", 0], ["b", 1], ["a", 5], ["a", 10], ["a", 12]]
    yield {"group": "examples", "call": "first_seen", "args": [example, 10], "expect": [0, 1, 4]}
    for span in (7, 20):
        names = ["a", "b", "c"]
        events, time = [], 0
        for _ in range(60):
            time += rng.randrange(1, 6)
            events.append([rng.choice(names), time])
        events += [["d", time + n * (span - 1)] for n in range(1, 6)]
        yield {"group": "repeats", "call": "first_seen", "args": [events, span], "expect": slow(events, span)}
    start = rng.randrange(50)
    for span in (0, 4):
        events = [["a", start], ["a", start], ["a", start + span], ["a", start + span + 1]]
        yield {"group": "span", "call": "first_seen", "args": [events, span], "expect": slow(events, span)}
    events = [[f"id{n}", n // 10] for n in range(50000)]
    yield {"group": "size", "call": "first_seen", "args": [events, 10**6], "expect": list(range(50000))}
