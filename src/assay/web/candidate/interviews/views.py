"""The candidate's page: what the interview is about, times in their own zone, and what was booked."""

from collections.abc import Callable
from datetime import UTC, datetime
from functools import wraps
from http import HTTPStatus

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.competencies.selectors import catalogue_of
from assay.core.clock import now as clock_now
from assay.core.errors import ConflictError, DomainError, InvalidError
from assay.interviews.booking import book, cancel, checked_zone, hold_now
from assay.interviews.choices import InterviewState, SeatState
from assay.interviews.invites import request_entry
from assay.interviews.kits import questions_of
from assay.interviews.links import interview_of_token
from assay.interviews.models import Interview
from assay.interviews.telling import email_of, entry_of
from assay.web.candidate.interviews.present import Page, page_of, zone_of

View = Callable[[HttpRequest, Interview], HttpResponse]


def linked(view: View) -> Callable[..., HttpResponse]:
    """Make a view a page behind a candidate's link; nothing of it may be kept by caches."""

    @wraps(view)
    def page(request: HttpRequest, token: str) -> HttpResponse:
        answer = view(request, interview_of_token(token=token))
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return page


@require_GET
@linked
def start(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Show what the interview is about, and the times; once booked, the booking."""
    page = page_of(interview=interview, zone=zone_of(request.GET.get("zone", ""), interview), now=clock_now())
    return _render(request, interview, page, is_moving="move" in request.GET)


@require_POST
@linked
def take(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Take a time, or move to it."""
    try:
        starts_at = datetime.fromisoformat(request.POST.get("starts_at", "")).astimezone(UTC)
    except ValueError as error:
        raise InvalidError("Choose one of the times on the page.") from error
    zone = request.POST.get("zone", "")
    try:
        booked = book(interview=interview, starts_at=starts_at, time_zone=zone, now=clock_now())
    except ConflictError as error:
        return _refused(request, interview, error)
    messages.success(request, "Booked." if email_of(booked.application) else "Booked. Put it into your calendar below.")
    return _back(request)


@require_POST
@linked
def ask_now(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Ask who is ready this moment."""
    try:
        hold_now(interview=interview, time_zone=request.POST.get("zone", ""), now=clock_now())
    except ConflictError as error:
        return _refused(request, interview, error)
    return _back(request)


@require_POST
@linked
def call_off(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Cancel, by the candidate."""
    cancel(interview=interview, member=None, now=clock_now(), reason="By the candidate.")
    messages.success(request, "Cancelled. The people who invited you have been told.")
    return _back(request)


@require_GET
@linked
def calendar(request: HttpRequest, interview: Interview) -> HttpResponse:
    """Give the entry as a file."""
    if interview.state != InterviewState.BOOKED:
        raise ConflictError("Nothing is booked yet.")
    link = request.build_absolute_uri(request.path.rpartition("/")[0] + "/")
    text = request_entry(
        entry=entry_of(interview), attendee=email_of(interview.application), link=link, now=clock_now()
    )
    answer = HttpResponse(text, content_type="text/calendar; charset=utf-8")
    answer["Content-Disposition"] = 'attachment; filename="interview.ics"'
    return answer


def _refused(request: HttpRequest, interview: Interview, error: DomainError) -> HttpResponse:
    """Show the page again with what is free now."""
    zone = checked_zone(request.POST.get("zone", "UTC"))
    interview.refresh_from_db()
    page = page_of(interview=interview, zone=zone, now=clock_now())
    answer = _render(request, interview, page, fault=error.message, is_moving=True)
    answer.status_code = HTTPStatus.CONFLICT
    return answer


def _render(
    request: HttpRequest, interview: Interview, page: Page, *, fault: str = "", is_moving: bool = False
) -> HttpResponse:
    names = {one.id: one.name for one in catalogue_of(organisation=interview.organisation).competencies}
    asked = dict.fromkeys(names.get(one.competency, one.competency) for one in questions_of(interview.kit))
    with_whom = interview.seats.filter(state=SeatState.BOOKED, is_training=False).select_related("member__user")
    context = {
        "interview": interview,
        "role": interview.application.role,
        "kit": interview.kit,
        "page": page,
        "about": list(asked),
        "people": [str(seat.member) for seat in with_whom] if interview.state == InterviewState.BOOKED else [],
        "token": _token(request),
        "fault": fault,
        "is_moving": is_moving,
    }
    return render(request, "interview/start.html", context)


def _token(request: HttpRequest) -> str:
    assert request.resolver_match is not None  # noqa: S101 -- a view was found, for the type checker
    return str(request.resolver_match.kwargs["token"])


def _back(request: HttpRequest) -> HttpResponse:
    answer = redirect("interview:start", token=_token(request))
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
