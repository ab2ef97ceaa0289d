"""Audit trail."""

from django.http import HttpResponse
from django.shortcuts import render

from assay.web.access import MemberRequest, member_page


@member_page()
def list(request: MemberRequest) -> HttpResponse:  # noqa: A001
    """Show the page."""
    return render(request, "trail/list.html")
