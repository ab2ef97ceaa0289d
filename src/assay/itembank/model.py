"""Families of questions, their variants and their keys, as values."""

from collections.abc import Callable
from enum import StrEnum

import msgspec
import numpy as np


class Kind(StrEnum):
    """How a question is answered, and what it is about."""

    SINGLE = "single"
    MULTIPLE = "multiple"
    NUMERIC = "numeric"
    ORDER = "order"
    READING = "reading"
    BUG_LINE = "bug_line"
    SITUATIONAL = "situational"
    SHORT = "short"


class Option(msgspec.Struct, frozen=True, kw_only=True):
    """One answer to choose, or one line to put in order."""

    id: str
    text: str
    misconception: str = ""
    """What somebody who chooses it mixes up; empty for what is right."""


class ChoiceKey(msgspec.Struct, frozen=True, kw_only=True, tag="choice"):
    """The options that are right, all of them together."""

    ids: tuple[str, ...]


class NumberKey(msgspec.Struct, frozen=True, kw_only=True, tag="number"):
    """A number; an answer is right within the larger of the two tolerances."""

    value: float
    tolerance_abs: float = 0.0
    tolerance_rel: float = 0.0


class OrderKey(msgspec.Struct, frozen=True, kw_only=True, tag="order"):
    """The options from first to last."""

    ids: tuple[str, ...]


class LineKey(msgspec.Struct, frozen=True, kw_only=True, tag="line"):
    """The number of a line, from 1."""

    line: int


class TextKey(msgspec.Struct, frozen=True, kw_only=True, tag="text"):
    """Words that are right, compared in the form of `answers.normal_text` where ``is_normalised``."""

    accepted: tuple[str, ...]
    is_normalised: bool = True


Key = ChoiceKey | NumberKey | OrderKey | LineKey | TextKey


class Variant(msgspec.Struct, frozen=True, kw_only=True):
    """One question that a family made for one seed."""

    family: str
    seed: int
    kind: Kind
    stem: str
    """In the subset of Markdown that `render` knows."""
    options: tuple[Option, ...] = ()
    key: Key
    explanation: str
    unit: str = ""

    @property
    def id(self) -> str:
        """``family#seed``."""
        return f"{self.family}#{self.seed}"


class Family(msgspec.Struct, frozen=True, kw_only=True):
    """A generator of questions of one kind about one thing."""

    id: str
    """``domain/name``."""
    title: str
    domain: str
    loadings: dict[str, float]
    """Competency → how strongly it shows, 0 to 1."""
    kind: Kind
    level: int
    """The author's, 1 (first steps) to 5 (expert)."""
    expected_s: int
    source: str
    licence: str
    make: Callable[[np.random.Generator], Variant]
    """The question; its family and seed are set by the bank."""
    verify: Callable[[Variant], None]
    """Raises `ItemError` where the key does not follow by another way than ``make`` took."""
    is_pilot: bool = False
    """Keyed by a written reason instead of by code."""
