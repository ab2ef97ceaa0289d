"""Reference: character n-grams up to order 6, each order smoothed by the one below it (Witten and Bell's weights)."""

import math
from collections import Counter, defaultdict
from pathlib import Path

ALPHABET = "abcdefghijklmnopqrstuvwxyz "
ORDER = 3


def counted(text):
    """Counts of the next character after every context of 0 to ORDER - 1 characters."""
    counts = defaultdict(Counter)
    for at, char in enumerate(text):
        for length in range(min(ORDER, at + 1)):
            counts[text[at - length : at]][char] += 1
    return counts


def train(folder, seed):
    text = (Path(folder) / "corpus.txt").read_text().replace("\n", " ")
    return {context: (dict(found), sum(found.values())) for context, found in counted(text).items()}


def distribution(model, context):
    chances = dict.fromkeys(ALPHABET, 1 / len(ALPHABET))
    for length in range(ORDER):
        if length > len(context):
            break
        found, total = model.get(context[len(context) - length :], (None, 0))
        if found is None:
            break
        kinds = len(found)
        chances = {char: (found.get(char, 0) + kinds * chance) / (total + kinds) for char, chance in chances.items()}
    return chances


def predict(model, rows):
    answers = []
    for (context,) in rows:
        chances = distribution(model, context)
        answers.append([chances[char] for char in ALPHABET])
    return answers


def held_out(folder):
    """Bits a character on the last tenth, trained on the rest: how ORDER was chosen."""
    text = (Path(folder) / "corpus.txt").read_text().replace("\n", " ")
    cut = len(text) * 9 // 10
    model = {context: (dict(found), sum(found.values())) for context, found in counted(text[:cut]).items()}
    spots = range(cut + 20, len(text), 7)
    return -sum(math.log2(distribution(model, text[at - 12 : at])[text[at]]) for at in spots) / len(spots)
