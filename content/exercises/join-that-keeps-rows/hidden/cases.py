"""Yields the cases for a seed."""

import random


def case(group, facts, attributes, **more):
    return {"group": group, "call": "frames:enriched", "args": [facts, attributes], **more}


def cases(seed):
    rng = random.Random(seed)
    facts, attributes = [[17, 1], ["x", 2], [None, 3]], [["017", "old", 1], [17.0, "new", 2]]
    yield case("examples", facts, attributes, expect={"rows": [[1, "new"], [2, None], [3, None]], "unmatched": 1, "missing": 1, "repeated": 1})

    def written(number):
        return rng.choice((number, float(number), str(number), f"00{number}", f" {number} "))

    for count in (12, 40):
        numbers = rng.sample(range(1, 99), count)
        yield case("keys", [[written(rng.choice(numbers)), n] for n in range(count * 2)], [[written(one), f"n{one}", 1] for one in numbers])
    texts = ["ab", " ab", "AB", "a b", "0ab", "1.5", "x"]
    yield case("keys", [[rng.choice(texts), n] for n in range(20)], [[text, f"for {text}", 1] for text in ("ab", "AB", "0ab", "1.5")])
    for _ in range(2):
        names = [[rng.randrange(8), f"n{n}", rng.randrange(4)] for n in range(30)]
        yield case("repeats", [[rng.randrange(10), n] for n in range(25)], names)
    holes = [None, float("nan"), "", "  ", 5]
    yield case("gaps", [[rng.choice(holes), n] for n in range(15)] + [[None, 99], ["", 98]], [[None, "hole", 9], [float("nan"), "hole", 9], ["", "hole", 9], [5, "five", 1]])
    yield case("gaps", [], [[1, "one", 1]])
    yield case("gaps", [[1, 1], [2, 2]], [])
