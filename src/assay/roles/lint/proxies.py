"""Stand-ins for skill: degrees and years."""

from collections.abc import Iterator

from assay.reading.model import RequirementKind, Strength
from assay.roles.lint.finding import SACKETT, Finding, LintInput, Severity

MANY_YEARS = 3.0


def proxy_findings(given: LintInput) -> Iterator[Finding]:
    """Yield required degrees and thresholds of years."""
    for requirement in given.profile.requirements:
        if requirement.kind is RequirementKind.DEGREE and requirement.strength is Strength.REQUIRED:
            yield Finding(
                code="degree_as_proxy",
                severity=Severity.WARNING,
                message="A degree is required.",
                reason="A degree says little about the work and shuts out people who learnt it elsewhere. "
                "Ask for the skill, and let a work sample show it.",
                source="Years of education predicted performance with r = .10 in Schmidt & Hunter 1998, "
                "doi:10.1037/0033-2909.124.2.262; quoted second-hand",
                start=requirement.quote_start,
                end=requirement.quote_end,
            )
        elif requirement.kind is RequirementKind.YEARS and (requirement.years or 0) >= MANY_YEARS:
            yield Finding(
                code="years_as_proxy",
                severity=Severity.ADVICE,
                message=f"{requirement.years:g} years are asked for.",
                reason="Years of experience predict performance hardly at all (r = .07). Assay keeps them as the ad's "
                "words and never ranks by them; say what somebody with those years can do.",
                source=f"{SACKETT}; quoted second-hand",
                start=requirement.quote_start,
                end=requirement.quote_end,
            )
