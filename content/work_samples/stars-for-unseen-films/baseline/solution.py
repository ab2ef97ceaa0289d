from pathlib import Path

import pandas as pd


def train(folder, seed):
    table = pd.read_csv(Path(folder) / "ratings.csv")
    return float(table["stars"].mean()), table.groupby("film")["stars"].mean().to_dict()


def predict(model, rows):
    mean, films = model
    return [films.get(int(film), mean) for _, film in rows]
