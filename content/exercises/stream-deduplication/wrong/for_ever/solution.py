def first_seen(events, span):
    passed_at = {}
    positions = []
    for position, (name, time) in enumerate(events):
        if name not in passed_at:
            passed_at[name] = time
            positions.append(position)
    return positions
