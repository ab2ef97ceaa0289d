"""How questions about your hand-in may be asked: it is trained once, then asked about single rows."""

from functools import cache

from solution import predict, train


@cache
def model():
    return train(".", 0)


@cache
def suspicion():
    rows = [[photo] for photo in range(6000)]
    return sorted(zip((float(one) for one in predict(model(), rows)), range(6000)))


def worst(count):
    return [photo for _, photo in suspicion()[-count:]]


def best(count):
    return [photo for _, photo in suspicion()[:count]]
