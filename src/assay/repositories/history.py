"""The commits of the default branch, newest first: who, when, and which lines of which files.

Addresses are taken as they stand in the commit. A ``.mailmap`` in the repository could hand everybody's work to
anybody, and is never read.
"""

import re
import time
from collections.abc import Iterator
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.git import Git, Stream

_FORMAT = "--format=%H%x00%P%x00%at%x00%ct%x00%an%x00%ae%x00%ce%x00%s%x00%(trailers:key=Co-authored-by,valueonly)%x00"
_FIELDS = 9
_NUMSTAT = re.compile(r"\n?(\d+|-)\t(\d+|-)\t(.*)\Z", re.DOTALL)
_HASH = re.compile(r"\n?([0-9a-f]{40})\Z")
_ADDRESS = re.compile(r"<([^<>\s]{3,200})>")
_LONGEST_SUBJECT = 300
_LONGEST_TRAILERS = 4_000
_LATEST_S = 4_102_444_800  # the year 2100: dates are forged at will, and must not break arithmetic


class Change(NamedTuple):
    """What a commit did to one file, in lines; ``old_path`` where it was renamed."""

    path: str
    added: int
    deleted: int
    old_path: str = ""


class Commit(NamedTuple):
    """One commit as it stands. Times are seconds since 1970, as the author's machine told them."""

    id: str
    parents: tuple[str, ...]
    authored_s: int
    committed_s: int
    name: str
    email: str
    committer_email: str
    subject: str
    co_authors: tuple[str, ...]
    changes: tuple[Change, ...]

    @property
    def added(self) -> int:
        """Lines added."""
        return sum(change.added for change in self.changes)

    @property
    def deleted(self) -> int:
        """Lines deleted."""
        return sum(change.deleted for change in self.changes)


class History(NamedTuple):
    """The commits that were read."""

    commits: tuple[Commit, ...]
    with_lines: int
    """Of the newest so many the changed lines are known."""
    is_truncated: bool


def read_history(*, git: Git, caps: Caps) -> History:
    """Yield the history within the caps. Raises `GitError` where git fails on the way."""
    deadline_s = time.monotonic() + caps.history_s
    detailed, is_cut = _read(git, caps, ("--numstat", "-M", f"--max-count={caps.commits_with_lines}"), caps.history_s)
    is_all = len(detailed) < caps.commits_with_lines and not is_cut
    if is_all:
        return History(tuple(detailed), len(detailed), is_truncated=False)
    left_s = max(caps.history_s / 2, deadline_s - time.monotonic())
    rest = (f"--skip={len(detailed)}", f"--max-count={max(1, caps.commits - len(detailed))}")
    plain, is_plain_cut = _read(git, caps, rest, left_s)
    commits = (*detailed, *plain)
    return History(commits, len(detailed), is_truncated=is_cut or is_plain_cut or len(commits) >= caps.commits)


class _Read(NamedTuple):
    commits: list[Commit]
    is_cut: bool


def _read(git: Git, caps: Caps, words: tuple[str, ...], timeout_s: float) -> _Read:
    with git.stream(
        "log", "-z", _FORMAT, "--no-ext-diff", "--no-textconv", "--ignore-submodules=all", *words, "HEAD", "--",
        timeout_s=timeout_s, max_bytes=caps.history_bytes,
    ) as stream:  # fmt: skip
        commits = list(_commits(_tokens(stream)))
    if stream.is_cut and commits:
        commits.pop()  # the last one may lack some of its files
    return _Read(commits, stream.is_cut)


def _tokens(stream: Stream) -> Iterator[str]:
    left = b""
    for chunk in stream:
        *whole, left = (left + chunk).split(b"\0")
        for token in whole:
            yield token.decode("utf-8", "backslashreplace")  # as the names of the tree, so that they meet


def _commits(tokens: Iterator[str]) -> Iterator[Commit]:
    head: list[str] = []
    changes: list[Change] = []
    for token in tokens:
        if head and len(head) < _FIELDS:
            head.append(token)
        elif head and (match := _NUMSTAT.match(token)):
            changes.append(_change(match, tokens))
        elif match := _HASH.match(token):
            if head:
                yield _commit(head, changes)
            head, changes = [match.group(1)], []
    if len(head) == _FIELDS:
        yield _commit(head, changes)


def _change(match: re.Match[str], tokens: Iterator[str]) -> Change:
    added, deleted = (0 if text == "-" else int(text) for text in match.group(1, 2))
    if match.group(3):
        return Change(match.group(3), added, deleted)
    old = next(tokens, "")
    return Change(next(tokens, ""), added, deleted, old)


def _commit(head: list[str], changes: list[Change]) -> Commit:
    ident, parents, authored, committed, name, email, committer, subject, trailers = head
    co_authors = dict.fromkeys(found.lower() for found in _ADDRESS.findall(trailers[:_LONGEST_TRAILERS]))
    return Commit(
        id=ident,
        parents=tuple(parents.split()),
        authored_s=_seconds(authored),
        committed_s=_seconds(committed),
        name=name.strip()[:_LONGEST_SUBJECT],
        email=email.strip().lower()[:_LONGEST_SUBJECT],
        committer_email=committer.strip().lower()[:_LONGEST_SUBJECT],
        subject=subject[:_LONGEST_SUBJECT],
        co_authors=tuple(co_authors),
        changes=tuple(changes),
    )


def _seconds(text: str) -> int:
    return min(max(int(text), 0), _LATEST_S) if text.lstrip("-").isdigit() else 0
