"""Yields the cases for a seed: logged games of a small world; small fractions, so that sums are exact enough."""

import random

GAMES = [[[0, 1, 0, 1, ""], [1, 0, 10, 2, "over"]], [[0, 1, 0, 1, ""], [1, 1, -4, 2, "over"]]]


def cases(seed):
    rng = random.Random(seed)
    yield learn("examples", 3, 2, GAMES, 0.5, 0.9, expect=[[0.0, 2.25], [5.0, -2.0], [0.0, 0.0]])
    yield {"group": "examples", "call": "policy", "args": [[[0.0, 2.25], [5.0, -2.0], [0.0, 0.0]]], "expect": [1, 0, 0]}
    for states, actions in ((4, 3), (7, 4)):
        yield learn("update", states, actions, [game(rng, states, actions, 12) for _ in range(6)], 0.5, 0.75)
    loop = [[0, 0, 1, 0, ""]] * 5 + [[0, 0, 1, 0, "cut"]]
    yield learn("update", 2, 1, [loop], 0.5, 0.5)
    over = [[[0, 0, 2, 1, ""], [1, 0, 3, 0, "over"]]] * 4
    yield learn("ends", 2, 2, over, 0.5, 1.0)
    yield learn("cut_off", 2, 2, [[[0, 0, rng.randrange(1, 9), 1, ""], [1, 1, 4, 0, "cut"]]] * 3, 0.5, 1.0)
    yield learn("cut_off", 2, 2, [[[0, 0, 5, 0, ""], [0, 1, 1, 0, "cut"]]] * 2, 0.25, 0.5)
    # A bad action was tried, another never: nothing is known of that one, and 0 is more than a loss.
    lost = rng.randrange(1, 9)
    yield {"group": "unknown", "call": "policy", "args": [[[-float(lost), 0.0, -1.0], [-2.0, -float(lost), 0.0], [0.0, 0.0, -3.0]]], "expect": [1, 2, 0]}
    yield {"group": "policy", "call": "policy", "args": [[[1.0, 3.0, 3.0], [0.0, 0.0, 0.0], [float(lost), 2.0, float(lost)]]]}


def learn(group, states, actions, games, rate, discount, **more):
    return {"group": group, "call": "learned", "args": [states, actions, games, rate, discount], **more}


def game(rng, states, actions, length):
    state, steps = rng.randrange(states), []
    for number in range(length):
        after = rng.randrange(states)
        end = rng.choice(["over", "cut"]) if number == length - 1 else ""
        steps.append([state, rng.randrange(actions), rng.randrange(-4, 9), after, end])
        state = after
    return steps
