"""The packet of one candidate: evidence, votes, the rule's view, the decision; as a page, JSON and PDF."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assay.applications.choices import RejectionReason
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.audit.services import record_look
from assay.core.clock import now
from assay.core.errors import ConflictError, DomainError
from assay.decisions.choices import Outcome, VoteChoice
from assay.decisions.clock import clock_of
from assay.decisions.comparing import MOST, comparison_of
from assay.decisions.links import token_of
from assay.decisions.models import Case, Feedback
from assay.decisions.offers import offer_of
from assay.decisions.packet import Packet, as_json, packet_of
from assay.decisions.selectors import (
    View,
    candidate_visible_to,
    candidates_visible_to,
    open_scorecards,
    view_of,
)
from assay.decisions.services import cast_vote, decide
from assay.messages.services import absolute_url
from assay.roles.rules import may_see_applicants
from assay.roles.selectors import duties_of, role_with_applicants_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.looks import note_look_at_role
from assay.web.middleware import STATUS_OF
from assay.web.recruiter.decisions.paper import packet_pdf
from assay.web.recruiter.decisions.present import (
    clock_words,
    course_shown,
    fit_picture,
    fit_words,
    lines_shown,
    unmeasured,
)


@require_GET
@member_page()
def show(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Show the packet. A look at personal data: recorded, once a day."""
    return packet_page(request, packet_application(request, role, application))


@require_GET
@member_page()
def as_file(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Give the packet as JSON."""
    found = packet_application(request, role, application)
    return download(as_json(_packet(request, found)), "application/json", f"packet-{found.ref}.json")


@require_GET
@member_page()
def as_pdf(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Give the packet as PDF."""
    found = packet_application(request, role, application)
    return download(packet_pdf(packet=_packet(request, found)), "application/pdf", f"packet-{found.ref}.pdf")


@require_POST
@member_page()
def vote(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Vote, once."""
    found = packet_application(request, role, application)
    given = {name: request.POST.get(name, "") for name in ("choice", "reason")}
    try:
        cast_vote(application=found, member=request.member, now=now(), **given)
    except DomainError as error:
        return packet_page(request, found, part="vote", error=error)
    messages.success(request, "Your vote is in. Others' votes are shown below.")
    return redirect("decisions:packet", request.member.organisation.slug, role, application)


@require_POST
@member_page()
def take_decision(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Decide."""
    found = packet_application(request, role, application)
    names = ("outcome", "reason", "seen", "rejection_reason", "override_reason")
    try:
        made = decide(
            application=found, member=request.member, now=now(), **{name: request.POST.get(name, "") for name in names}
        )
    except DomainError as error:
        return packet_page(request, found, part="decide", error=error)
    messages.success(request, f"Decided: {made.get_outcome_display().lower()}.")
    return redirect("decisions:packet", request.member.organisation.slug, role, application)


@require_GET
@member_page()
def compare(request: MemberRequest, role: str) -> HttpResponse:
    """Show up to five candidates side by side."""
    found = role_with_applicants_visible_to(member=request.member, ref=role)
    note_look_at_role(request, found, kind="candidates.compared")
    refs = request.GET.getlist("application")[:MOST]
    own = list(candidates_visible_to(member=request.member).filter(role=found, ref__in=refs).order_by("pk"))
    comparison = comparison_of(role=found, applications=own)
    blind = is_blind(request)
    sides = [
        {
            "application": side.application,
            "name": blinded_name(side.application.person) if blind else str(side.application.person),
            "lines": lines_shown(side.lines),
            "brackets": [number for number, (first, last) in enumerate(comparison.brackets, 1) if first <= at <= last],
        }
        for at, side in enumerate(comparison.sides)
    ]
    names = [side["name"] for side in sides]
    together = [names[first : last + 1] for first, last in comparison.brackets]
    return render(request, "decisions/compare.html", {"role": found, "sides": sides, "together": together})


def packet_application(request: MemberRequest, role: str, application: str) -> Application:
    """Yield an application whose packet the member may open now; the look is recorded."""
    found = candidate_visible_to(member=request.member, role_ref=role, application_ref=application)
    if open_scorecards(application=found, member=request.member):
        message = (
            "Hand in your scorecard of this person first. What you heard is written down before you see what others "
            "heard, or what the numbers say."
        )
        raise ConflictError(message)
    record_look(
        organisation=request.member.organisation, kind="packet.seen", subject_type="application",
        subject_ref=found.ref, member=request.member, now=now(),
    )  # fmt: skip
    return found


def _packet(request: MemberRequest, application: Application, view: View | None = None) -> Packet:
    blind = is_blind(request)
    name = blinded_name(application.person) if blind else str(application.person)
    return packet_of(
        application=application, member=request.member, now=now(), name=name, may_quote=not blind, view=view
    )


def packet_page(
    request: MemberRequest, application: Application, *, part: str = "", error: DomainError | None = None
) -> HttpResponse:
    """Render the packet; after a refusal with what was typed still there and the reason beside it."""
    application.refresh_from_db(fields=["state", "version", "rejection_reason"])
    view = view_of(application=application, member=request.member)
    packet = _packet(request, application, view)
    own_part = view.part
    verdict = packet.rule.verdict if packet.rule else None
    context: dict[str, Any] = {
        "role": application.role,
        "application": application,
        "packet": packet,
        "name": packet.person,
        "lines": lines_shown(packet.competencies),
        "flags": [(flag, packet.replies.get(flag.key, "")) for flag in packet.flags],
        "fit": fit_words(packet.fit),
        "fit_dots": fit_picture(packet.fit, packet.person),
        "unmeasured": unmeasured(packet),
        "clock": clock_words(application, now()),
        "course": course_shown(clock_of(application=application, now=now())),
        "offer": offer_of(application=application),
        "part": own_part,
        "choices": VoteChoice.choices,
        "outcomes": Outcome.choices,
        "reasons": RejectionReason.choices,
        "decision": view.decision,
        "is_over": application.state in ENDED,
        "verdict": verdict,
        "can_decide_now": own_part.can_decide and verdict is not None and application.state not in ENDED,
        **_of_candidate(request, application, view.case),
        "failed": part,
        "kept": request.POST if error else {},
        "fault": error.message if error else "",
    }
    return render(request, "decisions/packet.html", context, status=STATUS_OF[error.kind] if error else 200)


def _of_candidate(request: MemberRequest, application: Application, case: Case | None) -> dict[str, Any]:
    """Yield what a member who may answer candidates sees of the candidate's own page."""
    duties = duties_of(member=request.member, role=application.role)
    if not may_see_applicants(member=request.member, duties=duties):
        return {"may_answer": False}
    return {
        "may_answer": True,
        "link": absolute_url(reverse("status:page", args=[token_of(case)])) if case else "",
        "requests": list(case.requests.all()) if case else [],
        "feedback": Feedback.objects.filter(case=case).first() if case else None,
    }


def download(data: bytes, media_type: str, name: str) -> HttpResponse:
    """Yield a file that no cache keeps."""
    answer = HttpResponse(data, content_type=media_type)
    answer["Content-Disposition"] = f'attachment; filename="{name}"'
    answer["Cache-Control"] = "private, no-store"
    return answer
