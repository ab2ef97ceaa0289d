def smallest(items, fails):
    kind = fails(items)
    if kind is None:
        raise ValueError("it does not fail")
    size = len(items) // 2
    while size > 1:
        at = 0
        while at < len(items):
            shorter = items[:at] + items[at + size:]
            if fails(shorter) == kind:
                items = shorter
            else:
                at += size
        size //= 2
    at = 0
    while at < len(items):
        shorter = items[:at] + items[at + 1:]
        if fails(shorter) == kind:
            items = shorter
        else:
            at += 1
    return items
