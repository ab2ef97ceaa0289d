"""The door of every page: who is asking, in which organisation, and whether they may."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse

from assay.accounts.models import Member, User
from assay.core.errors import ForbiddenError, NotFoundError

P = ParamSpec("P")
Rule = Callable[[Member], bool]


class MemberRequest(HttpRequest):
    """A request of somebody known to be an active member of the organisation that the address names."""

    member: Member
    user: User


View = Callable[Concatenate[MemberRequest, P], HttpResponse]
Page = Callable[..., HttpResponse]


def member_page(*, may: Rule | None = None) -> Callable[[View[P]], Page]:
    """Make a view a page of members: ``def view(request, …)`` behind an address that begins with ``o/<slug:org>/``.

    An organisation that one is not a member of does not exist as far as the answer tells. ``may`` is a rule over the
    member (`accounts.rules`); what a member may see within the organisation is up to the scoped selectors.
    """

    def wrap(view: View[P]) -> Page:
        @login_required
        @wraps(view)
        def page(request: MemberRequest, org: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
            request.member = member_of(user=request.user, slug=org)
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
