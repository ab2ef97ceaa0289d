"""A person's data on its way out: exports, and deletion for good."""

import msgspec
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assay.accounts.rules import may_recruit
from assay.core.clock import now
from assay.core.errors import ForbiddenError, InvalidError
from assay.evidence.export import csv_of, json_resume
from assay.evidence.selectors import documents_of, profile_of
from assay.people.models import Person
from assay.people.selectors import person_visible_to
from assay.people.services import erase_person
from assay.web.access import MemberRequest, member_page
from assay.web.blind import is_blind
from assay.web.recruiter.people.views import header_context, record_look


@member_page()
def as_json(request: MemberRequest, ref: str) -> HttpResponse:
    """Hand out the corrected profile as JSON Resume."""
    person = _exportable(request, ref, "json")
    content = msgspec.json.format(msgspec.json.encode(json_resume(profile_of(person))), indent=2)
    return _file(content, "application/json", f"{person.ref}.json")


@member_page()
def as_csv(request: MemberRequest, ref: str) -> HttpResponse:
    """Hand out the corrected profile as a table of one row."""
    person = _exportable(request, ref, "csv")
    # The byte order mark tells spreadsheet programs that this is UTF-8.
    return _file(csv_of(profile_of(person)).encode("utf-8-sig"), "text/csv; charset=utf-8", f"{person.ref}.csv")


@member_page(may=may_recruit)
def delete(request: MemberRequest, ref: str) -> HttpResponse:
    """Ask whether a person is really to be deleted, and do so."""
    person = person_visible_to(member=request.member, ref=ref)
    if request.method == "POST":
        if request.POST.get("sure") != "yes":
            raise InvalidError("Tick the box to say that you are sure. Nothing was deleted.")
        erase_person(person=person, member=request.member, now=now())
        messages.success(request, "Deleted: the person, their documents and everything known of them.")
        return redirect("people:list", request.member.organisation.slug)
    context = {**header_context(request, person), "document_count": documents_of(person=person).count()}
    return render(request, "people/delete.html", context)


def _exportable(request: MemberRequest, ref: str, form: str) -> Person:
    person = person_visible_to(member=request.member, ref=ref)
    if is_blind(request):
        raise ForbiddenError("An export shows who it is. Leave blind mode first.")
    record_look(request, person, kind="person.exported", form=form)
    return person


def _file(content: bytes, content_type: str, name: str) -> HttpResponse:
    response = HttpResponse(content, content_type=content_type)
    response["Content-Disposition"] = f'attachment; filename="{name}"'
    return response
