"""Settings."""

from django.http import HttpResponse
from django.shortcuts import render

from assay.web.access import MemberRequest, member_page


@member_page()
def members(request: MemberRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "settings/members.html")
