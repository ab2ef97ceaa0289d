"""Yields the cases for a seed: the same questions about other files of visits."""

import random
import statistics

NAMES = ["age", "wait", "doctors", "hour", "tests", "distance"]


def cases(seed):
    rng = random.Random(seed)
    with open("visits.csv") as file:
        numbers = sorted({int(line.split(",")[0]) for line in file.read().split()[1:]})
    yield asked("examples", None, "test_patients", [number for number in numbers if number % 4 == 0])
    yield asked("examples", None, "score")
    first, second = made(rng), made(rng)
    yield asked("columns", first, "columns", NAMES)
    patients = sorted({int(line.split(",")[0]) for line in first.split()[1:]})
    yield asked("split", first, "test_patients", [number for number in patients if number % 4 == 0])
    for text in (first, second):
        yield {"group": "fit", "call": "assay:value", "args": ["chosen"], "files": {"visits.csv": text}, "about": "chosen"}
        yield {"group": "fit", "call": "assay:value", "args": ["medians"], "files": {"visits.csv": text}, "about": "medians"}
        yield asked("score", text, "score")


def asked(group, text, name, expect=None):
    case = {"group": group, "call": "assay:value", "args": [name], "about": f"the variable {name}"}
    if text is not None:
        case["files"] = {"visits.csv": text}
    return case if expect is None else {**case, "expect": expect}


def made(rng):
    """Visits on which a choice of columns by all rows would be another, so that peeking shows."""
    while True:
        text = drawn(rng)
        rows = [line.split(",") for line in text.split()[1:]]
        train = [row for row in rows if int(row[0]) % 4]
        if strongest(train, train) != strongest(rows, train):
            return text


def strongest(rows, train):
    """The three strongest columns by these rows, gaps filled with the training medians."""
    late = [float(row[-1]) for row in rows]
    found = []
    for place, name in enumerate(NAMES, 1):
        middle = statistics.median(float(row[place]) for row in train if row[place])
        values = [float(row[place]) if row[place] else middle for row in rows]
        found.append((abs(statistics.correlation(values, late)), name))
    return {name for _, name in sorted(found)[-3:]}


def drawn(rng):
    """Visits whose held-out patients lean otherwise than the rest."""
    lines = [",".join(["patient", *NAMES, "bill", "late"])]
    weight = {name: rng.uniform(0.15, 0.5) for name in NAMES}
    rows = []
    for patient in range(1, 81):
        own = {name: rng.gauss(0, 1) for name in NAMES}
        lean = rng.gauss(0, 1.2)
        for _ in range(rng.randrange(3, 8)):
            values = {name: own[name] + rng.gauss(0, 1) for name in NAMES}
            sign = -1 if patient % 4 == 0 else 1
            score = lean + sum(weight[name] * values[name] * (sign if name in NAMES[3:] else 1) for name in NAMES)
            late = int(score + rng.gauss(0, 1) > 0)
            shift = 3 if patient % 4 == 0 else 0
            cells = ["" if rng.random() < 0.2 else f"{value + shift:.3f}" for value in values.values()]
            rows.append([str(patient), *cells, f"{2 * late + rng.gauss(0, 1):.2f}", str(late)])
    rng.shuffle(rows)
    return "\n".join(lines + [",".join(row) for row in rows]) + "\n"
