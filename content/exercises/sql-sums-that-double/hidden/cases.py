"""Yields the cases for a seed. Expected tables are made here, without SQL."""

import random

SCHEMA = open("schema.sql").read()


def cases(seed):
    rng = random.Random(seed)
    yield from asked("examples", [[1, "ann", "shipped"], [2, "ann", "open"]], [[1, 2, 300], [1, 1, 100]], [[1, 400], [1, 300]], rng)
    orders = [[n, f"c{n % 3}", "shipped"] for n in range(1, 10)]
    prices = [rng.randrange(1, 40) * 50 for _ in orders]
    items = [[n, 2, price] for (n, _, _), price in zip(orders, prices) for _ in range(2)]
    payments = [[n, price] for (n, _, _), price in zip(orders, prices) for _ in range(4)]
    yield from asked("fan_out", orders, items, payments, rng)
    price = rng.randrange(100, 900)
    yield from asked("nothing", [[1, "ann", "open"], [2, "bob", "open"], [3, "bob", "open"], [4, "cat", "open"]], [[2, 1, price]], [[2, price]], rng)
    orders = [[n, rng.choice(["ann", "bob"]), rng.choice(["open", "shipped"])] for n in range(1, 8)] + [[8, "ann", "cancelled"], [9, "zoe", "cancelled"]]
    items = [[n, rng.randrange(1, 4), 100 * n] for n, _, _ in orders for _ in range(2)]
    paid = {n: sum(pieces * cents for one, pieces, cents in items if one == n) for n, _, _ in orders}
    payments = [[n, part] for n in range(1, 8) for part in (paid[n] - 40, 40)] + [[8, 55]]
    yield from asked("cancelled", orders, items, payments, rng)
    orders = [[n, "ann", "shipped"] for n in range(1, 7)]
    items = [[n, 1, cents] for n in range(1, 6) for cents in (rng.randrange(200, 500), 70)]
    payments = [[n, sum(one[2] for one in items if one[0] == n) + more] for n, more in ((1, 0), (2, 15), (3, -30))] + [[4, 9000], [4, -8000], [6, 1]]
    yield from asked("open", orders, items, payments, rng)


def asked(group, orders, items, payments, rng):
    for rows in (orders, items, payments):
        rng.shuffle(rows)
    ordered = {n: sum(pieces * cents for one, pieces, cents in items if one == n) for n, _, _ in orders}
    paid = {n: sum(cents for one, cents in payments if one == n) for n, _, _ in orders}
    live = [(n, who) for n, who, state in orders if state != "cancelled"]
    rows = []
    for who in {who for _, who in live}:
        own = [n for n, one in live if one == who]
        rows.append([who, len(own), sum(ordered[n] for n in own), sum(paid[n] for n in own)])
    given = [SCHEMA, {"orders": orders, "items": items, "payments": payments}]
    yield {"group": group, "call": "customers", "args": given, "expect": {"columns": ["customer", "orders", "ordered", "paid"], "rows": rows}}
    due = [[n, ordered[n] - paid[n]] for n, _ in live if ordered[n] != paid[n]]
    yield {"group": group, "call": "unsettled", "args": given, "expect": {"columns": ["order_id", "due"], "rows": due}}
