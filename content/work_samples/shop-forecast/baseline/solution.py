import csv
import math
from collections import defaultdict
from pathlib import Path


def read(folder):
    with (Path(folder) / "sales.csv").open() as file:
        return [tuple(int(row[name]) for name in ("shop", "day", "promotion", "sales")) for row in csv.DictReader(file)]


def train(folder, seed):
    return {(shop, day): sales for shop, day, _, sales in read(folder)}


def predict(model, rows):
    return [model[shop, 175 + day % 7] for shop, day, _ in rows]
