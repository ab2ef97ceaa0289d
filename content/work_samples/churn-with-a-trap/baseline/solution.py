from pathlib import Path

import pandas as pd


def train(folder, seed):
    return float(pd.read_csv(Path(folder) / "customers.csv")["churned"].mean())


def predict(model, rows):
    return [model] * len(rows)
