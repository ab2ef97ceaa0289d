import pandas as pd


def plain(key):
    """The key as it is meant, or None where it is missing."""
    if key is None or key != key:
        return None
    text = str(key).strip()
    try:
        number = float(text)
        return str(int(number)) if number == int(number) else text
    except (ValueError, OverflowError):
        return text or None


def enrich(facts, attributes):
    best, seen = {}, {}
    for key, name, updated in zip(attributes["key"], attributes["name"], attributes["updated"]):
        key = plain(key)
        if key is None:
            continue
        seen[key] = seen.get(key, 0) + 1
        if key not in best or updated >= best[key][0]:
            best[key] = (updated, name)
    keys = [plain(key) for key in facts["key"]]
    every = [(plain(key), name) for key, name in zip(attributes["key"], attributes["name"])]
    rows = [[value, name] for key, value in zip(keys, facts["value"].tolist()) for name in ([n for k, n in every if key is not None and k == key] or [None])]
    return {
        "rows": rows,
        "unmatched": sum(key is not None and key not in best for key in keys),
        "missing": sum(key is None for key in keys),
        "repeated": sum(count > 1 for count in seen.values()),
    }
