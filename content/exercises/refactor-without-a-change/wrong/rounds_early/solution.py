"""Worked: the state became a local, the clock and the file became arguments. The odd rules stay and are named: a nameless order goes
to the customer before it, by day; old refunds keep their weight; rounding comes last, and equal totals keep the order of
first appearance by day, since the sort is stable."""

from datetime import date


def weighted(order, today, rates):
    age = (today - date.fromisoformat(order["day"])).days
    if age < 0:
        raise ValueError("an order from tomorrow")
    weight = 1
    if age > 90:
        weight = 0.1 if order["amount"] > 0 else 1
    elif age > 30:
        weight = 0.5
    return round(order["amount"] / rates[order["currency"]] * weight, 2)


def report(orders, *, today, rates):
    totals = {}
    today, last = date.fromisoformat(today), None
    for order in sorted(orders, key=lambda one: one["day"]):
        value = weighted(order, today, rates)
        last = order["customer"].strip().lower() or last
        if last is not None:
            totals[last] = totals.get(last, 0) + value
    rounded = [[customer, round(total, 2)] for customer, total in totals.items()]
    return sorted((pair for pair in rounded if pair[1] != 0), key=lambda pair: -pair[1])
