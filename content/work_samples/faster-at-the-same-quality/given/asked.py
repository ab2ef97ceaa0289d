"""How questions about your hand-in may be asked: a row against a few past rows on a line."""

import numpy as np
from solution import load, score


def answers(places, labels, asked):
    index = load(np.array(places).reshape(-1, 1), np.array(labels))
    return [float(score(index, np.array([[asked]]), k)[0]) for k in (1, 2)]
