"""How questions about your hand-in may be asked: it is trained once, then asked about single rows."""

from functools import cache

from solution import predict, train


@cache
def model():
    return train(".", 0)


def label(text):
    return int(predict(model(), [[text]])[0])
