import csv
from pathlib import Path

CUT, COST, SAVED = 0.6, 12, 0.8


def figures(folder):
    with (Path(folder) / "trial.csv").open() as file:
        rows = list(csv.DictReader(file))
    return {}
