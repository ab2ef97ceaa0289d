"""Each function by itself against an independent computation, then the whole loop against the mended one."""

import numpy as np


def case(group, about, *args, **more):
    return {"group": group, "call": f"probe:{about.split()[0]}", "about": about, "args": list(args), **more}


def cases(seed):
    rng = np.random.default_rng(seed)
    some = [int(value) for value in rng.integers(1, 10_000, 6)]
    yield case("examples", "rate at the first step", 0, 0.5, 5, 50)
    yield case("examples", "gradient_gap of one batch", some[0], 0.0, False, expect=0.0, compare={"rule": "close", "abs": 1e-4})
    yield case("gradient", "gradient_gap without decay", some[0], 0.0, False, expect=0.0)
    yield case("gradient", "gradient_gap with decay", some[1], 0.3, False, expect=0.0)
    yield case("gradient", "gradient_gap with decay again", some[2], 0.05, False, expect=0.0)
    yield case("dropout", "dropped forward", some[2])
    yield case("dropout", "dropped_gradient", some[3])
    yield case("dropout", "validation_uses_all_units", some[4], expect=True)
    yield case("batches", "covers all rows", 103, 20, some[5], expect=True)
    yield case("batches", "covers all rows of whole batches", 60, 20, some[5], expect=True)
    yield case("batches", "orders_differ", 50, 10, some[5], expect=True)
    yield case("batches", "sizes", 103, 20, some[5], expect=[20, 20, 20, 20, 20, 3])
    for step in (0, 4, 5, 6, 17, 30, 49):
        yield case("schedule", "rate at a step", step, 0.5, 5, 50)
    losses = [1.0, 0.8, 0.9, 0.7, 0.75, 0.74, 0.73]
    yield case("best", "stopping", losses, 3, expect=[7, 3.0])
    yield case("best", "stopping earlier", [0.9, 0.95, 0.99, 0.5], 2, expect=[3, 0.0])
    yield case("best", "stopping never", [0.9, 1.0, 0.8, 0.9, 0.7], 2, expect=[5, 4.0])
    yield case("extremes", "squashed", [-1000.0, -5.0, 0.0, 5.0, 1000.0], expect=[0.0, 1 / (1 + np.exp(5)), 0.5, 1 / (1 + np.exp(-5)), 1.0])
    for one in some[:2]:
        yield case("whole", "reaches the loss", one, expect=True)
