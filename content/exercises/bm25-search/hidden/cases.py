"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random
from math import fsum, log


def slow(documents, query, k1, b, top):
    """Yield the ranking and whether all scores are clearly equal or clearly apart."""
    average = fsum(len(document) for document in documents) / len(documents)
    scores = []
    for place, document in enumerate(documents):
        terms = []
        for word in dict.fromkeys(query):
            f = document.count(word)
            n = len([1 for other in documents if word in other])
            idf = log((len(documents) + 1) / (n + 0.5))
            terms.append(idf * f * (k1 + 1) / (f + k1 * (1 - b + b * len(document) / average)))
        if fsum(terms) > 0:
            scores.append((-fsum(terms), place))
    scores.sort()
    gaps = [after[0] - before[0] for before, after in zip(scores, scores[1:])]
    is_clear = all(gap < 1e-12 or gap > 1e-7 for gap in gaps)
    has_ties = any(gap < 1e-12 for gap in gaps)
    exact = sorted(scores, key=lambda pair: (round(pair[0], 8), pair[1]))
    return [place for _, place in exact][:top], is_clear, has_ties


def cases(seed):
    rng = random.Random(seed)
    words = ["loss", "gate", "batch", "layer", "shard", "index", "cache", "token"]
    example = [[["red", "car"], ["blue", "car"], ["red", "red", "bus"]], ["red"], 1.5, 0.75, 5]
    yield {"group": "examples", "call": "search", "args": example, "expect": [2, 0]}
    made = {"ranking": 0, "repeats": 0, "top": 0}
    while min(made.values()) < 3:
        group = min(made, key=made.get)
        documents = [rng.choices(words, weights=range(1, 9), k=rng.randrange(9, 25)) for _ in range(30)]
        documents += [["none"]] if group == "top" else [list(documents[3]), ["none"]]
        query = rng.sample(words, 3)
        if group == "repeats":
            query = [query[0]] * 6 + query[1:]
        args = [documents, query, rng.choice([0.9, 1.2, 2.0]), rng.choice([0.3, 0.75]), 10 if group == "top" else 100]
        right, is_clear, has_ties = slow(*args)
        if is_clear and has_ties == (group != "top"):
            made[group] += 1
            yield {"group": group, "call": "search", "args": args, "expect": right}
    yield {"group": "nothing", "call": "search", "args": [[], ["loss"], 1.2, 0.75, 5], "expect": []}
    yield {"group": "nothing", "call": "search", "args": [[["loss"], ["gate"]], ["other"], 1.2, 0.75, 5], "expect": []}
    yield {"group": "nothing", "call": "search", "args": [[["loss"], ["gate"]], [], 1.2, 0.75, 5], "expect": []}
