def first_seen(events, span):
    passed_at = {}
    positions = []
    for position, (name, time) in enumerate(events):
        if name not in passed_at or time - passed_at[name] >= span:
            passed_at[name] = time
            positions.append(position)
    return positions
