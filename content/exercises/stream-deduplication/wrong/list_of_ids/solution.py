def first_seen(events, span):
    passed = []
    for position, (name, time) in enumerate(events):
        if not any(events[p][0] == name and events[p][1] >= time - span for p in passed):
            passed.append(position)
    return passed
