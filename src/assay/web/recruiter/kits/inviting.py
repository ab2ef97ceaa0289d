"""Inviting an applicant to an interview, and the debrief."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET

from assay.applications.models import Application
from assay.applications.selectors import application_visible_to
from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.core.errors import DomainError
from assay.interviews.choices import KitState
from assay.interviews.debrief import debrief_of
from assay.interviews.kits import questions_of
from assay.interviews.models import Interview
from assay.interviews.selectors import kits_of
from assay.interviews.services import invite
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.looks import note_look_at_person
from assay.web.middleware import STATUS_OF


@member_page()
def invite_page(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Choose which interview an applicant is invited to."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    if request.method != "POST":
        return _invite(request, found)
    kits = {kit.ref: kit for kit in kits_of(role=found.role)}
    kit = kits.get(request.POST.get("kit", ""))
    if kit is None:
        return _invite(request, found, fault="Choose an interview.", status=422)
    days = request.POST.get("days", "")
    try:
        made = invite(
            application=found, kit=kit, member=request.member, now=now(),
            days_to_book=int(days) if days.isascii() and days.isdigit() and len(days) < 4 else 0,
        )  # fmt: skip
    except DomainError as error:
        return _invite(request, found, fault=error.message, status=STATUS_OF[error.kind])
    return redirect("interviews:interview", request.member.organisation.slug, made.ref)


@require_GET
@member_page()
def debrief_page(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Show what everybody heard, once every scorecard is in."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    note_look_at_person(request, found.person)
    debrief = debrief_of(application=found)
    names = {one.id: one.name for one in catalogue_of(organisation=request.member.organisation).competencies}
    answers = [(names.get(one.question.competency, one.question.competency), one) for one in debrief.answers]
    context = {**_about(request, found), "debrief": debrief, "answers": answers}
    return render(request, "kits/debrief.html", context)


def _invite(request: MemberRequest, application: Application, *, fault: str = "", status: int = 200) -> HttpResponse:
    note_look_at_person(request, application.person)
    kits = [kit for kit in kits_of(role=application.role) if kit.state == KitState.ACTIVE]
    context = {
        **_about(request, application),
        "kits": [(kit, len(questions_of(kit))) for kit in kits],
        "before": Interview.objects.filter(application=application).select_related("kit"),
        "fault": fault,
    }
    return render(request, "kits/invite.html", context, status=status)


def _about(request: MemberRequest, application: Application) -> dict[str, object]:
    person = application.person
    return {
        "role": application.role,
        "application": application,
        "name": blinded_name(person) if is_blind(request) else str(person),
    }
