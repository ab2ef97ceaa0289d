"""Yields the cases for a seed: linear histories with one mistake and some commits that cannot be tested."""

import random

START = "git init -q -b main .\n"
FUNCTIONS = ("tax", "fee", "sale", "tip")


def cases(seed):
    rng = random.Random(seed)
    with open("make_example.sh") as file:
        example = START + file.read()
    yield asked("examples", example, "files", "main")
    setup, bad, count = repository(rng)
    yield asked("found", setup, "named", "bad-commit.txt", expect=bad)
    yield asked("repaired", setup, "files", "main")
    yield asked("history", setup, "origin", "main", expect={"kept": count, "new": 1})
    yield asked("history", setup, "branches", expect=["main"])
    yield asked("tidy", setup, "head", expect="main")
    yield asked("tidy", setup, "under_way", expect=[])
    yield asked("tidy", setup, "status", expect=["?? bad-commit.txt"])


def asked(group, setup, question, *rest, **more):
    return {"group": group, "call": "assay:end", "args": [setup, question, *rest], **more}


def repository(rng):
    watched, other, third, _ = rng.sample(FUNCTIONS, 4)
    rate = rng.randrange(11, 40)
    gap = "\\n" * 8
    body = gap.join(f"{name}() {{ echo $(($1 * {rate} / 100)); }}" for name in FUNCTIONS)
    lines = [START, f"printf '# Rates{gap}{body}\\n' > rates.sh"]
    lines.append(f"printf 'sh -n rates.sh || exit 125\\n. ./rates.sh\\n[ $({watched} 200) = {2 * rate} ]\\n' > check.sh")
    lines.append("git add . && git commit -q -m Begin && git tag start")
    count = 1

    def commit(change, subject):
        nonlocal count
        count += 1
        lines.append(f"{change} && git add -A && git commit -q -m '{subject}'")

    def notes(least, most):
        for number in range(rng.randint(least, most)):
            commit(f"echo {rng.randrange(10**6)} >> notes.txt", f"Note {count} {number}")

    notes(1, 2)
    commit(r"sed -i 's/# Rates/# Rates ((/; s/^tax() {/tax() { (/' rates.sh", "Begin a change of form")
    notes(8, 9)
    commit(r"sed -i 's/# Rates ((/# Rates/; s/^tax() { (/tax() {/' rates.sh", "End the change of form")
    notes(2, 3)
    bad = f"Look after {watched} and {third} {rng.randrange(1000)}"
    wrong = rate + rng.randrange(1, 9)
    commit(f"sed -i 's/^{watched}() .*/{watched}() {{ echo $(($1 * {wrong} \\/ 100)); }}/; s/# Rates/# The rates/' rates.sh", bad)
    notes(1, 2)
    commit(f"sed -i 's/^{other}() .*/{other}() {{ echo $(($1 * {rate} \\/ 1000)); }}/' rates.sh", f"Look after {other}")
    notes(1, 3)
    return "\n".join(lines) + "\n", bad, count
