"""Yields the cases for a seed; expected values come from an independent, slower way where one is given."""

import random


def cases(seed):
    rng = random.Random(seed)
    example = {"missing": [1], "unreadable": [2], "outside": [3], "distinct": 1}
    yield {"group": "examples", "call": "report", "args": [["12", " N/A", "1,5", "999", "012"], 0, 100], "expect": example}

    def case(group, made):
        """Take pairs of cell and kind (a number is its own kind): the answer is known from how they were made."""
        rng.shuffle(made)
        right = {kind: [p for p, (_, k) in enumerate(made) if k == kind] for kind in ("missing", "unreadable", "outside")}
        right["distinct"] = len({kind for _, kind in made if isinstance(kind, int)})
        return {"group": group, "call": "report", "args": [[cell for cell, _ in made], -10, 50], "expect": right}

    numbers = [(str(n), n) for n in rng.choices(range(-9, 50), k=20)]
    yield case("missing", numbers + [(text, "missing") for text in ("", "  ", "NA", "na ", "Null", "n/A", " NULL")])
    bad = ["1 2", "1_0", "3.0", "1e1", "--4", "+", "nan", "none", "\u0663", "4-", "0x1F"]
    yield case("unreadable", numbers + [(text, "unreadable") for text in bad])
    yield case("range", numbers + [("51", "outside"), ("-11", "outside"), ("50", 50), ("-10", -10), ("9" * 30, "outside")])
    n = rng.randrange(1, 9)
    yield case("distinct", [(f"{n}", n), (f"+{n}", n), (f"0{n}", n), (f" {n} ", n), (f"-{n}", -n), ("-0", 0), ("0", 0)])
    yield case("distinct", [])
