import numpy as np


def nearest(points, centres, weights):
    best = np.zeros(len(points), dtype=int)
    lowest = np.full(len(points), np.inf)
    table = (((points[:, None, :] - centres[None]) ** 2) * weights).sum(axis=2)
    best, lowest = table.argmin(axis=1), table.min(axis=1)
    return best, lowest
