"""The tests of the member's roles: a new one with its proposal, and who takes them."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.core.errors import DomainError
from assay.knowledge.choices import Feedback
from assay.knowledge.plan import LEAST_IN_AREA, Area, Plan
from assay.knowledge.proposing import Proposal, clock_for, forecast, proposal_for
from assay.knowledge.rules import may_make_tests
from assay.knowledge.selectors import (
    invitable,
    knowledge_test_visible_to,
    knowledge_tests_visible_to,
    takings_of,
)
from assay.knowledge.services import InvitedAlreadyError, close_test, create_test, invite, plan_of
from assay.roles.models import Role
from assay.roles.selectors import role_with_applicants_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.candidate.knowledge.shown import name_of
from assay.web.middleware import STATUS_OF
from assay.web.shortlist_rows import level_word

RECENT = 100


class InviteForm(forms.Form):
    """How long an invitation waits, and what the candidate sees of the result."""

    days_to_begin = forms.IntegerField(min_value=1, max_value=60, initial=14, label="Days to begin")
    extra_time_percent = forms.IntegerField(min_value=0, max_value=300, initial=0, label="Extra time, per cent")
    feedback = forms.ChoiceField(choices=Feedback.choices, initial=Feedback.SUMMARY, label="The candidate sees")
    words = forms.CharField(
        required=False, max_length=4000, label="A word to the candidate", widget=forms.Textarea(attrs={"rows": 3})
    )


@require_GET
@member_page()
def tests(request: MemberRequest) -> HttpResponse:
    """Show the tests of the member's roles, newest first."""
    rows = list(knowledge_tests_visible_to(member=request.member)[:RECENT])
    catalogue = catalogue_of(organisation=request.member.organisation)
    shown = [(row, [name_of(catalogue, area.competency) for area in plan_of(row).areas]) for row in rows]
    return render(request, "knowledge/list.html", {"tests": shown})


@member_page(may=may_make_tests)
def new(request: MemberRequest, role: str) -> HttpResponse:
    """Propose what a test of the role should ask; take the choice."""
    found = role_with_applicants_visible_to(member=request.member, ref=role)
    proposal = proposal_for(role=found)
    plan = _plan_of_form(request, proposal)
    if request.method == "POST" and request.POST.get("action") == "create":
        try:
            test = create_test(role=found, plan=plan, member=request.member, now=now())
        except DomainError as error:
            return _new(request, found, proposal, plan, fault=error.message, status=STATUS_OF[error.kind])
        return redirect("knowledge:test", request.member.organisation.slug, test.ref)
    return _new(request, found, proposal, plan)


@require_GET
@member_page()
def test_page(request: MemberRequest, knowledge_test: str) -> HttpResponse:
    """Show a test: what it asks, who can be invited, and how far everybody is."""
    found = knowledge_test_visible_to(member=request.member, ref=knowledge_test)
    return _test(request, found, InviteForm())


@require_POST
@member_page(may=may_make_tests)
def invite_people(request: MemberRequest, knowledge_test: str) -> HttpResponse:
    """Make links for the applicants who were ticked."""
    found = knowledge_test_visible_to(member=request.member, ref=knowledge_test)
    form = InviteForm(request.POST)
    chosen = set(request.POST.getlist("application"))
    applications = [one for one in invitable(test=found) if one.ref in chosen]
    if not applications:
        form.add_error(None, "Tick at least one person who has no link to this test yet.")
    if not form.is_valid():
        return _test(request, found, form, status=422)
    terms = {**form.cleaned_data, "feedback": Feedback(form.cleaned_data["feedback"])}
    made = 0
    for application in applications:
        try:
            invite(test=found, application=application, member=request.member, now=now(), **terms)
        except InvitedAlreadyError:  # a colleague was quicker
            continue
        made += 1
    messages.success(request, f"{made} link{'' if made == 1 else 's'} made. Nothing was sent yet: each has a page.")
    return redirect("knowledge:test", request.member.organisation.slug, found.ref)


@require_POST
@member_page(may=may_make_tests)
def close(request: MemberRequest, knowledge_test: str) -> HttpResponse:
    """Invite nobody to a test any more."""
    found = knowledge_test_visible_to(member=request.member, ref=knowledge_test)
    close_test(test=found, member=request.member, now=now())
    return redirect("knowledge:test", request.member.organisation.slug, found.ref)


def _plan_of_form(request: HttpRequest, proposal: Proposal) -> Plan:
    """Yield the plan that a form asks for; the proposal where nothing was sent."""
    is_sent = request.method == "POST"
    chosen = set(request.POST.getlist("area"))
    areas = [
        Area(
            competency=one.competency,
            items=_number(request.POST.get(f"items:{one.competency}", ""), one.items) if is_sent else one.items,
            level=one.level,
        )
        for one in proposal.candidates
        if (one.competency in chosen if is_sent else one.is_proposed)
    ]
    each_min = {one.competency: one.minutes / one.items for one in proposal.candidates}
    usual = clock_for(minutes=sum(area.items * each_min[area.competency] for area in areas))
    minutes = _number(request.POST.get("minutes", ""), usual) if request.POST.get("action") == "create" else usual
    return Plan(areas=tuple(areas), minutes=minutes, stops_when_decided="stops_when_decided" in request.POST)


def _new(
    request: MemberRequest, role: Role, proposal: Proposal, plan: Plan, *, fault: str = "", status: int = 200
) -> HttpResponse:
    expected = forecast(plan=plan, role=role)
    chosen = {area.competency: area for area in plan.areas}
    rows = [
        {
            "one": one,
            "level": level_word(one.level),
            "is_chosen": one.competency in chosen,
            "items": chosen[one.competency].items if one.competency in chosen else one.items,
            "chance": expected.chances.get(one.competency),
        }
        for one in proposal.candidates
    ]
    context: dict[str, Any] = {
        "role": role, "proposal": proposal, "rows": rows, "plan": plan, "forecast": expected, "fault": fault,
        "least": LEAST_IN_AREA, "tab": "tests",
        "tests": knowledge_tests_visible_to(member=request.member).filter(role=role),
    }  # fmt: skip
    return render(request, "knowledge/new.html", context, status=status)


def _test(request: MemberRequest, test: Any, form: InviteForm, *, status: int = 200) -> HttpResponse:
    plan = plan_of(test)
    catalogue = catalogue_of(organisation=request.member.organisation)
    blind = is_blind(request)
    may_invite = may_make_tests(request.member)
    expected = forecast(plan=plan, role=test.role)
    context = {
        "test": test,
        "plan": plan,
        "areas": [
            (name_of(catalogue, area.competency), area.items, level_word(area.level), expected.chances[area.competency])
            for area in plan.areas
        ],
        "forecast": expected,
        "takings": [(one, _name(one.application, blind=blind)) for one in takings_of(test=test)[:RECENT]],
        "invitable": [(one, _name(one, blind=blind)) for one in invitable(test=test)[:RECENT]] if may_invite else [],
        "form": form,
        "may_invite": may_invite,
    }
    return render(request, "knowledge/test.html", context, status=status)


def _name(application: Any, *, blind: bool) -> str:
    person = application.person
    return blinded_name(person) if blind else str(person)


def _number(text: str, otherwise: int) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 5 else otherwise
