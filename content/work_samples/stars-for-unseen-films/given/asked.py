"""How questions about your hand-in may be asked: it is trained once, then asked about single rows."""

from functools import cache

import numpy as np
from solution import predict, train


@cache
def model():
    return train(".", 0)


def stars(viewer, film):
    return round(float(predict(model(), np.array([[viewer, film]]))[0]), 2)
