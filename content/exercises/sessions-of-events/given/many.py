"""Makes many events and says what your sessions add up to."""

import random

import solution


def count(seed):
    rng = random.Random(seed)
    moments = [13 * place + rng.randrange(13) for place in range(150_000)]
    rng.shuffle(moments)
    events = [[f"u{rng.randrange(1500)}", at, rng.choice((None, None, "ad", "mail")), rng.choice((0, 0, 5))] for at in moments]
    found = solution.sessions(events, 900)
    return [len(found), sum(one[2] for one in found), sum(one[3] for one in found), sum(one[5] for one in found)]
