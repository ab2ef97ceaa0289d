from bisect import bisect_right
from math import log


def shares(values, edges, floor):
    if not values:
        raise ValueError("no values")
    counts = [0] * (len(edges) + 2)
    for value in values:
        counts[-1 if value is None else bisect_right(edges, value)] += 1
    return [max(count / len(values), floor) for count in counts]


def psi(reference, current, edges, floor):
    pairs = zip(shares(reference, edges, floor), shares(current, edges, floor))
    return sum((c - r) * log(c / r) for r, c in pairs)
