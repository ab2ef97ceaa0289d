"""Frames named by a seed, made in the box."""

import random


def cases(seed):
    rng = random.Random(seed)

    def case(group, call, about):
        return {"group": group, "call": f"frames:{call}", "args": [rng.randrange(9999)], "about": about}

    yield case("examples", "plain", "probabilities without gaps")
    for _ in range(2):
        yield case("features", "gaps_in_training", "gaps in training and later")
        yield case("features", "rare_names", "rare names")
    yield case("comes", "new_names", "names never seen")
    yield case("comes", "new_gaps", "gaps where training had none")
    yield case("comes", "other_order", "another order and more columns")
    yield case("alone", "one_by_one", "one row at a time")
    yield case("alone", "cloned", "a copy that was not fitted")
