"""Invented logs of machines: which valves are open at the end decides, and the log has to be read to know it.

Events set, close and swap valves; while the panel is locked nothing of that counts. Which event does what, and which valves
together are dangerous, differs for each candidate.
"""

import random

KINDS = ["open a", "open b", "open c", "close a", "close b", "close c", "swap ab", "close all", "lock", "unlock"]
IDLE = 6
"""Kinds of events that say nothing."""
CHANCES = {"lock": 0.5, "unlock": 1.1, "close all": 0.25, "swap ab": 0.7}
RULES = [
    lambda a, b, c: (a and b) or c,
    lambda a, b, c: a != b,
    lambda a, b, c: a and not c or b and not a,
    lambda a, b, c: c and (a or b) or a and b,
    lambda a, b, c: a if c else b,
]
NOISE = 0.03
"""Share of labels that were noted wrongly, in the log at hand and in the new ones."""
SHOWN, ASKED = 5000, 5000


def ended(events):
    """The valves at the end."""
    a = b = c = is_locked = False
    for event in events:
        if event == "unlock":
            is_locked = False
        elif is_locked:
            continue
        elif event == "lock":
            is_locked = True
        elif event == "swap ab":
            a, b = b, a
        elif event == "close all":
            a = b = c = False
        elif event.startswith(("open", "close")):
            is_open = event.startswith("open")
            a, b, c = (is_open if event.endswith(name) else now for name, now in zip("abc", (a, b, c)))
    return a, b, c


def data(seed):
    rng = random.Random(seed * 13 + 5)
    kinds = KINDS + [f"idle {number}" for number in range(IDLE)]
    numbers = list(range(1, len(kinds) + 1))
    rng.shuffle(numbers)
    number = dict(zip(kinds, numbers))
    rule = rng.choice(RULES)
    weights = [CHANCES.get(kind, 0.6 if kind.startswith("idle") else 1.0) for kind in kinds]

    def drawn(shortest, longest):
        events = rng.choices(kinds, weights, k=rng.randrange(shortest, longest + 1))
        return [number[event] for event in events], int(bool(rule(*ended(events))) != (rng.random() < NOISE))

    known = [drawn(5, 30) for _ in range(SHOWN)]
    new = [drawn(5, 60) for _ in range(ASKED)]
    lines = ["label,events", *(f"{label},{' '.join(map(str, events))}" for events, label in known)]
    longest = 60
    return {
        "files": {"logs.csv": "\n".join(lines) + "\n"},
        "inputs": [events + [0] * (longest - len(events)) for events, _ in new],
        "truth": [label for _, label in new],
        "ceiling": 1 - NOISE + 0.01,
    }
