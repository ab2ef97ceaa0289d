import csv
from pathlib import Path

import numpy as np
from model import auc, fit, scores

SUSPECT = [
    'NAMES = [name for name in header if name not in {"patient", "readmitted"}]',
    "middle = np.nanmedian(x, axis=0)",
    "mean, spread = x.mean(axis=0), x.std(axis=0) + 1e-9",
    "strength = np.abs([np.corrcoef(column, y)[0, 1] for column in x.T])",
    "found.append(auc(y[test], (scores(weights, x[test][:, kept]) > 0.5).astype(float)))",
    "return max(found)",
    "weights = fit(x[:, kept], y, seed)",
]


def findings():
    """The numbers of the lines that make the score too good, or another one than it says."""
    lines = Path("validate.py").read_text().splitlines()
    return [number for number, line in enumerate(lines, 1) if line.strip() in SUSPECT]


def corrected(folder):
    """The score by the protocol."""
    with (Path(folder) / "visits.csv").open() as file:
        rows = list(csv.DictReader(file))
    names = [name for name in rows[0] if name not in {"patient", "readmitted", "days_in_hospital", "discharge_code"}]
    x = np.array([[float(row[name]) if row[name] else np.nan for name in names] for row in rows])
    y = np.array([int(row["readmitted"]) for row in rows])
    order = np.random.default_rng(7).permutation(len(y))
    test = np.isin(np.arange(len(y)), order[: len(y) // 5])
    middle = np.nanmedian(x[~test], axis=0)
    x = np.where(np.isnan(x), middle, x)
    mean, spread = x[~test].mean(axis=0), x[~test].std(axis=0) + 1e-9
    x = (x - mean) / spread
    strength = np.abs([np.corrcoef(column, y[~test])[0, 1] for column in x[~test].T])
    kept = np.argsort(-strength, kind="stable")[:6]
    found = [auc(y[test], scores(fit(x[~test][:, kept], y[~test], seed), x[test][:, kept])) for seed in range(5)]
    return sum(found) / len(found)
