"""Grew over the years. Works. Please do not touch."""

import datetime
import json
import os

TOTALS = {}
LAST = None
RATES_FILE = "/tmp/rates.json"


def load():
    global RATES
    RATES = json.load(open(RATES_FILE))


def today():
    return datetime.date.fromisoformat(os.environ.get("TODAY") or str(datetime.date.today()))


def add(order):
    global LAST
    days = (today() - datetime.date.fromisoformat(order["day"])).days
    if days < 0:
        raise ValueError("an order from tomorrow")
    w = 1
    if days > 30:
        w = 0.5
    if days > 90:
        w = 0.1 if order["amount"] > 0 else 1
    x = order["amount"] / RATES[order["currency"]] * w
    c = order["customer"].strip().lower()
    if not c:
        c = LAST
    if c is None:
        return
    LAST = c
    TOTALS[c] = TOTALS.get(c, 0) + x


def result():
    rows = [[c, round(t, 2)] for c, t in TOTALS.items()]
    rows = [r for r in rows if r[1] != 0]
    rows.sort(key=lambda r: -r[1])
    return rows


def run(orders, day, rates):
    """The old code in a fresh state: what your function must yield."""
    global LAST
    TOTALS.clear()
    LAST = None
    os.environ["TODAY"] = day
    json.dump(rates, open(RATES_FILE, "w"))
    load()
    orders.sort(key=lambda o: o["day"])
    for order in orders:
        add(order)
    return result()
