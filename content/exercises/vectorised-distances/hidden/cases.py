"""Points named by a kind and a seed, made in the box."""

import random


def cases(seed):
    rng = random.Random(seed)

    def case(group, call, *args, **more):
        return {"group": group, "call": f"clouds:{call}", "args": list(args), **more}

    yield case("examples", "given", [[0, 0], [3, 1]], [[1, 0], [3, 3]], [1, 2], expect=[[0, 0], [1.0, 6.0]])
    for n, k, d in ((50, 4, 3), (200, 12, 5), (7, 1, 1)):
        yield case("right", "made", rng.randrange(9999), n, k, d, 0.0)
    yield case("right", "given", [[0.0], [1.0], [2.0]], [[1.0], [0.0], [2.0], [1.0]], [3.0], expect=[[1, 0, 2], [0.0, 0.0, 0.0]])
    yield case("right", "given", [[0.5, 9.0]], [[1.0, 0.0], [0.0, 5.0]], [1.0, 0.0], expect=[[0], [0.25]])
    for _ in range(2):
        yield case("exact", "made", rng.randrange(9999), 60, 6, 4, 1e8)
    yield case("fast", "large", rng.randrange(9999), 200_000, 40, 16)
