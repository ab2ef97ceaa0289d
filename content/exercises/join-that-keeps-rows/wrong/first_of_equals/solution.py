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
        if key not in best or updated > best[key][0]:
            best[key] = (updated, name)
    keys = [plain(key) for key in facts["key"]]
    rows = [[value, best[key][1] if key in best else None] for key, value in zip(keys, facts["value"].tolist())]
    return {
        "rows": rows,
        "unmatched": sum(key is not None and key not in best for key in keys),
        "missing": sum(key is None for key in keys),
        "repeated": sum(count > 1 for count in seen.values()),
    }
