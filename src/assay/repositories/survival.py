"""Which lines at the tip the candidate wrote. Of blame only commit ids are taken, never its names.

A file that one person alone ever changed needs no blame, which is most files of most repositories.
"""

import re
import time
from collections import Counter
from collections.abc import Iterable, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal
from assay.repositories.git import Git, GitError
from assay.repositories.history import History

_GROUP = re.compile(rb"^([0-9a-f]{40}) \d+ (\d+) (\d+)$", re.MULTILINE)
_THREADS = 2
_FILE_S = 8.0
_MANY = 12
"""Files from which on an index of the history pays."""


class Blamed(NamedTuple):
    """Line ranges of one file by commit: first line (from 1), number of lines, commit id."""

    path: str
    ranges: tuple[tuple[int, int, str], ...]


class Survival(NamedTuple):
    """What blame found, and what there was no time for."""

    files: dict[str, Blamed]
    left_over: tuple[str, ...]


def touched_paths(*, history: History, commit_ids: Iterable[str]) -> frozenset[str]:
    """Yield the paths that these commits changed, under the names that the files have now."""
    wanted = frozenset(commit_ids)
    touched: set[str] = set()
    for commit in reversed(history.commits):
        for change in commit.changes:
            if commit.id in wanted or (change.old_path and change.old_path in touched):
                touched.add(change.path)
    return frozenset(touched)


def authors_by_path(*, history: History) -> dict[str, frozenset[str]]:
    """Yield who ever changed each path, its earlier names included. Only of a history that was read whole."""
    found: dict[str, frozenset[str]] = {}
    for commit in reversed(history.commits):
        for change in commit.changes:
            before = found.get(change.old_path, frozenset()) if change.old_path else frozenset()
            found[change.path] = found.get(change.path, frozenset()) | before | {commit.email}
    return found


def blame(*, git: Git, paths: Sequence[str], caps: Caps) -> Survival:
    """Blame files in the given order until ``caps.blame_s`` is used up."""
    deadline_s = time.monotonic() + caps.blame_s
    if len(paths) >= _MANY:
        _index_changes(git=git, timeout_s=caps.blame_s / 4)
    first, rest = paths[: caps.blame_files], paths[caps.blame_files :]
    with ThreadPoolExecutor(max_workers=_THREADS) as pool:
        found = list(pool.map(lambda path: _blame(git, path, deadline_s), first))
    files = {path: blamed for path, blamed in zip(first, found, strict=True) if blamed is not None}
    return Survival(files, (*(path for path in first if path not in files), *rest))


def _index_changes(*, git: Git, timeout_s: float) -> None:
    """Note which commit touched which paths, as git offers to: blame is then several times faster."""
    with suppress(GitError):  # nothing rests on it
        git.run("commit-graph", "write", "--reachable", "--changed-paths", "--no-progress", timeout_s=timeout_s)


def _blame(git: Git, path: str, deadline_s: float) -> Blamed | None:
    left_s = min(_FILE_S, deadline_s - time.monotonic())
    if left_s <= 0:
        return None
    try:
        output = git.run("blame", "--incremental", "-w", "HEAD", "--", path, timeout_s=left_s)
    except GitError as error:
        # A name that is not UTF-8 cannot be asked for: such a file is named among those that were not looked at.
        if error.refusal is Refusal.TIME_LIMIT or "no such path" in error.said:
            return None
        raise
    ranges = [(int(line), int(count), ident.decode()) for ident, line, count in _GROUP.findall(output)]
    return Blamed(path, tuple(sorted(ranges)))


def commit_of_line(*, git: Git, path: str, line: int) -> str:
    """Yield the id of the commit that wrote a line, from 1; "" where the file has no such line any more."""
    output = git.run("blame", "--incremental", f"-L{line},{line}", "HEAD", "--", path, timeout_s=_FILE_S)
    found = _GROUP.search(output)
    return found.group(1).decode() if found else ""


def own_lines(*, blamed: Blamed, commit_ids: frozenset[str]) -> frozenset[int]:
    """Yield the numbers, from 1, of the lines that these commits wrote."""
    return frozenset(
        line for first, count, ident in blamed.ranges if ident in commit_ids for line in range(first, first + count)
    )


def lines_by_commit(*, survival: Survival) -> Counter[str]:
    """Yield how many lines of each commit are still there."""
    counts: Counter[str] = Counter()
    for blamed in survival.files.values():
        for _, count, ident in blamed.ranges:
            counts[ident] += count
    return counts
