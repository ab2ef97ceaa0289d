from pathlib import Path

import numpy as np
import pandas as pd
from sklearn.kernel_ridge import KernelRidge


def train(folder, seed):
    table = pd.read_csv(Path(folder) / "table.csv")
    x, y = table.drop(columns="y").to_numpy(), table["y"].to_numpy()
    return y.mean(), KernelRidge(kernel="rbf").fit(x, y - y.mean())


def predict(model, rows):
    mean, ridge = model
    return ridge.predict(rows) + mean
