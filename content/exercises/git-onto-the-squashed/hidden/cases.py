"""Yields the cases for a seed: repositories whose files, lines and numbers of commits the seed chooses."""

import random

SHAPE = "%s|%an|%ad"
START = "git init -q -b main .\n"


def cases(seed):
    rng = random.Random(seed)
    with open("make_example.sh") as file:
        example = START + file.read()
    yield asked("examples", example, "log", "search", expect=["Limit results", "Search", "Cache", "Index (squashed)", "Begin"])
    setup = repository(rng)
    yield asked("own_commits", setup, "log", "search")
    yield asked("conflict", setup, "files", "search", about="Files of the moved branch")
    yield asked("authors", setup, "log", "search", SHAPE)
    yield asked("others", setup, "log", "main", SHAPE)
    yield asked("others", setup, "origin", "index")
    yield asked("others", setup, "branches", expect=["index", "main", "search"])
    yield asked("tidy", setup, "head", expect="search")
    yield asked("tidy", setup, "under_way", expect=[])
    yield asked("tidy", setup, "status", expect=[])


def asked(group, setup, question, *rest, **more):
    return {"group": group, "call": "assay:end", "args": [setup, question, *rest], **more}


def repository(rng):
    lines, day = [START], [10]

    def commit(subject, who):
        day[0] += 1
        lines.append(f"git add -A && git commit -q -m '{subject}' --author '{who} <{who}@example.org>' --date '2026-03-{day[0]}T10:00:00Z'")

    keys = rng.sample(["rate", "depth", "width", "steps", "seed", "folds"], 5)
    lines.append(f"printf '{keys[0]}=1\\n{keys[1]}=2\\n' > settings.txt && printf 'x = {rng.randrange(99)}\\n' > app.py")
    commit("Begin", "Ana")
    lines.append("git checkout -q -b index")
    for number in range(rng.randrange(2, 4)):
        lines.append(f"echo 'index {rng.randrange(999)}' >> index.py")
        commit(f"Index {number}", "Bo")
    # The squashed commit holds another last line than the branch's first commits do: replaying them conflicts.
    lines.append("git checkout -q -b search")
    before = rng.randrange(1, 3)
    for number in range(3):
        if number == before:
            lines.append(f"echo '{keys[2]}={rng.randrange(99)}' >> settings.txt")
        else:
            lines.append(f"echo 'search {rng.randrange(999)}' >> search.py")
        commit(f"Search {number}", rng.choice(["Chidi", "Dora"]))
    lines.append("git checkout -q main && git merge -q --squash index")
    commit("Index, squashed", "Ana")
    lines.append(f"echo 'tuned {rng.randrange(99)}' >> index.py && echo '{keys[3]}={rng.randrange(99)}' >> settings.txt")
    commit("Tune", "Eve")
    return "\n".join(lines) + "\n"
