"""Demands that nobody, or hardly anybody, can meet."""

from collections.abc import Iterator
from datetime import date

import numpy as np

from assay.reading.model import PartialDate, RequirementKind
from assay.roles.lint.finding import Finding, LintInput, Severity
from assay.science.belief import Prior, threshold_of
from assay.science.belief.orthant import p_all_positive

GRACE_YEARS = 0.25
"""First commits and announcements differ by weeks; a quarter keeps the finding certain."""

RARE = 1 / 100
"""Below one applicant in a hundred a list of must-haves describes nobody in a usual pile."""

FEWEST_MUST_HAVES = 4

RHO_WITHIN, RHO_BETWEEN = 0.60, 0.35
"""Correlation of two competencies inside a family and across: the ledger's prior, assumed (docs/science/belief.md)."""


def demand_findings(given: LintInput) -> Iterator[Finding]:
    """Yield years that cannot have been lived, and must-haves that hardly anybody has together."""
    yield from _impossible_years(given)
    yield from _too_many_must_haves(given)


def _impossible_years(given: LintInput) -> Iterator[Finding]:
    released = {term.name: term.released for term in given.catalogue.vocabulary().terms if term.released}
    for requirement in given.profile.requirements:
        if requirement.kind is not RequirementKind.YEARS or requirement.years is None or requirement.term is None:
            continue
        first = released.get(requirement.term)
        if first is None:
            continue
        oldest_years = years_since(first, given.today)
        if requirement.years > oldest_years + GRACE_YEARS:
            yield Finding(
                code="impossible_years",
                severity=Severity.WARNING,
                message=f"Nobody can have {requirement.years:g} years of {requirement.term}.",
                reason=f"{requirement.term} has been public since {first.year}: {oldest_years:.1f} years at most.",
                source="First public release, kept with its source in the competency map",
                start=requirement.quote_start,
                end=requirement.quote_end,
            )


def years_since(first: PartialDate, today: date) -> float:
    """Yield the years from a release to ``today``; a year without a month counts from its January."""
    return (today - date(first.year, first.month or 1, 1)).days / 365.25


def _too_many_must_haves(given: LintInput) -> Iterator[Finding]:
    demands = [demand for demand in given.profile.demands if demand.is_must_have]
    if len(demands) < FEWEST_MUST_HAVES:
        return
    known = {competency.id: competency.family for competency in given.catalogue.competencies}
    asked = [(known[demand.competency], demand.level) for demand in demands if demand.competency in known]
    chance = chance_of_all(families=[family for family, _ in asked], levels=[level for _, level in asked])
    if chance < RARE:
        yield Finding(
            code="too_many_must_haves",
            severity=Severity.WARNING,
            message=f"About {one_in(chance)} applicants have all {len(asked)} must-haves at the levels asked.",
            reason="Skills go together only in part, so each further must-have removes people who could do the work. "
            "Keep as must-haves what cannot be learnt in the first months; make the others weights.",
            source="The prior of the ledger (docs/science/belief.md); the correlations are assumptions",
        )


def chance_of_all(*, families: list[str], levels: list[int]) -> float:
    """Yield the prior probability that an applicant reaches every level; 1 where only first steps are asked for."""
    asked = [(family, level) for family, level in zip(families, levels, strict=True) if level > 1]
    if not asked:
        return 1.0
    prior = Prior.from_families(
        families=[family for family, _ in asked], rho_within=RHO_WITHIN, rho_between=RHO_BETWEEN
    )
    thresholds = np.array([threshold_of(level=level) for _, level in asked])
    return p_all_positive(mean=-thresholds, covariance=prior.covariance)


def one_in(chance: float) -> str:
    """Yield a small probability in words: "1 in 200"."""
    if chance < 1 / 10_000:
        return "fewer than 1 in 10,000"
    per = 1 / chance
    step = 10 ** max(len(str(int(per))) - 2, 0)
    return f"1 in {round(per / step) * step:,.0f}"
