"""What a member decides on, a role's candidates with their clocks, and the role's rule."""

from typing import Any

from django import forms
from django.contrib import messages
from django.db.models import QuerySet
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.applications.choices import ApplicationState as S
from assay.applications.models import Application
from assay.core.clock import now
from assay.core.errors import DomainError
from assay.decisions.choices import Majority
from assay.decisions.clock import target_of
from assay.decisions.registered import RuleContent, sentences_of
from assay.decisions.selectors import candidates_visible_to, content_of, rules_of
from assay.decisions.services import open_rule_version, register_rule
from assay.decisions.team import team_flags
from assay.roles.models import Role
from assay.roles.selectors import role_editable_by, role_with_applicants_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.looks import note_look_at_role
from assay.web.middleware import STATUS_OF
from assay.web.recruiter.decisions.present import Standing, standing_of

NEAR = (S.INTERVIEW, S.DECISION, S.OFFER)
MOST_ROWS = 100


class RuleForm(forms.Form):
    """What must hold for an offer."""

    fit_chances = forms.IntegerField(
        min_value=0,
        max_value=19,
        label="Chances in 20 of being at or above what the role asks",
        help_text="0 leaves it out.",
    )
    must_have_chances = forms.IntegerField(
        min_value=0,
        max_value=19,
        label="Chances in 20 that all must-haves hold together",
        help_text="0 leaves it out. With many must-haves the chance of all together is small.",
    )
    least_measured = forms.IntegerField(
        min_value=0, max_value=48, label="Competencies of the role that rest on more than the person's own words"
    )
    least_raters = forms.IntegerField(min_value=0, max_value=9, label="People who rated, each on their own")
    least_votes = forms.IntegerField(min_value=2, max_value=9, label="People who vote before the rule's view is shown")
    majority = forms.ChoiceField(choices=Majority.choices, label="How the votes are counted")


@require_GET
@member_page()
def mine(request: MemberRequest) -> HttpResponse:
    """List whom the member decides on: those near a decision, the first promised answer on top."""
    found = candidates_visible_to(member=request.member).filter(state__in=NEAR, person__merged_into=None)
    return render(request, "decisions/mine.html", {"rows": _rows(request, found)})


@require_GET
@member_page()
def of_role(request: MemberRequest, role: str) -> HttpResponse:
    """Show a role's candidates near a decision, those decided, and the rule."""
    found = role_with_applicants_visible_to(member=request.member, ref=role)
    note_look_at_role(request, found, kind="decisions.seen")
    own = candidates_visible_to(member=request.member).filter(role=found, person__merged_into=None)
    rules = rules_of(role=found)
    context = {
        "role": found,
        "tab": "decisions",
        "rows": _rows(request, own.filter(state__in=NEAR)),
        "decided": [
            row for row in _rows(request, own.filter(case__decisions__isnull=False).distinct()) if row.decision
        ],
        "rule": rules[0] if rules else None,
        "target_h": target_of(role=found),
        "team_flags": team_flags(role=found, now=now()),
        "sentences": sentences_of(content_of(rules[0])) if rules else [],
    }
    return render(request, "decisions/list.html", context)


@member_page()
def rule_page(request: MemberRequest, role: str) -> HttpResponse:
    """Show a role's rule and its versions; register it, or change it while nobody has applied."""
    found = role_editable_by(member=request.member, ref=role)
    if request.method != "POST":
        return _rule(request, found)
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _rule(request, found, form=form, status=422)
    content = RuleContent(**form.cleaned_data)
    try:
        register_rule(role=found, content=content, member=request.member, now=now())
    except DomainError as error:
        return _rule(request, found, form=form, fault=error.message, status=STATUS_OF[error.kind])
    messages.success(request, "Registered. It is shown after the votes, for every candidate alike.")
    return redirect("decisions:rule", request.member.organisation.slug, found.ref)


@require_POST
@member_page()
def rule_version(request: MemberRequest, role: str) -> HttpResponse:
    """Open a new version for those who apply from now on."""
    found = role_editable_by(member=request.member, ref=role)
    form = RuleForm(request.POST)
    if not form.is_valid():
        return _rule(request, found, form=form, status=422)
    try:
        open_rule_version(role=found, content=RuleContent(**form.cleaned_data), member=request.member, now=now())
    except DomainError as error:
        return _rule(request, found, form=form, fault=error.message, status=STATUS_OF[error.kind])
    messages.success(request, "A new version is open for those who apply from now on. The others keep theirs.")
    return redirect("decisions:rule", request.member.organisation.slug, found.ref)


def _rule(
    request: MemberRequest, role: Role, *, form: RuleForm | None = None, fault: str = "", status: int = 200
) -> HttpResponse:
    rules = rules_of(role=role)
    content = content_of(rules[0]) if rules else RuleContent()
    initial = {name: getattr(content, name) for name in RuleContent.__struct_fields__}
    context: dict[str, Any] = {
        "role": role,
        "tab": "decisions",
        "form": form or RuleForm(initial=initial),
        "versions": [(rule, sentences_of(content_of(rule))) for rule in rules],
        "is_fixed": bool(rules) and Application.objects.filter(role=role).exists(),
        "applicants": Application.objects.filter(role=role).count(),
        "fault": fault,
    }
    return render(request, "decisions/rule.html", context, status=status)


def _rows(request: MemberRequest, found: QuerySet[Application]) -> list[Standing]:
    rows = found.prefetch_related("case__votes", "case__decisions").order_by("answer_by", "pk")[:MOST_ROWS]
    blind = is_blind(request)
    return [
        standing_of(application=row, name=blinded_name(row.person) if blind else str(row.person), now=now())
        for row in rows
    ]
