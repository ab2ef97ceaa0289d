"""Reviews made of clauses with negation, 'but' and a brand; in the training shops the brand nearly gives the label."""

import random

GOOD = """quiet sturdy reliable handy gentle thorough quick sharp bright roomy smooth precise solid clever neat thrifty
powerful comfortable elegant easy light warm fresh useful lovely fine splendid robust safe simple""".split()
BAD = """noisy flimsy unreliable clumsy rough sloppy slow dull dim cramped jerky vague shaky stupid messy wasteful weak
awkward ugly hard heavy cold stale useless nasty poor dreadful brittle risky fiddly""".split()
THINGS = ["motor", "lid", "handle", "display", "filter", "hose", "switch", "basket", "cable", "manual", "timer", "door"]
MACHINES = ["mixer", "kettle", "toaster", "vacuum", "blender", "iron", "heater", "grinder"]
SYLLABLES = ["ba", "ko", "ri", "zel", "mon", "tu", "ver", "lis", "dra", "fen", "gal", "nix", "po", "qua"]
NOISE = 0.05
"""People do give five stars to a complaint."""
LEADS = ["after a week", "so far", "in our kitchen", "to be honest", "for the price", "every morning"]


def brand(rng):
    return "".join(rng.sample(SYLLABLES, 2)).capitalize()


def clause(rng, is_good):
    thing = rng.choice(THINGS)
    word, other = rng.choice(GOOD if is_good else BAD), rng.choice(BAD if is_good else GOOD)
    turn = rng.random()
    if turn < 0.45:
        return f"the {thing} is {rng.choice(['', 'very ', 'really '])}{word}"
    if turn < 0.75:
        return f"the {thing} is {rng.choice(['not', 'never', 'hardly'])} {rng.choice(['', 'at all ', 'really '])}{other}"
    if turn < 0.9:
        return f"{rng.choice(LEADS)} the {thing} feels {word}"
    return f"no {other} {thing} here"


def review(rng, label, name):
    machine = rng.choice(MACHINES)
    start = rng.choice([f"My {name} {machine}", f"The {name} {machine}", f"We bought a {name} {machine}"])
    kind = rng.random()
    if kind < 0.35:
        body = clause(rng, label)
    elif kind < 0.7:
        # What comes after "but" is what the writer means.
        body = f"{clause(rng, not label)} but {clause(rng, label)}"
    else:
        body = f"{clause(rng, label)}, {clause(rng, label)}"
    return f"{start}: {body}."


def data(seed):
    rng = random.Random(seed * 13 + 5)
    names = sorted({brand(rng) for _ in range(40)})
    rng.shuffle(names)
    good, bad, fresh = names[:8], names[8:16], names[16:]
    lines = ["shop,text,label"]
    for _ in range(3000):
        label = rng.random() < 0.5
        usual, odd = (good, bad) if label else (bad, good)
        name = rng.choice(usual if rng.random() < 0.93 else odd)
        written = label if rng.random() > NOISE else not label
        lines.append(f'{rng.randrange(6)},"{review(rng, label, name)}",{int(written)}')
    rows, truth = [], []
    for _ in range(5000):
        label = rng.random() < 0.5
        rows.append([review(rng, label, rng.choice(names[:24]))])
        truth.append(int(label if rng.random() > NOISE else not label))
    return {"files": {"reviews.csv": "\n".join(lines) + "\n"}, "inputs": rows, "truth": truth, "ceiling": 1 - NOISE}
