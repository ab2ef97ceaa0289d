"""One's own account, and the mail page of a development installation."""

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.accounts.models import User
from assay.accounts.selectors import memberships_of
from assay.accounts.services import rename_user
from assay.core.clock import now
from assay.membership.organisations import create_organisation
from assay.messages.selectors import kept_mails
from assay.web.account.forms import OrganisationForm, RenameForm

LOOPBACK = {"127.0.0.1", "::1"}
MAILS_SHOWN = 50


class SignedInRequest(HttpRequest):
    """A request of somebody who has signed in."""

    user: User


def account_context(user: User) -> dict[str, object]:
    """Yield what the account page shows: memberships and ways to sign in."""
    factors = list(Authenticator.objects.filter(user=user).order_by("created_at"))
    codes = next((factor for factor in factors if factor.type == Authenticator.Type.RECOVERY_CODES), None)
    return {
        "memberships": memberships_of(user=user),
        "totp": next((factor for factor in factors if factor.type == Authenticator.Type.TOTP), None),
        "passkeys": [factor for factor in factors if factor.type == Authenticator.Type.WEBAUTHN],
        "codes": codes,
        "unused_codes": len(codes.wrap().get_unused_codes()) if codes else 0,
        "needs_second_factor": memberships_of(user=user).filter(organisation__requires_second_factor=True).exists(),
        "may_open_organisation": settings.OPEN_ORGANISATIONS,
    }


@login_required
def account(request: SignedInRequest) -> HttpResponse:
    """Show how one is called and how one signs in."""
    form = RenameForm(initial={"name": request.user.name})
    return render(request, "account/account.html", {"form": form, **account_context(request.user)})


@login_required
@require_POST
def rename(request: SignedInRequest) -> HttpResponse:
    """Change one's name."""
    form = RenameForm(request.POST)
    if not form.is_valid():
        return render(request, "account/account.html", {"form": form, **account_context(request.user)}, status=422)
    rename_user(user=request.user, name=form.cleaned_data["name"])
    messages.success(request, "Your name is changed. What was recorded before keeps the old one.")
    return redirect("account")


@login_required
def new_organisation(request: SignedInRequest) -> HttpResponse:
    """Make a further organisation, where the installation allows it."""
    if not settings.OPEN_ORGANISATIONS:
        raise Http404
    form = OrganisationForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        member = create_organisation(name=form.cleaned_data["name"], administrator=request.user, now=now())
        return redirect("settings:members", member.organisation.slug)
    return render(request, "account/new_organisation.html", {"form": form})


def kept_mail(request: HttpRequest) -> HttpResponse:
    """Show the mails that development keeps: they hold links that let in, so to this machine only."""
    if not settings.IS_DEVELOPMENT or request.META.get("REMOTE_ADDR") not in LOOPBACK:
        raise Http404
    return render(request, "messages/kept.html", {"mails": kept_mails()[:MAILS_SHOWN]})


def closed(_request: HttpRequest) -> HttpResponse:
    """Answer for pages that Assay does not have."""
    raise Http404
