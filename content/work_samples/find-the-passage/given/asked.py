"""How questions about your hand-in may be asked: it is trained once, then asked about single rows."""

from functools import cache
from json import loads
from pathlib import Path

from solution import predict, train


@cache
def model():
    return train(".", 0)


def passage(question, day):
    return int(predict(model(), [[question, day]])[0])


def first(earlier):
    one = loads(Path("asked.jsonl").read_text().splitlines()[0])
    return [passage(one["question"], one["day"]), passage(one["question"], max(one["day"] - earlier, 0))]
