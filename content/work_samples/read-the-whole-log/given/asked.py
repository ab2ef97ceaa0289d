"""How questions about your hand-in may be asked: it is trained once, then asked about logs of your own file, changed."""

from functools import cache
from pathlib import Path

import numpy as np
from solution import predict, train


@cache
def model():
    return train(".", 0)


def said(events):
    return int(predict(model(), np.array([events + [0] * (60 - len(events))]))[0])


def line(number):
    return [int(one) for one in Path("logs.csv").read_text().splitlines()[number].partition(",")[2].split()]


def growing(number):
    """What is said of a log's first event, of its first two, and so on: where the answer turns."""
    events = line(number)
    return "".join(str(said(events[:length])) for length in range(1, len(events) + 1))


def deciding(number):
    """The places (from 1) of events without which the answer would be another."""
    events = line(number)
    return [at + 1 for at in range(len(events)) if len(events) > 1 and said(events[:at] + events[at + 1 :]) != said(events)]
