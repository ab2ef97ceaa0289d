"""Answering the candidate: their link, feedback, what they asked for."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect
from django.views.decorators.http import require_POST

from assay.core.clock import now
from assay.core.errors import DomainError, NotFoundError
from assay.decisions.candidates import answer_request, send_link, share_feedback
from assay.decisions.models import RightsRequest
from assay.decisions.selectors import candidates_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.recruiter.decisions.packet import packet_application, packet_page


@require_POST
@member_page()
def link(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Mail a candidate the link to their page."""
    found = packet_application(request, role, application)
    address = send_link(application=found, member=request.member, now=now())
    messages.success(request, f"The link is on its way, where an address is known: {address}")
    return _back(request, role, application)


@require_POST
@member_page()
def feedback(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Share feedback."""
    found = packet_application(request, role, application)
    given = {name: request.POST.get(name, "") for name in ("strengths", "missing")}
    try:
        share_feedback(application=found, member=request.member, now=now(), **given)
    except DomainError as error:
        return packet_page(request, found, part="candidate", error=error)
    messages.success(request, "Shared. The candidate is told and reads it on their page.")
    return _back(request, role, application)


@require_POST
@member_page()
def answer(request: MemberRequest, role: str, application: str, rights_request: str) -> HttpResponse:
    """Answer what a candidate asked for."""
    seen = candidates_visible_to(member=request.member).filter(role__ref=role, ref=application)
    asked = RightsRequest.objects.select_related(
        "case__organisation", "case__application__role", "case__application__person"
    )
    one = asked.filter(case__application__in=seen, ref=rights_request).first()
    if one is None:
        raise NotFoundError("There is no such request of a candidate of yours.")
    found = packet_application(request, role, application)
    try:
        answer_request(
            request=one, is_granted=request.POST.get("granted") == "yes", answer=request.POST.get("answer", ""),
            member=request.member, now=now(),
        )  # fmt: skip
    except DomainError as error:
        return packet_page(request, found, part="candidate", error=error)
    messages.success(request, "Answered. The candidate is told.")
    return _back(request, role, application)


def _back(request: MemberRequest, role: str, application: str) -> HttpResponse:
    return redirect("decisions:packet", request.member.organisation.slug, role, application)
