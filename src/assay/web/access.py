"""The door of every page: who is asking, in which organisation, and whether they may."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from allauth.account.internal.flows.login import get_authentication_records
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponseBase
from django.shortcuts import redirect

from assay.accounts.models import Member, User
from assay.accounts.selectors import has_second_factor
from assay.core.errors import ForbiddenError, NotFoundError

P = ParamSpec("P")
Rule = Callable[[Member], bool]


class MemberRequest(HttpRequest):
    """A request of somebody known to be an active member of the organisation that the address names."""

    member: Member
    user: User


View = Callable[Concatenate[MemberRequest, P], HttpResponseBase]
Page = Callable[..., HttpResponseBase]


def member_page(*, may: Rule | None = None) -> Callable[[View[P]], Page]:
    """Make a view a page of members: ``def view(request, …)`` behind an address that begins with ``o/<slug:org>/``.

    An organisation that one is not a member of does not exist as far as the answer tells. ``may`` is a rule over the
    member (`accounts.rules`); what a member may see within the organisation is up to the scoped selectors.
    """

    def wrap(view: View[P]) -> Page:
        @login_required
        @wraps(view)
        def page(request: MemberRequest, org: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponseBase:
            request.member = member_of(user=request.user, slug=org)
            if lacks_second_factor(request):
                messages.warning(request, f"{request.member.organisation} asks for a second factor. Add one to go on.")
                return redirect("account")
            if may is not None and not may(request.member):
                message = "Your part in this organisation does not include this page."
                raise ForbiddenError(message)
            return view(request, *args, **kwargs)

        return page

    return wrap


def member_of(*, user: User, slug: str) -> Member:
    """Yield the user's active membership of an organisation. Raises `NotFoundError`, whether it exists or not."""
    member = (
        Member.objects.select_related("organisation", "user")
        .filter(user=user, organisation__slug=slug, is_active=True)
        .first()
    )
    if member is None:
        message = "There is no such organisation, or you are not a member of it."
        raise NotFoundError(message)
    return member


def lacks_second_factor(request: MemberRequest) -> bool:
    """Tell whether the organisation asks for a second factor and this sign-in came without one.

    Whoever has one was asked for it when signing in; whoever came by the company's identity provider is its affair.
    """
    if not request.member.organisation.requires_second_factor:
        return False
    methods = {entry["method"] for entry in get_authentication_records(request, request.user)}
    return "socialaccount" not in methods and not has_second_factor(user=request.user)
