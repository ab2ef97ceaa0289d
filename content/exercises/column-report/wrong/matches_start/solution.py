import re

MISSING = {"", "na", "n/a", "null"}
NUMBER = re.compile(r"[+-]?[0-9]+")


def report(cells, low, high):
    found = {"missing": [], "unreadable": [], "outside": []}
    numbers = set()
    for position, cell in enumerate(cells):
        text = cell.strip(" ")
        if text.lower() in MISSING:
            found["missing"].append(position)
        elif not NUMBER.match(text):
            found["unreadable"].append(position)
        elif not low <= int(text) <= high:
            found["outside"].append(position)
        else:
            numbers.add(int(text))
    return {**found, "distinct": len(numbers)}
