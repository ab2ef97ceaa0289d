"""The list of people and the page of one."""

from typing import Any
from urllib.parse import urlencode

from django.db import transaction
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.views.decorators.http import require_POST

from assay.accounts.rules import may_recruit
from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.audit.models import Event
from assay.audit.services import record
from assay.core.clock import now
from assay.evidence.choices import DocumentState
from assay.evidence.models import Document
from assay.evidence.selectors import corrections_of, profile_of
from assay.matching.roles_for import roles_for_person
from assay.people.models import Person
from assay.people.selectors import person_visible_to
from assay.roles.selectors import roles_visible_to
from assay.sourcing.people_list import NEWEST, ORDERS, PeopleQuery, people_page
from assay.sourcing.selectors import channels_of
from assay.web.access import MemberRequest, member_page
from assay.web.auditor.trail.sentences import line_of
from assay.web.blind import SESSION_KEY, blinded_name, is_blind
from assay.web.looks import note_look_at_people
from assay.web.recruiter.people.present import Hider, Shown, read_document_of, sections_of, single_row
from assay.web.recruiter.people.viewer import viewer_context

SHOWN_EVENTS = 60


@member_page()
def people_list(request: MemberRequest) -> HttpResponse:
    """Show the people whom the member may see, searched, filtered and ordered."""
    query = _query(request)
    note_look_at_people(request)
    page = people_page(member=request.member, query=query)
    asked = {key: value for key, value in request.GET.items() if key != "after" and value}
    context = {
        "page": page,
        "query": query,
        "blind": query.is_blind,
        "roles": list(roles_visible_to(member=request.member).only("ref", "title")),
        "channels": list(channels_of(member=request.member).values_list("name", flat=True)),
        "states": ApplicationState.choices,
        "is_recruiter": may_recruit(request.member),
        "is_filtered": bool(set(asked) - {"order"}),
        "next_url": f"?{urlencode({**asked, 'after': page.next_after})}" if page.next_after else "",
        "first_url": f"?{urlencode(asked)}" if query.after else "",
    }
    return render(request, "people/list.html", context)


@require_POST
@member_page()
def set_blind(request: MemberRequest) -> HttpResponse:
    """Turn the member's blind mode on or off and go back to where they were."""
    request.session[SESSION_KEY] = request.POST.get("blind") == "on"
    target = request.POST.get("next", "")
    if not url_has_allowed_host_and_scheme(target, allowed_hosts={request.get_host()}):
        target = reverse("people:list", args=[request.member.organisation.slug])
    return redirect(target)


@member_page()
def person(request: MemberRequest, ref: str) -> HttpResponse:
    """Show one person: profile on the left, the document with its words on the right."""
    found = person_visible_to(member=request.member, ref=ref)
    record_look(request, found, kind="person.seen", part="profile")
    context = profile_context(request, found) | viewer_context(request, found)
    context |= {"roles": roles_for_person(member=request.member, person=found), "tab": "profile"}
    return render(request, "people/person.html", context)


@member_page()
def profile_part(request: MemberRequest, ref: str) -> HttpResponse:
    """Show the profile alone, for the page to put in after a correction or a cancelled one."""
    found = person_visible_to(member=request.member, ref=ref)
    if not request.htmx:  # type: ignore[attr-defined]  # set by django_htmx
        return redirect("people:person", request.member.organisation.slug, ref)
    return render(request, "people/_profile.html", profile_context(request, found))


@member_page()
def activity(request: MemberRequest, ref: str) -> HttpResponse:
    """Show what was done with a person's data, newest first, from the audit trail."""
    found = person_visible_to(member=request.member, ref=ref)
    record_look(request, found, kind="person.seen", part="activity")
    events = Event.objects.filter(
        organisation_id=found.organisation_id, subject_type="person", subject_ref=found.ref
    ).order_by("-seq")[:SHOWN_EVENTS]
    return render(
        request,
        "people/activity.html",
        {**header_context(request, found), "lines": [line_of(event) for event in events], "tab": "activity"},
    )


def record_look(request: MemberRequest, person: Person, *, kind: str, **facts: object) -> None:
    """Write down that a member looked at personal data."""
    with transaction.atomic():
        record(
            organisation=request.member.organisation,
            kind=kind,
            subject_type="person",
            subject_ref=person.ref,
            member=request.member,
            now=now(),
            facts={**facts, "blind": is_blind(request)},
        )


def header_context(request: MemberRequest, person: Person) -> dict[str, Any]:
    """Yield what stands above the tabs."""
    blind = is_blind(request)
    return {
        "person": person,
        "blind": blind,
        "name": blinded_name(person) if blind else str(person),
        "problems": person.problems,
        "is_recruiter": may_recruit(request.member),
        "applications": list(
            Application.objects.filter(person=person, role__in=roles_visible_to(member=request.member))
            .select_related("role")
            .order_by("-applied_at", "-pk")
        ),
        "ledger_url": reverse("ledger:person", args=[request.member.organisation.slug, person.ref]),
    }


def profile_context(request: MemberRequest, person: Person) -> dict[str, Any]:
    """Yield the profile with every field's source."""
    blind = is_blind(request)
    hider = hider_of(person, is_blind=blind)
    corrections = {row.pk: row for row in corrections_of(person=person)}
    shown = Shown(profile_of(person), corrections, hider)
    return {
        **header_context(request, person),
        "headline": single_row(area="headline", shown=shown),
        "name_row": single_row(area="name", shown=shown),
        "shown_headline": hider.value(person.headline),
        "sections": sections_of(shown=shown),
        "is_editable": not blind,
    }


def hider_of(person: Person, *, is_blind: bool) -> Hider:
    """Yield what masks a person's values; documents are loaded only where something is to be masked."""
    rows = Document.objects.filter(person=person, state=DocumentState.READ) if is_blind else Document.objects.none()
    documents = {row.ref: read_document_of(row, names=[person.name]) for row in rows}
    return Hider(person=person, documents=documents, is_blind=is_blind)


def _query(request: MemberRequest) -> PeopleQuery:
    given = request.GET
    order = given.get("order", NEWEST)
    return PeopleQuery(
        text=given.get("q", "")[:200],
        role_ref=given.get("role", ""),
        channel=given.get("channel", ""),
        state=given.get("state", ""),
        has_problems=given.get("problems") == "1",
        order=order if order in ORDERS and not (is_blind(request) and order != NEWEST) else NEWEST,
        after=given.get("after", ""),
        is_blind=is_blind(request),
    )
