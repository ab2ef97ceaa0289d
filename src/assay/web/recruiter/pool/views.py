"""Find in our pool: the first of everybody who has not applied, with the reasons of the shortlist."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.rules import may_recruit
from assay.applications.services import apply
from assay.core.clock import now
from assay.matching.pool import first_of_pool
from assay.matching.selectors import matched_role
from assay.matching.windows import sheet_of_ranking
from assay.people.selectors import person_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.looks import note_look_at_role
from assay.web.recruiter.shortlist.lists import PAGE_SIZE, person_link, role_of, words_link
from assay.web.recruiter.shortlist.present import blinded
from assay.web.shortlist_rows import groups_of, rows_of

CHANNEL = "found in our pool"


@require_GET
@member_page(may=may_recruit)
def pool(request: MemberRequest, role: str) -> HttpResponse:
    """Show the first fifty people who have not applied to the role. A look at personal data: recorded."""
    found_role = role_of(request, role)
    found = matched_role(role=found_role)
    context: dict[str, object] = {"role": found_role, "tab": "pool", "is_open": found is not None}
    if found is None:
        return render(request, "pool/list.html", context)
    note_look_at_role(request, found_role, kind="pool.seen")
    first = first_of_pool(found=found, count=PAGE_SIZE)
    blind = is_blind(request)
    sheet = sheet_of_ranking(found=found, ranking=first.ranking, count=PAGE_SIZE, is_blind=blind)
    sheet = blinded(sheet) if sheet.is_blind else sheet
    org = request.member.organisation.slug
    rows = rows_of(
        entries=sheet.entries,
        bar=sheet.role.bar,
        person_url=person_link(org),
        words_url=words_link(org),
        has_folds=True,
    )
    shown = {
        "groups": groups_of(rows=rows, brackets=sheet.brackets, total=len(first.ranking.order.rows)),
        "total": len(rows),
        "pool_size": first.pool_size,
        "blind": blind,
        "offers": True,
    }
    return render(request, "pool/list.html", context | shown)


@require_POST
@member_page(may=may_recruit)
def add(request: MemberRequest, role: str, person: str) -> HttpResponse:
    """Make somebody of the pool an applicant of the role; a second click changes nothing."""
    found_role = role_of(request, role)
    found = person_visible_to(member=request.member, ref=person)
    moment = now()
    made = apply(role=found_role, person=found, channel=CHANNEL, applied_at=moment, member=request.member, now=moment)
    name = blinded_name(found) if is_blind(request) else str(found)
    words = "is on the role's board now. Ask them first whether they want it." if made.is_new else "was there already."
    messages.success(request, f"{name} {words}")
    return redirect("pool:list", request.member.organisation.slug, found_role.ref)
