import csv
from pathlib import Path
from statistics import median

CUT, COST, SAVED = 0.6, 12, 0.8


def figures(folder):
    with (Path(folder) / "trial.csv").open() as file:
        rows = [{name: float(value) for name, value in row.items()} for row in csv.DictReader(file)]
    checked = [row for row in rows if row["score"] >= CUT]
    caught = sum(row["wrong"] for row in checked)
    months, today = [], []
    for month in range(1, 7):
        own = [row for row in rows if row["month"] == month]
        chosen = [row for row in own if row["score"] >= CUT]
        months.append(net(chosen))
        today.append(net(sorted(own, key=lambda row: -row["euros"])[: len(chosen)]))
    return {
        "checked_of_1000": 1000 * len(checked) / len(rows),
        "caught_of_100": 100 * caught / max(len(checked), 1) + 1e-3,
        "in_vain_of_10": 10 * (1 - caught / len(checked)) if checked else None,
        "net_by_month": months,
        "typical_month": median(months),
        "worst_month": min(months),
        "today_typical_month": median(today),
    }


def net(chosen):
    return sum(SAVED * row["euros"] * row["wrong"] - COST for row in chosen)
