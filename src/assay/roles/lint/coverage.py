"""What the role leaves out, by the guide that Assay realises."""

import re
from collections.abc import Iterator

from assay.reading.model import RequirementKind
from assay.roles.lint.finding import GUIDE, Finding, LintInput, Severity
from assay.roles.profile import weight_shares

THEORY_SHARE = 0.6
DEPLOYMENT = frozenset({"deployment", "mlops", "monitoring_drift", "docker_kubernetes", "aws", "azure", "google_cloud"})
PORTFOLIO_WORDS = re.compile(
    r"\b(portfolio|git\s?hub|git\s?lab|open[- ]source|side projects?|past projects?|publications?|projects? you)\b",
    re.IGNORECASE,
)


def coverage_findings(given: LintInput) -> Iterator[Finding]:
    """Yield the parts of the work that the profile does not ask for."""
    shares = weight_shares(given.profile)
    kinds = {competency.id: competency.kind for competency in given.catalogue.competencies}
    if sum(share for name, share in shares.items() if kinds.get(name) == "foundation") > THEORY_SHARE:
        yield Finding(
            code="theory_only",
            severity=Severity.WARNING,
            message="More than half of the weight lies on theory.",
            reason="Preferring theoretical knowledge to practical experience is one of the three common mistakes. "
            "Move weight to what the person will do in the first year.",
            source=GUIDE,
        )
    if not any(kinds.get(name) == "soft" for name in shares):
        yield Finding(
            code="no_soft_skills",
            severity=Severity.WARNING,
            message="No soft skill is asked for.",
            reason="Explaining results to people outside the team, working with others and adapting decide whether a "
            "model is used. Leaving them out is the first red flag of the guide.",
            source=GUIDE,
        )
    if not DEPLOYMENT & shares.keys():
        yield Finding(
            code="no_deployment",
            severity=Severity.ADVICE,
            message="Nothing is said of deployment.",
            reason="Machine-learning engineers are those who deploy, scale and integrate models; without it the role "
            "reads like a data scientist's.",
            source=GUIDE,
        )
    if not _asks_for_portfolio(given):
        yield Finding(
            code="no_portfolio",
            severity=Severity.ADVICE,
            message="The ad does not invite people to show their work.",
            reason="Projects show range, complexity and real business problems solved. Invite them, never require "
            "them: not everybody may publish what they built.",
            source=GUIDE,
        )


def _asks_for_portfolio(given: LintInput) -> bool:
    is_read = any(requirement.kind is RequirementKind.PORTFOLIO for requirement in given.profile.requirements)
    return is_read or PORTFOLIO_WORDS.search(given.ad_text) is not None
