def as_of(events, queries, max_age):
    answers = []
    for key, time in queries:
        best = None
        for other, when, value in events:
            if other == key and when < time and time - when <= max_age and (best is None or when >= best[0]):
                best = (when, value)
        answers.append(best[1] if best else None)
    return answers
