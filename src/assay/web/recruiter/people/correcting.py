"""Corrections of a profile, in place or on a page of their own."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.core.clock import now
from assay.core.errors import ForbiddenError, NotFoundError
from assay.evidence.profile import ENTRIES
from assay.evidence.selectors import corrections_of, profile_of
from assay.evidence.services import anchored, correct, undo_correction
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
    path = request.GET.get("path", "")
    field, anchor = anchored(profile=profile_of(person), path=path)
    area, _, name = field.partition(".")
    is_entry = area in ENTRIES and not name
    context = {
        "person": person,
        "path": path,
        "was": anchor.was,
        "is_new": not anchor.was,
        "label": LABELS[name or area],
        "is_entry": is_entry,
        "inputs": [(key, LABELS[key]) for key in ENTRIES[area]] if is_entry and path == area else [],
        "is_date": name in {"since", "until"},
        "name": str(person),
    }
    template = "people/_correct.html" if request.htmx else "people/correct.html"  # type: ignore[attr-defined]
    return render(request, template, context)


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
    correction = correct(
        person=person, path=path, was=given.get("was", ""), value=value, member=request.member, now=now()
    )
    return _shown(request, person, "Corrected. This stands from now on, whatever is read.", {"undo": correction.pk})


def _shown(request: MemberRequest, person: Person, message: str, more: dict[str, Any]) -> HttpResponse:
    """Show the profile anew with what was done, in place or as the whole page."""
    if not request.htmx:  # type: ignore[attr-defined]  # set by django_htmx
        messages.success(request, message)
        return redirect("people:person", request.member.organisation.slug, person.ref)
    fresh = person_visible_to(member=request.member, ref=person.ref)
    return render(request, "people/_profile.html", {**profile_context(request, fresh), "done": message, **more})
