"""What goes into a ranking and what comes out. What may not count has no field to stand in.

There is no name, address, age, photograph, school, gap or length of service here, and a key only breaks ties.
"""

from enum import StrEnum
from typing import NamedTuple

import msgspec

from assay.evidence.claims import Stance
from assay.evidence.stated import Stated, Words
from assay.science.arrays import FloatArray, IntArray


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base: immutable and compact as JSON."""


class ClaimLine(Struct, frozen=True, kw_only=True):
    """The strongest claim of a person on one competency. What a stance is worth stands in the claim rules."""

    competency: str
    stance: Stance


class Measured(NamedTuple):
    """Belief of a person of whom more than claims is known: ``mean`` (K,) and ``covariance`` (K, K)."""

    mean: FloatArray
    covariance: FloatArray


class Applicant(NamedTuple):
    """Everything that a ranking may know of a person."""

    key: str
    """A hash of a reference or of a file's name: decides between people with the very same evidence, nothing else."""
    claims: tuple[ClaimLine, ...]
    stated: Stated = Stated()
    measured: Measured | None = None


class MustHaveState(StrEnum):
    """What is known of a must-have."""

    MET = "met"
    UNMET = "unmet"
    UNKNOWN = "unknown"


class MustHave(Struct, frozen=True, kw_only=True):
    """One must-have of one person."""

    competency: str
    level: int
    state: MustHaveState
    by: str
    """Which of the competency and its alternatives the state speaks of."""
    alternatives: tuple[str, ...] = ()
    is_claim: bool = True
    """False where something else than the person's own words stands behind it."""


class ConstraintKind(StrEnum):
    """The hard facts."""

    WORK_PERMIT = "work_permit"
    PLACE = "place"
    LANGUAGE = "language"
    AVAILABILITY = "availability"
    PAY = "pay"


class ConstraintCheck(Struct, frozen=True, kw_only=True):
    """One hard fact of the role against what a person stated of it."""

    kind: ConstraintKind
    asked: str
    state: MustHaveState
    words: Words | None = None


class Contribution(Struct, frozen=True, kw_only=True):
    """By how much what is known of a competency moves the fit's mean."""

    competency: str
    effect: float


class FitValues(Struct, frozen=True, kw_only=True):
    """Fit in sd of the pool: mean, sd, 80 % interval, and the probability of being at or above the role's bar."""

    mean: float
    sd: float
    interval80: tuple[float, float]
    p_above_bar: float | None = None


class Standing(NamedTuple):
    """Where one person stands and why; ``row`` is the place in the sequence that was ranked."""

    row: int
    fit: FitValues
    must_haves: tuple[MustHave, ...]
    constraints: tuple[ConstraintCheck, ...]
    contributions: tuple[Contribution, ...]
    """The strongest first; competencies that moved nothing are left out."""
    not_measured: tuple[str, ...]
    """Demanded competencies of which nothing is known, the weightiest first."""

    @property
    def is_ruled_out(self) -> bool:
        """True where the person stated something that a hard fact of the role excludes."""
        return any(check.state is MustHaveState.UNMET for check in self.constraints)


class Order(NamedTuple):
    """People in order, shape (P,): rows of the input in order; means and sds in the input's own order."""

    rows: IntArray
    mean: FloatArray
    sd: FloatArray
