"""A shortlist as a value: what is shown, printed, exported and kept as a snapshot. All of it can be traced to words."""

import msgspec

from assay.matching.model import ConstraintCheck, FitValues, MustHaveState


class Struct(msgspec.Struct, frozen=True):
    """Base: immutable; nothing is left out of the JSON."""


class Reason(Struct, frozen=True, kw_only=True):
    """Why somebody stands where they stand: a competency and the very words, ``quote == text[start:end]``."""

    competency: str
    name: str
    phrase: str
    """How the words count, such as "says it was used"."""
    quote: str
    start: int
    end: int
    file: str
    effect: float
    """By how much the fit's mean would fall without it, in sd of the pool."""
    observation: str = ""
    """Reference of the ledger's row; empty where no ledger is kept."""


class Gap(Struct, frozen=True, kw_only=True):
    """What is not known and what would settle it; ``minutes`` are the candidate's and 0 where the map gives none."""

    competency: str
    name: str
    method: str
    minutes: int
    is_must_have: bool


class MustHaveLine(Struct, frozen=True, kw_only=True):
    """One must-have with the words behind its state; an empty quote where nothing was said."""

    competency: str
    name: str
    level: int
    state: MustHaveState
    phrase: str = ""
    quote: str = ""
    start: int = 0
    end: int = 0
    file: str = ""
    observation: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    """One person in the list."""

    place: int
    """From 1; people with the very same evidence stand one after the other all the same."""
    person: str
    """Reference of the person; a file's name on the command line."""
    label: str
    """The name as it was read, or a number where the list is blind."""
    file: str
    fit: FitValues
    p_must_haves: float | None
    """Joint probability that every must-have is met; None where the role has none or it was not worked out."""
    must_haves: tuple[MustHaveLine, ...]
    reasons: tuple[Reason, ...]
    not_measured: tuple[Gap, ...]
    constraints: tuple[ConstraintCheck, ...]
    is_ruled_out: bool
    is_measured: bool
    """False where nothing at all is known of what the role asks for."""


class Demanded(Struct, frozen=True, kw_only=True):
    """One demand of the role with the ad's words."""

    competency: str
    name: str
    level: int
    weight: float
    is_must_have: bool
    quotes: tuple[str, ...]
    terms: tuple[str, ...]


class RoleSummary(Struct, frozen=True, kw_only=True):
    """What the list was made for."""

    title: str
    file: str
    requirements: tuple[Demanded, ...]
    constraints: tuple[str, ...]
    bar: float | None
    not_in_map: tuple[str, ...] = ()
    """Knowledge that the ad names and the map does not; nobody's place depends on it."""


class Unreadable(Struct, frozen=True, kw_only=True):
    """A file that could not be read, and why."""

    file: str
    reason: str


class Span(Struct, frozen=True, kw_only=True):
    """Places ``first`` to ``last`` of the list, from 1, inclusive."""

    first: int
    last: int


class Step(Struct, frozen=True, kw_only=True):
    """The next best step: the measurement that would settle most, and for whom."""

    competency: str
    name: str
    method: str
    minutes: int
    people: int


class Versions(Struct, frozen=True, kw_only=True):
    """With which parameters the list was made."""

    competency_map: str
    sources: str
    claim_rules: str
    reader: str


class Sheet(Struct, frozen=True, kw_only=True):
    """A shortlist."""

    role: RoleSummary
    entries: tuple[Entry, ...]
    brackets: tuple[Span, ...]
    """Stretches of the list inside which nobody can be separated from anybody."""
    next_step: Step | None
    unreadable: tuple[Unreadable, ...]
    versions: Versions
    is_blind: bool = False
