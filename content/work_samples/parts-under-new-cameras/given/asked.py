"""How questions about your hand-in may be asked: it is trained once, then asked about a picture of your own file, changed."""

from functools import cache

import numpy as np
from solution import predict, train


@cache
def model():
    return train(".", 0)


def changed(number):
    """What is said of a picture as it is, of its negative, and of it moved right by three pixels."""
    image = np.load("parts.npz")["images"][number].astype(float)
    rows = np.stack([image, 255 - image, np.roll(image, 3, axis=1)]).reshape(3, -1)
    return [int(one) for one in predict(model(), rows)]
