"""How questions about your hand-in may be asked: it is trained once, then asked about single rows."""

from functools import cache

from solution import predict, train


@cache
def model():
    return train(".", 0)


def expects(context):
    chances = predict(model(), [[context]])[0]
    best = sorted(zip(chances, "abcdefghijklmnopqrstuvwxyz "), reverse=True)[:3]
    return [[letter, round(chance, 3)] for chance, letter in best]
