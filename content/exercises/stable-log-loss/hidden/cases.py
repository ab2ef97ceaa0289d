"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random
from decimal import Decimal as D
from decimal import getcontext

getcontext().prec = 60
getcontext().Emin = -(10**8)
getcontext().Emax = 10**8


def slow(rows, labels, weights, penalty):
    """Work in decimal numbers of many digits, where nothing overflows."""
    n = len(rows)
    loss = D(penalty) / 2 * sum(D(w) ** 2 for w in weights)
    gradient = [D(penalty) * D(w) for w in weights]
    for row, label in zip(rows, labels):
        z = sum(D(w) * D(x) for w, x in zip(weights, row))
        signed = z if label else -z
        loss += (1 + (-signed).exp()).ln() / n
        push = 1 / (1 + signed.exp()) / n * (-1 if label else 1)
        gradient = [g + push * D(x) for g, x in zip(gradient, row)]
    return {"loss": float(loss), "gradient": [float(g) for g in gradient]}


def case(group, *args):
    return {"group": group, "call": "loss_and_gradient", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    yield case("examples", [[1, 2]], [1], [0, 0], 0.5)

    def make(size, reach):
        rows = [[rng.uniform(-reach, reach) for _ in range(3)] for _ in range(size)]
        return rows, [0, 1] + [rng.randrange(2) for _ in range(size - 2)], [rng.uniform(0.5, 2) for _ in range(3)]

    for size in (2, 9, 20):
        yield case("values", *make(size, 2), 0)
    for penalty in (0.1, 3):
        yield case("penalty", *make(7, 2), penalty)
    for z in (1000, 9000 + rng.randrange(1000)):
        yield case("extremes", [[z], [-z], [z], [-z]], [0, 0, 1, 1], [1], 0)
