"""Yields the cases for a seed."""

import random

WORDS = "so we met at the old house by the sea and so it began".split()


def misheard(rng, words):
    heard = []
    for word in words:
        chance = rng.random()
        if chance < 0.1:
            continue
        heard.append(rng.choice(WORDS) if chance < 0.25 else word)
        if rng.random() < 0.1:
            heard.append(rng.choice(WORDS))
    return heard


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "errors", "args": ["the cat sat", "a cat sat down"], "expect": [1, 0, 1]}
    yield {"group": "examples", "call": "rate", "args": [[["the cat sat", "a cat sat down"], ["yes", "yes"]]], "expect": 0.5}
    for length in (8, 40, 250):
        words = rng.choices(WORDS, k=length)
        yield {"group": "distance", "call": "errors", "args": [" ".join(words), " ".join(misheard(rng, words))]}
    yield {"group": "distance", "call": "errors", "args": ["", "uh oh"], "expect": [0, 0, 2]}
    yield {"group": "distance", "call": "errors", "args": ["Straße  OK", " STRASSE ok "], "expect": [0, 0, 0]}
    yield {"group": "distance", "call": "errors", "args": ["b c d e f g", "a b c d e f g"], "expect": [0, 0, 1]}
    yield {"group": "counts", "call": "errors", "args": ["a b", "b c"], "expect": [2, 0, 0]}
    yield {"group": "counts", "call": "errors", "args": ["a b c", "b c d"], "expect": [0, 1, 1]}
    for _ in range(4):
        yield {"group": "counts", "call": "errors", "args": [" ".join(rng.choices("ab", k=9)), " ".join(rng.choices("abc", k=8))]}
    texts = [rng.choices(WORDS, k=length) for length in (2, 30, 7)]
    yield {"group": "corpus", "call": "rate", "args": [[[" ".join(one), " ".join(misheard(rng, one) + ["so"] * 5)] for one in texts]]}
    yield {"group": "corpus", "call": "rate", "args": [[["", "oh"], ["", ""]]], "expect": None}
    yield {"group": "corpus", "call": "rate", "args": [[["", "oh"], ["yes", "yes"]]], "expect": 1.0}
