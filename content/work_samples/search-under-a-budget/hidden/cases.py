"""A smooth function of four to six of twelve features: a sum of waves whose length and noise differ for each seed."""

import io

import numpy as np
import pandas as pd


def data(seed):
    rng = np.random.default_rng([seed, 97])
    useful = rng.choice(12, int(rng.integers(3, 5)), replace=False)
    rate, noise = np.exp(rng.uniform(np.log(0.7), np.log(1.1))), rng.uniform(0.1, 0.25)
    waves = rng.normal(0, rate, (30, len(useful)))
    phases, heights = rng.uniform(0, 2 * np.pi, 30), rng.normal(0, 1, 30)

    def target(x):
        return np.cos(x[:, useful] @ waves.T + phases) @ heights / np.sqrt(15)

    x, new = rng.uniform(-2, 2, (1500, 12)).round(4), rng.uniform(-2, 2, (5000, 12)).round(4)
    table = pd.DataFrame(x, columns=[f"x{n}" for n in range(12)])
    table["y"] = (target(x) + rng.normal(0, noise, 1500)).round(5)
    text = io.StringIO()
    table.to_csv(text, index=False)
    return {
        "files": {"table.csv": text.getvalue()},
        "inputs": new.tolist(),
        "truth": (target(new) + rng.normal(0, noise, 5000)).tolist(),
        "ceiling": noise * 0.93,
    }
