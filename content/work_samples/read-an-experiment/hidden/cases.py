"""Experiments of every kind: with and without an effect, broken splits, correlated visits, harm to a guard."""

import random


def experiment(rng, people, *, effect=0.0, tilt=0.5, harm=0.0, before=1.0):
    lines = ["person,arm,before,revenue,complaints,refunds,latency_ms"]
    rows = []
    for number in range(people):
        arm = "B" if rng.random() < tilt else "A"
        habit = rng.gammavariate(2, 15)
        own = habit * before + rng.gauss(0, 6)
        slow = rng.gauss(0, 40)
        for _ in range(1 + int(rng.expovariate(0.7))):
            gain = effect if arm == "B" else 0.0
            worse = harm if arm == "B" else 0.0
            rows.append(
                f"p{number},{arm},{habit:.2f},{max(0.0, own * 0.4 + gain + rng.gauss(0, 5)):.2f},"
                f"{int(rng.random() < 0.03 + worse)},{int(rng.random() < 0.02 + worse / 2)},{220 + slow + rng.gauss(0, 15) + 150 * worse:.1f}"
            )
    rng.shuffle(rows)
    return "\n".join(lines + rows) + "\n"


def cases(seed):
    rng = random.Random(seed + 11)
    count = 0

    def case(group, about, people=1200, **kind):
        nonlocal count
        count += 1
        name = f"{group}{count}"
        text = experiment(rng, people, **kind)
        # Chance moves a guard now and then; that is for the guards' own cases.
        while "harm" not in kind and highest_guard(text) > 1.9:
            text = experiment(rng, people, **kind)
        return {
            "group": group,
            "about": about,
            "call": "analyse",
            "args": [name],
            "files": {f"{name}/people.csv": text},
        }

    yield case("examples", "a clear gain", effect=4.0)
    for tilt in (0.42, 0.6, 0.44):
        yield case("split", f"{tilt:.0%} in B", people=2000, tilt=tilt)
    for effect in (0.0, 0.6, -3.0):
        yield case("person", "visits of one person belong together", effect=effect)
    for before in (1.6, 0.8):
        yield case("noise", "habits of spending", effect=1.2, before=before)
    for harm in (0.06, 0.0):
        yield case("guards", "complaints, refunds and latency", people=2000, effect=2.0, harm=harm)
    # One guard lies between the single and the joint limit: look for such a draw.
    for at in range(400):
        trial = random.Random(seed * 1000 + at)
        text = experiment(trial, 500, effect=4.0)
        if 2.0 < highest_guard(text) < 2.35:
            yield {"group": "guards", "about": "a guard that moved by chance", "call": "analyse", "args": ["chance"], "files": {"chance/people.csv": text}}
            break


def highest_guard(text):
    """The largest z of a guard: above 1.96 it counts alone, above 2.39 it counts with three of them."""
    from reference import solution

    arms = {"A": [], "B": []}
    rows = [dict(zip(text.split("\n")[0].split(","), line.split(","))) for line in text.split("\n")[1:-1]]
    rows = [{k: v if k in {"person", "arm"} else float(v) for k, v in row.items()} for row in rows]
    for row in solution.first_rows(rows):
        arms[row["arm"]].append(row)
    found = [solution.adjusted(arms, None, name) for name in ("complaints", "refunds", "latency_ms")]
    return max(one["effect"] / one["error"] for one in found)
