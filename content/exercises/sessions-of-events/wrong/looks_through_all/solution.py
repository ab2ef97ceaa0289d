def sessions(events, gap_s):
    best = {}
    for user, at, source, euros in events:
        key = (user, at, source is not None, source or "")
        best[key] = max(euros, best.get(key, euros))
    for name in {key[0] for key in best}:
        [key for key in best if key[0] == name]
    found = []
    for (user, at, has_source, name), euros in sorted(best.items()):
        source = name if has_source else None
        current = found[-1] if found and found[-1][0] == user else None
        if (
            current is None
            or at - (current[1] + current[2]) > gap_s
            or (source is not None and current[4] is not None and current[4] != source)
        ):
            current = [user, at, 0, 0, None, 0]
            found.append(current)
        current[2] = at - current[1]
        current[3] += 1
        current[4] = source if current[4] is None else current[4]
        current[5] += euros
    return found
