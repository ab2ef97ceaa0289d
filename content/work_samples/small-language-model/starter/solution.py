from pathlib import Path

ALPHABET = "abcdefghijklmnopqrstuvwxyz "


def train(folder, seed):
    return (Path(folder) / "corpus.txt").read_text()


def predict(model, rows):
    ...
