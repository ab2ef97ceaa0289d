"""Tasks."""

from django.http import HttpResponse
from django.shortcuts import render

from assay.web.access import MemberRequest, member_page


@member_page()
def mine(request: MemberRequest) -> HttpResponse:
    """Show the page."""
    return render(request, "tasks/mine.html")
