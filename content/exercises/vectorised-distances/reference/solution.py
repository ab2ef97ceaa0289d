import numpy as np


def nearest(points, centres, weights):
    best = np.zeros(len(points), dtype=int)
    lowest = np.full(len(points), np.inf)
    for number, centre in enumerate(centres):
        gaps = points - centre
        distance = np.einsum("ij,ij,j->i", gaps, gaps, weights)
        nearer = distance < lowest
        best[nearer], lowest[nearer] = number, distance[nearer]
    return best, lowest
