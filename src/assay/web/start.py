"""Where a visit begins."""

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from assay.accounts.models import Member, User


@login_required
def start(request: HttpRequest) -> HttpResponse:
    """Go to the one organisation of the visitor, or offer the choice."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101 -- login_required lets nobody else in
    members = list(
        Member.objects.select_related("organisation").filter(user=user, is_active=True).order_by("organisation__name")
    )
    if len(members) == 1:
        return redirect("roles:list", members[0].organisation.slug)
    return render(request, "shell/start.html", {"members": members})
