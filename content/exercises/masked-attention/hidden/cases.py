"""Arrays named by a seed, made in the box."""

import random


def cases(seed):
    rng = random.Random(seed)

    def case(group, *args, **more):
        return {"group": group, "call": "arrays:attended", "args": [rng.randrange(9999), *args], **more}

    for is_causal in (False, True):
        yield {"group": "examples", "call": "arrays:given", "args": [[[[0.0], [0.0]]], [[[0.0], [0.0]]], [[[1.0], [3.0]]], [2], 1, is_causal]}
    yield case("plain", [5], 4, 1, False, 1.0, 0)
    yield case("plain", [6, 6], 12, 3, False, 1.0, 0)
    yield case("plain", [1], 2, 2, False, 1.0, 0)
    yield case("padding", [3, 6, 1], 8, 2, False, 1.0, 2)
    yield case("padding", [0, 4], 6, 3, False, 1.0, 1)
    yield case("causal", [7], 6, 2, True, 1.0, 0)
    yield case("causal", [2, 5, 0], 4, 1, True, 1.0, 2)
    yield case("large", [5, 5], 8, 2, False, 90.0, 0)
    yield case("large", [4, 6], 8, 1, True, 120.0, 0)
