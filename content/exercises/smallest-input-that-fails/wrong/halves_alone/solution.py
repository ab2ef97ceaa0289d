def smallest(items, fails):
    kind = fails(items)
    if kind is None:
        raise ValueError("it does not fail")
    while len(items) > 1:
        middle = len(items) // 2
        half = next((part for part in (items[:middle], items[middle:]) if fails(part) == kind), None)
        if half is None:
            return items
        items = half
    return items
