import csv
import math
from collections import defaultdict
from pathlib import Path


def read(folder):
    with (Path(folder) / "sales.csv").open() as file:
        return [tuple(int(row[name]) for name in ("shop", "day", "promotion", "sales")) for row in csv.DictReader(file)]


def train(folder, seed):
    """Weekday profile and promotion lift for each shop, level and trend of the profile's leftovers."""
    by_shop = defaultdict(list)
    for row in read(folder):
        by_shop[row[0]].append(row[1:])
    return {shop: fit(rows) for shop, rows in by_shop.items()}


def fit(rows):
    mean = sum(sales for _, _, sales in rows) / len(rows)
    week = [1.0] * 7
    lift = 1.6
    level, slope = math.log(max(mean, 0.1)), 0.0
    for _ in range(4):
        plain = lambda day: math.exp(level + slope * day)
        for weekday in range(7):
            own = [(s, plain(d) * (lift if p else 1)) for d, p, s in rows if d % 7 == weekday]
            week[weekday] = (sum(s for s, _ in own) + 1) / (sum(e for _, e in own) + 1)
        promoted = [(s, plain(d) * week[d % 7]) for d, p, s in rows if p]
        # A few promotions say little: pull towards the usual lift.
        lift = (sum(s for s, _ in promoted) + 1.65 * mean * 4) / (sum(e for _, e in promoted) + mean * 4)
        points = []
        for block in range(0, len(rows), 14):
            part = rows[block : block + 14]
            sold = sum(s for _, _, s in part)
            usual = sum(week[d % 7] * (lift if p else 1) for d, p, _ in part)
            points.append((part[len(part) // 2][0], math.log((sold + 0.5) / (usual + 0.01))))
        x = sum(d for d, _ in points) / len(points)
        y = sum(v for _, v in points) / len(points)
        spread = sum((d - x) ** 2 for d, _ in points)
        slope = 0.8 * sum((d - x) * (v - y) for d, v in points) / spread
        level = y - slope * x
    return level, slope, week, lift


def predict(model, rows):
    return [forecast(model[shop], day, promotion) for shop, day, promotion in rows if promotion == 0]


def forecast(shop, day, promotion):
    level, slope, week, lift = shop
    return math.exp(level + slope * day) * week[day % 7] * (lift if promotion else 1.0)
