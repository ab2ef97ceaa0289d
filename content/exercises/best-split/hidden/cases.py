"""Tables named by a seed, made in the box; whole numbers, so that ties occur."""

import random


def cases(seed):
    rng = random.Random(seed)

    def case(group, call, *args, **more):
        return {"group": group, "call": f"tables:{call}", "args": list(args), **more}

    yield case("examples", "given", [[1], [2], [4]], [0, 0, 1], 1, expect=[0, 3.0, 4 / 9])
    for n, d in ((30, 3), (80, 5), (200, 2)):
        yield case("gain", "made", rng.randrange(9999), n, d, 1, 10_000)
    for n in (25, 60, 90):
        yield case("ties", "made", rng.randrange(9999), n, 4, 1, 3)
    yield case("ties", "given", [[5, 1], [5, 1], [5, 2], [5, 2]], [0, 0, 1, 1], 1, expect=[1, 1.5, 0.5])
    yield case("ties", "given", [[1, 7], [2, 8], [3, 9], [4, 10]], [0, 1, 1, 0], 1)
    yield case("ties", "given", [[3], [3], [3]], [0, 1, 0], 1, expect=None)
    for least in (5, 12, 20):
        yield case("limits", "made", rng.randrange(9999), 40, 3, least, 10_000)
    yield case("limits", "given", [[1], [2], [3]], [0, 1, 1], 2, expect=None)
    yield case("limits", "given", [[1], [2], [3]], [1, 1, 1], 1, expect=None)
    yield case("fast", "made", rng.randrange(9999), 200_000, 20, 50, 10**6)
