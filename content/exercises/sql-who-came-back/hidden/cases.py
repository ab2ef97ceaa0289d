"""Yields the cases for a seed. Expected tables are made here, without SQL."""

import random

SCHEMA = open("schema.sql").read()


def cases(seed):
    rng = random.Random(seed)
    yield asked("examples", [[1, 0], [1, 30], [1, 31], [2, 6], [3, 8], [3, 50]], 75, rng)
    visits = []
    for user in range(40):
        first = rng.randrange(0, 28)
        visits += [[user, first]] + [[user, first + rng.randrange(1, 120)] for _ in range(rng.randrange(4, 9))]
    yield asked("cohorts", visits + [[1, 3], [1, 40], [1, 41], [1, 41]], 160, rng)
    visits = [[user, rng.randrange(7)] for user in range(9)]
    visits += [[user, 40 + 2 * user] for user in range(3)] * 2 + [[100, 15], [100, 60]]
    yield asked("denominators", visits, 140, rng)
    visits = [[user, user % 7] for user in range(8)] + [[2, 99], [2, 100], [3, 104], [20, 9], [21, 10]]
    yield asked("gaps", visits, 200, rng)
    visits = [[user, 7 * user] for user in range(10)] + [[user, 7 * user + 45] for user in range(10)] * 2
    end = 6 + 30 + 29 + 7 * rng.randrange(6, 10)
    yield asked("unfinished", [row for row in visits if row[1] <= end], end, rng)
    yield asked("unfinished", [row for row in visits if row[1] <= end - 1], end - 1, rng)
    base = rng.randrange(7)
    visits = [[user, base] for user in range(6)] + [[0, base + 29], [1, base + 30], [2, base + 59], [3, base + 60], [4, base + 119], [5, base + 120]]
    yield asked("edges", visits, 6 + 90 + 29, rng)


def asked(group, visits, today, rng):
    rng.shuffle(visits)
    first = {}
    for user, day in visits:
        first[user] = min(day, first.get(user, day))
    rows = []
    for cohort in {day // 7 for day in first.values()}:
        own = [user for user, day in first.items() if day // 7 == cohort]
        for month in (1, 2, 3):
            if cohort * 7 + 6 + 30 * month + 29 <= today:
                back = len({user for user, day in visits if user in own and (day - first[user]) // 30 == month})
                rows.append([cohort, month, len(own), back, back / len(own)])
    expect = {"columns": ["cohort", "month", "users", "back", "share"], "rows": rows}
    return {"group": group, "call": "solution", "args": [SCHEMA, {"visits": visits}, {"today": today}], "expect": expect}
