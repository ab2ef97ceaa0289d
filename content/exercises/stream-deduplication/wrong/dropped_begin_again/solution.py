def first_seen(events, span):
    seen_at = {}
    positions = []
    for position, (name, time) in enumerate(events):
        if name not in seen_at or time - seen_at[name] > span:
            positions.append(position)
        seen_at[name] = time
    return positions
