from bisect import bisect_right as bisect_left


def as_of(events, queries, max_age):
    times, values = {}, {}
    for key, time, value in sorted(events, key=lambda event: event[1]):
        times.setdefault(key, []).append(time)
        values.setdefault(key, []).append(value)
    answers = []
    for key, time in queries:
        known = times.get(key, [])
        place = bisect_left(known, time) - 1
        is_known = place >= 0 and time - known[place] <= max_age
        answers.append(values[key][place] if is_known else None)
    return answers
