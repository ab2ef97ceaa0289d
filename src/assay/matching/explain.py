"""What is not known of people, what would settle it, and which step settles most."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, Protocol

from assay.matching.model import Applicant, Standing
from assay.matching.role import RoleModel
from assay.matching.sheet import Gap, Step

LOOKED_AT = 20
"""The next step is chosen for so many people from the top."""
CLAIM_ONLY_SHARE = 0.7
"""How open a competency still is when a claim is all that is known: claims settle little (validity about .35)."""
_METHOD_ORDER = ("test", "exercise", "work_sample", "interview", "reference", "portfolio")
_MINUTES = {"test": 20, "exercise": 30, "work_sample": 90, "interview": 45, "reference": 15, "portfolio": 0}
_WORDS = {
    "test": "knowledge test",
    "exercise": "coding exercise",
    "work_sample": "work sample",
    "interview": "structured interview",
    "reference": "reference call",
    "portfolio": "look at published work",
}


class Settle(NamedTuple):
    """The method that would measure a competency, in words, and the candidate's minutes."""

    method: str
    minutes: int


SettleTable = Mapping[str, Settle]


class Measurable(Protocol):
    """What is needed of a competency of the map."""

    @property
    def id(self) -> str: ...  # noqa: D102
    @property
    def methods(self) -> Sequence[object]: ...  # noqa: D102


class HasApplicant(Protocol):
    """Somebody of whom the claims are known."""

    @property
    def applicant(self) -> Applicant: ...  # noqa: D102


def settle_table(competencies: Sequence[Measurable]) -> dict[str, Settle]:
    """Yield for each competency the shortest of its methods; a competency that only claims reach is left out."""
    table = {}
    for one in competencies:
        methods = [method for method in _METHOD_ORDER if method in {str(name) for name in one.methods}]
        if methods:
            table[one.id] = Settle(_WORDS[methods[0]], _MINUTES[methods[0]])
    return table


def gaps_of(*, standing: Standing, role: RoleModel, settle: SettleTable) -> tuple[Gap, ...]:
    """Yield what is not measured, the weightiest first, with what would settle it."""
    must = {name for wanted in role.must_haves for name in wanted.any_of}
    gaps = []
    for competency in standing.not_measured:
        method, minutes = settle.get(competency, Settle("structured interview", _MINUTES["interview"]))
        gaps.append(
            Gap(
                competency=competency,
                name=role.competencies.names[competency],
                method=method,
                minutes=minutes,
                is_must_have=competency in must,
            )
        )
    return tuple(gaps)


def next_step_of(
    *, standings: Sequence[Standing], people: Sequence[HasApplicant], role: RoleModel, settle: SettleTable
) -> Step | None:
    """Yield the measurement that would settle most among the first people; None where nothing is open.

    For each demanded competency: its weight times the number of people of whom nothing is known, plus .7 for each of
    whom only a claim is known. It is a rule of thumb over the weights, not yet a value of information.
    """
    first = [
        (standing, one.applicant) for standing, one in zip(standings, people, strict=True) if not standing.is_ruled_out
    ][:LOOKED_AT]
    best: tuple[float, str, int] | None = None
    for competency in role.demanded:
        unknown = sum(competency in standing.not_measured for standing, _ in first)
        claimed = sum(
            competency not in standing.not_measured and applicant.measured is None for standing, applicant in first
        )
        weight = float(role.weights[role.competencies.place[competency]])
        score = weight * (unknown + CLAIM_ONLY_SHARE * claimed)
        if competency in settle and score > 0 and (best is None or score > best[0] + 1e-12):
            best = (score, competency, unknown + claimed)
    if best is None:
        return None
    _, competency, count = best
    return Step(
        competency=competency,
        name=role.competencies.names[competency],
        method=settle[competency].method,
        minutes=settle[competency].minutes,
        people=count,
    )
