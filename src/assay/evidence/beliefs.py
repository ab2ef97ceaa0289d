"""Beliefs kept beside the observations: always recomputable, never edited.

A kept belief is a pure function of the person's standing observations, one version of the numbers and one version of
the map. Ages are counted from the latest observation, not from the clock, so the same rows give the same bytes.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import numpy as np
import yaml

from assay.competencies.catalogue import Catalogue
from assay.core.content import content_path
from assay.evidence.choices import SourceKind
from assay.evidence.claims import ClaimRules, Stance, rules_from_file
from assay.science import belief as science
from assay.science.arrays import FloatArray
from assay.science.belief import Parameters, Prior, parameters_from_mapping

PERISHABLE_BELOW_Y = 8.0
"""A competency whose half-life is shorter fades with the short time constant."""
DAYS_A_YEAR = 365.25
OWN_WORDS = frozenset({SourceKind.CLAIM, SourceKind.YEARS})
CODE_OF = {stance: code for code, stance in enumerate(Stance, start=1)}


class LedgerRow(NamedTuple):
    """What an observation says, without what only people read."""

    ref: str
    competency: str
    source_kind: str
    value: float
    facts: Mapping[str, Any]
    observed_date: date | None
    recorded_date: date


class Numbers(NamedTuple):
    """Everything that a belief depends on besides the observations."""

    parameters: Parameters
    rules: ClaimRules
    prior: Prior
    ids: tuple[str, ...]
    version: str


class Kept(NamedTuple):
    """A belief as it is stored."""

    mean: bytes
    cov: bytes
    claims: bytes
    is_measured: bool
    observation_count: int


class Moments(NamedTuple):
    """Mean (K,) and covariance (K, K) of a kept belief."""

    mean: FloatArray
    covariance: FloatArray


@cache
def shipped_parameters() -> Parameters:
    """Yield the numbers of the source registry."""
    text = (content_path() / "sources" / "registry.yaml").read_text(encoding="utf-8")
    return parameters_from_mapping(yaml.load(text, Loader=yaml.CSafeLoader))


def shipped_rules() -> ClaimRules:
    """Yield the rule table of claims."""
    return rules_from_file(content_path() / "sources" / "claims.yaml")


def numbers_for(catalogue: Catalogue) -> Numbers:
    """Yield what a belief over this map depends on; made once for each version of the map."""
    known = _NUMBERS.get(catalogue.version)
    if known is None:
        parameters, rules = shipped_parameters(), shipped_rules()
        known = Numbers(
            parameters=parameters,
            rules=rules,
            prior=Prior.from_families(
                families=catalogue.families_of(),
                rho_within=parameters.prior.rho_within,
                rho_between=parameters.prior.rho_between,
                is_perishable=[one.half_life_years < PERISHABLE_BELOW_Y for one in catalogue.competencies],
            ),
            ids=tuple(one.id for one in catalogue.competencies),
            version=f"{parameters.version}/{rules.version}/{catalogue.version}",
        )
        _NUMBERS[catalogue.version] = known
    return known


_NUMBERS: dict[str, Numbers] = {}


def belief_of(*, rows: Sequence[LedgerRow], numbers: Numbers) -> science.Belief:
    """Yield the posterior of one person; observations without weight or outside the map are left out."""
    return science.posterior(
        prior=numbers.prior, observations=[one for _, one in weighty(rows=rows, numbers=numbers)],
        parameters=numbers.parameters,
    )  # fmt: skip


def kept_belief(*, rows: Sequence[LedgerRow], numbers: Numbers) -> Kept:
    """Yield the posterior of one person in the form in which it is stored."""
    belief = belief_of(rows=rows, numbers=numbers)
    lower = np.tril_indices(numbers.prior.size)
    return Kept(
        mean=belief.mean.astype("<f8").tobytes(),
        cov=belief.covariance[lower].astype("<f8").tobytes(),
        claims=claim_codes(rows=rows, ids=numbers.ids),
        is_measured=any(row.source_kind not in OWN_WORDS for row in rows),
        observation_count=len(rows),
    )


def moments_from(*, mean: "bytes | memoryview[int]", cov: "bytes | memoryview[int]") -> Moments:
    """Yield a kept belief as arrays."""
    values = np.frombuffer(bytes(mean), dtype="<f8")
    covariance = np.zeros((len(values), len(values)))
    covariance[np.tril_indices(len(values))] = np.frombuffer(bytes(cov), dtype="<f8")
    return Moments(mean=values, covariance=covariance + np.tril(covariance, -1).T)


def claim_codes(*, rows: Iterable[LedgerRow], ids: Sequence[str]) -> bytes:
    """Yield one byte for each competency: the strongest claim's code, 0 where nothing is claimed."""
    place = {name: index for index, name in enumerate(ids)}
    codes = bytearray(len(ids))
    for row in rows:
        index = place.get(row.competency)
        if row.source_kind == SourceKind.CLAIM and index is not None:
            codes[index] = max(codes[index], CODE_OF[Stance(row.facts["stance"])])
    return bytes(codes)


def weighty(*, rows: Iterable[LedgerRow], numbers: Numbers) -> list[tuple[LedgerRow, science.Observation]]:
    """Yield the rows that a belief is made of with their form for the mathematics.

    Of several claims on one competency only the strongest counts: two wordings of one claim are not two observations.
    """
    rows = list(rows)
    as_of = max((row.recorded_date for row in rows), default=date.min)
    place = {name: index for index, name in enumerate(numbers.ids)}
    best: dict[str, LedgerRow] = {}
    others = []
    for row in sorted(rows, key=lambda one: one.ref):
        if row.competency not in place:
            continue
        if row.source_kind != SourceKind.CLAIM:
            others.append(row)
        elif Stance(row.facts["stance"]) not in numbers.rules.weightless and (
            row.competency not in best or row.value > best[row.competency].value
        ):
            best[row.competency] = row
    return [(row, _observation(row, place[row.competency], as_of)) for row in (*best.values(), *others)]


def _observation(row: LedgerRow, place: int, as_of: date) -> science.Observation:
    """Yield a row in the form that the mathematics takes; a new source kind adds a row to `_FORMS`."""
    age_y = max((as_of - row.observed_date).days, 0) / DAYS_A_YEAR if row.observed_date is not None else 0.0
    return _FORMS[SourceKind(row.source_kind)](row, place, age_y)


def _rating(row: LedgerRow, place: int, age_y: float) -> science.Observation:
    return science.Rating(
        id=row.ref,
        competency=place,
        rating=round(row.value),
        event=str(row.facts["event"]),
        rater=str(row.facts["rater"]),
        age_y=age_y,
    )


def _answer(row: LedgerRow, place: int, age_y: float) -> science.Observation:
    return science.ItemResponse(
        id=row.ref,
        competency=place,
        category=round(row.value),
        discrimination=float(row.facts.get("discrimination", 1.0)),
        difficulties=tuple(row.facts["difficulties"]),
        age_y=age_y,
    )


def _work_sample(row: LedgerRow, place: int, age_y: float) -> science.Observation:
    """Yield a metric, or what a person made of a text that belongs to the work sample."""
    if "rater" in row.facts:
        return science.ScoredAnswer(
            id=row.ref, competency=place, rating=round(row.value), rater=str(row.facts["rater"]), age_y=age_y
        )
    return science.WorkSample(id=row.ref, competency=place, value=row.value, event=str(row.facts["event"]), age_y=age_y)


_FORMS: dict[SourceKind, Callable[[LedgerRow, int, float], science.Observation]] = {
    SourceKind.CLAIM: lambda row, place, age_y: science.Claim(
        id=row.ref, competency=place, level=row.value, age_y=age_y
    ),
    SourceKind.YEARS: lambda row, place, age_y: science.Experience(
        id=row.ref, competency=place, years=row.value, age_y=age_y
    ),
    SourceKind.PORTFOLIO: lambda row, place, age_y: science.Portfolio(
        id=row.ref, competency=place, value=row.value, age_y=age_y, p_not_authored=row.facts.get("p_not_authored")
    ),
    SourceKind.WORK_SAMPLE: _work_sample,
    SourceKind.REFERENCE: lambda row, _place, age_y: science.Reference(
        id=row.ref, family=str(row.facts["family"]), level=row.value, age_y=age_y
    ),
    SourceKind.INTERVIEW: _rating,
    SourceKind.TEST_ITEM: _answer,
    SourceKind.EXERCISE: _answer,
}
