"""Tables named by kind and seed, made in the box."""

import numpy as np


def cases(seed):
    some = [int(one) for one in np.random.default_rng(seed).integers(1, 10_000, 8)]

    def case(group, about, call, *args, **more):
        return {"group": group, "about": about, "call": f"tables:{call}", "args": list(args), **more}

    yield case("examples", "the columns that come out", "names", some[0])
    for at in (1, 2):
        yield case("learns_from_training", "rows from another world", "shifted", some[at])
        yield case("learns_from_training", "one row alone", "alone", some[at])
    yield case("learns_from_training", "inputs stay as they were", "untouched", some[3], expect=True)
    yield case("unseen", "shops that are new", "new_shops", some[3])
    yield case("unseen", "a column without a spread", "constant", some[4])
    for at in (4, 5):
        yield case("out_of_fold", "features of the training rows", "training", some[at], 5)
        yield case("out_of_fold", "folds of three", "training", some[at], 3)
    yield case("out_of_fold", "households are kept whole", "folds", some[6], 4)
    for at in (5, 6, 7):
        yield case("honest_score", "labels without a cause", "scores", some[at])
