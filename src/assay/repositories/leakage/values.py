"""What is known of a value: from which rows it comes, which part of them it is, what was learned in it."""

import re
from enum import Enum
from typing import NamedTuple

from assay.repositories.model import LeakKind

_PIECES = re.compile(r"[A-Z]+(?=[A-Z][a-z])|[A-Z]?[a-z]+|[A-Z]+|\d+")
_WORDS = {
    "train": "train", "training": "train", "trn": "train", "tr": "train",
    "test": "test", "testing": "test", "tst": "test", "te": "test",
    "holdout": "test", "heldout": "test", "unseen": "test",
    "val": "val", "valid": "val", "validation": "val", "dev": "val", "eval": "val", "cv": "val", "oof": "val",
}  # fmt: skip
_SHORT = frozenset({"tr", "te", "cv", "dev"})


class Role(Enum):
    """Which part of the rows a value is."""

    WHOLE = "whole"
    TRAIN = "train"
    VALIDATION = "val"
    TEST = "test"


class Taint(NamedTuple):
    """Something that was learned from, or added to, all rows of a value."""

    line: int
    what: str
    is_overlap: bool
    """Rows were added or drawn twice, so that parts of them stand on both sides of a split."""
    is_high: bool
    roots: frozenset[str]
    role: Role


class Value(NamedTuple):
    """A value's rows. ``roots`` name the tables it comes from."""

    roots: frozenset[str] = frozenset()
    role: Role = Role.WHOLE
    taints: frozenset[Taint] = frozenset()

    @property
    def is_data(self) -> bool:
        """Whether it comes from any rows at all."""
        return bool(self.roots)


class Leak(NamedTuple):
    """A finding by line, from 1, with the line that it was seen to matter on."""

    kind: LeakKind
    line: int
    seen_on: int
    why: str
    is_high: bool


NOTHING = Value()


def merged(values: list[Value]) -> Value:
    """Yield what an expression over values is: rows of all, and of one part only if all of them are of that part."""
    data = [value for value in values if value.is_data]
    if not data:
        return NOTHING
    roles = {value.role for value in data}
    whole = Role.WHOLE in roles and len(roles) == 2
    # A model's prediction for test rows is of the test rows, whatever else took part in it.
    role = next(iter(roles)) if len(roles) == 1 else next(iter(roles - {Role.WHOLE})) if whole else Role.WHOLE
    return Value(
        frozenset().union(*(value.roots for value in data)), role, frozenset().union(*(value.taints for value in data))
    )


def role_of_name(name: str) -> Role | None:
    """Yield the part that a variable's name says it is; None where it says nothing, or two things."""
    pieces = [piece.lower() for piece in _PIECES.findall(name)]
    said = {
        _WORDS[piece] for place, piece in enumerate(pieces)
        # "tr" alone may be anything; "X_tr" is not.
        if piece in _WORDS and (piece not in _SHORT or (place and place == len(pieces) - 1))
    }  # fmt: skip
    return Role(next(iter(said))) if len(said) == 1 else None


def taint_of(value: Value, line: int, what: str, *, is_overlap: bool, is_high: bool) -> Taint:
    """Yield the taint of something that was learned from, or added to, all rows of a value."""
    return Taint(line, what, is_overlap=is_overlap, is_high=is_high, roots=value.roots, role=value.role)
