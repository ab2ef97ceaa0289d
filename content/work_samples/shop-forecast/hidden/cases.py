"""Sales of 190 invented shops: weekday profile, slow trend, promotions, noisy days; another world for each seed."""

import math
import random

SHOPS, DAYS, AHEAD = 190, 182, 28


def world(seed):
    rng = random.Random(seed)
    shops = []
    for _ in range(SHOPS):
        week = [math.exp(rng.gauss(0, 0.15)) for _ in range(7)]
        week[5] *= rng.uniform(1.7, 2.6)
        week[6] *= rng.uniform(0.2, 0.6)
        shops.append(
            {
                "level": math.exp(rng.gauss(4.2, 0.6)),
                "week": week,
                "trend": rng.gauss(0, 0.0012),
                "lift": rng.uniform(1.4, 2.0),
                "share": rng.uniform(0.06, 0.14),
            }
        )
    rows = []
    for number, shop in enumerate(shops):
        for day in range(DAYS + AHEAD):
            promotion = int(rng.random() < shop["share"])
            mean = shop["level"] * shop["week"][day % 7] * math.exp(shop["trend"] * day)
            mean *= shop["lift"] if promotion else 1.0
            sales = max(0, round(mean * math.exp(rng.gauss(0, 0.22)) + rng.gauss(0, math.sqrt(mean + 1))))
            rows.append((number, day, promotion, sales))
    return rows


def data(seed):
    rows = world(seed)
    lines = ["shop,day,promotion,sales", *(",".join(map(str, row)) for row in rows if row[1] < DAYS)]
    ahead = [row for row in rows if row[1] >= DAYS]
    return {
        "files": {"sales.csv": "\n".join(lines) + "\n"},
        "inputs": [list(row[:3]) for row in ahead],
        "truth": [row[3] for row in ahead],
    }
