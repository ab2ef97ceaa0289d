"""The files at the tip of the default branch, read without a checkout."""

import re
from collections.abc import Sequence
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.errors import Refusal
from assay.repositories.git import Git, GitError

_ENTRY = re.compile(rb"(\d{6}) (\w+) ([0-9a-f]{40}) +(\d+|-)\t(.*)\Z", re.DOTALL)
_PLAIN_MODES = frozenset({b"100644", b"100755", b"100664"})
_LIST_S = 10.0
_READ_S = 60.0


class Entry(NamedTuple):
    """A plain file of the tree; ``size`` in bytes."""

    path: str
    blob: str
    size: int


class Tree(NamedTuple):
    """The files of one commit; links and submodules are none."""

    entries: tuple[Entry, ...]
    is_truncated: bool


def read_tree(*, git: Git, commit: str, caps: Caps) -> Tree:
    """Yield the files of a commit, at most ``caps.paths``: a tree of a few bytes can name billions."""
    entries: list[Entry] = []
    left = b""
    is_full = False
    with git.stream("ls-tree", "-r", "-l", "-z", commit, timeout_s=_LIST_S, max_bytes=caps.paths * 400) as stream:
        for chunk in stream:
            *whole, left = (left + chunk).split(b"\0")
            entries += [entry for raw in whole if (entry := _entry(raw)) is not None]
            if len(entries) >= caps.paths:
                is_full = True
                break
    return Tree(tuple(entries[: caps.paths]), is_truncated=is_full or stream.is_cut)


def _entry(raw: bytes) -> Entry | None:
    match = _ENTRY.match(raw)
    if match is None or match.group(1) not in _PLAIN_MODES or match.group(4) == b"-":
        return None
    path = match.group(5)
    # A name that is not UTF-8 is shown with its bytes escaped; git is never asked for it by name.
    return Entry(path.decode("utf-8", "backslashreplace"), match.group(3).decode(), int(match.group(4)))


def read_blobs(*, git: Git, blobs: Sequence[str]) -> dict[str, bytes]:
    """Yield the contents by object id. Raises `GitError` where one is missing."""
    given = "".join(f"{blob}\n" for blob in dict.fromkeys(blobs)).encode()
    if not given:
        return {}
    data = git.run("cat-file", "--batch", given=given, timeout_s=_READ_S, max_bytes=1 << 30)
    contents: dict[str, bytes] = {}
    place = 0
    while place < len(data):
        end = data.index(b"\n", place)
        ident, kind, *size = data[place:end].decode("ascii", "replace").split(" ")
        if kind != "blob" or not size:
            raise _missing(ident)
        begin = end + 1
        place = begin + int(size[0]) + 1
        contents[ident] = data[begin : place - 1]
    return contents


def _missing(ident: str) -> GitError:
    message = "Files of this repository are missing. Clone it whole (without --filter) and send a bundle of that."
    return GitError(refusal=Refusal.INCOMPLETE, message=message, said=ident)
