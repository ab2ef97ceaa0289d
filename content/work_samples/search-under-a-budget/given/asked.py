"""How questions about your hand-in may be asked: it is trained once, then asked about single rows."""

from functools import cache

import numpy as np
from solution import predict, train


@cache
def model():
    return train(".", 0)


def moves(step):
    rows = np.vstack([np.zeros(12), step * np.eye(12)])
    found = np.asarray(predict(model(), rows), dtype=float)
    return [round(float(one - found[0]), 2) for one in found[1:]]
