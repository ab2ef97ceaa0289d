"""Settings: the members of an organisation, and what holds for the whole of it."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.views.decorators.http import require_POST

from assay.accounts.models import Invitation, Member
from assay.accounts.rules import may_administer
from assay.accounts.selectors import invitations_visible_to, members_visible_to
from assay.core.clock import now
from assay.membership.invitations import (
    AlreadyInvitedError,
    AlreadyMemberError,
    invite,
    resend_invitation,
    revoke_invitation,
)
from assay.membership.organisations import change_organisation
from assay.membership.services import LastAdministratorError, change_kinds, deactivate_member, reactivate_member
from assay.messages.services import absolute_url, is_sending
from assay.web.access import MemberRequest, member_page
from assay.web.administrator.settings.forms import InviteForm, KindsForm, OrganisationForm


@member_page(may=may_administer)
def members(request: MemberRequest) -> HttpResponse:
    """List members and pending invitations."""
    context = {
        "members": members_visible_to(member=request.member),
        "invitations": invitations_visible_to(member=request.member),
        "now": now(),
    }
    return render(request, "settings/members.html", context)


@member_page(may=may_administer)
def invite_member(request: MemberRequest) -> HttpResponse:
    """Invite somebody."""
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        try:
            path = invite(
                email=form.cleaned_data["email"], kinds=form.cleaned_data["kinds"], by=request.member, now=now()
            )
        except (AlreadyInvitedError, AlreadyMemberError) as error:
            form.add_error("email", error.message)
        else:
            return invited(request, email=form.cleaned_data["email"], path=path)
    return render(request, "settings/invite.html", {"form": form}, status=422 if form.errors else 200)


def invited(request: MemberRequest, *, email: str, path: str) -> HttpResponse:
    """Say that the mail is on its way; where no mail leaves, hand over the link, this once."""
    if is_sending():
        messages.success(request, f"The invitation to {email} is on its way.")
        return redirect("settings:members", request.member.organisation.slug)
    return render(request, "settings/invited.html", {"email": email, "link": absolute_url(path)})


@member_page(may=may_administer)
def member(request: MemberRequest, member: str) -> HttpResponse:
    """Show one member; change what they do."""
    found = _member(request, member)
    form = KindsForm(request.POST or None, initial={"kinds": found.kinds})
    if request.method == "POST" and form.is_valid():
        try:
            change_kinds(member=found, kinds=form.cleaned_data["kinds"], by=request.member, now=now())
        except LastAdministratorError as error:
            form.add_error("kinds", error.message)
        else:
            messages.success(request, f"What {found.user.name} does here is changed.")
            return redirect("settings:members", request.member.organisation.slug)
    return render(request, "settings/member.html", {"form": form, "found": found}, status=422 if form.errors else 200)


@require_POST
@member_page(may=may_administer)
def deactivate(request: MemberRequest, member: str) -> HttpResponse:
    """End a membership."""
    found = deactivate_member(member=_member(request, member), by=request.member, now=now())
    messages.success(request, f"{found.user.name} can no longer open this organisation.")
    return redirect("settings:members", request.member.organisation.slug)


@require_POST
@member_page(may=may_administer)
def reactivate(request: MemberRequest, member: str) -> HttpResponse:
    """Take somebody back."""
    found = reactivate_member(member=_member(request, member), by=request.member, now=now())
    messages.success(request, f"{found.user.name} is a member again.")
    return redirect("settings:members", request.member.organisation.slug)


@require_POST
@member_page(may=may_administer)
def resend(request: MemberRequest, invitation: str) -> HttpResponse:
    """Send an invitation again, with a new link."""
    found = _invitation(request, invitation)
    path = resend_invitation(invitation=found, by=request.member, now=now())
    return invited(request, email=found.email, path=path)


@require_POST
@member_page(may=may_administer)
def revoke(request: MemberRequest, invitation: str) -> HttpResponse:
    """Take an invitation back."""
    found = _invitation(request, invitation)
    revoke_invitation(invitation=found, by=request.member, now=now())
    messages.success(request, f"The invitation to {found.email} is revoked.")
    return redirect("settings:members", request.member.organisation.slug)


@member_page(may=may_administer)
def organisation(request: MemberRequest) -> HttpResponse:
    """Show and change what holds for the whole organisation."""
    own = request.member.organisation
    fields = ("name", "answer_within_days", "requires_second_factor")
    form = OrganisationForm(request.POST or None, initial={field: getattr(own, field) for field in fields})
    if request.method == "POST" and form.is_valid():
        change_organisation(by=request.member, now=now(), **form.cleaned_data)
        messages.success(request, "The settings are saved.")
        return redirect("settings:organisation", own.slug)
    return render(request, "settings/organisation.html", {"form": form}, status=422 if form.errors else 200)


def _member(request: MemberRequest, ref: str) -> Member:
    return get_object_or_404(members_visible_to(member=request.member), ref=ref)


def _invitation(request: MemberRequest, ref: str) -> Invitation:
    return get_object_or_404(invitations_visible_to(member=request.member), ref=ref)
