"""Reading documents again with the words and the reader of today: start it, and watch how far it is."""

from django.http import HttpResponse
from django.shortcuts import redirect, render

from assay.accounts.rules import may_recruit
from assay.core import clock
from assay.evidence.rereading import latest_rereading, outdated_documents, start_rereading
from assay.web.access import MemberRequest, member_page


@member_page(may=may_recruit)
def rereading(request: MemberRequest) -> HttpResponse:
    """Show how many documents were read before, or begin to read them again."""
    if request.method == "POST":
        start_rereading(member=request.member, now=clock.now())
        return redirect("competencies:rereading", request.member.organisation.slug)
    return render(request, "competencies/rereading.html", _context(request))


@member_page(may=may_recruit)
def progress(request: MemberRequest) -> HttpResponse:
    """Show the progress alone, for the page to put in while the walk goes on."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by django_htmx
        return redirect("competencies:rereading", request.member.organisation.slug)
    return render(request, "competencies/_rereading.html", _context(request))


def _context(request: MemberRequest) -> dict[str, object]:
    return {
        "walk": latest_rereading(member=request.member),
        "outdated": outdated_documents(organisation=request.member.organisation).count(),
    }
