"""Yields the cases for a seed: repositories with a key in places that the seed chooses."""

import random
import string

SHAPE = "%s|%an|%ae|%ad"
NAMES = ["Ana", "Bo", "Chidi", "Dora"]
START = "git init -q -b main .\n"


def cases(seed):
    rng = random.Random(seed)
    with open("make_example.sh") as file:
        example = START + file.read()
    yield asked("examples", example, "past", "main", "sk_live_", about="Whether main still holds the key, example")
    setup, tag = repository(rng)
    yield asked("main", setup, "past", "main", "sk_live_", expect=False)
    yield asked("others", setup, "reaches", "sk_live_", expect=[])
    yield asked("others", setup, "branches")
    yield asked("others", setup, "tags")
    yield asked("others", setup, "log", tag)
    yield asked("objects", setup, "leftovers", "sk_live_", expect=False)
    yield asked("history", setup, "log", "main", SHAPE)
    yield asked("contents", setup, "files", "main")
    yield asked("contents", setup, "files", tag)
    yield asked("contents", setup, "status")
    yield asked("contents", setup, "head")


def asked(group, setup, question, *rest, **more):
    return {"group": group, "call": "assay:end", "args": [setup, question, *rest], **more}


def key_of(rng):
    return "sk_live_" + "".join(rng.choice(string.ascii_lowercase + string.digits) for _ in range(24))


def repository(rng):
    key, folder, branch, tag = key_of(rng), rng.choice(["conf", "deploy", "etc"]), f"rel{rng.randrange(9)}", f"v{rng.randrange(9)}"
    lines = [START, f"mkdir {folder} 'a b'"]

    def commit(subject):
        who, day = rng.choice(NAMES), 10 + len(lines) % 18
        lines.append(f"git add -A && git commit -q -m '{subject}' --author '{who} <{who}@example.org>' --date 2026-01-{day}T10:00:00Z")

    def change(text):
        lines.append(f"printf '%s\\n' '{text}' >> main.py")

    change("import shop")
    commit("Begin")
    lines.append(f"printf 'name=shop\\nkey={key}\\nport={rng.randrange(9000)}\\n' > {folder}/pay.env")
    commit("Pay")
    change(f"# was {key_of(rng)} and {key}")
    commit("Explain")
    lines.append(f"git tag {tag}")
    lines.append(f"git checkout -q -b {branch}")
    lines.append(f"echo 'curl -H {key}' > 'a b/notes {rng.randrange(99)}.txt'")
    commit("Note how it is called")
    lines.append("git checkout -q main")
    change('print("pay")')
    commit("Print")
    lines.append(f"sed -i /key/d {folder}/pay.env && sed -i /was/d main.py")
    commit("Remove the key")
    change(f"total = {rng.randrange(99)}")
    commit("Add up")
    return "\n".join(lines) + "\n", tag
