def alerts(values, limit, recover, times):
    found = []
    is_open = False
    row = 0
    for place, value in enumerate(values):
        if value is None:
            continue
        counts = value < recover if is_open else value >= limit
        row = row + 1 if counts else 0
        if row < times:
            continue
        if is_open:
            found[-1][1] = place
        else:
            found.append([place, None])
        is_open = not is_open
        row = 0
    return found
