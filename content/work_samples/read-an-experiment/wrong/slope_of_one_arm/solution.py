"""Reference: the split first, then the effect per randomised person, with less noise, and a correction for many looks."""

import csv
import math
from pathlib import Path
from statistics import NormalDist

SPLIT_P, ALPHA = 0.001, 0.05


def read(folder):
    with (Path(folder) / "people.csv").open() as file:
        return [{name: float(value) if name not in {"person", "arm"} else value for name, value in row.items()} for row in csv.DictReader(file)]


def analyse(folder):
    rows = first_rows(read(folder))
    arms = {arm: [row for row in rows if row["arm"] == arm] for arm in ("A", "B")}
    p_split = split_p(len(arms["A"]), len(arms["B"]))
    if p_split < SPLIT_P:
        return {"decision": "invalid", "split_p": p_split}
    effect = adjusted(arms, "before", "revenue")
    guards = [adjusted(arms, None, name) for name in ("complaints", "refunds", "latency_ms")]
    level = NormalDist().inv_cdf(1 - ALPHA / 2 / len(guards))
    harmed = any(one["effect"] - level * one["error"] > 0 for one in guards)
    low, high = (effect["effect"] + sign * 1.959964 * effect["error"] for sign in (-1, 1))
    decision = "stop" if harmed or high < 0 else "ship" if low > 0 else "undecided"
    return {"decision": decision, "split_p": p_split, "effect": effect["effect"], "low": low, "high": high}


def first_rows(rows):
    """One row for each person: sums over the days; the persons were randomised, not their visits."""
    found = {}
    for row in rows:
        one = found.setdefault(row["person"], {"arm": row["arm"], "before": row["before"], "revenue": 0.0, "complaints": 0.0, "refunds": 0.0, "latency_ms": 0.0, "visits": 0})
        for name in ("revenue", "complaints", "refunds"):
            one[name] += row[name]
        one["latency_ms"] += row["latency_ms"]
        one["visits"] += 1
    for one in found.values():
        one["latency_ms"] /= one["visits"]
    return list(found.values())


def split_p(a, b):
    """Two-sided normal approximation for an even split."""
    return 2 * (1 - NormalDist().cdf(abs(a - b) / math.sqrt(a + b)))


def adjusted(arms, before, name):
    """B - A and its standard error; with a covariate from before the slope over both arms takes its noise away."""
    values = {arm: [row[name] for row in rows] for arm, rows in arms.items()}
    if before:
        y, x = values["A"], [row[before] for row in arms["A"]]
        my, mx = sum(y) / len(y), sum(x) / len(x)
        slope = sum((u - mx) * (v - my) for u, v in zip(x, y)) / sum((u - mx) ** 2 for u in x)
        values = {arm: [row[name] - slope * (row[before] - mx) for row in rows] for arm, rows in arms.items()}
    means = {arm: sum(found) / len(found) for arm, found in values.items()}
    error = math.sqrt(sum(sum((v - means[arm]) ** 2 for v in found) / (len(found) - 1) / len(found) for arm, found in values.items()))
    return {"effect": means["B"] - means["A"], "error": error}
