"""Yields the cases for a seed."""

import random


def cases(seed):
    rng = random.Random(seed)
    yield {"group": "examples", "call": "train", "args": [{"abab": 1, "ab": 2}, 5], "expect": [["a", "b"]]}
    yield {"group": "examples", "call": "encode", "args": ["ababb", [["a", "b"], ["ab", "ab"]]], "expect": ["abab", "b"]}
    parts = ["lo", "wer", "est", "new", "wid", "ing", "re", "un"]
    for merges in (3, 12, 40):
        words = {}
        for _ in range(25):
            words["".join(rng.choices(parts, k=rng.choice((1, 2, 3))))] = rng.randrange(1, 9)
        yield {"group": "train", "call": "train", "args": [words, merges]}
    yield {"group": "train", "call": "train", "args": [{"ba": 3, "ab": 3, "cd": 3}, 2], "expect": [["a", "b"], ["b", "a"]]}
    yield {"group": "train", "call": "train", "args": [{}, 4], "expect": []}
    yield {"group": "train", "call": "train", "args": [{"x": 90, "ab": 1}, 4], "expect": []}
    yield {"group": "encode", "call": "encode", "args": ["abc", [["b", "c"], ["a", "b"]]], "expect": ["a", "bc"]}
    yield {"group": "encode", "call": "encode", "args": ["abc", [["ab", "c"], ["a", "b"]]], "expect": ["ab", "c"]}
    yield {"group": "encode", "call": "encode", "args": ["", [["a", "b"]]], "expect": []}
    letters = "abc"
    for _ in range(4):
        word = "".join(rng.choices(letters, k=30))
        yield {"group": "encode", "call": "encode", "args": [word, [["a", "b"], ["b", "c"], ["ab", "c"], ["ab", "bc"], ["c", "a"]]]}
    yield {"group": "overlaps", "call": "encode", "args": ["aaaaa", [["a", "a"], ["aa", "aa"]]], "expect": ["aaaa", "a"]}
    yield {"group": "overlaps", "call": "train", "args": [{"aaa": 2, "bcb": 3}, 1], "expect": [["a", "a"]]}
    yield {"group": "overlaps", "call": "train", "args": [{"aaaaaaaa": 1, "bb": rng.randrange(2, 4)}, 3]}
