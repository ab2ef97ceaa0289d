"""A role's interviews: the plan with what it lacks, and each kit."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.models import Member
from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.core.errors import DomainError, NotFoundError
from assay.interviews.bank import Question, shipped_questions
from assay.interviews.choices import KitState
from assay.interviews.kits import proposed, questions_of
from assay.interviews.models import Kit
from assay.interviews.plan import Stage, findings
from assay.interviews.selectors import kits_of
from assay.interviews.services import change_kit, create_kit, open_version, set_interviewers
from assay.roles.models import Role
from assay.roles.selectors import role_editable_by, with_current_version
from assay.web.access import MemberRequest, member_page
from assay.web.interviewer.interviews.present import QuestionShown, questions_shown
from assay.web.middleware import STATUS_OF


class KitForm(forms.Form):
    """How long, and how many rate."""

    minutes = forms.IntegerField(min_value=15, max_value=180, initial=45, label="Minutes")
    panel_size = forms.IntegerField(min_value=1, max_value=4, initial=1, label="Interviewers who rate")


class NewKitForm(KitForm):
    """The same for one that has no name yet."""

    title = forms.CharField(max_length=120, label="Name", initial="Technical depth")
    field_order = ("title", "minutes", "panel_size")


@require_GET
@member_page()
def plan(request: MemberRequest, role: str) -> HttpResponse:
    """Show a role's interviews and what the plan lacks."""
    found = role_editable_by(member=request.member, ref=role)
    kits = kits_of(role=found)
    stages = [
        Stage(
            title=kit.title,
            minutes=kit.minutes,
            panel_size=kit.panel_size,
            questions=questions_of(kit),
            raters=tuple(one.member_id for one in kit.interviewers.all() if not one.is_training),
        )
        for kit in kits
    ]
    profile = with_current_version(role=found).profile
    catalogue = catalogue_of(organisation=request.member.organisation)
    context = {
        "role": found,
        "tab": "interviews",
        "kits": [(kit, len(stage.questions), kit.interviewers.all()) for kit, stage in zip(kits, stages, strict=True)],
        "findings": findings(profile=profile, stages=stages, catalogue=catalogue) if stages else [],
    }
    return render(request, "kits/list.html", context)


@member_page()
def new(request: MemberRequest, role: str) -> HttpResponse:
    """Propose questions for another interview; take the choice."""
    found = role_editable_by(member=request.member, ref=role)
    form = NewKitForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        questions = request.POST.getlist("question")
        try:
            kit = create_kit(role=found, questions=questions, member=request.member, now=now(), **form.cleaned_data)
        except DomainError as error:
            form.add_error(None, error.message)
        else:
            return redirect("kits:kit", request.member.organisation.slug, found.ref, kit.ref)
    return _new(request, found, form)


@require_GET
@member_page()
def kit_page(request: MemberRequest, role: str, kit: str) -> HttpResponse:
    """Show a kit: its questions with scales, and who interviews."""
    found, one = _kit(request, role, kit)
    return _shown(request, found, one)


@require_POST
@member_page()
def change(request: MemberRequest, role: str, kit: str) -> HttpResponse:
    """Change what a kit asks, as long as nobody was invited with it."""
    found, one = _kit(request, role, kit)
    form = KitForm(request.POST)
    if not form.is_valid():
        return _shown(request, found, one, fault="An interview takes 15 to 180 minutes, and one to four people rate.")
    try:
        questions = request.POST.getlist("question")
        change_kit(kit=one, questions=questions, member=request.member, now=now(), **form.cleaned_data)
    except DomainError as error:
        return _shown(request, found, one, fault=error.message, status=STATUS_OF[error.kind])
    messages.success(request, "Kept.")
    return redirect("kits:kit", request.member.organisation.slug, found.ref, one.ref)


@require_POST
@member_page()
def people(request: MemberRequest, role: str, kit: str) -> HttpResponse:
    """Say who interviews, and who learns."""
    found, one = _kit(request, role, kit)
    members = {member.ref: member for member in _colleagues(request)}
    parts = {ref: request.POST.get(f"part-{ref}", "") for ref in members}
    set_interviewers(
        kit=one, raters=[members[ref] for ref, part in parts.items() if part == "rates"],
        trainees=[members[ref] for ref, part in parts.items() if part == "training"], member=request.member, now=now(),
    )  # fmt: skip
    messages.success(request, "Kept. Candidates choose from the times of those who rate.")
    return redirect("kits:kit", request.member.organisation.slug, found.ref, one.ref)


@require_POST
@member_page()
def version(request: MemberRequest, role: str, kit: str) -> HttpResponse:
    """Open a new version of a kit that candidates were invited with."""
    found, one = _kit(request, role, kit)
    made = open_version(kit=one, member=request.member, now=now())
    messages.success(request, "A new version is open. Those who were invited before keep the one before.")
    return redirect("kits:kit", request.member.organisation.slug, found.ref, made.ref)


def _kit(request: MemberRequest, role: str, ref: str) -> tuple[Role, Kit]:
    found = role_editable_by(member=request.member, ref=role)
    kit = Kit.objects.select_related("role", "organisation").filter(role=found, ref=ref).first()
    if kit is None:
        raise NotFoundError("There is no such interview in this role.")
    return found, kit


def _colleagues(request: MemberRequest) -> list[Member]:
    members = Member.objects.filter(organisation=request.member.organisation, is_active=True)
    return list(members.select_related("user").order_by("user__name", "pk"))


def _new(request: MemberRequest, role: Role, form: NewKitForm) -> HttpResponse:
    used = {question.id for kit in kits_of(role=role) for question in questions_of(kit)}
    organisation = request.member.organisation
    chosen = proposed(
        profile=with_current_version(role=role).profile, bank=shipped_questions(),
        catalogue=catalogue_of(organisation=organisation), minutes=45, used=used,
    )  # fmt: skip
    context = {
        "role": role,
        "tab": "interviews",
        "form": form,
        "groups": _groups(request, chosen, used=used),
        "chosen": questions_shown(chosen, organisation=organisation),
    }
    return render(request, "kits/new.html", context, status=422 if form.is_bound else 200)


def _shown(request: MemberRequest, role: Role, kit: Kit, *, fault: str = "", status: int = 200) -> HttpResponse:
    questions = questions_of(kit)
    parts = dict(kit.interviewers.values_list("member_id", "is_training"))
    context: dict[str, Any] = {
        "role": role,
        "tab": "interviews",
        "kit": kit,
        "questions": questions_shown(questions, organisation=request.member.organisation),
        "needed": sum(one.minutes for one in questions),
        "is_used": kit.interviews.exists(),
        "is_retired": kit.state == KitState.RETIRED,
        "groups": _groups(request, questions, used=set()),
        "people": [(one, parts.get(one.pk)) for one in _colleagues(request)],
        "fault": fault,
    }
    return render(request, "kits/kit.html", context, status=status)


def _groups(
    request: MemberRequest, chosen: tuple[Question, ...], *, used: set[str]
) -> list[tuple[str, list[QuestionShown]]]:
    """Yield the rest of the bank by competency, in the map's order."""
    taken = {one.id for one in chosen} | used
    left = [one for one in shipped_questions() if one.id not in taken]
    shown = questions_shown(left, organisation=request.member.organisation)
    groups: dict[str, list[QuestionShown]] = {}
    for one in shown:
        groups.setdefault(one.competency, []).append(one)
    return list(groups.items())
