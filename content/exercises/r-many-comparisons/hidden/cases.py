"""Yields the cases for a seed. The reference gives the p-values; the statement's example is checked against the text."""

import random

EXAMPLE = {"control": [1, 2, 3, 4], "a": [6, 7, 9, 12], "b": [2, 3, 3, 5], "c": [4]}


def cases(seed):
    rng = random.Random(seed)

    def drawn(count, mean, spread):
        return [round(rng.gauss(mean, spread), 2) for _ in range(count)]

    yield asked("examples", rng, EXAMPLE)
    yield asked("spread", rng, {"control": drawn(40, 10, 1), "wide": drawn(9, 12, 6)})
    yield asked("spread", rng, {"control": drawn(6, 10, 5), "narrow": drawn(30, 8, 0.5)})
    many = {f"v{n}": drawn(15, 5 + 0.28 * n, 1) for n in range(8)}
    yield asked("many", rng, {"control": drawn(20, 5, 1.3), **many})
    yield asked("direction", rng, {"control": drawn(12, 50, 4), "zeta": drawn(15, 44, 7), "Alpha": drawn(14, 47, 3), "beta": drawn(16, 55, 5)})
    thin = {"control": [1, 2, 3, 4, 5], "one": [3], "same": [4, 4, 4], "open": [2, 4, 3, 6], "shut": [5, 6, 7, 8]}
    lift = rng.randrange(100)
    yield asked("thin", rng, {name: [value + lift for value in own] for name, own in thin.items()})


def asked(group, rng, values):
    rows = [f"{name},{value}" for name, own in values.items() for value in own]
    rng.shuffle(rows)
    return {"group": group, "stdin": "variant,value\n" + "\n".join(rows) + "\n"}
