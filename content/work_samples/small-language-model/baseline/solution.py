from collections import Counter
from pathlib import Path

ALPHABET = "abcdefghijklmnopqrstuvwxyz "


def train(folder, seed):
    text = (Path(folder) / "corpus.txt").read_text().replace("\n", " ")
    pairs = Counter(zip(text, text[1:]))
    table = {}
    for before in ALPHABET:
        total = sum(pairs[before, char] + 1 for char in ALPHABET)
        table[before] = [(pairs[before, char] + 1) / total for char in ALPHABET]
    return table


def predict(model, rows):
    return [model[context[-1:] or " "] for (context,) in rows]
