"""Yields the cases for a seed."""

import random

THREE = [["train", 0.7], ["valid", 0.1], ["test", 0.2]]


def cases(seed):
    rng = random.Random(seed)
    for name in ("Ada", " ada "):
        yield {"group": "examples", "call": "side", "args": [name, "churn-1", [["train", 0.8], ["test", 0.2]]]}
    for _ in range(25):
        yield {"group": "stays", "call": "side", "args": [f"customer-{rng.randrange(10**6)}", "s1", THREE]}
    for _ in range(12):
        number = rng.randrange(10**5)
        for form in (number, str(number), f" {number}\n"):
            yield {"group": "together", "call": "side", "args": [form, "s2", THREE]}
    for word in ("Straße", "STRASSE", "Łódź", "ŁÓDŹ", "ﬁn"):
        yield {"group": "together", "call": "side", "args": [word, "s3", THREE]}
    for _ in range(20):
        salt = f"salt{rng.randrange(100)}"
        yield {"group": "share", "call": "side", "args": [f"c{rng.randrange(50)}", salt, [["a", 0.05], ["b", 0.05], ["c", 0.4], ["d", 0.5]]]}
