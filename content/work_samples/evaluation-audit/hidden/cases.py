"""Another script and other data for each seed: five of eight places are wrong, the rest stand there in their right form."""

import random

SCRIPT = """\
\"\"\"Prints the score of the slide: python validate.py\"\"\"

import csv

import numpy as np
from model import auc, fit, scores

with open("visits.csv") as file:
    header, *cells = list(csv.reader(file))
[[columns]]
column_of = {name: place for place, name in enumerate(header)}
patient = np.array([int(row[column_of["patient"]]) for row in cells])
y = np.array([int(row[column_of["readmitted"]]) for row in cells])
x = np.array([[float(row[column_of[name]] or "nan") for name in NAMES] for row in cells])

order = np.random.default_rng(7).permutation(len(y))
[[split]]
test = np.isin(np.arange(len(y)), HELD_OUT)

[[median]]
x = np.where(np.isnan(x), middle, x)
[[scale]]
x = (x - mean) / spread

[[choice]]
kept = np.argsort(-strength, kind="stable")[:6]


def score():
    found = []
    for seed in range(5):
        [[fit]]
        [[area]]
    [[said]]


print(f"area under the ROC curve: {score():.3f}")
"""
PLACES = {
    "split": ("HELD_OUT = np.flatnonzero(patient % 5 == 0)", "HELD_OUT = order[: len(order) // 5]"),
    "columns": (
        'NAMES = [name for name in header if name not in {"patient", "readmitted", "days_in_hospital", "discharge_code"}]',
        'NAMES = [name for name in header if name not in {"patient", "readmitted"}]',
    ),
    "median": ("middle = np.nanmedian(x[~test], axis=0)", "middle = np.nanmedian(x, axis=0)"),
    "scale": (
        "mean, spread = x[~test].mean(axis=0), x[~test].std(axis=0) + 1e-9",
        "mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9",
    ),
    "choice": (
        "strength = np.abs([np.corrcoef(column, y[~test])[0, 1] for column in x[~test].T])",
        "strength = np.abs([np.corrcoef(column, y)[0, 1] for column in x.T])",
    ),
    "fit": ("weights = fit(x[~test][:, kept], y[~test], seed)", "weights = fit(x[:, kept], y, seed)"),
    "area": (
        "found.append(auc(y[test], scores(weights, x[test][:, kept])))",
        "found.append(auc(y[test], (scores(weights, x[test][:, kept]) > 0.5).astype(float)))",
    ),
    "said": ("return sum(found) / len(found)", "return max(found)"),
}


def script(seed):
    """The script and the numbers of its wrong lines. The first three mistakes are in every one: they matter most."""
    rng = random.Random(seed + 77)
    wrong = {"split", "columns", "scale", *rng.sample(["median", "choice", "fit", "area", "said"], 3)}
    lines = SCRIPT.splitlines()
    numbers = []
    for at, line in enumerate(lines):
        name = line.strip().removeprefix("[[").removesuffix("]]")
        if line.strip() == f"[[{name}]]":
            lines[at] = line.replace(f"[[{name}]]", PLACES[name][name in wrong])
            numbers += [at + 1] if name in wrong else []
    return "\n".join(lines) + "\n", numbers


def visits(seed):
    rng = random.Random(seed)
    names = ["age", "earlier_stays", "pulse", "sodium", "creatinine", "haemoglobin", *(f"lab_{n}" for n in range(1, 31))]
    lines = [",".join(["patient", *names, "days_in_hospital", "discharge_code", "readmitted"])]
    for patient in range(100, 330):
        risk, habit = rng.gauss(-0.4, 0.9), [rng.gauss(0, 1) for _ in range(30)]
        for _ in range(rng.choice((1, 2, 2, 3, 4))):
            back = int(risk + rng.gauss(0, 1) > 0)
            row = [
                round(64 + 8 * risk + rng.gauss(0, 9)),
                max(0, round(1.5 + risk + rng.gauss(0, 1.1))),
                round(82 + rng.gauss(0, 12)),
                round(138 + rng.gauss(0, 3), 1),
                round(1.1 + 0.15 * risk + rng.gauss(0, 0.3), 2),
                round(13 - 0.4 * risk + rng.gauss(0, 1.4), 1),
                *(round(value + rng.gauss(0, 0.4), 2) for value in habit),
            ]
            cells = ["" if rng.random() < 0.06 else str(value) for value in row]
            left = [str(max(1, round(5 + 5 * back + rng.gauss(0, 2)))), str(rng.randrange(3) + 2 * back)]
            lines.append(",".join([str(patient), *cells, *left, str(back)]))
    return "\n".join(lines) + "\n"


def data(seed):
    return {"files": {"visits.csv": visits(seed), "validate.py": script(seed)[0]}, "inputs": [], "truth": []}


def cases(seed):
    yield {"group": "form", "call": "look:form", "args": [], "expect": "list of int, float", "about": "Answers in the right form"}
    yield {"group": "findings", "call": "findings", "args": [], "expect": [[one] for one in script(seed)[1]]}
    yield {"group": "number", "call": "corrected", "args": ["."], "about": "the score on your data"}
    for other in (seed + 1000, seed + 2000):
        files = {f"other{other}/visits.csv": visits(other)}
        yield {"group": "number", "call": "corrected", "args": [f"other{other}"], "files": files, "about": "on other data"}
