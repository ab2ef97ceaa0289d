"""Board."""

from django.http import HttpResponse
from django.shortcuts import render

from assay.web.access import MemberRequest, member_page


@member_page()
def list(request: MemberRequest, role: str) -> HttpResponse:  # noqa: A001
    """Show the page."""
    return render(request, "board/list.html", {"role_ref": role})
