"""A member's own interviews, one interview, its scorecard."""

from typing import Any

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_POST

from assay.core.clock import now as clock_now
from assay.core.errors import DomainError
from assay.interviews.booking import accept_now, cancel, decline_now, note_no_show
from assay.interviews.choices import InterviewState, SeatState
from assay.interviews.kits import questions_of
from assay.interviews.links import token_of
from assay.interviews.models import Interview
from assay.interviews.scorecards import Given, hand_in, save_ratings, scorecard_for
from assay.interviews.selectors import (
    interview_managed_by,
    interview_visible_to,
    interviewer_of,
    interviews_managed_by,
    missing_scorecards,
    own_interviews,
    scorecards_visible_to,
)
from assay.interviews.services import renew_link, send_invitation
from assay.interviews.slots import Span
from assay.interviews.telling import email_of, when_words
from assay.interviews.times import WeekLoads
from assay.messages.services import absolute_url
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.interviewer.interviews.present import cards_shown, questions_shown, rows_shown
from assay.web.looks import note_look_at_person
from assay.web.middleware import STATUS_OF

RECENT = 50


@require_GET
@member_page()
def mine(request: MemberRequest) -> HttpResponse:
    """Show the interviews that the member holds, and those of the roles that they manage."""
    now = clock_now()
    member = request.member
    interviewer = interviewer_of(member=member)
    own = rows_shown(own_interviews(member=member)[:RECENT], request=request, zone=interviewer.time_zone)
    managed = interviews_managed_by(member=member)
    context = {
        "own": own,
        "managed": rows_shown(managed[:RECENT], request=request, zone=interviewer.time_zone),
        "interviewer": interviewer,
        "is_ready": interviewer.ready_until is not None and interviewer.ready_until > now,
        "load": WeekLoads(members=[member.pk], within=Span(now, now)).at(member.pk, now),
    }
    return render(request, "interviews/list.html", context)


@require_GET
@member_page()
def interview_page(request: MemberRequest, interview: str) -> HttpResponse:
    """Show one interview: when, the questions, what is open about the candidate, the scorecards that may be seen."""
    found = interview_visible_to(member=request.member, ref=interview)
    note_look_at_person(request, found.application.person)
    return render(request, "interviews/interview.html", _about(request, found))


@require_POST
@member_page()
def accept(request: MemberRequest, interview: str) -> HttpResponse:
    """Take an interview that a candidate asks for now."""
    found = interview_visible_to(member=request.member, ref=interview)
    accept_now(interview=found, member=request.member, now=clock_now())
    messages.success(request, "Yours. The candidate has been told.")
    return _back(request, found)


@require_POST
@member_page()
def decline(request: MemberRequest, interview: str) -> HttpResponse:
    """Say that one cannot after all."""
    found = interview_visible_to(member=request.member, ref=interview)
    decline_now(interview=found, member=request.member, now=clock_now())
    return redirect("interviews:list", request.member.organisation.slug)


@member_page()
def scorecard(request: MemberRequest, interview: str) -> HttpResponse:
    """Show the scorecard; keep it or hand it in. Nothing of others' is on it."""
    found = interview_visible_to(member=request.member, ref=interview)
    now = clock_now()
    card = scorecard_for(interview=found, member=request.member, now=now)
    if request.method != "POST":
        note_look_at_person(request, found.application.person)
        return _scorecard(request, found)
    given = _given(request, found)
    summary = request.POST.get("summary", "")
    try:
        if request.POST.get("action") == "hand_in":
            hand_in(scorecard=card, given=given, summary=summary, member=request.member, now=now)
            messages.success(request, "Handed in. You may see what others rated now.")
            return _back(request, found)
        save_ratings(scorecard=card, given=given, summary=summary)
    except DomainError as error:
        return _scorecard(request, found, fault=error.message, typed=given, status=STATUS_OF[error.kind])
    messages.success(request, "Kept. Nobody else sees it before you hand it in.")
    return redirect("interviews:scorecard", request.member.organisation.slug, found.ref)


@require_POST
@member_page()
def mail(request: MemberRequest, interview: str) -> HttpResponse:
    """Mail the link to the candidate's address."""
    found = interview_managed_by(member=request.member, ref=interview)
    if to := email_of(found.application):
        path = reverse("interview:start", args=[token_of(found)])
        send_invitation(interview=found, to=to, url_path=path, member=request.member, now=clock_now())
        messages.success(request, "The invitation is on its way.")
    else:
        messages.error(request, "No email address of this person is known. Copy the link instead.")
    return _back(request, found)


@require_POST
@member_page()
def renew(request: MemberRequest, interview: str) -> HttpResponse:
    """Make the old link worthless."""
    found = interview_managed_by(member=request.member, ref=interview)
    renew_link(interview=found, member=request.member, now=clock_now())
    messages.success(request, "There is a new link; the one before opens nothing any more.")
    return _back(request, found)


@require_POST
@member_page()
def call_off(request: MemberRequest, interview: str) -> HttpResponse:
    """Cancel, by a member."""
    found = interview_managed_by(member=request.member, ref=interview)
    reason = request.POST.get("reason", "")
    cancel(interview=found, member=request.member, now=clock_now(), reason=reason)
    return _back(request, found)


@require_POST
@member_page()
def no_show(request: MemberRequest, interview: str) -> HttpResponse:
    """Note who did not come."""
    found = interview_visible_to(member=request.member, ref=interview)
    is_candidate = request.POST.get("who") == "candidate"
    note_no_show(interview=found, is_candidate=is_candidate, member=request.member, now=clock_now())
    return _back(request, found)


def _about(request: MemberRequest, interview: Interview) -> dict[str, Any]:
    now = clock_now()
    member = request.member
    zone = interviewer_of(member=member).time_zone
    seats = list(interview.seats.exclude(state=SeatState.RELEASED).select_related("member__user"))
    own = next((seat for seat in seats if seat.member_id == member.pk), None)
    is_managed = interviews_managed_by(member=member).filter(pk=interview.pk).exists()
    starts, ends = interview.starts_at, interview.ends_at
    has_time = interview.state in {InterviewState.BOOKED, InterviewState.DONE, InterviewState.HELD}
    return {
        "interview": interview,
        "kit": interview.kit,
        "role": interview.application.role,
        "name": blinded_name(interview.application.person) if is_blind(request) else str(interview.application.person),
        "when": when_words(starts, ends, zone) if starts and ends and has_time else "",
        "seats": seats,
        "own": own,
        "is_managed": is_managed,
        "link": absolute_url(reverse("interview:start", args=[token_of(interview)])) if is_managed else "",
        "questions": questions_shown(questions_of(interview.kit), organisation=member.organisation),
        "cards": cards_shown(scorecards_visible_to(interview=interview, member=member), kit=interview.kit),
        "missing": missing_scorecards(interview=interview) if has_time else [],
        "has_begun": starts is not None and has_time and now >= starts,
        "is_asked": own is not None and interview.state == InterviewState.HELD,
    }


def _scorecard(
    request: MemberRequest,
    interview: Interview,
    *,
    fault: str = "",
    typed: dict[str, Given] | None = None,
    status: int = 200,
) -> HttpResponse:
    card = scorecard_for(interview=interview, member=request.member, now=clock_now())
    kept = {one.question: Given(one.value, one.quote) for one in card.ratings.all()}
    shown = questions_shown(questions_of(interview.kit), organisation=request.member.organisation)
    person = interview.application.person
    context = {
        "interview": interview,
        "kit": interview.kit,
        "role": interview.application.role,
        "name": blinded_name(person) if is_blind(request) else str(person),
        "card": card,
        "rows": [(one, (typed or kept).get(one.id)) for one in shown],
        "summary": request.POST.get("summary", card.summary),
        "fault": fault,
    }
    return render(request, "interviews/scorecard.html", context, status=status)


def _given(request: MemberRequest, interview: Interview) -> dict[str, Given]:
    """Yield what the form says of each question; one without any choice is left out."""
    found = {}
    for question in questions_of(interview.kit):
        choice = request.POST.get(f"value-{question.id}", "")
        quote = request.POST.get(f"quote-{question.id}", "")
        if choice == "none" or choice in {"1", "2", "3", "4", "5"}:
            found[question.id] = Given(None if choice == "none" else int(choice), quote)
    return found


def _back(request: MemberRequest, interview: Interview) -> HttpResponse:
    return redirect("interviews:interview", request.member.organisation.slug, interview.ref)
