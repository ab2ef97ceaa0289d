"""Worked: choosing is part of training. So whatever is chosen, the scaling as well as the penalty, is chosen anew within each outer
training part; the outer fold takes part in nothing and may judge. The penalties that come out may differ from fold to fold: what is
judged is the way of choosing and not one penalty."""

import numpy as np


def fitted(x, y, penalty):
    mean, spread = x.mean(axis=0), x.std(axis=0)
    spread[spread == 0] = 1.0
    scaled = (x - mean) / spread
    mean_y = y.mean() * len(y) / (len(y) + penalty)
    weights = np.linalg.solve(scaled.T @ scaled + penalty * np.eye(x.shape[1]), scaled.T @ (y - y.mean()))
    return mean, spread, weights, mean_y


def applied(model, new):
    mean, spread, weights, mean_y = model
    return (new - mean) / spread @ weights + mean_y


def error(model, x, y):
    return float(np.sum((applied(model, x) - y) ** 2))


def arrays(x, y):
    return np.array(x, dtype=float), np.array(y, dtype=float)


def predicted(x, y, penalty, new):
    x, y = arrays(x, y)
    return applied(fitted(x, y, penalty), np.array(new, dtype=float)).tolist()


def best_penalty(x, y, penalties, folds):
    x, y = arrays(x, y)
    places = np.arange(len(y))

    def total(penalty):
        errors = []
        for number in range(folds):
            test = places % folds == number
            errors.append(error(fitted(x[~test], y[~test], penalty), x[test], y[test]))
        return sum(errors)

    return min(penalties, key=lambda one: (round(total(one), 12), -one))


def nested(x, y, penalties, folds):
    x, y = arrays(x, y)
    places, errors, penalties_chosen = np.arange(len(y)), 0.0, []
    for number in range(folds):
        test = places % folds == number
        train = ~test
        chosen = best_penalty(x[train], y[train], penalties, folds)
        model = fitted(x[train], y[train], chosen)
        errors += error(model, x[test], y[test])
        penalties_chosen.append(chosen)
    return [errors / len(y), penalties_chosen]


def final(x, y, penalties, folds):
    x, y = arrays(x, y)
    chosen = best_penalty(x, y, penalties, folds)
    return [chosen, applied(fitted(x, y, chosen), x).tolist()]
