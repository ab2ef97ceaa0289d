import csv
import re
from bisect import bisect_right
from collections import defaultdict
from datetime import date
from decimal import ROUND_HALF_EVEN, Decimal
from pathlib import Path

MONTHS = "jan feb mar apr may jun jul aug sep oct nov dec".split()


def build(folder):
    """Yield the table of the specification and the report of what was left out."""
    folder = Path(folder)
    kept = {}
    report = {"unreadable": 0, "repeated": 0, "unknown_customer": 0, "no_rate": 0}
    customers = read_customers(folder)
    rates = read_rates(folder)
    orders = []
    for place, row in enumerate(read(folder / "orders.csv")):
        day, amount = day_of(row["date"]), amount_of(row["amount"])
        number = row["order"].strip().upper()
        if day is None or amount is None or not number:
            report["unreadable"] += 1
            continue
        orders.append((number, day, place, row["customer"], amount, row["currency"].strip().upper()))
    for order in orders:
        # The latest date wins; on the same date the row further down.
        if order[0] in kept:
            report["repeated"] += 1
        if order[0] not in kept or order[1:3] > kept[order[0]][1:3]:
            kept[order[0]] = order
    sums = defaultdict(lambda: [0, Decimal(0), None])
    for _, day, _, name, amount, currency in kept.values():
        customer = customers.get(key_of(name))
        if customer is None:
            report["unknown_customer"] += 1
            continue
        rate = rate_on(rates, currency, day)
        if rate is None:
            report["no_rate"] += 1
            continue
        entry = sums[customer]
        entry[0] += 1
        entry[1] += (amount * rate).quantize(Decimal("0.01"), ROUND_HALF_EVEN)
        entry[2] = max(entry[2] or day, day)
    rows = [[name, count, float(total), last.isoformat()] for name, (count, total, last) in sums.items()]
    return {"columns": ["customer", "orders", "euros", "last"], "rows": sorted(rows), "report": report}


def read(path):
    with path.open(newline="", encoding="utf-8-sig") as file:
        return list(csv.DictReader(file))


def key_of(text):
    return re.sub(r"[^0-9A-Z]", "", text.upper()).lstrip("0")


def read_customers(folder):
    """Old number to the customer's present one, through as many mergers as there were."""
    into = {}
    for row in read(folder / "customers.csv"):
        into[key_of(row["customer"])] = key_of(row["merged_into"]) or None
    found = {}
    for start in into:
        name, seen = start, set()
        if into.get(name) and name not in seen:
            seen.add(name)
            name = into[name]
        found[start] = name
    return found


def read_rates(folder):
    rates = defaultdict(list)
    for row in read(folder / "rates.csv"):
        rates[row["currency"].strip().upper()].append((date.fromisoformat(row["date"]), Decimal(row["euros"])))
    return {currency: sorted(found) for currency, found in rates.items()}


def rate_on(rates, currency, day):
    if currency == "EUR":
        return Decimal(1)
    found = rates.get(currency, [])
    place = bisect_right(found, day, key=lambda one: one[0])
    if not place or (day - found[place - 1][0]).days > 7:
        return None
    return found[place - 1][1]


def day_of(text):
    text = text.strip()
    try:
        if hit := re.fullmatch(r"(\d{4})-(\d{2})-(\d{2})", text):
            return date(*map(int, hit.groups()))
        if hit := re.fullmatch(r"(\d{1,2})\.(\d{1,2})\.(\d{4})", text):
            return date(int(hit[3]), int(hit[2]), int(hit[1]))
        if hit := re.fullmatch(r"(\d{1,2}) ([A-Za-z]{3}) (\d{4})", text):
            return date(int(hit[3]), MONTHS.index(hit[2].lower()) + 1, int(hit[1]))
    except ValueError:
        return None
    return None


def amount_of(text):
    text = text.strip().replace("\u00a0", "").replace(" ", "")
    is_back = text.startswith("(") and text.endswith(")")
    text = text.strip("()")
    if re.fullmatch(r"-?\d{1,3}(\.\d{3})+,\d{2}|-?\d+,\d{2}", text):
        text = text.replace(".", "").replace(",", ".")
    elif re.fullmatch(r"-?\d{1,3}(,\d{3})+(\.\d{2})?|-?\d+(\.\d{2})?", text):
        text = text.replace(",", "")
    else:
        return None
    return -Decimal(text) if is_back else Decimal(text)
