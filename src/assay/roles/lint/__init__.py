"""What is unwise in a role, and why: each finding with its reason and its source. Advice; it blocks nothing."""

from datetime import date

from assay.competencies.catalogue import Catalogue
from assay.roles.lint.coverage import coverage_findings
from assay.roles.lint.demands import demand_findings
from assay.roles.lint.finding import Finding, LintInput, Severity
from assay.roles.lint.notices import notice_findings
from assay.roles.lint.proxies import proxy_findings
from assay.roles.lint.wording import wording_findings
from assay.roles.profile import RoleProfile

__all__ = ["Finding", "Severity", "findings_of"]

CHECKS = (demand_findings, proxy_findings, coverage_findings, wording_findings, notice_findings)


def findings_of(*, profile: RoleProfile, ad_text: str, catalogue: Catalogue, today: date) -> tuple[Finding, ...]:
    """Yield what to think about, warnings first, each group in the order of the checks."""
    given = LintInput(profile=profile, ad_text=ad_text, catalogue=catalogue, today=today)
    found = [finding for check in CHECKS for finding in check(given)]
    return tuple(sorted(found, key=lambda finding: finding.severity is not Severity.WARNING))
