"""Yields the cases for a seed: surveys as text, reports made here without R."""

import random

EXAMPLE = "country,region,score\nDE,007,80\nDE,007,\nFR,010, 81\nNO,002,-\n"


def cases(seed):
    rng = random.Random(seed)
    yield asked("examples", [("DE", "007", "80"), ("DE", "007", ""), ("FR", "010", " 81"), ("NO", "002", "-")])
    scores = rng.sample(range(100), 6)
    yield asked("codes", [(c, "031", str(s)) for c, s in zip(["NA", "NO", "TR", "NA", "FI", "IN"], scores)])
    rows = [("DE", "012", str(rng.randrange(60, 101))) for _ in range(20)] + [("DE", "012", rng.choice(["", "-"])) for _ in range(9)]
    rows += [("PT", "090", f" {rng.randrange(1, 50)}") for _ in range(7)] + [("PT", "090", "0"), ("PT", "090", "-"), ("PT", "090", "")]
    rng.shuffle(rows)
    yield asked("numbers", rows)
    rows = [("SE", "004", "55"), ("DK", "003", ""), ("DK", "003", "-"), ("AT", "001", ""), ("SE", "005", "")]
    rng.shuffle(rows)
    yield asked("silent", rows)
    base = rng.randrange(10, 80)
    rows = [("ZA", "011", str(base)), ("BE", "020", str(base)), ("BE", "020", str(base + 1)), ("BE", "020", str(base)), ("BE", "003", str(base)), ("AR", "044", str(base - 1)), ("US", "008", str(base + 2))]
    rng.shuffle(rows)
    yield asked("order", rows)


def asked(group, rows):
    text = "country,region,score\n" + "".join(",".join(row) + "\n" for row in rows)
    found = {}
    for country, region, score in rows:
        found.setdefault((country, region), []).extend([int(score)] if score.strip().isdigit() else [])
    means = {pair: sum(values) / len(values) if values else None for pair, values in found.items()}
    order = sorted(found, key=lambda pair: (means[pair] is None, -(means[pair] or 0), pair))
    lines = [f"{c} {r} {len(found[c, r])} " + ("none" if means[c, r] is None else f"{means[c, r]:.2f}") for c, r in order]
    return {"group": group, "stdin": text, "expect": "\n".join(lines)}
