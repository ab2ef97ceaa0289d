"""Git: what a sequence of commands leaves; proved by running it."""

import os
import subprocess
import tempfile

import numpy as np

from assay.itembank.making import choice, chosen_text, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work; every answer is what Git does with the shown commands"
LICENCE = "Apache-2.0"


def _ran(stem: str) -> str:
    """Yield what the commands of a stem print, run by Git in a folder of its own."""
    commands = stem.split("```sh\n")[1].split("```", maxsplit=1)[0]
    with tempfile.TemporaryDirectory() as folder:
        quiet = {
            "PATH": os.environ["PATH"], "HOME": folder, "GIT_CONFIG_NOSYSTEM": "1", "GIT_AUTHOR_NAME": "a", "GIT_AUTHOR_EMAIL": "a@b",
            "GIT_COMMITTER_NAME": "a", "GIT_COMMITTER_EMAIL": "a@b", "GIT_CONFIG_COUNT": "1",
            "GIT_CONFIG_KEY_0": "init.defaultBranch", "GIT_CONFIG_VALUE_0": "main",
        }  # fmt: skip
        run = ["sh", "-e", "-c", commands]
        return subprocess.run(  # noqa: S603 -- our own commands
            run, cwd=folder, env=quiet, capture_output=True, text=True, timeout=30, check=True
        ).stdout.strip()


def _commits(rng: np.random.Generator) -> Variant:
    main, side = int(rng.integers(1, 4)), int(rng.integers(2, 4))
    squash = bool(rng.random() < 0.5)
    lines = ["git init -q"]
    lines += [f"git commit -q --allow-empty -m m{number}" for number in range(main)]
    lines += ["git switch -q -c work"]
    for number in range(side):
        lines += [f"echo {number} > f{number}", "git add .", f"git commit -q -m w{number}"]
    lines += ["git switch -q main"]
    lines += (
        ["git merge -q --squash work > /dev/null", "git commit -q -m done"]
        if squash
        else ["git merge -q --no-ff -m done work"]
    )
    lines += ["git rev-list --count HEAD"]
    count = main + (1 if squash else side + 1)
    return Variant(
        family="", seed=0, kind=Kind.READING, stem="Which number does the last line print?\n\n```sh\n" + "\n".join(lines) + "\n```",
        key=NumberKey(value=float(count)),
        explanation=f"A squash puts the {side} commits into one that has no link to them." if squash
        else f"The merge commit brings the {side} commits of the branch along and is one itself.",
    )  # fmt: skip


def _check_number(variant: Variant) -> None:
    assert isinstance(variant.key, NumberKey)
    require(holds=float(_ran(variant.stem)) == variant.key.value, what="what Git prints")


def _reset(rng: np.random.Generator) -> Variant:
    kind = str(rng.choice(["--soft", "--mixed", "--hard"]))
    name = str(rng.choice(["train.py", "data.py", "serve.py"]))
    told = {"--soft": f"M  {name}", "--mixed": f" M {name}", "--hard": ""}
    words = {
        "--soft": "The change is there and staged", "--mixed": "The change is there and not staged",
        "--hard": "The change is gone from file and index",
    }  # fmt: skip
    commands = (
        f"git init -q\necho a > {name}\ngit add .\ngit commit -q -m one\necho b > {name}\ngit commit -q -a -m two\n"
        f"git reset -q {kind} HEAD~1\ngit status --short"
    )
    wrong = {
        "--soft": "soft only moves the branch", "--mixed": "the default leaves the file as it is", "--hard": "hard resets the file too",
    }  # fmt: skip
    return choice(
        rng, stem=f"What holds after these commands for the second change of `{name}`?\n\n```sh\n{commands}\n```", right=words[kind],
        wrong=[
            *((words[one], f"takes {kind} for {one}: {wrong[one]}") for one in words if one != kind),
            ("The change stays in the last commit of the branch", "a reset leaves the branch where it is"),
        ],
        explanation=f"`git status --short` prints `{told[kind]}`." if told[kind] else "`git status --short` prints nothing.",
    )  # fmt: skip


def _check_reset(variant: Variant) -> None:
    shown = {"M": "staged", "": "gone"}
    text = _ran(variant.stem)  # stripped: a staged change keeps two blanks before the name, one not staged has one
    found = shown.get("" if not text else "M")
    if text and "  " not in text:
        found = "not staged"
    right = chosen_text(variant)
    require(
        holds=found is not None and found in right and ("not" in right) == (found == "not staged"),
        what="status after the reset",
    )


def _ignored(rng: np.random.Generator) -> Variant:
    folder = str(rng.choice(["data", "models", "runs", "cache", "out", "logs", "plots", "tmp"]))
    commands = (
        f"git init -q\nmkdir {folder}\necho 1 > {folder}/old.csv\ngit add .\ngit commit -q -m one\n"
        f"echo '{folder}/' > .gitignore\necho 2 > {folder}/old.csv\necho 3 > {folder}/new.csv\ngit add .\ngit diff --cached --name-only"
    )
    return choice(
        rng, stem=f"Which files does the last line name?\n\n```sh\n{commands}\n```", right=f"`.gitignore` and `{folder}/old.csv`",
        wrong=[
            ("`.gitignore` alone", "an ignored folder hides changes of files that are tracked already"),
            (f"`.gitignore` and `{folder}/new.csv`", "what is tracked already is dropped by the ignore file"),
            (f"`{folder}/old.csv` and `{folder}/new.csv`", "the ignore file holds from the next commit on"),
        ],
        explanation="Ignoring holds for files that are not tracked. To leave a tracked one out, `git rm --cached` it.",
    )  # fmt: skip


def _check_ignored(variant: Variant) -> None:
    named = [part for part in chosen_text(variant).split("`") if "." in part]
    require(holds=sorted(named) == sorted(_ran(variant.stem).split()), what="staged files")


FAMILIES = (
    Family(
        id="git/commits-after-a-merge", title="Commits after a merge or a squash", domain="git", loadings={"git": 1.0},
        kind=Kind.READING, level=3, expected_s=100, source=SOURCE, licence=LICENCE, make=_commits, verify=_check_number,
    ),
    Family(
        id="git/after-a-reset", title="What a reset leaves", domain="git", loadings={"git": 1.0}, kind=Kind.SINGLE, level=3,
        expected_s=75, source=SOURCE, licence=LICENCE, make=_reset, verify=_check_reset,
    ),
    Family(
        id="git/ignored-too-late", title="Ignoring a file that is tracked", domain="git", loadings={"git": 1.0}, kind=Kind.SINGLE,
        level=2, expected_s=75, source=SOURCE, licence=LICENCE, make=_ignored, verify=_check_ignored,
    ),
)  # fmt: skip
