import math
from fractions import Fraction


def intervals(truth, prediction, difficulty, new_prediction, new_difficulty, miss):
    errors = sorted(abs(t - p) / d for t, p, d in zip(truth, prediction, difficulty))
    k = math.ceil((len(errors) + 1) * (1 - float(miss) + 1e-12))
    if k > len(errors):
        return [[None, None] for _ in new_prediction]
    q = errors[k - 1]
    return [[p - q * d, p + q * d] for p, d in zip(new_prediction, new_difficulty)]
