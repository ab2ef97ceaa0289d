def windows(length, first_train, horizon, step, gap):
    step = max(step, 1)
    last = length - gap - horizon
    return [[end, end + gap, end + gap + horizon] for end in range(first_train, last + 1, step)]
