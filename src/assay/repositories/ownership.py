"""The files at the tip with the candidate's lines marked in them."""

from collections import Counter
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from assay.repositories.caps import Caps
from assay.repositories.code.units import Unit, unit_of
from assay.repositories.git import Git
from assay.repositories.history import History
from assay.repositories.leftout import ANALYSED, is_left_out_by_content, is_left_out_by_name, is_plain, language_of
from assay.repositories.model import Standing
from assay.repositories.survival import Survival, authors_by_path, blame, own_lines, touched_paths
from assay.repositories.tree import Entry, Tree, read_blobs


class Whose(NamedTuple):
    """Everything at the tip that is looked at, and who wrote it."""

    units: tuple[Unit, ...]
    """Files with at least one line of the candidate's."""
    others: tuple[Unit, ...]
    """Analysed files of others alone: context, and what a copy may be compared with."""
    own_by_language: Counter[str]
    own_total: int
    total: int
    lines_by_email: Counter[str]
    left_out: int
    not_blamed: int


class _Sorted(NamedTuple):
    mine: list[Entry]
    others: list[Entry]
    mixed: list[Entry]


def read_ownership(
    *,
    git: Git,
    tree: Tree,
    history: History,
    mine: Mapping[str, Standing],
    caps: Caps,
    is_whole: bool,
    has_history: bool,
) -> Whose:
    """Yield the candidate's lines.

    Parameters
    ----------
    is_whole
        The history was read to its beginning with all changed lines, so that who never touched a file is known.
    """
    entries, left_out = _readable(tree, caps)
    authors = authors_by_path(history=history) if is_whole else {}
    own_ids = frozenset(commit.id for commit in history.commits if commit.email in mine)
    touched = touched_paths(history=history, commit_ids=own_ids)
    if not has_history:
        groups = _Sorted(entries, [], [])
    else:
        groups = _sorted(entries, authors, frozenset(mine), touched, is_whole=is_whole)
    survival = blame(git=git, paths=[entry.path for entry in groups.mixed], caps=caps)
    counted = [entry for entry in groups.others if language_of(entry.path)]
    blobs = read_blobs(git=git, blobs=[entry.blob for entry in (*groups.mine, *groups.mixed, *counted)])
    return _Marked(blobs, survival, authors, own_ids, history).whose(groups, counted, left_out)


def _readable(tree: Tree, caps: Caps) -> tuple[list[Entry], int]:
    kept: list[Entry] = []
    left_out, size = 0, 0
    for entry in tree.entries:
        if not language_of(entry.path) and not is_plain(entry.path):
            continue
        if is_left_out_by_name(entry.path) or entry.size > caps.blob_bytes or size + entry.size > caps.read_bytes:
            left_out += 1
            continue
        size += entry.size
        kept.append(entry)
    return kept, left_out


def _sorted(
    entries: Sequence[Entry],
    authors: Mapping[str, frozenset[str]],
    mine: frozenset[str],
    touched: frozenset[str],
    *,
    is_whole: bool,
) -> _Sorted:
    groups = _Sorted([], [], [])
    for entry in entries:
        known = authors.get(entry.path)
        if known and known <= mine:
            groups.mine.append(entry)
        elif (known is not None and not known & mine) or (is_whole and entry.path not in touched):
            groups.others.append(entry)
        else:
            groups.mixed.append(entry)
    # Where time runs out, files that the candidate is known to have changed have been looked at.
    groups.mixed.sort(key=lambda entry: (entry.path not in touched, not language_of(entry.path), entry.path))
    return groups


class _Marked:
    """Puts together what was read."""

    def __init__(
        self,
        blobs: Mapping[str, bytes],
        survival: Survival,
        authors: Mapping[str, frozenset[str]],
        own_ids: frozenset[str],
        history: History,
    ) -> None:
        self._blobs = blobs
        self._survival = survival
        self._authors = authors
        self._own_ids = own_ids
        self._emails = {commit.id: commit.email for commit in history.commits}
        self._units: list[Unit] = []
        self._others: list[Unit] = []
        self._languages: Counter[str] = Counter()
        self._people: Counter[str] = Counter()
        self._own_total = 0
        self._total = 0
        self._left_out = 0

    def whose(self, groups: _Sorted, counted: Sequence[Entry], left_out: int) -> Whose:
        for entry in groups.mine:
            self._add(entry, own=None, is_mine=True)
        for entry in groups.mixed:
            blamed = self._survival.files.get(entry.path)
            own = own_lines(blamed=blamed, commit_ids=self._own_ids) if blamed else frozenset()
            self._add(entry, own=own, is_mine=False)
        for entry in counted:
            self._add(entry, own=frozenset(), is_mine=False)
        return Whose(
            tuple(self._units), tuple(self._others), self._languages, self._own_total, self._total, self._people,
            left_out + self._left_out, len(self._survival.left_over),
        )  # fmt: skip

    def _add(self, entry: Entry, *, own: frozenset[int] | None, is_mine: bool) -> None:
        data = self._blobs[entry.blob]
        if is_left_out_by_content(path=entry.path, data=data):
            self._left_out += 1
            return
        language = language_of(entry.path)
        marked = frozenset(range(1, data.count(b"\n") + 2)) if own is None else own
        unit = unit_of(path=entry.path, language=language, data=data, own=marked)
        if unit is None:
            return
        filled = [number for number, line in enumerate(unit.lines, 1) if line.strip()]
        mine = sum(number in unit.own for number in filled)
        if language:
            self._count(entry, language, mine, len(filled), is_mine=is_mine)
        if mine:
            self._units.append(unit)
        elif language in ANALYSED:
            self._others.append(unit)

    def _count(self, entry: Entry, language: str, mine: int, total: int, *, is_mine: bool) -> None:
        self._languages[language] += mine
        self._own_total += mine
        self._total += total
        known = self._authors.get(entry.path, frozenset())
        blamed = self._survival.files.get(entry.path)
        if blamed is not None:
            for _, count, ident in blamed.ranges:
                self._people[self._emails.get(ident, "")] += count
        elif len(known) == 1 and not is_mine:
            self._people[next(iter(known))] += total
        elif is_mine:
            self._people[min(known, default="")] += mine
