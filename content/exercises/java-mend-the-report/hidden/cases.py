"""Yields the cases for a seed: purchases as text, reports made here."""

import random

EXAMPLE = ["bo,tea,250,", "al,mug,900,gift", "bo,tea,250,again", "bo,tea"]


def cases(seed):
    rng = random.Random(seed)
    items = ["tea", "mug", "pan", "jar"]
    yield asked("examples", EXAMPLE)
    price = rng.randrange(1_500_000_000, 2_000_000_000)
    yield asked("big", [f"zed,{item},{price},x" for item in items] + ["zed,oven,-7,x", f"zed,bowl,{price},y"])
    yield asked("mean", ["al,tea,2,x", "al,tea,3,x"])
    yield asked("mean", ["al,tea,-2,x", "al,mug,-3,x"])
    yield asked("mean", [f"al,i{n},{rng.randrange(1, 90) * 2},x" for n in range(6)] + ["al,jar,1,x"])
    rows = [f"kim,{rng.choice(items)},{rng.choice([10, 20])},x" for _ in range(30)]
    yield asked("again", rows)
    rows = [f"ash,{rng.choice(items)},{cents},{rng.choice(['', 'ok'])}" for cents in range(12)]
    rows += ["ash,tea,5", "ash,tea,5,a,b", "", "ash,mug,,"][:3] + ["ash,pan,44,"]
    yield asked("fields", rows)
    names = [f"{rng.choice('qwertyuiop')}{rng.choice('asdfgh')}{n}" for n in range(25)]
    rng.shuffle(names)
    yield asked("order", [f"{name},tea,{rng.randrange(100)},x" for name in names])


def asked(group, lines):
    found, broken = {}, 0
    for line in lines:
        fields = line.split(",")
        if len(fields) != 4:
            broken += 1
            continue
        found.setdefault(fields[0], []).append((fields[1], int(fields[2]), fields[3]))
    said = []
    for name, rows in found.items():
        total, count = sum(row[1] for row in rows), len(rows)
        again = count - len({row[:2] for row in rows})
        streaks = sum(a[1] == b[1] for a, b in zip(rows, rows[1:]))
        said.append(f"{name} {count} {total} {(2 * total + count) // (2 * count)} {again} {streaks} {sum(bool(row[2]) for row in rows)}")
    text = "".join(line + "\n" for line in lines)
    return {"group": group, "stdin": text, "expect": "\n".join([*said, f"broken {broken}"])}
