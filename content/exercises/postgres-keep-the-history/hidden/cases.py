"""Yields the cases for a seed. Expected tables are made here, without SQL."""

import random

SCHEMA = open("schema.sql").read()
QUERY = "SELECT plan, cents, valid_from::text, valid_to::text FROM history"
COLUMNS = ["plan", "cents", "valid_from", "valid_to"]


def day(number):
    return f"2026-{1 + number // 28:02d}-{1 + number % 28:02d}"


def cases(seed):
    rng = random.Random(seed)
    yield loaded("examples", [["basic", 500, day(0), None]], {"basic": 600}, 28)
    yield billed("examples", [["basic", 500, day(0), day(28)], ["basic", 600, day(28), None]], [["basic", 28], ["basic", 27]])
    prices = {f"p{n}": rng.randrange(100, 900) for n in range(8)}
    history = [[plan, cents, day(n), None] for n, (plan, cents) in enumerate(prices.items())]
    history += [["p0", 7, day(0), day(0)], ["old", 50, day(1), day(4)]]
    changed = {plan: cents + rng.choice([-10, 25]) for plan, cents in prices.items()}
    yield loaded("change", history, {**changed, "new": 42}, 60)
    kept = {plan: cents for plan, cents in prices.items()}
    yield loaded("same", history, kept, 70)
    yield loaded("same", history, kept, 70, 2)
    yield loaded("gone", [["a", 10, day(1), None], ["b", 20, day(2), None], ["c", 30, day(3), None], ["d", 5, day(0), day(9)]], {"b": 20, "d": 5}, 40 + rng.randrange(20))
    first, second, last = sorted(rng.sample(range(5, 90), 3))
    history = [["a", 10, day(first), day(second)], ["a", 20, day(second), day(last)], ["b", 99, day(first), None], ["a", 30, day(last + 2), None]]
    days = [first - 1, first, second - 1, second, last - 1, last, last + 1, last + 2, 200]
    yield billed("as_of", history, [["a", one] for one in days] + [["b", one] for one in days] + [["none", first]])


def loaded(group, history, listed, number, times=1):
    rows = [list(row) for row in history]
    for row in rows:
        if row[3] is None and listed.get(row[0]) != row[1]:
            row[3] = day(number)
    living = {row[0] for row in rows if row[3] is None}
    rows += [[plan, cents, day(number), None] for plan, cents in listed.items() if plan not in living]
    tables = {"history": history, "listed": [list(pair) for pair in listed.items()], "loading": [[day(number)]]}
    return {"group": group, "call": "assay:after", "args": ["load", QUERY, SCHEMA, tables, times], "expect": {"columns": COLUMNS, "rows": rows}}


def billed(group, history, uses):
    rows = [[n, plan, day(number)] for n, (plan, number) in enumerate(uses)]
    found = []
    for n, plan, at in rows:
        prices = [cents for one, cents, start, end in history if one == plan and start <= at and (end is None or at < end)]
        found.append([n, prices[0] if prices else None])
    return {"group": group, "call": "bills", "args": [SCHEMA, {"history": history, "uses": rows}], "expect": {"columns": ["id", "cents"], "rows": found}}
