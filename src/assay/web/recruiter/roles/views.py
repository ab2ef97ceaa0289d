"""Roles: the list, what one asks for, its team and its versions."""

from django.contrib import messages
from django.db.models import Count, Q
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.accounts.models import Member
from assay.accounts.rules import may_define_roles
from assay.applications.choices import ApplicationState
from assay.competencies.selectors import catalogue_of
from assay.core import clock
from assay.core.errors import InvalidError, NotFoundError
from assay.roles.choices import RoleDuty, RoleState
from assay.roles.lint import findings_of
from assay.roles.models import RoleMember
from assay.roles.rules import may_edit_role
from assay.roles.selectors import (
    duties_of,
    profile_of,
    role_editable_by,
    role_visible_to,
    roles_visible_to,
    with_current_version,
)
from assay.roles.services import give_duty, set_state, take_duty
from assay.web.access import MemberRequest, member_page
from assay.web.recruiter.roles.present import changes_between, present

SHOWN = Q(applications__person__merged_into=None)
"""A row that was merged into another is shown no more, nor is its application."""

ENDED = [ApplicationState.HIRED, ApplicationState.REJECTED, ApplicationState.WITHDRAWN]


@member_page()
def role_list(request: MemberRequest) -> HttpResponse:
    """Show the roles that are the member's to see."""
    roles = roles_visible_to(member=request.member).annotate(
        applicants=Count("applications", filter=SHOWN),
        waiting=Count("applications", filter=SHOWN & ~Q(applications__state__in=ENDED)),
    )
    return render(request, "roles/list.html", {"roles": roles, "may_create": may_define_roles(request.member)})


@member_page()
def profile(request: MemberRequest, role: str) -> HttpResponse:
    """Show what a role asks for, each demand with the words behind it, and what its lint found."""
    found = role_visible_to(member=request.member, ref=role)
    _, version, content = with_current_version(role=found)
    catalogue = catalogue_of(organisation=request.member.organisation)
    findings = findings_of(profile=content, ad_text=version.ad_text, catalogue=catalogue, today=clock.today())
    context = {
        "role": found,
        "version": version,
        "shown": present(profile=content, ad_text=version.ad_text, catalogue=catalogue),
        "findings": findings,
        "may_edit": may_edit_role(member=request.member, duties=duties_of(member=request.member, role=found)),
        "RoleState": RoleState,
        "tab": "profile",
    }
    return render(request, "roles/profile.html", context)


@require_POST
@member_page()
def set_role_state(request: MemberRequest, role: str) -> HttpResponse:
    """Open or close a role."""
    found = role_editable_by(member=request.member, ref=role)
    state = request.POST.get("state", "")
    if state not in RoleState.values:
        message = "That is not a state of a role."
        raise InvalidError(message)
    set_state(role=found, member=request.member, state=RoleState(state), now=clock.now())
    messages.success(request, f"{found.title} is now {RoleState(state).label.lower()}.")
    return redirect("roles:profile", request.member.organisation.slug, role)


@member_page()
def team(request: MemberRequest, role: str) -> HttpResponse:
    """Show and change who takes part in a role."""
    found = role_editable_by(member=request.member, ref=role)
    colleagues = Member.objects.select_related("user").filter(organisation=found.organisation, is_active=True)
    if request.method == "POST":
        _change_team(request, found, colleagues.filter(ref=request.POST.get("colleague", "")).first())
        return redirect("roles:team", request.member.organisation.slug, role)
    rows = RoleMember.objects.select_related("member__user").filter(role=found).order_by("duty", "member__user__name")
    context = {"role": found, "rows": rows, "colleagues": colleagues.order_by("user__name"), "tab": "team"}
    return render(request, "roles/team.html", context | {"duties": RoleDuty.choices})


def _change_team(request: MemberRequest, role: object, colleague: Member | None) -> None:
    duty = request.POST.get("duty", "")
    if colleague is None or duty not in RoleDuty.values:
        message = "Choose a colleague and what they do for the role."
        raise InvalidError(message)
    change = take_duty if request.POST.get("action") == "remove" else give_duty
    change(role=role, member=request.member, colleague=colleague, duty=RoleDuty(duty), now=clock.now())  # type: ignore[arg-type]


@member_page()
def versions(request: MemberRequest, role: str) -> HttpResponse:
    """Show the versions of a role, newest first, each with what it changed."""
    found = role_visible_to(member=request.member, ref=role)
    rows = list(found.versions.select_related("created_by__user"))
    catalogue = catalogue_of(organisation=request.member.organisation)
    pairs = zip(rows, [*rows[1:], None], strict=True)
    entries = [
        {
            "version": row,
            "changes": changes_between(
                old=profile_of(older) if older else None, new=profile_of(row), catalogue=catalogue
            ),
        }
        for row, older in pairs
    ]
    return render(request, "roles/versions.html", {"role": found, "entries": entries, "tab": "versions"})


@member_page()
def version(request: MemberRequest, role: str, number: int) -> HttpResponse:
    """Show one version as it stood."""
    found = role_visible_to(member=request.member, ref=role)
    row = found.versions.filter(number=number).select_related("created_by__user").first()
    if row is None:
        message = f"There is no version {number} of this role."
        raise NotFoundError(message)
    catalogue = catalogue_of(organisation=request.member.organisation)
    shown = present(profile=profile_of(row), ad_text=row.ad_text, catalogue=catalogue)
    return render(request, "roles/version.html", {"role": found, "version": row, "shown": shown, "tab": "versions"})
