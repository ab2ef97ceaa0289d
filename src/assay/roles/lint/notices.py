"""What an ad has to tell: the pay, and that software takes part."""

import re
from collections.abc import Iterator

from assay.roles.lint.finding import Finding, LintInput, Severity

AI_NOTICE = re.compile(
    r"\b(?:artificial intelligence|automated (?:tools?|systems?|processing)|AI (?:is used|tools?|system)|"
    r"software (?:reads|ranks|helps|supports)|künstliche intelligenz|intelligence artificielle)\b",
    re.IGNORECASE,
)


def notice_findings(given: LintInput) -> Iterator[Finding]:
    """Yield what the ad does not tell. Only for roles that have an ad."""
    if not given.ad_text.strip():
        return
    if given.profile.pay is None:
        yield Finding(
            code="no_pay_range",
            severity=Severity.WARNING,
            message="The ad names no pay range.",
            reason="In the EU the range is owed before the interview, in Ontario in the posting itself; elsewhere it "
            "saves both sides a talk that ends at the money.",
            source="Directive (EU) 2023/970; O. Reg. 476/24 (Ontario), both as summarised by law firms",
        )
    if AI_NOTICE.search(given.ad_text) is None:
        yield Finding(
            code="no_software_notice",
            severity=Severity.ADVICE,
            message="The ad does not say that software takes part.",
            reason="Assay reads and orders applications; a human decides. Ontario asks for such a notice in postings, "
            "and Illinois wherever software influences the decision. Say it in one sentence.",
            source="O. Reg. 476/24 (Ontario); Illinois HB 3773, both as summarised by law firms",
        )
