"""Worked: the four-fifths rule compares with the highest rate, and says nothing of chance; the interval does. A group of four people can
neither be judged nor set the mark. A ratio cannot fall below 0 and is skewed, so its logarithm is what is nearly normal."""

import math

FOUR_FIFTHS = 0.8
Z = 1.959963984540054


def impact(groups, least):
    judged = [row for row in groups if row[1] >= least]
    answers = {name: None for name, _, _ in groups}
    if not any(row[2] for row in judged):
        return answers
    best = mark(sorted(judged, key=lambda row: (-(row[2] / row[1]), row[0])))
    for row in judged:
        half = 0.5 if 0 in {row[2], row[1] - row[2]} or 0 in {best[2], best[1] - best[2]} else 0.0
        ratio = (row[2] / row[1]) / (best[2] / best[1])
        low, high = interval(row[2] + half, row[1] + 2 * half, best[2] + half, best[1] + 2 * half)
        answers[row[0]] = "reference" if row is best else [ratio, low, high, verdict(ratio, high)]
    return answers


def mark(rows):
    if rows:
        return ["all", sum(row[1] for row in rows), sum(row[2] for row in rows)]


def interval(x, n, best_x, best_n):
    ratio = (x / n) / (best_x / best_n)
    spread = math.sqrt(1 / x - 1 / n + 1 / best_x - 1 / best_n)
    return ratio * math.exp(-Z * spread), ratio * math.exp(Z * spread)


def verdict(ratio, high):
    if high < 1 and ratio < FOUR_FIFTHS:
        return "differs"
    return "seen" if ratio < FOUR_FIFTHS else "close"
