"""What can be observed about one person: one small frozen struct a kind.

Competencies are indices ``0 .. K-1`` into the prior. ``age_y`` is the time in years between the moment the
observation speaks of and the moment the belief is for; it is at least 0. ``id`` names the immutable ledger row
and plays no part in the mathematics except that it fixes the order between otherwise equal observations.
"""

from enum import StrEnum
from typing import Annotated

import msgspec

Index = Annotated[int, msgspec.Meta(ge=0)]
AgeYears = Annotated[float, msgspec.Meta(ge=0.0)]


class Observed(msgspec.Struct, frozen=True, kw_only=True, tag_field="kind"):
    """What all kinds share."""

    id: str = ""
    age_y: AgeYears = 0.0


class Claim(Observed, frozen=True, kw_only=True, tag="claim"):
    """A level that the person claims: 1 to 5, fractions allowed."""

    competency: Index
    level: float


class Experience(Observed, frozen=True, kw_only=True, tag="experience"):
    """Years of work with the competency, at least 0."""

    competency: Index
    years: float


class Portfolio(Observed, frozen=True, kw_only=True, tag="portfolio"):
    """A feature of published work, on the ability scale (pool mean 0, sd 1).

    ``p_not_authored`` replaces the registry's chance that the work is another's, where it was examined.
    """

    competency: Index
    value: float
    p_not_authored: float | None = None


class WorkSample(Observed, frozen=True, kw_only=True, tag="work_sample"):
    """A work-sample metric as the normal score of its percentile; metrics of one hand-in share ``event``."""

    competency: Index
    value: float
    event: str


class Rating(Observed, frozen=True, kw_only=True, tag="rating"):
    """An interviewer's rating of one criterion, 1 to 5, given in the interview ``event`` by ``rater``."""

    competency: Index
    rating: int
    event: str
    rater: str
    is_structured: bool = True


class ScoredAnswer(Observed, frozen=True, kw_only=True, tag="scored_answer"):
    """A written answer rated 1 to 5; ``rater`` is a person, or a model id with the version of its prompt."""

    competency: Index
    rating: int
    rater: str


class Reference(Observed, frozen=True, kw_only=True, tag="reference"):
    """A referee's level for a whole family of competencies: 1 to 5, fractions allowed."""

    family: str
    level: float


class ItemResponse(Observed, frozen=True, kw_only=True, tag="item"):
    """A response to a test item: 2PL with one difficulty, graded response with several rising ones.

    ``category`` runs from 0 (wrong) to ``len(difficulties)``; the ordered difficulties are in logits of ability.
    """

    competency: Index
    category: Index
    discrimination: float = 1.0
    difficulties: tuple[float, ...]


Observation = Claim | Experience | Portfolio | WorkSample | Rating | ScoredAnswer | Reference | ItemResponse


class SourceKind(StrEnum):
    """Names of the source kinds in the registry."""

    CLAIM = "claim"
    EXPERIENCE = "experience"
    PORTFOLIO = "portfolio"
    WORK_SAMPLE = "work_sample"
    STRUCTURED_INTERVIEW = "structured_interview"
    UNSTRUCTURED_INTERVIEW = "unstructured_interview"
    SCORED_ANSWER = "scored_answer"
    REFERENCE = "reference"
    ITEM = "item"


_KIND_BY_TYPE: dict[type, SourceKind] = {
    Claim: SourceKind.CLAIM,
    Experience: SourceKind.EXPERIENCE,
    Portfolio: SourceKind.PORTFOLIO,
    WorkSample: SourceKind.WORK_SAMPLE,
    ScoredAnswer: SourceKind.SCORED_ANSWER,
    Reference: SourceKind.REFERENCE,
    ItemResponse: SourceKind.ITEM,
}


def source_kind(*, observation: Observation) -> SourceKind:
    """Yield the registry's name of the observation's source."""
    if isinstance(observation, Rating):
        return SourceKind.STRUCTURED_INTERVIEW if observation.is_structured else SourceKind.UNSTRUCTURED_INTERVIEW
    return _KIND_BY_TYPE[type(observation)]
