"""Whose commits there are, and what kind each is. Labels to read a history by, never scores."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence
from enum import StrEnum
from typing import NamedTuple

from assay.repositories.history import Commit, History
from assay.repositories.model import Person, Standing

BULK_LINES = 2_000
"""A commit that adds more lines than this was hardly typed: an import, generated files, or a project moved."""
_BOT = re.compile(
    r"\[bot\]|(?:^|[^a-z])bot(?:@|$)|^(?:dependabot|renovate|greenkeeper|pre-commit-ci|github-actions)\b|\bactions@github"
)
_SQUASHED = re.compile(r"\(#\d+\)\s*\Z")
_WEB_COMMITTERS = frozenset({"noreply@github.com", "noreply@gitlab.com"})


class Kind(StrEnum):
    """What a commit is, beside being somebody's."""

    MERGE = "merge"
    BOT = "bot"
    BULK = "bulk import"
    SQUASH = "squash merge"
    SHARED = "co-authored"


class Own(NamedTuple):
    """The candidate's part of a history."""

    commits: tuple[Commit, ...]
    """Written by one of the candidate's addresses, newest first."""
    shared: tuple[Commit, ...]
    """Written by somebody else, who names the candidate as co-author."""
    kinds: Mapping[str, frozenset[Kind]]
    """Commit id to labels, for the candidate's commits."""


def kinds_of(commit: Commit) -> frozenset[Kind]:
    """Yield the labels of a commit."""
    found = set()
    if len(commit.parents) > 1:
        found.add(Kind.MERGE)
    if is_bot(name=commit.name, email=commit.email):
        found.add(Kind.BOT)
    if commit.added > BULK_LINES:
        found.add(Kind.BULK)
    is_of_web = commit.committer_email in _WEB_COMMITTERS and len(commit.parents) == 1
    if is_of_web and _SQUASHED.search(commit.subject):
        found.add(Kind.SQUASH)
    if any(address != commit.email for address in commit.co_authors):
        found.add(Kind.SHARED)
    return frozenset(found)


def is_bot(*, name: str, email: str) -> bool:
    """Say whether an author is a program, by what it calls itself."""
    return _BOT.search(name.lower()) is not None or _BOT.search(email) is not None


def own_part(*, history: History, mine: Mapping[str, Standing]) -> Own:
    """Yield what the candidate's addresses wrote."""
    own = tuple(commit for commit in history.commits if commit.email in mine)
    shared = tuple(
        commit for commit in history.commits
        if commit.email not in mine and any(address in mine for address in commit.co_authors)
    )  # fmt: skip
    return Own(commits=own, shared=shared, kinds={commit.id: kinds_of(commit) for commit in own})


def people_of(*, history: History, mine: Mapping[str, Standing], lines_by_email: Mapping[str, int]) -> list[Person]:
    """Yield everybody who wrote commits, those with the most first."""
    counts = Counter(commit.email for commit in history.commits)
    names: dict[str, str] = {}
    for commit in history.commits:
        names.setdefault(commit.email, commit.name)
    return [
        Person(
            email=email,
            name=names[email],
            commits=count,
            lines=lines_by_email.get(email, 0),
            standing=mine.get(email, Standing.UNKNOWN),
            is_bot=is_bot(name=names[email], email=email),
        )
        for email, count in sorted(counts.items(), key=lambda entry: (-entry[1], entry[0]))
    ]


def lookalikes(*, people: Sequence[Person]) -> list[Person]:
    """Yield people with the candidate's name under an address that was not given: perhaps the candidate as well."""
    names = {person.name.casefold() for person in people if person.standing is not Standing.UNKNOWN and person.name}
    return [person for person in people if person.standing is Standing.UNKNOWN and person.name.casefold() in names]


def root_of(history: History) -> Commit | None:
    """Yield the first commit of all; None where the history was not read to its beginning."""
    roots = [commit for commit in history.commits if not commit.parents]
    return min(roots, key=lambda commit: commit.committed_s) if roots else None
