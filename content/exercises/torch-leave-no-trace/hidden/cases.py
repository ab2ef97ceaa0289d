"""Yields the cases for a seed: each asks one thing of the evaluation through the given probe."""

import random


def cases(seed):
    rng = random.Random(seed)
    number = rng.randrange(10**6)
    yield asked("examples", "loss", [[0, 1], [1, -1]], expect=0.6931471805599453)
    lengths = [rng.randrange(5, 9), 1, rng.randrange(5, 9), 1, 2]
    for size in (1, 2, 3, 5):
        yield asked("tokens", "cuts", number, lengths, size)
    yield asked("trace", "traces", number, lengths, expect=[])
    part = rng.choice(["words", "norm", "drop", "out"])
    for training in (True, False):
        flags = [training] + [training != (name == part) for name in ("words", "norm", "drop", "out")]
        yield asked("modes", "modes", number, part, training, expect=flags)
    yield asked("modes", "after_error", number, expect=[True] * 5)
    yield asked("memory", "seen", number, expect=[False, True])
    yield asked("empty", "loss", [[-1, -1], [-1, -1]], expect=None)


def asked(group, name, *args, **more):
    return {"group": group, "call": f"probe:{name}", "args": list(args), "about": name, **more}
