"""Another pull request for each seed: of nine places the first two and some others are wrong."""

import random

CODE = """\
\"\"\"Nightly features: what every customer bought in the last 30 days.\"\"\"

import csv
import logging
import os
from collections import defaultdict
from datetime import datetime, timedelta
from decimal import Decimal, InvalidOperation
from typing import NamedTuple

log = logging.getLogger(__name__)
DAYS = 30
[[secret]]


class Order(NamedTuple):
    number: str
    customer: str
    at: datetime  # with its time zone
    euros: Decimal


def read_orders(path):
    orders, broken = [], 0
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            try:
                at = datetime.fromisoformat(row["at"])
                orders.append(Order(row["order"], row["customer"], at, Decimal(row["euros"])))
            except (KeyError, TypeError, ValueError, InvalidOperation):
                [[lost]]
    if broken:
        log.error("%d rows of %s could not be read", broken, path)
    return orders


def customers_of(database, country):
    [[query]]
    return [row[0] for row in database.execute(*query_of(query, country))]


def query_of(query, country):
    return (query, (country,)) if "?" in query else (query,)


[[repeats]]
    seen = set() if seen is None else seen
    for order in orders:
        if order.number not in seen:
            seen.add(order.number)
            yield order


def in_window(orders, until):
    [[start]]
    for order in orders:
        [[window]]
            yield order


def collect(orders, returned, until):
    [[sorting]]
    by_customer = defaultdict(list)
    for order in unique(in_window(orders, until)):
        if order.number not in returned:
            by_customer[order.customer].append(order)
    return by_customer


def features(orders, returned, customers, until):
    by_customer = collect(orders, returned, until)
    for customer in customers:
        own = by_customer.get(customer, [])
        count, total = len(own), sum((order.euros for order in own), Decimal(0))
        [[mean]]
        last = max((order.at for order in own), default=None)
        days = None
        if last is not None:
            [[days]]
        yield {"customer": customer, "orders": count, "euros": total, "mean": mean, "days": days}
"""
PLACES = {
    "secret": ('PASSWORD = os.environ["WAREHOUSE_PASSWORD"]', 'PASSWORD = "n1ght-j0b"  # only for the warehouse'),
    "lost": ("broken += 1", "continue  # broken row"),
    "start": ("start = until - timedelta(days=DAYS)", "start = datetime.now() - timedelta(days=DAYS)"),
    "window": ("if start <= order.at < until:", "if start <= order.at <= until:"),
    "sorting": ("orders = sorted(orders, key=lambda order: order.at)", "orders.sort(key=lambda order: order.at)"),
    "repeats": ("def unique(orders, seen=None):", "def unique(orders, seen=set()):"),
    "query": (
        'query = "select customer from customers where country = ?"',
        "query = f\"select customer from customers where country = '{country}'\"",
    ),
    "mean": ("mean = total / count if count else Decimal(0)", "mean = total / count"),
    "days": ("days = (until - last).days", "days = (until - last).seconds // 86400"),
}


def pull_request(seed):
    rng = random.Random(seed + 5)
    wrong = {"secret", "lost", "start", "sorting", *rng.sample(["window", "repeats", "query", "mean", "days"], rng.choice((1, 2, 3)))}
    lines, numbers = CODE.splitlines(), {}
    for at, line in enumerate(lines):
        name = line.strip().removeprefix("[[").removesuffix("]]")
        if line.strip() == f"[[{name}]]":
            lines[at] = line.replace(f"[[{name}]]", PLACES[name][name in wrong])
            if name in wrong:
                numbers[name] = at + 1
    return "\n".join(lines) + "\n", numbers


def data(seed):
    return {"files": {"features.py": pull_request(seed)[0]}, "inputs": [], "truth": []}


def cases(seed):
    numbers = pull_request(seed)[1]
    yield {"group": "form", "call": "look:form", "args": [], "expect": True, "about": "Both functions yield lists of whole numbers"}
    yield {"group": "findings", "call": "findings", "args": [], "expect": [[one] for one in numbers.values()]}
    yield {"group": "most_harm", "call": "most_harm", "args": [], "expect": [numbers["secret"], numbers["lost"]]}
