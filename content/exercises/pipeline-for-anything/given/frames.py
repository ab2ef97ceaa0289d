"""Makes frames and calls your function."""

import numpy as np
import pandas as pd
from solution import build
from sklearn.base import clone

NUMBERS, NAMES = ["age", "fee", "visits"], ["town", "plan"]


def made(seed, rows, gaps=(), rare=0):
    rng = np.random.default_rng(seed)
    table = pd.DataFrame({"age": rng.normal(40, 12, rows), "fee": rng.gamma(2, 20, rows), "visits": rng.poisson(3, rows).astype(float)})
    table["town"] = rng.choice(["Bergen", "Oslo", "Tromsø"], rows)
    table["plan"] = rng.choice(["a", "b"], rows)
    score = (table["age"] - 40) / 12 - table["fee"] / 60 + (table["town"] == "Oslo") + rng.logistic(0, 1, rows)
    for place in range(rare):
        table.loc[place * 4, "town"] = f"village {place % 3 if place < 6 else place}"
    for name in gaps:
        table.loc[rng.random(rows) < 0.25, name] = None if name in NAMES else np.nan
    return table, (score > 0.3).astype(int)


def told(model, table):
    return np.round(model.predict_proba(table)[:, 1], 7).tolist()


def fitted(seed, **more):
    table, label = made(seed, 240, **more)
    return build(NUMBERS, NAMES).fit(table, label)


def plain(seed):
    return told(fitted(seed), made(seed + 1, 12)[0])


def gaps_in_training(seed):
    return told(fitted(seed, gaps=("age", "fee", "town")), made(seed + 1, 40, gaps=("age", "fee", "town"))[0])


def rare_names(seed):
    return told(fitted(seed, rare=8), made(seed + 1, 40, rare=8)[0])


def new_names(seed):
    table = made(seed + 1, 20)[0]
    table.loc[::2, "town"] = "Atlantis"
    return [told(fitted(seed, rare=4), table), told(fitted(seed), table)]


def new_gaps(seed):
    return told(fitted(seed, gaps=("fee",)), made(seed + 1, 30, gaps=("age", "fee", "visits", "plan"))[0])


def other_order(seed):
    table = made(seed + 1, 20)[0]
    table.insert(0, "noise", "x")
    return told(fitted(seed), table[["plan", "noise", "visits", "town", "age", "fee"]])


def one_by_one(seed):
    model, table = fitted(seed, gaps=("age",)), made(seed + 1, 8, gaps=("age",))[0]
    return [told(model, table.iloc[place : place + 1])[0] for place in range(len(table))]


def cloned(seed):
    table, label = made(seed, 150)
    first = build(NUMBERS, NAMES)
    return told(clone(first.fit(*made(seed + 5, 90))).fit(table, label), table.head(9))
