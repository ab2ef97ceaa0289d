"""One application: its course, notes and tasks, and moving it."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.accounts.models import Member
from assay.applications.choices import ApplicationState, RejectionReason
from assay.applications.models import Application
from assay.applications.rules import targets_of
from assay.applications.selectors import application_visible_to, card_of
from assay.applications.services import add_note, add_task, complete_task, move_application, record_look
from assay.core import clock
from assay.core.errors import DomainError, InvalidError, NotFoundError
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.middleware import STATUS_OF


class MoveForm(forms.Form):
    """Where an application goes, which version was seen, and why where it ends."""

    to = forms.ChoiceField(choices=ApplicationState.choices)
    version = forms.IntegerField()
    reason = forms.ChoiceField(choices=[("", "Choose a reason"), *RejectionReason.choices], required=False)
    note = forms.CharField(required=False, max_length=4000)


class TaskForm(forms.Form):
    """What is to be done, by whom, until when."""

    text = forms.CharField(max_length=300, label="What is to be done")
    assignee = forms.CharField(max_length=12, label="By whom")
    due_date = forms.DateField(required=False, label="Until", widget=forms.DateInput(attrs={"type": "date"}))


@member_page()
def show(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Show an application's course, notes and tasks. A look at personal data: recorded."""
    return _page(request, role, application)


def _page(
    request: MemberRequest, role: str, application: str, *, part: str = "", error: DomainError | None = None
) -> HttpResponse:
    """Render the page; after a refusal with what was typed into its ``part`` still there and the reason beside it."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    record_look(application=found, member=request.member, now=clock.now())
    blind = is_blind(request)
    kept = request.POST if error else {}
    context = {
        "role": found.role,
        "application": found,
        "card": card_of(found, now=clock.now()),
        "name": blinded_name(found.person) if blind else str(found.person),
        "targets": targets_of(found.state),
        "reasons": RejectionReason.choices,
        "transitions": found.transitions.select_related("member__user"),
        "notes": found.notes.select_related("author__user"),
        "tasks": found.tasks.select_related("assignee__user"),
        "colleagues": colleagues_of(request.member),
        "today": clock.today(),
        "preset": request.GET.get("to", "") or (kept.get("to", "") if part == "move" else ""),
        "part": part,
        "kept": kept,
        "fault": error.message if error else "",
        "tab": "board",
    }
    return render(request, "board/application.html", context, status=STATUS_OF[error.kind] if error else 200)


def colleagues_of(member: Member) -> list[Member]:
    """Yield the active members of the member's organisation by name."""
    rows = Member.objects.select_related("user").filter(organisation=member.organisation_id, is_active=True)
    return list(rows.order_by("user__name"))


@require_POST
@member_page()
def move(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Move an application; a rejection without its reason asks for it on the application's page."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    is_from_page = request.POST.get("from") == "application"
    form = MoveForm(request.POST)
    org = request.member.organisation.slug
    try:
        if not form.is_valid():
            raise InvalidError("Choose where the application goes; a note has at most 4,000 characters.")
        if form.cleaned_data["to"] == ApplicationState.REJECTED and not form.cleaned_data["reason"]:
            if not is_from_page:
                response = redirect("board:application", org, role, application)
                response["Location"] += "?to=rejected#move"
                return response
            raise InvalidError("A rejection needs its reason, one that the person can be told.")
        moved = _moved(found, request.member, form.cleaned_data)
    except DomainError as error:
        if not is_from_page:
            raise
        return _page(request, role, application, part="move", error=error)
    messages.success(request, f"Moved to {ApplicationState(moved.state).label}.")
    return redirect("board:application", org, role, application) if is_from_page else redirect("board:list", org, role)


def _moved(application: Application, member: Member, data: dict[str, Any]) -> Application:
    return move_application(
        application=application,
        member=member,
        to_state=ApplicationState(data["to"]),
        seen_version=data["version"],
        now=clock.now(),
        reason=data["reason"],
        note=data["note"],
    )


@require_POST
@member_page()
def note(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Add a note."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    try:
        add_note(application=found, member=request.member, text=request.POST.get("text", ""), now=clock.now())
    except InvalidError as error:
        return _page(request, role, application, part="note", error=error)
    return redirect("board:application", request.member.organisation.slug, role, application)


@require_POST
@member_page()
def task(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Add a task."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    form = TaskForm(request.POST)
    colleagues = {colleague.ref: colleague for colleague in colleagues_of(request.member)}
    if not form.is_valid() or form.cleaned_data["assignee"] not in colleagues:
        error = InvalidError("Say what is to be done, by a colleague of this organisation, and until which day if any.")
        return _page(request, role, application, part="task", error=error)
    add_task(
        application=found,
        member=request.member,
        text=form.cleaned_data["text"],
        assignee=colleagues[form.cleaned_data["assignee"]],
        due_date=form.cleaned_data["due_date"],
        now=clock.now(),
    )
    return redirect("board:application", request.member.organisation.slug, role, application)


@require_POST
@member_page()
def task_done(request: MemberRequest, role: str, application: str, task: str) -> HttpResponse:
    """Mark a task done."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    row = found.tasks.select_related("application__organisation").filter(ref=task).first()
    if row is None:
        message = "There is no such task in this application."
        raise NotFoundError(message)
    complete_task(task=row, member=request.member, now=clock.now())
    if request.POST.get("from") == "mine":
        return redirect("tasks:mine", request.member.organisation.slug)
    return redirect("board:application", request.member.organisation.slug, role, application)
