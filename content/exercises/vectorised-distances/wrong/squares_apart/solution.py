import numpy as np


def nearest(points, centres, weights):
    best = np.zeros(len(points), dtype=int)
    lowest = np.full(len(points), np.inf)
    for number, centre in enumerate(centres):
        distance = (points**2) @ weights - 2 * (points * weights) @ centre + (centre**2) @ weights
        nearer = distance < lowest
        best[nearer], lowest[nearer] = number, distance[nearer]
    return best, lowest
