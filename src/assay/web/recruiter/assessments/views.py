"""Inviting an applicant, and an invitation's own page."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assay.applications.models import Application
from assay.applications.selectors import application_visible_to
from assay.assessments.choices import Feedback, WishState
from assay.assessments.links import token_of
from assay.assessments.models import Sitting
from assay.assessments.selectors import (
    sitting_visible_to,
    sittings_of,
    sittings_visible_to,
    texts_to_read,
    whole_sitting,
    wish_visible_to,
)
from assay.assessments.services import cancel_sitting, decide_wish, invite, renew_link, send_invitation
from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.core.errors import DomainError
from assay.evidence.beliefs import OWN_WORDS
from assay.evidence.ledger import standing_observations
from assay.items.selectors import Proposal, proposals, versions_usable_by
from assay.messages.services import absolute_url
from assay.people.choices import ContactKind
from assay.roles.selectors import with_current_version
from assay.sandbox.selectors import runtimes_alive
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.looks import note_look_at_person
from assay.web.middleware import STATUS_OF
from assay.web.recruiter.assessments.present import attempts_shown

RECENT = 100
PROPOSED = 3


class InviteForm(forms.Form):
    """What is asked, how long it may wait, and what the candidate sees of the result."""

    days_to_begin = forms.IntegerField(min_value=1, max_value=60, initial=14, label="Days to begin")
    extra_time_percent = forms.IntegerField(min_value=0, max_value=300, initial=0, label="Extra time, per cent")
    feedback = forms.ChoiceField(choices=Feedback.choices, initial=Feedback.SUMMARY, label="The candidate sees")
    words = forms.CharField(
        required=False, max_length=4000, label="A word to the candidate", widget=forms.Textarea(attrs={"rows": 3})
    )


@require_GET
@member_page()
def sittings(request: MemberRequest) -> HttpResponse:
    """Show the invitations of the member's roles, newest first."""
    rows = list(sittings_visible_to(member=request.member).prefetch_related("attempts")[:RECENT])
    blind = is_blind(request)
    shown = [(row, blinded_name(row.application.person) if blind else str(row.application.person)) for row in rows]
    return render(
        request, "assessments/list.html", {"sittings": shown, "to_read": texts_to_read(member=request.member)[:RECENT]}
    )


@member_page()
def invite_page(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Propose tasks for what is asked and not known; take the choice."""
    found = application_visible_to(member=request.member, role_ref=role, ref=application)
    form = InviteForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        chosen = request.POST.getlist("task")
        usable = {one.ref: one for one in versions_usable_by(organisation=request.member.organisation)}
        try:
            made = invite(
                application=found, versions=[usable[ref] for ref in chosen if ref in usable], member=request.member,
                now=now(), **{**form.cleaned_data, "feedback": Feedback(form.cleaned_data["feedback"])},
            )  # fmt: skip
        except DomainError as error:
            form.add_error(None, error.message)
            return _invite(request, found, form, status=STATUS_OF[error.kind])
        return redirect("assessments:sitting", request.member.organisation.slug, made.ref)
    return _invite(request, found, form, status=422 if form.is_bound else 200)


@require_GET
@member_page()
def sitting_page(request: MemberRequest, sitting: str) -> HttpResponse:
    """Show an invitation: its link, its tasks and what came of them, and what the candidate asked for."""
    found = whole_sitting(sitting=sitting_visible_to(member=request.member, ref=sitting))
    note_look_at_person(request, found.application.person)
    path = reverse("sitting:start", args=[token_of(found)])
    context = {
        **_about(request, found.application),
        "sitting": found,
        "attempts": attempts_shown(found),
        "link": absolute_url(path),
        "email": _email_of(found.application),
        "wishes": found.wishes.all(),
        "open_wish": WishState.OPEN,
    }
    return render(request, "assessments/sitting.html", context)


@require_POST
@member_page()
def mail(request: MemberRequest, sitting: str) -> HttpResponse:
    """Mail the link to the candidate's address."""
    found = sitting_visible_to(member=request.member, ref=sitting)
    to = _email_of(found.application)
    if to:
        path = reverse("sitting:start", args=[token_of(found)])
        send_invitation(sitting=found, to=to, member=request.member, url_path=path, now=now())
        messages.success(request, f"The invitation is on its way to {to}.")
    else:
        messages.error(request, "No email address of this person is known. Copy the link instead.")
    return _back(request, found)


@require_POST
@member_page()
def renew(request: MemberRequest, sitting: str) -> HttpResponse:
    """Make the old link worthless."""
    found = sitting_visible_to(member=request.member, ref=sitting)
    renew_link(sitting=found, member=request.member, now=now())
    messages.success(request, "There is a new link; the one before opens nothing any more.")
    return _back(request, found)


@require_POST
@member_page()
def cancel(request: MemberRequest, sitting: str) -> HttpResponse:
    """Withdraw the invitation."""
    found = sitting_visible_to(member=request.member, ref=sitting)
    cancel_sitting(sitting=found, member=request.member, now=now())
    return _back(request, found)


@require_POST
@member_page()
def wish(request: MemberRequest, wish: str) -> HttpResponse:
    """Answer what a candidate asked for."""
    found = wish_visible_to(member=request.member, ref=wish)
    percent = request.POST.get("extra_time_percent", "0")
    decide_wish(
        wish=found, is_granted=request.POST.get("answer") == "grant", reply=request.POST.get("reply", ""),
        extra_time_percent=int(percent) if percent.isascii() and percent.isdigit() else -1, member=request.member,
        now=now(),
    )  # fmt: skip
    return _back(request, found.sitting)


def _invite(request: MemberRequest, application: Application, form: InviteForm, *, status: int) -> HttpResponse:
    profile = with_current_version(role=application.role).profile
    known = set(
        standing_observations(application.person)
        .exclude(source_kind__in=list(OWN_WORDS))
        .values_list("competency", flat=True)
    )
    unknown = {demand.competency: demand.weight for demand in profile.demands if demand.competency not in known}
    able = runtimes_alive(now=now())
    found = proposals(organisation=request.member.organisation, weights=unknown)
    names = {one.id: one.name for one in catalogue_of(organisation=request.member.organisation).competencies}
    chosen = request.POST.getlist("task") or [one.version.ref for one in _first_choice(found, able)]
    context = {
        **_about(request, application),
        "form": form,
        "unknown": [names.get(name, name) for name in sorted(unknown, key=lambda name: -unknown[name])],
        "proposals": [_row(one, names, able, chosen) for one in found],
        "is_partly_unable": any(one.version.runtime not in able for one in found),
        "others": [
            _row(Proposal(version, (), 0.0), names, able, chosen)
            for version in versions_usable_by(organisation=request.member.organisation).filter(is_practice=False)
            if version.pk not in {one.version.pk for one in found}
        ],
        "sittings": sittings_of(application=application),
    }
    return render(request, "assessments/invite.html", context, status=status)


def _first_choice(found: list[Proposal], able: frozenset[str]) -> list[Proposal]:
    """Yield the tasks that are ticked at first: each shows something that those before it do not."""
    covered: set[str] = set()
    chosen: list[Proposal] = []
    for one in found:
        if one.version.runtime in able and not set(one.shows) <= covered and len(chosen) < PROPOSED:
            chosen.append(one)
            covered |= set(one.shows)
    return chosen


def _row(one: Proposal, names: dict[str, str], able: frozenset[str], chosen: list[str]) -> dict[str, Any]:
    version = one.version
    return {
        "version": version,
        "shows": [names.get(name, name) for name in one.shows or sorted(version.loadings)],
        "is_able": version.runtime in able,
        "is_chosen": version.ref in chosen,
    }


def _about(request: MemberRequest, application: Application) -> dict[str, Any]:
    person, blind = application.person, is_blind(request)
    return {
        "application": application,
        "role": application.role,
        "name": blinded_name(person) if blind else str(person),
        "blind": blind,
    }


def _email_of(application: Application) -> str:
    found = application.person.contacts.filter(kind=ContactKind.EMAIL).order_by("pk").first()
    return found.value if found else ""


def _back(request: MemberRequest, sitting: Sitting) -> HttpResponse:
    return redirect("assessments:sitting", request.member.organisation.slug, sitting.ref)
