def windows(length, first_train, horizon, step, gap):
    if first_train < 1 or horizon < 1 or step < 1 or gap < 0:
        raise ValueError("windows need positive sizes")
    last = length - gap - horizon
    return [[end, end + gap, end + gap + horizon] for end in range(first_train, last + 1, step)]
