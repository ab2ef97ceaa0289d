"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(events, queries, max_age):
    answers = []
    for key, time in queries:
        best = None
        for other, when, value in events:
            if other == key and when < time and time - when <= max_age and (best is None or when >= best[0]):
                best = (when, value)
        answers.append(best[1] if best else None)
    return answers


def make(rng, size, span):
    events = [[rng.choice("abc"), rng.randrange(span), rng.randrange(1000)] for _ in range(size)]
    return events, [[rng.choice("abcd"), rng.randrange(span)] for _ in range(size)]


def cases(seed):
    rng = random.Random(seed)
    example = [[["a", 10, 1.5], ["a", 20, 2.5]], [["a", 20], ["a", 21], ["a", 99]], 50]
    yield {"group": "examples", "call": "as_of", "args": example, "expect": [1.5, 2.5, None]}
    for size in (5, 40, 60):
        events, queries = make(rng, size, 100000)
        queries += [[key, time] for key, time, _ in events]
        yield {"group": "past_only", "call": "as_of", "args": [events, queries, 10**6], "expect": slow(events, queries, 10**6)}
    for age in (2, 6):
        times = rng.sample(range(0, 1000, 10), 20)
        events = [["a", time, time] for time in times]
        queries = [["a", time + late] for time in times for late in (1, age, age + 1)]
        yield {"group": "age", "call": "as_of", "args": [events, queries, age], "expect": slow(events, queries, age)}
    for _ in range(2):
        events = [["a", rng.randrange(6), rng.choice([None, 0, 5, 7, 9, 11])] for _ in range(40)]
        queries = [["a", time] for time in range(8)]
        yield {"group": "ties", "call": "as_of", "args": [events, queries, 99], "expect": slow(events, queries, 99)}
    events = [["a", rng.randrange(10**6), n] for n in range(20000)]
    queries = [["a", rng.randrange(10**6)] for _ in range(20000)]
    yield {"group": "size", "call": "as_of", "args": [events, queries, 5000]}
