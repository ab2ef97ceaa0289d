import numpy as np


def nearest(points, centres, weights):
    best = np.zeros(len(points), dtype=int)
    lowest = np.full(len(points), np.inf)
    for place, point in enumerate(points):
        for number, centre in enumerate(centres):
            distance = sum(w * (a - b) ** 2 for a, b, w in zip(point, centre, weights))
            if distance < lowest[place]:
                best[place], lowest[place] = number, distance
    return best, lowest
