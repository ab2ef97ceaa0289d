"""Where a visit begins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assay.accounts.models import Member


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Go to the one organisation of the visitor, or offer the choice."""
    members = list(
        Member.objects.select_related("organisation")
        .filter(user__pk=request.user.pk, is_active=True)
        .order_by("organisation__name")
    )
    if len(members) == 1:
        return redirect("roles:list", members[0].organisation.slug)
    return render(request, "shell/start.html", {"members": members})
