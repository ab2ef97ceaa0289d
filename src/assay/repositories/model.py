"""The report on one repository as a value. Every finding carries the places that it rests on."""

from datetime import date, datetime
from enum import StrEnum

import msgspec


class Standing(StrEnum):
    """How sure it is that an address is the candidate's."""

    CONFIRMED = "confirmed"
    """A mail to it was answered."""
    CLAIMED = "claimed"
    """The candidate says so."""
    UNKNOWN = "unknown"


class Person(msgspec.Struct, frozen=True, kw_only=True):
    """Somebody who wrote commits; ``lines`` are those still there, as far as they were looked at."""

    email: str
    name: str
    commits: int
    lines: int
    standing: Standing
    is_bot: bool


class Place(msgspec.Struct, frozen=True, kw_only=True):
    """Where something stands: path, line from 1 (in a notebook: counted over its code cells), and the line."""

    path: str
    line: int
    text: str


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """What was read, and what was not."""

    name: str
    has_history: bool
    is_shallow: bool
    commits: int
    is_truncated: bool
    """Something was cut short; `notes` says what."""
    notes: tuple[str, ...]
    root: str = ""
    """Id of the first commit: repositories that share it grew from one another."""


class LanguageLines(msgspec.Struct, frozen=True, kw_only=True):
    """Lines of the candidate's in one language, at the tip."""

    language: str
    lines: int


class Authorship(msgspec.Struct, frozen=True, kw_only=True):
    """How much of it is the candidate's work, and how sure that is."""

    people: tuple[Person, ...]
    lookalikes: tuple[str, ...]
    """Addresses with the candidate's name that were not given."""
    standing: Standing
    """The weakest among the addresses that wrote the candidate's lines."""
    own_commits: int
    shared_commits: int
    own_lines: int
    blamed_lines: int
    """Lines in all files that were looked at; where files of others were not blamed, they count as others'."""
    labels: dict[str, int]
    """Label of a commit, such as "merge" or "bulk import", to the number of the candidate's commits that carry it."""
    first_at: datetime | None
    last_at: datetime | None
    active_weeks: int
    longest_gap_weeks: int
    languages: tuple[LanguageLines, ...]


class Depth(StrEnum):
    """How far into a tool the candidate's lines reach."""

    IMPORTED = "imported"
    USED = "used"
    FLUENT = "fluent"
    DEEP = "deep"


class ToolUse(msgspec.Struct, frozen=True, kw_only=True):
    """One tool in the candidate's own lines."""

    tool: str
    competency: str
    depth: Depth
    calls: int
    names: tuple[str, ...]
    """Distinct names of the tool that are called, the most frequent first."""
    name_count: int
    files: int
    first_on: date | None
    places: tuple[Place, ...]


class Practice(msgspec.Struct, frozen=True, kw_only=True):
    """One habit of good work that the candidate's lines show, such as tests or seeds."""

    id: str
    label: str
    competency: str
    count: int
    detail: str
    places: tuple[Place, ...]


class Complexity(msgspec.Struct, frozen=True, kw_only=True):
    """Of the functions that the candidate wrote: how many, how long, how branched."""

    functions: int
    median_lines: float
    p90_lines: float
    median_branches: float
    p90_branches: float
    documented_share: float
    annotated_share: float


class GrowthPoint(msgspec.Struct, frozen=True, kw_only=True):
    """The project at one moment; ``branches_per_100`` is how many decisions stand in a hundred lines of code."""

    on: date
    files: int
    lines: int
    branches_per_100: float


class LeakKind(StrEnum):
    """How a test set may have reached the training."""

    PREPROCESSING = "preprocessing before the split"
    OVERLAP = "training and test rows overlap"
    MULTI_TEST = "the test set chooses the model"


class LeakFinding(msgspec.Struct, frozen=True, kw_only=True):
    """A place to look at. ``steps`` are the lines that lead there."""

    kind: LeakKind
    place: Place
    why: str
    harm: str
    steps: tuple[Place, ...]
    is_own: bool


class Copy(msgspec.Struct, frozen=True, kw_only=True):
    """A share of the candidate's code that also stands elsewhere."""

    path: str
    source: str
    containment: float
    places: tuple[Place, ...]


class Flag(msgspec.Struct, frozen=True, kw_only=True):
    """Something to ask about, with how often it is harmless."""

    id: str
    question: str
    what: str
    base_rate: str


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """A question about one of the candidate's own commits."""

    commit: str
    on: date
    subject: str
    text: str
    listen_for: str
    diff: str
    is_diff_cut: bool


class Seen(msgspec.Struct, frozen=True, kw_only=True):
    """A weak observation on one competency, on the ability scale (pool mean 0, sd 1)."""

    competency: str
    value: float
    p_not_authored: float
    on: date
    basis: str
    places: tuple[Place, ...]


class Report(msgspec.Struct, frozen=True, kw_only=True):
    """Everything that one review yields."""

    version: str
    source: Source
    authorship: Authorship
    tools: tuple[ToolUse, ...]
    practices: tuple[Practice, ...]
    complexity: Complexity | None
    growth: tuple[GrowthPoint, ...]
    leaks: tuple[LeakFinding, ...]
    copies: tuple[Copy, ...]
    flags: tuple[Flag, ...]
    questions: tuple[Question, ...]
    observations: tuple[Seen, ...]
