"""Yields the cases for a seed: few rows and many columns, so that penalties matter and folds disagree."""

import numpy as np

PENALTIES = [0.01, 1.0, 5.0, 20.0, 100.0, 1000.0]


def cases(seed):
    rng = np.random.default_rng(seed)
    line = np.arange(10.0).reshape(-1, 1)
    yield asked("examples", "best_penalty", line, 2 * line[:, 0] + 1, [0.1, 10.0], 3, expect=0.1)
    yield asked("examples", "nested", line, 2 * line[:, 0] + 1 + np.tile([0.5, -0.5, 1.0, -1.0, 0.25], 2), [0.1, 10.0], 3)
    x, y = made(rng, 30, 8)
    new = rng.normal(size=(5, 8)) * 3 + 7
    for penalty in (0.5, 40.0):
        yield asked("fit", "predicted", x, y, penalty, new)
    x[:, 2] = 4.0
    yield asked("fit", "predicted", x, y + 100, 10.0, new)
    for rows, columns in ((40, 12), (60, 25), (45, 9)):
        x, y = made(rng, rows, columns)
        yield asked("inner", "best_penalty", x, y, PENALTIES, 5)
        yield asked("outer", "nested", x, y, PENALTIES, 5)
        yield asked("outer", "nested", x * rng.uniform(0.1, 30, columns), y, PENALTIES, 4)
        yield asked("final", "final", x, y, PENALTIES, 5)
        yield asked("final", "final", x, y, PENALTIES, 3)
    x, y = made(rng, 50, 14)
    yield asked("inner", "best_penalty", x, y, PENALTIES, 3)
    flat = np.zeros((30, 3)) + rng.integers(1, 9, 3)
    yield asked("ties", "best_penalty", flat, rng.normal(size=30), [1.0, 30.0, 4.0], 3, expect=30.0)


def asked(group, name, x, y, *rest, **more):
    rest = [one.round(4).tolist() if isinstance(one, np.ndarray) else one for one in rest]
    return {"group": group, "call": name, "args": [x.round(4).tolist(), y.round(4).tolist(), *rest], "about": name, **more}


def made(rng, rows, columns):
    x = rng.normal(size=(rows, columns)) * rng.uniform(0.3, 6, columns) + rng.normal(size=columns) * 5
    weights = rng.normal(size=columns) / x.std(axis=0) * (rng.random(columns) < 0.4)
    return x, x @ weights + rng.standard_t(3, size=rows) * 2.0
