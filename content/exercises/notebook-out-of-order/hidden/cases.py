"""Yields the cases for a seed: the same questions about other files of orders. Sums are made here, without pandas."""

import random

SHOPS = ["north", "south", "west", "east", "harbour"]


def cases(seed):
    rng = random.Random(seed)
    yield value("examples", None, "paid", expect=6)
    yield value("examples", None, "summary", expect=summed(rows_of(open("orders.csv").read())))
    for group, count, refunds in (("runs", 30, 0), ("summary", 90, 0.3), ("audit", 60, 0.3), ("few", 9, 0.8)):
        rows = made(rng, count, refunds)
        if group == "few":
            rows = [[order, shop, "19.00", "1"] for order, shop, _, _ in rows[2:]] + [[7, "west", "4.20", "0"], [3, "east", "4.20", "0"]]
        text = "order,shop,amount,refunded\n" + "".join(",".join(map(str, row)) + "\n" for row in rows)
        if group in {"runs", "few"}:
            yield value(group, text, "paid", expect=len(counting(rows)))
        if group in {"summary", "few"}:
            yield value(group, text, "summary", expect=summed(rows))
        if group in {"audit", "few"}:
            yield value(group, text, "audit")


def value(group, text, name, **more):
    files = {} if text is None else {"orders.csv": text}
    return {"group": group, "call": "assay:value", "args": [name], "files": files, "about": f"the variable {name}", **more}


def rows_of(text):
    return [[int(line.split(",")[0]), *line.split(",")[1:]] for line in text.split()[1:]]


def made(rng, count, refunds):
    numbers = rng.sample(range(1000, 9999), count)
    rows = []
    for number in numbers:
        amount = "" if rng.random() < 0.1 else f"{rng.randrange(100, 20000) / 100:.2f}"
        rows.append([number, rng.choice(SHOPS), amount, int(rng.random() < refunds)])
    rows += rng.sample(rows, count // 8)
    rng.shuffle(rows)
    return rows


def counting(rows):
    return {row[0]: row for row in rows if row[2] and str(row[3]) == "0"}


def summed(rows):
    found = {}
    for _, shop, amount, _ in counting(rows).values():
        found.setdefault(shop, []).append(float(amount) / 1.19)
    return sorted(([shop, len(nets), round(sum(nets), 2)] for shop, nets in found.items()), key=lambda row: (-row[2], row[0]))
