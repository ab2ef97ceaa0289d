"""Viewers and films with levels and a few tastes; popular films are rated often, and people pick what they like."""

import io

import numpy as np
import pandas as pd

VIEWERS, FILMS, TASTES = 1500, 700, 3


def data(seed):
    rng = np.random.default_rng([seed, 83])
    viewer_level, film_level = rng.normal(0, 0.45, VIEWERS), rng.normal(0, 0.45, FILMS)
    p, q = rng.normal(0, 0.75, (VIEWERS, TASTES)), rng.normal(0, 0.75, (FILMS, TASTES))
    busy, famous = rng.pareto(1.3, VIEWERS) + 0.3, rng.pareto(1.1, FILMS) + 0.15
    # Numbers above 1,400 and 660 are those of newcomers, who come in the last month only.
    busy_now, famous_now = busy.copy(), famous.copy()
    busy[1420:], famous[670:] = 0, 0

    def draw(count, busy, famous):
        viewer = rng.choice(VIEWERS, 3 * count, p=busy / busy.sum())
        film = rng.choice(FILMS, 3 * count, p=famous / famous.sum())
        value = 3.4 + viewer_level[viewer] + film_level[film] + (p[viewer] * q[film]).sum(axis=1)
        keep = rng.random(3 * count) < 1 / (1 + np.exp(-(value - 3.2)))
        pairs = pd.DataFrame({"viewer": viewer, "film": film, "value": value})[keep].drop_duplicates(["viewer", "film"])
        return pairs

    known = draw(40_000, np.minimum(busy, 25), np.minimum(famous, 25))
    stars = lambda value: np.clip(np.round(value + rng.normal(0, 0.7, len(value))), 1, 5).astype(int)
    known["stars"] = stars(known["value"].to_numpy())
    known["month"] = np.sort(rng.integers(0, 12, len(known)))
    busy_now, famous_now = np.minimum(busy_now, 25), np.minimum(famous_now, 25)
    later = draw(12_000, busy_now, famous_now)
    seen = set(zip(known["viewer"], known["film"]))
    later = later[[pair not in seen for pair in zip(later["viewer"], later["film"])]].head(8000)
    text = io.StringIO()
    known[["viewer", "film", "stars", "month"]].to_csv(text, index=False)
    return {
        "files": {"ratings.csv": text.getvalue()},
        "inputs": later[["viewer", "film"]].to_numpy().tolist(),
        "truth": stars(later["value"].to_numpy()).tolist(),
    }
