import numpy as np

SAME = 1e-12


def best_split(x, y, least):
    n, best = len(y), None
    if n == 0:
        return None
    share = y.mean()
    whole = 2 * share * (1 - share)
    left_rows = np.arange(1, n)
    for j in range(x.shape[1]):
        order = np.argsort(x[:, j], kind="stable")
        values, ones = x[order, j], np.cumsum(y[order])
        left = ones[:-1] / left_rows
        right = (ones[-1] - ones[:-1]) / (n - left_rows)
        impurity = (left_rows * 2 * left * (1 - left) + (n - left_rows) * 2 * right * (1 - right)) / n
        allowed = (left_rows >= least) & (n - left_rows >= least)
        if not allowed.any():
            continue
        gains = np.where(allowed, whole - impurity, -np.inf)
        place = int(np.flatnonzero(gains > gains.max() - SAME)[0])
        if best is None or gains[place] > best[2] + SAME:
            best = [j, float((values[place] + values[place + 1]) / 2), float(gains[place])]
    return best if best and best[2] >= SAME else None
