"""Weeks of payments: a score from a known relation, and labels from the same one, or from another one."""

import math
import random

COUNTRIES = ["se", "no", "dk", "fi", "de", "pl"]


def squash(z):
    return 1 / (1 + math.exp(-z))


def rows(rng, count, world, *, shift=0.0, relation=1.0, labelled=1.0):
    found = []
    for _ in range(count):
        amount = math.exp(rng.gauss(3.3 + shift, 0.8))
        age = math.exp(rng.gauss(5.2 - shift, 0.9))
        visits = rng.randrange(1, 9) + round(2 * shift)
        place = min(int(rng.expovariate(0.6 / (1 + shift))), 5)
        believed = world["base"] + world["amount"] * (math.log(amount) - 3.3) - world["age"] * (math.log(age) - 5.2)
        believed += world["country"][place]
        real = believed if relation == 1.0 else world["base"] + relation * (believed - world["base"]) + 0.9
        label = int(rng.random() < squash(real))
        row = {"amount": round(amount, 2), "age_days": round(age), "visits": max(visits, 0), "country": COUNTRIES[place]}
        row = {key: None if key != "country" and rng.random() < 0.01 else value for key, value in row.items()}
        row["score"] = round(squash(believed), 5)
        row["label"] = label if rng.random() < labelled else None
        found.append(row)
    return found


def spoilt(rng, week, kind):
    name = rng.choice(["amount", "age_days", "visits"])
    share = rng.uniform(0.12, 0.6)
    codes = {code: code.upper() if kind == "codes" else code for code in COUNTRIES}
    for row in week:
        if kind == "missing" and rng.random() < share:
            row[name] = None
        if kind in {"cents", "thousands"} and row["amount"] is not None:
            row["amount"] = row["amount"] * 100 if kind == "cents" else round(row["amount"] / 1000, 5)
        if kind == "codes":
            row["country"] = codes[row["country"]]
    return week


def cases(seed):
    rng = random.Random(seed * 3 + 1)
    world = {
        "base": rng.uniform(-1.6, -1.2),
        "amount": rng.uniform(0.8, 1.2),
        "age": rng.uniform(0.7, 1.1),
        "country": [rng.gauss(0, 0.4) for _ in COUNTRIES],
    }
    reference = rows(rng, 3000, world)

    def case(group, week, expect, about):
        # Long lists of rows are sent once, in a file; the call reads them.
        return {"group": group, "call": "weeks:decide", "args": [week], "expect": expect, "about": about}

    yield case("examples", rows(rng, 3000, world), "keep", "a quiet week") | {"files": {"reference.json": json_of(reference)}}
    yield case("examples", spoilt(rng, rows(rng, 600, world), "missing"), "mend", "a field that stays empty")
    shared = {"files": {"reference.json": json_of(reference)}}
    for at in range(40):
        labelled = rng.choice((0.05, 0.1, 0.3, 1.0))
        yield case("quiet", rows(rng, rng.randrange(300, 900), world, labelled=labelled), "keep", "a quiet week") | shared
    for at in range(30):
        week = rows(rng, rng.randrange(300, 900), world, shift=rng.uniform(0.3, 0.7), labelled=rng.choice((0.2, 0.5, 1.0)))
        yield case("inputs_moved", week, "keep", "other customers") | shared
    for at in range(30):
        week = rows(rng, rng.randrange(400, 900), world, relation=rng.uniform(-0.7, -0.3), labelled=rng.choice((0.5, 1.0)))
        yield case("relation_moved", week, "retrain", "another relation") | shared
    for at in range(30):
        kind = ("missing", "cents", "thousands", "codes")[at % 4]
        relation = rng.choice((1.0, -0.4))
        week = spoilt(rng, rows(rng, rng.randrange(300, 900), world, relation=relation), kind)
        yield case("broken", week, "mend", kind) | shared


def json_of(value):
    import json

    return json.dumps(value)
