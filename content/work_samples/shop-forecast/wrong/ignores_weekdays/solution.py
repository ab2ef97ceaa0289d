import csv
import math
from collections import defaultdict
from pathlib import Path


def read(folder):
    with (Path(folder) / "sales.csv").open() as file:
        return [tuple(int(row[name]) for name in ("shop", "day", "promotion", "sales")) for row in csv.DictReader(file)]


def train(folder, seed):
    recent = defaultdict(list)
    for shop, day, _, sales in read(folder):
        if day >= 154:
            recent[shop].append(sales)
    return {shop: sum(sales) / len(sales) for shop, sales in recent.items()}


def predict(model, rows):
    return [model[shop] for shop, _, _ in rows]
