"""What links from mails lead to. Opening one changes nothing: mail scanners open links, people press buttons."""

from allauth.account.internal.flows.login import record_authentication
from allauth.account.utils import perform_login
from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.views.decorators.cache import never_cache

from assay.accounts.models import Member, User
from assay.accounts.selectors import user_by_email
from assay.accounts.services import look_at_sign_in_link, redeem_sign_in_link
from assay.core.clock import now
from assay.membership.invitations import BadAccountError, accept_invitation, look_at_invitation
from assay.web.account.forms import JoinForm


@never_cache
def sign_in_link(request: HttpRequest, token: str) -> HttpResponse:
    """Offer to sign in, and do it when asked to. A second factor is asked for as after a password."""
    if request.method == "POST":
        user = redeem_sign_in_link(token=token, now=now())
        return sign_in(request, user=user, method="sign_in_link")
    link = look_at_sign_in_link(token=token, now=now())
    return render(request, "account/sign_in_link.html", {"person": link.user})


@never_cache
def invitation(request: HttpRequest, token: str) -> HttpResponse:
    """Show who invites to what, and join when asked to."""
    offer = look_at_invitation(token=token, now=now())
    account = user_by_email(email=offer.email)
    form = JoinForm(request.POST or None) if account is None else None
    if request.method == "POST" and (form is None or form.is_valid()):
        given = form.cleaned_data if form else {}
        try:
            member = accept_invitation(token=token, now=now(), signed_in=signed_in_user(request), **given)
        except BadAccountError as error:
            if form is None:
                raise
            form.add_error("password", error.message)
        else:
            return enter(request, member=member, is_new=account is None)
    context = {
        "invitation": offer,
        "account": account,
        "form": form,
        "is_own": account is not None and account == request.user,
        "sign_in_url": f"{reverse('account_login')}?{urlencode({'next': request.path})}",
    }
    return render(request, "account/invitation.html", context, status=422 if form and form.errors else 200)


def enter(request: HttpRequest, *, member: Member, is_new: bool) -> HttpResponse:
    """Go on to the organisation; somebody new is signed in by having chosen a password just now."""
    if is_new:
        return sign_in(request, user=member.user, method="invitation")
    return redirect("start")


def sign_in(request: HttpRequest, *, user: User, method: str) -> HttpResponse:
    """Sign somebody in, whoever was before; the session gets a new key."""
    if request.user.is_authenticated:
        logout(request)
    record_authentication(request, user, method=method)
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return response


def signed_in_user(request: HttpRequest) -> User | None:
    """Yield who has signed in, None where nobody has."""
    return request.user if isinstance(request.user, User) else None
