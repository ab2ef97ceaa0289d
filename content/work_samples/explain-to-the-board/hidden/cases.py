"""Trials of six months: amounts with a long tail, wrong invoices of every size, a score that is good and not perfect."""

import random


def trial(rng, count, *, high=True, ties=False):
    lines = ["month,euros,score,wrong"]
    for number in range(count):
        euros = round(rng.lognormvariate(5.2, 0.9), -2 if ties else 2)
        wrong = int(rng.random() < 0.12) if number > 11 else number % 2
        score = min(max(rng.gauss(0.62 if wrong else 0.3, 0.17), 0), 1 if high else 0.59)
        lines.append(f"{number % 6 + 1},{euros},{round(score, 1 if ties else 3)},{wrong}")
    return "\n".join(lines) + "\n"


PARTS = {
    "alarms": ["checked_of_1000", "caught_of_100", "in_vain_of_10"],
    "money": ["net_by_month", "typical_month", "worst_month"],
    "rule_of_today": ["today_typical_month"],
}


def data(seed):
    return {"files": {"trial.csv": trial(random.Random(seed), 2400)}, "inputs": [], "truth": []}


def cases(seed):
    rng = random.Random(seed + 1000)
    small = ["month,euros,score,wrong"]
    for month in range(1, 7):
        small += [f"{month},100.0,0.6,1", f"{month},50.0,0.9,0", f"{month},900.0,0.59,1"]
    expect = {
        "checked_of_1000": 2000 / 3,
        "caught_of_100": 50.0,
        "in_vain_of_10": 5.0,
        "net_by_month": [56.0] * 6,
        "typical_month": 56.0,
        "worst_month": 56.0,
        "today_typical_month": 776.0,
    }
    files = {"small/trial.csv": "\n".join(small) + "\n"}
    yield {"group": "examples", "call": "figures", "args": ["small"], "files": files, "expect": expect}
    for group, names in PARTS.items():
        yield {"group": group, "call": "part:of", "args": [".", names], "about": "your own file"}
        for kind in ("", "ties", "none"):
            name = f"{group}{kind}"
            files = {f"{name}/trial.csv": trial(rng, 600, high=kind != "none", ties=kind == "ties")}
            yield {"group": group, "call": "part:of", "args": [name, names], "files": files, "about": kind or "another trial"}
