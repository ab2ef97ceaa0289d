# ruff: noqa: D102, D103, INP001, S603
# Laid into boxes: few imports. Nothing that is right stands in here.
"""Runs in a box: makes a repository, lets the hand-in's script work on it, and answers questions about what is left.

A call ``assay:end(setup, question, *rest)`` makes /work/repo by ``setup``, a script of the task's, runs the hand-in's
entry in it with bash, ends whatever that left running, and answers one of `QUESTIONS`. Calls in a row with the same
setup share one run. What the hand-in leaves is read as data: only objects and references are taken, into a fresh
repository, so that none of its settings, hooks or programs has a say in the answer.
"""

import contextlib
import ctypes
import importlib.util
import os
import re
import shutil
import signal
import subprocess
from collections.abc import Callable
from pathlib import Path
from typing import Any

GIT, BASH = "/usr/bin/git", "/usr/bin/bash"
PR_SET_DUMPABLE = 4
REPO, LEFT = Path("/work/repo"), Path("/work/left.git")
ID = re.compile(r"[0-9a-f]{40}")
UNDER_WAY = {
    "MERGE_HEAD": "merge",
    "CHERRY_PICK_HEAD": "cherry-pick",
    "REVERT_HEAD": "revert",
    "BISECT_LOG": "bisect",
    "rebase-merge": "rebase",
    "rebase-apply": "rebase",
}
ENTRY: list[str] = []


class NoRepositoryError(Exception):
    """What the script left is no repository that can be read."""


class Left:
    """A repository of ours with the objects and references that the script left, and what was there before it."""

    def __init__(self, place: Path, known: set[str]) -> None:
        self.place = place
        self.known = known
        self.tree = REPO.rename(place.with_suffix(".tree"))
        theirs = self.tree / ".git"
        if theirs.is_symlink() or not theirs.is_dir():
            raise NoRepositoryError("there is no folder .git any more")
        run("init", "-q", "--bare", str(place))
        copied(theirs / "objects", place / "objects")
        (place / "objects" / "info" / "alternates").unlink(missing_ok=True)
        (place / "objects" / "info" / "commit-graph").unlink(missing_ok=True)
        self.under_way = sorted({word for name, word in UNDER_WAY.items() if (theirs / name).exists()})
        head = text_of(theirs / "HEAD")
        self.head = head.removeprefix("ref: refs/heads/") if head.startswith("ref: refs/heads/") else "detached"
        for name, commit in {**packed_refs(theirs), **loose_refs(theirs)}.items():
            self.git("update-ref", name, commit)
        if self.head == "detached":
            (place / "HEAD").write_text(f"{head}\n" if ID.fullmatch(head) else "ref: refs/heads/-\n")
        else:
            self.git("symbolic-ref", "HEAD", f"refs/heads/{self.head}")
        if (theirs / "index").is_file() and not (theirs / "index").is_symlink():
            shutil.copyfile(theirs / "index", place / "index")

    def git(self, *words: str, at: str = "") -> str:
        return run(f"--git-dir={self.place}", *([f"--work-tree={at}"] if at else []), *words)

    def lines(self, *words: str) -> list[str]:
        return self.git(*words).splitlines()


def main() -> None:
    ctypes.CDLL(None).prctl(PR_SET_DUMPABLE, 0, 0, 0, 0)  # the script may not look into this process
    spec: Any = importlib.util.spec_from_file_location("assay_shim", "/box/shim.py")
    shim: Any = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(shim)
    ends: dict[str, Left] = {}

    def perform(call: dict[str, str]) -> Any:
        setup, question, *rest = [shim.argument(item) for item in shim.json.loads(call["args"])]
        if setup not in ends:
            # No script may find what another run of it left, and with it what is asked about that.
            ends.clear()
            for place in (REPO, LEFT, LEFT.with_suffix(".tree")):
                shutil.rmtree(place, ignore_errors=True)
            ends[setup] = end_of(setup)
        return QUESTIONS[question](ends[setup], *rest)

    shim.load, shim.perform = ENTRY.append, perform
    shim.main()


def end_of(setup: str) -> Left:
    REPO.mkdir()
    in_repo(setup, check=True)
    known = set(run("-C", str(REPO), "rev-list", "--all").split())
    in_repo(Path("/work", ENTRY[0]).read_text("utf-8"), check=False)
    with contextlib.suppress(ProcessLookupError):
        os.kill(-1, signal.SIGKILL)
    return Left(LEFT, known)


def in_repo(script: str, *, check: bool) -> None:
    home = Path("/tmp/home")  # noqa: S108 - the box's own
    shutil.rmtree(home, ignore_errors=True)
    home.mkdir()
    environment = os.environ | {"HOME": str(home)}
    if check:
        environment |= {"GIT_AUTHOR_DATE": "2026-01-05T09:00:00Z", "GIT_COMMITTER_DATE": "2026-01-05T09:00:00Z"}
    line = [BASH, *(["-e"] if check else []), "-c", script, "solution"]
    subprocess.run(line, cwd=REPO, stdin=subprocess.DEVNULL, env=environment, check=check)


def run(*words: str) -> str:
    """Run git with nobody's settings; bytes that are no UTF-8 are replaced."""
    alone = {"GIT_CONFIG_NOSYSTEM": "1", "GIT_CONFIG_GLOBAL": "/dev/null", "HOME": "/nowhere", "LC_ALL": "C.UTF-8"}
    alone |= {"GIT_NO_REPLACE_OBJECTS": "1"}
    line = [GIT, "-c", "core.quotepath=off", *words]
    done = subprocess.run(line, stdin=subprocess.DEVNULL, capture_output=True, env=alone, check=False)
    if done.returncode != 0:
        raise NoRepositoryError(done.stderr.decode("utf-8", "replace").strip()[-300:])
    return done.stdout.decode("utf-8", "replace")


def copied(source: Path, target: Path) -> None:
    for folder, names, files in os.walk(source, followlinks=False):
        here = target / Path(folder).relative_to(source)
        here.mkdir(exist_ok=True)
        names[:] = [name for name in names if not Path(folder, name).is_symlink()]
        for name in files:
            if Path(folder, name).is_file() and not Path(folder, name).is_symlink():
                shutil.copyfile(Path(folder, name), here / name)


def text_of(path: Path) -> str:
    return "" if path.is_symlink() or not path.is_file() else path.read_text("utf-8", "replace").strip()


def packed_refs(theirs: Path) -> dict[str, str]:
    pairs = [line.split(" ", 1) for line in text_of(theirs / "packed-refs").splitlines() if " " in line]
    return {name: commit for commit, name in pairs if ID.fullmatch(commit)}


def loose_refs(theirs: Path) -> dict[str, str]:
    found = {path.relative_to(theirs).as_posix(): text_of(path) for path in sorted((theirs / "refs").rglob("*"))}
    return {name: commit for name, commit in found.items() if ID.fullmatch(commit)}


def branches(left: Left) -> list[str]:
    return sorted(left.lines("for-each-ref", "--format=%(refname:short)", "refs/heads"))


def tags(left: Left) -> dict[str, str]:
    names = left.lines("for-each-ref", "--format=%(refname:short)", "refs/tags")
    return {name: left.git("log", "-1", "--format=%s", f"{name}^0").strip() for name in names}


def log(left: Left, ref: str, *, shape: str = "%s") -> list[str]:
    """Newest first along first parents, as ``git log`` prints the shape."""
    return left.lines("log", "--first-parent", f"--format={shape}", ref, "--")


def parents(left: Left, ref: str) -> list[str]:
    """Yield the subjects of a commit's parents, in their order."""
    ids = left.git("log", "-1", "--format=%P", ref, "--").split()
    return [left.git("log", "-1", "--format=%s", one).strip() for one in ids]


def files(left: Left, ref: str) -> dict[str, str]:
    return {
        name: left.git("show", f"{ref}:{name}")
        for name in left.git("ls-tree", "-rz", "--name-only", ref).split("\0")
        if name
    }


def steps(left: Left, ref: str) -> list[Any]:
    """Each commit along first parents, newest first: its subject and the paths that it changes."""
    ids = left.lines("log", "--first-parent", "--format=%H", ref, "--")
    changed = ["diff-tree", "--root", "-r", "--name-only", "--no-commit-id", "--no-renames"]
    return [[left.git("log", "-1", "--format=%s", one).strip(), left.lines(*changed, one)] for one in ids]


def origin(left: Left, ref: str) -> dict[str, int]:
    """How many of the commits that were there before are still in the history, and how many are new."""
    ids = set(left.lines("rev-list", ref, "--"))
    return {"kept": len(ids & left.known), "new": len(ids - left.known)}


def reaches(left: Left, text: str) -> list[str]:
    """Yield the references whose history holds the text, in a file or in a message."""
    names = left.lines("for-each-ref", "--format=%(refname)")
    return sorted(name for name in names if past(left, name, text))


def past(left: Left, ref: str, text: str) -> bool:
    """Tell whether any commit of the history holds the text, in a file or in its message."""
    return any(holds(left, one, text) for one in objects(left, ref))


def leftovers(left: Left, text: str) -> bool:
    """Tell whether any object holds the text, reachable or not."""
    every = left.lines("cat-file", "--batch-all-objects", "--batch-check=%(objectname) %(objecttype)")
    return any(holds(left, line.split()[0], text) for line in every if not line.endswith(" tree"))


def objects(left: Left, ref: str) -> list[str]:
    return [line.split(" ", 1)[0] for line in left.lines("rev-list", "--objects", ref, "--")]


def holds(left: Left, name: str, text: str) -> bool:
    kind = left.git("cat-file", "-t", name).strip()
    return kind != "tree" and text in left.git("cat-file", kind, name)


def status(left: Left) -> list[str]:
    """Yield what is changed or new in the working tree, as ``git status --porcelain`` tells it."""
    words = ("status", "--porcelain", "--untracked-files=all", "--ignore-submodules=all", "--no-renames")
    return left.git("-c", "core.bare=false", *words, at=str(left.tree)).splitlines()


def named(left: Left, path: str) -> str:
    """Yield the subject of the commit whose id a file in the working tree holds; empty where it holds none."""
    said = text_of(left.tree / path)
    if not re.fullmatch(r"[0-9a-f]{7,40}", said):
        return ""
    return left.git("log", "-1", "--format=%s", said, "--").strip()


QUESTIONS: dict[str, Callable[..., Any]] = {
    "branches": branches,
    "tags": tags,
    "head": lambda left: left.head,
    "under_way": lambda left: left.under_way,
    "log": lambda left, ref, shape="%s": log(left, ref, shape=shape),
    "parents": parents,
    "files": files,
    "steps": steps,
    "origin": origin,
    "past": past,
    "reaches": reaches,
    "leftovers": leftovers,
    "status": status,
    "named": named,
}

if __name__ == "__main__":
    main()
