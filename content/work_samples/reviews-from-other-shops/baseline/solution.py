from collections import Counter
from pathlib import Path

import pandas as pd


def train(folder, seed):
    table = pd.read_csv(Path(folder) / "reviews.csv")
    counts = Counter(), Counter()
    for text, label in zip(table["text"], table["label"]):
        counts[label].update(set(text.lower().split()))
    return counts


def predict(model, rows):
    against, favour = model
    return [int(sum((favour[w] > against[w]) - (favour[w] < against[w]) for w in text.lower().split()) > 0) for (text,) in rows]
