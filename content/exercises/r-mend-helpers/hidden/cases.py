"""Yields the cases for a seed: lines of commands. What is drawn comes from the reference, all else is made here."""

import random


def cases(seed):
    rng = random.Random(seed)

    def some(count):
        return [rng.randrange(10, 90) for _ in range(count)]

    def asked(group, *pairs):
        said = [[f"{given}\n", f"= {answer}"] for given, answer in pairs]
        return {"group": group, "stdin": "".join(one for one, _ in said), "expect": "\n".join(one for _, one in said)}

    yield asked("examples", ("steps 1,4,9", "3,5"), ("due 2026-01-31 2026-03-01,-", "2026-03-01,2026-01-31"), ("setting rate rate=5 depth=3", "5"))
    values = some(5)
    steps = ",".join(str(after - before) for before, after in zip(values, values[1:]))
    yield asked("empty", ("steps " + text(values), steps), (f"steps {values[0]}", ""), ("steps ", ""))
    one = rng.randrange(20, 10**6)
    yield asked("sampling", (f"draw 1 {one}", one), (f"draw 1 {one + 1}", one + 1))
    yield {"group": "sampling", "stdin": "draw 3 " + text(rng.sample(range(100), 8)) + "\n"}
    days = [f"2026-{rng.randrange(1, 13):02d}-{rng.randrange(1, 29):02d}" for _ in range(4)]
    yield asked("dates", (f"due {days[0]} {days[1]},-,{days[2]},-", f"{days[1]},{days[0]},{days[2]},{days[0]}"), (f"due {days[3]} -", days[3]), (f"due {days[3]} {days[0]}", days[0]))
    value = rng.randrange(10)
    held = [value, "-", value + 1, value, "-"]
    yield asked("gaps", (f"where {value} " + text(held), "1,4"), (f"where {value + 5} " + text(held), ""), (f"where {value + 1} " + text(held), "3"))
    size = rng.randrange(99)
    yield asked("lookup", (f"setting max maximum={size} rate=2", "unset"), (f"setting max max=3 maximum={size}", "3"), (f"setting rat rate={size}", "unset"), (f"setting depth rate=1 depth={size}", size))


def text(values):
    return ",".join(map(str, values))
