from pathlib import Path

import numpy as np
import pandas as pd


def train(folder, seed):
    table = pd.read_csv(Path(folder) / "photos.csv")
    x = table.drop(columns=["photo", "annotator", "batch", "label"]).to_numpy()
    label = table["label"].to_numpy()
    middles = np.array([x[label == one].mean(axis=0) for one in np.unique(label)])
    return dict(zip(table["photo"].tolist(), np.linalg.norm(x - middles[label], axis=1).tolist()))


def predict(model, rows):
    return [model[int(photo)] for (photo,) in rows]
