"""A feature pipeline that learns from training rows alone, and a score that shows it."""

import numpy as np
import pandas as pd

NUMBERS, CATEGORY, TARGET, GROUP = ["n1", "n2", "n3", "n4"], "shop", "bought", "household"
WEIGHT = 10.0


def learn(rows):
    """Everything that the pipeline takes from training rows."""
    numbers = rows[NUMBERS]
    low, high = numbers.quantile(0.01), numbers.quantile(0.99)
    middle = numbers.median()
    clean = numbers.fillna(middle).clip(low, high, axis=1)
    prior = float(rows[TARGET].mean())
    return {
        "low": low,
        "high": high,
        "middle": middle,
        "mean": clean.mean(),
        "spread": clean.std(ddof=0).replace(0, 1),
        "prior": prior,
        "shops": rates(rows, prior),
    }


def rates(rows, prior):
    """Shrunken share of buyers in each shop."""
    found = rows.groupby(CATEGORY)[TARGET].agg(["sum", "count"])
    return (found["sum"] + WEIGHT * prior) / (found["count"] + WEIGHT)


def transform(state, rows):
    """Features of rows that the state has not learnt from."""
    numbers = rows[NUMBERS]
    clean = numbers.fillna(state["middle"]).clip(state["low"], state["high"], axis=1)
    found = (clean - state["mean"]) / state["spread"]
    found = pd.concat([found, numbers.isna().astype(float).add_suffix("_missing")], axis=1)
    found["shop_rate"] = rows[CATEGORY].map(state["shops"]).fillna(state["prior"])
    return found


def transform_training(rows, folds=5):
    """Features of the training rows: the shop's rate comes from other households' folds, all else from all rows."""
    state = learn(rows)
    found = transform(state, rows)
    fold = fold_of(rows, folds)
    for one in range(folds):
        rest = rows[fold != one]
        prior = float(rest[TARGET].mean())
        inside = rows.loc[fold == one, CATEGORY]
        found.loc[fold == one, "shop_rate"] = inside.map(rates(rest, prior)).fillna(prior)
    return found


def fold_of(rows, folds):
    """A fold for each row, by household: the households in the order of their numbers, dealt out one by one."""
    numbers = {name: place % folds for place, name in enumerate(sorted(rows[GROUP].unique()))}
    return rows[GROUP].map(numbers).to_numpy()


def cross_validate(rows, fit, predict, score, folds=5):
    """The score of each fold, everything learnt anew from the others."""
    fold = fold_of(rows, folds)
    scores = []
    for one in range(folds):
        train, test = rows[fold != one], rows[fold == one]
        model = fit(transform_training(train, folds).to_numpy(), train[TARGET].to_numpy())
        scores.append(score(test[TARGET].to_numpy(), predict(model, transform(learn(train), test).to_numpy())))
    return scores
