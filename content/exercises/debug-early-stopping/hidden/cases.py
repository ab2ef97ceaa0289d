"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def slow(losses, patience, min_delta):
    bests = []
    for loss in losses:
        before = bests[-1] if bests else None
        epoch = len(bests)
        is_better = loss is not None and (before is None or before[1] - min_delta > loss)
        bests.append((epoch, loss) if is_better else before)
        if len(bests) >= patience:
            row = bests[-patience:]
            improved = [n for n in range(epoch - patience + 1, epoch + 1) if bests[n] is not None and bests[n][0] == n]
            if len(row) == patience and not improved:
                return [bests[-1][0] if bests[-1] else None, epoch]
    return [bests[-1][0] if bests and bests[-1] else None, None]


def case(group, *args):
    return {"group": group, "call": "best_epoch", "args": list(args), "expect": slow(*args)}


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "best_epoch", "args": [[5, 4, 4.5, 4.2, 1], 2, 0], "expect": [1, 3]}
    for patience in (1, 2, 3):
        yield case("patience", [9, 8, 8.5, 7, 7.5, 6] + [rng.randrange(7, 20) for _ in range(8)], patience, 0)
        yield case("patience", [40 - n + rng.choice([0, 0.5]) for n in range(12)], patience, 0)
    for delta in (1, 2):
        yield case("delta", [20, 20 - delta, 19.5 - delta, 19 - delta, 18, 17.5, 17, 16.5, 16], 3, delta)
        yield case("delta", [rng.randrange(20) for _ in range(30)], 6, delta)
    yield case("missing", [None, 3, None, 2, None, None, 1], 2, 0)
    yield case("missing", [None] * rng.randrange(3, 6), 3, 0)
    yield case("missing", [2, 1, 0, None, 4], 2, 0)
    yield case("missing", [], 2, 0)
