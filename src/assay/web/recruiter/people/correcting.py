"""Corrections of a profile, in place or on a page of their own."""

from http import HTTPStatus
from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST
from django_htmx.http import reswap, retarget

from assay.core.clock import now
from assay.core.errors import ForbiddenError, NotFoundError
from assay.evidence.profile import ENTRIES, Anchor
from assay.evidence.selectors import corrections_of, profile_of
from assay.evidence.services import StaleFieldError, anchored, correct, undo_correction
from assay.people.models import Person
from assay.people.selectors import person_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import is_blind
from assay.web.recruiter.people.present import LABELS
from assay.web.recruiter.people.views import profile_context


@member_page()
def correct_field(request: MemberRequest, ref: str) -> HttpResponse:
    """Offer a field for correction, and save it."""
    person = person_visible_to(member=request.member, ref=ref)
    if is_blind(request):
        raise ForbiddenError("In blind mode nothing is corrected, since a form would show what is hidden.")
    if request.method == "POST":
        return _save(request, person)
    return _form(request, person, request.GET.get("path", ""))


@require_POST
@member_page()
def undo(request: MemberRequest, ref: str, pk: int) -> HttpResponse:
    """Take a correction back."""
    person = person_visible_to(member=request.member, ref=ref)
    correction = corrections_of(person=person).filter(pk=pk).first()
    if correction is None:
        raise NotFoundError("This correction was taken back already.")
    undo_correction(correction=correction, member=request.member, now=now())
    return _shown(request, person, "Taken back. What was read stands again.", {})


def _save(request: MemberRequest, person: Person) -> HttpResponse:
    given = request.POST
    path = given.get("path", "")
    value: str | dict[str, str] | None = given.get("value", "")
    if given.get("action") == "remove":
        value = None
    elif path in ENTRIES:
        value = {name: given.get(f"value-{name}", "") for name in ENTRIES[path]}
    try:
        correction = correct(
            person=person, path=path, was=given.get("was", ""), value=value, member=request.member, now=now()
        )
    except StaleFieldError:
        return _told(request, person, path, value)
    return _shown(request, person, "Corrected. This stands from now on, whatever is read.", {"undo": correction.pk})


def _told(request: MemberRequest, person: Person, path: str, value: str | dict[str, str] | None) -> HttpResponse:
    """Say that somebody was faster, on the form with what was typed; saving that again puts it in place.

    Where the field is gone, what was typed is offered as a new one. A removal of what is gone has nothing to keep.
    """
    fresh = person_visible_to(member=request.member, ref=person.ref)
    try:
        field, anchor = anchored(profile=profile_of(fresh), path=path)
    except StaleFieldError:
        if value is None:
            raise
        field, anchor = path.partition(".")[0], Anchor()
        if field in ENTRIES and isinstance(value, str):
            value = {path.rpartition(".")[2]: value}
        path = field
    last = corrections_of(person=fresh).filter(field=field).order_by("-pk").first()
    conflict = {"who": str(last.member) if last and last.member else "", "now": anchor.was}
    response = _form(request, fresh, path, typed=value, conflict=conflict)
    response.status_code = HTTPStatus.CONFLICT
    return reswap(retarget(response, "this"), "outerHTML")


def _form(
    request: MemberRequest,
    person: Person,
    path: str,
    *,
    typed: str | dict[str, str] | None = None,
    conflict: dict[str, str] | None = None,
) -> HttpResponse:
    """Show the form for a field, with what stands there or what was typed."""
    field, anchor = anchored(profile=profile_of(person), path=path)
    area, _, name = field.partition(".")
    is_entry = area in ENTRIES and not name
    values = typed if isinstance(typed, dict) else {}
    context = {
        "person": person,
        "path": path,
        "was": anchor.was,
        "value": typed if isinstance(typed, str) else anchor.was,
        "is_new": not anchor.was,
        "label": LABELS[name or area],
        "is_entry": is_entry,
        "inputs": [(key, LABELS[key], values.get(key, "")) for key in ENTRIES[area]]
        if is_entry and path == area
        else [],
        "is_date": name in {"since", "until"},
        "name": str(person),
        "conflict": conflict,
        "is_kept": typed is not None,
    }
    template = "people/_correct.html" if request.htmx else "people/correct.html"  # type: ignore[attr-defined]
    return render(request, template, context)


def _shown(request: MemberRequest, person: Person, message: str, more: dict[str, Any]) -> HttpResponse:
    """Show the profile anew with what was done, in place or as the whole page."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by django_htmx
        messages.success(request, message)
        return redirect("people:person", request.member.organisation.slug, person.ref)
    fresh = person_visible_to(member=request.member, ref=person.ref)
    return render(request, "people/_profile.html", {**profile_context(request, fresh), "done": message, **more})
