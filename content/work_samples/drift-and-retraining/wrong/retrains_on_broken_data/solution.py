"""Reference: look for broken data first, then for worse predictions, and let a shift of inputs alone change nothing."""

import math

FEATURES = ("amount", "age_days", "visits", "country")
MOST_MISSING = 0.05
SURE = 4.0
FEWEST_LABELS = 100


def decide(reference, week):
    if is_worse(reference, week):
        return "retrain"
    if is_broken(reference, week):
        return "mend"
    return "keep"


def is_broken(reference, week):
    """Values that vanish, change their unit or name things that never were are a fault upstream, not another world."""
    for name in FEATURES[:3]:
        if missing(week, name) > missing(reference, name) + MOST_MISSING:
            return True
        usual, now = middle(reference, name), middle(week, name)
        if usual > 0 and not 1 / 8 < (now + 1e-9) / usual < 8:
            return True
    known = {row["country"] for row in reference}
    unknown = sum(row["country"] not in known for row in week) / len(week)
    return unknown > MOST_MISSING


def is_worse(reference, week):
    """Whether the log loss is higher than the scores themselves promise, by more than chance explains.

    Held against last month's loss, harder customers would look like a worse model.
    """
    gaps, spread = [], 0.0
    for row in week:
        if row["label"] is not None:
            chance = min(max(row["score"], 1e-6), 1 - 1e-6)
            yes, no = -math.log(chance), -math.log(1 - chance)
            gaps.append((yes if row["label"] else no) - (chance * yes + (1 - chance) * no))
            spread += chance * (1 - chance) * (yes - no) ** 2
    # A handful of labels has a long tail that the normal approximation knows nothing of.
    if len(gaps) < FEWEST_LABELS:
        return False
    return sum(gaps) > SURE * math.sqrt(spread) and sum(gaps) > 0.02 * len(gaps)


def missing(rows, name):
    return sum(row[name] is None for row in rows) / len(rows)


def middle(rows, name):
    found = sorted(row[name] for row in rows if row[name] is not None)
    return found[len(found) // 2] if found else 0.0
