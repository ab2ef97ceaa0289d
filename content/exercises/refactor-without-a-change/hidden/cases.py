"""Yields the cases for a seed. The old code in given/ says what is right."""

import copy
import datetime
import random

import legacy

def cases(seed):
    rng = random.Random(seed)
    rates = {"EUR": 1.0, "USD": 1.1, "JPY": 163.0}
    today = datetime.date(2026, 1, 1) + datetime.timedelta(days=rng.randrange(200, 300))

    def order(customer, age, amount, currency="EUR"):
        return {"customer": customer, "day": str(today - datetime.timedelta(days=age)), "amount": amount, "currency": currency}

    def asked(group, orders, **more):
        right = legacy.run(copy.deepcopy(orders), str(today), rates) if "raises" not in more else None
        case = {"group": group, "call": "report", "args": [orders], "kwargs": {"today": str(today), "rates": rates}, **more}
        return case if "raises" in more else {**case, "expect": right}

    yield asked("examples", [order("ann", 1, 10)])
    names = [" Ann", "bob ", "CY", "dee", "", "ann"]
    for count in (5, 40):
        orders = [order(rng.choice(names), rng.choice([0, 29, 30, 31, 90, 91, 150]), rng.randrange(-400, 900) / 7, rng.choice(list(rates))) for _ in range(count)]
        yield asked("same", orders)
    yield asked("same", [order("zoe", 5, 20), order("ann", 4, 20), order("max", 4, 20), order("", 9, 3), order("eve", 2, 0.001)])
    yield asked("same", [order("ann", 1, 0.004) for _ in range(9)] + [order("old", 120, -50), order("old", 120, 50)])
    once = [order("ann", 3, 5)]
    yield asked("state", once)
    yield asked("state", [order("bob", 3, 7), order("", 2, 1)])
    yield asked("state", [order("", 2, 4), order("cy", 1, 6)])
    today = datetime.date(1999, 5, 17) + datetime.timedelta(days=rng.randrange(300))
    yield asked("clock", [order("ann", 31, 10), order("bob", 91, 10), order("cy", 30, 10)])
    mixed = [order("ann", age, 10) for age in rng.sample(range(100), 6)]
    yield {"group": "input", "call": "probe:unchanged", "args": [mixed, str(today), rates], "expect": True}
    yield asked("errors", [order("ann", -1, 10)], raises="ValueError")
    yield asked("errors", [order("ann", 1, 10, "GBP")], raises="KeyError")
