"""Training sets named by kind and seed, made in the box; answers of the slow service for the small ones."""

import numpy as np


def cases(seed):
    rng = np.random.default_rng(seed)
    some = [int(value) for value in rng.integers(1, 10_000, 8)]

    def case(group, about, call, *args):
        return {"group": group, "about": about, "call": f"load_test:{call}", "args": list(args)}

    yield case("examples", "a few rows", "small", "plain", some[0], 200)
    for at, kind in enumerate(("plain", "far", "repeated", "far", "grid", "repeated")):
        yield case("same", kind, "small", kind, some[at + 1], 400)
    yield case("many", "4,000 rows at once", "many", some[2], 12_000, 4_000)
    yield case("one_by_one", "300 rows, one call each", "single", some[3], 12_000, 300)
