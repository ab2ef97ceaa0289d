"""Yields the cases for a seed. Expected tables are made here, without SQL."""

import random

SCHEMA = open("schema.sql").read()
QUERY = "SELECT article, at, cents, changes FROM prices"
LOG = "SELECT note FROM log WHERE article = 7 ORDER BY at DESC LIMIT 1"


def cases(seed):
    rng = random.Random(seed)
    prices = [[1, day(60), 500, 2]]
    yield loaded("examples", prices, [[1, day(61), 450], [1, day(32), 999], [2, day(60), 80]])
    prices = [[n, day(rng.randrange(100)), rng.randrange(1, 900), rng.randrange(5)] for n in range(40)]
    staged = [[rng.randrange(60), day(rng.randrange(100)), rng.randrange(1, 900)] for _ in range(200)]
    distinct = list({(article, at): [article, at, cents] for article, at, cents in staged}.values())
    yield loaded("newest", prices, [*distinct, [1, "2025-01-01 00:00:00", 1], [41, day(200), 5], [41, day(4), 6]])
    yield loaded("again", [[1, day(3), 10, 0], [2, day(9), 10, 4]], [[1, day(4), 11], [1, day(2), 5], [3, day(1), 7]], 2)
    ties = [[5, day(4), 300], [5, day(4), 700], [5, day(4), 500], [6, day(1), 60], [7, day(8), 1]]
    broken = [[None, day(9), 4], [5, day(9), None], [6, None, 9], [8, None, None]]
    yield loaded("dirty", [[6, day(1), 50, 0], [7, day(2), 1, 1]], rng.sample(ties + broken, len(ties + broken)))
    log = [[rng.randrange(300), day(rng.randrange(100)), f"n{n}"] for n in range(2000)]
    asked = ["index", LOG, SCHEMA, {"log": log}]
    yield {"group": "index", "call": "assay:scanned", "args": asked, "expect": [], "compare": {"rule": "exact"}}


def day(number):
    return f"2026-{1 + number // 28:02d}-{1 + number % 28:02d} 00:00:00"


def loaded(group, prices, staged, times=1):
    found = {row[0]: list(row) for row in prices}
    best = {}
    for article, at, cents in staged:
        if None not in (article, at, cents):
            best[article] = max(best.get(article, ("", 0)), (at, cents))
    for article, (at, cents) in best.items():
        if article not in found:
            found[article] = [article, at, cents, 0]
        elif at > found[article][1]:
            found[article] = [article, at, cents, found[article][3] + 1]
    given = ["load", QUERY, SCHEMA, {"prices": prices, "staging": staged}, times]
    expect = {"columns": ["article", "at", "cents", "changes"], "rows": list(found.values())}
    return {"group": group, "call": "assay:after", "args": given, "expect": expect}
