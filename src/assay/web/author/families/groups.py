"""Whether questions treat two groups of the same level alike: a file is read, compared and forgotten."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods

from assay.accounts.rules import may_audit
from assay.core.clock import now
from assay.core.errors import DomainError
from assay.knowledge.decks import bank
from assay.knowledge.groups import MOST_BYTES, compare_groups, findings_of, read_groups
from assay.knowledge.models import GroupFinding
from assay.science.irt import EtsClass
from assay.science.irt.dif import ACT_FOCAL, MIN_FOCAL
from assay.web.access import MemberRequest, member_page
from assay.web.middleware import STATUS_OF

SIZE_WORDS = {
    EtsClass.A: "no difference that matters",
    EtsClass.B: "a moderate difference",
    EtsClass.C: "a large difference",
}
CERTAIN_P = 0.01


class FindingShown(NamedTuple):
    """One family's comparison in words."""

    finding: GroupFinding
    title: str
    domain: str
    name: str
    words: str
    advice: str


@require_http_methods(["GET", "POST"])
@member_page(may=may_audit)
def groups(request: MemberRequest) -> HttpResponse:
    """Show what comparisons found, and take the file of a new one."""
    organisation = request.member.organisation
    fault, status = "", 200
    if request.method == "POST":
        upload = request.FILES.get("file")
        try:
            rows = read_groups(upload.read(MOST_BYTES + 1) if upload else b"")
            found = compare_groups(member=request.member, rows=rows, now=now())
        except DomainError as error:
            fault, status = error.message, STATUS_OF[error.kind]
        else:
            messages.success(request, f"{len(found)} families were compared. The file was not kept.")
            return redirect("families:groups", organisation.slug)
    shown = [finding_shown(one) for one in findings_of(organisation=organisation)]
    context = {"findings": shown, "fault": fault, "needed": MIN_FOCAL, "to_act": ACT_FOCAL}
    return render(request, "families/groups.html", context, status=status)


def finding_shown(finding: GroupFinding) -> FindingShown:
    """Yield a finding in words: how large, harder for whom, and what may be done about it."""
    titles = {family.id: family.title for family in bank().families}
    domain, _, name = finding.family.partition("/")
    return FindingShown(
        finding=finding,
        title=titles.get(finding.family, finding.family),
        domain=domain,
        name=name,
        words=_words(finding),
        advice=_advice(finding),
    )


def _words(finding: GroupFinding) -> str:
    size = SIZE_WORDS[EtsClass(finding.ets_class)]
    if finding.ets_class == EtsClass.A:
        return size
    harder = finding.focal if finding.delta < 0 else finding.reference
    return f"{size}: harder for “{harder}” at the same level"


def _advice(finding: GroupFinding) -> str:
    if finding.ets_class != EtsClass.A and finding.may_act:
        return "Look at the wording with people of both groups; stop asking it if you find why."
    if finding.ets_class != EtsClass.A:
        return "Too few people to act on: wait for more before you change anything."
    if finding.non_uniform_p is not None and finding.non_uniform_p < CERTAIN_P:
        return "The difference changes with the level: look at the question."
    return ""
