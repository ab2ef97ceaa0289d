"""When a member can be booked."""

from datetime import time

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.core.clock import now as clock_now
from assay.core.errors import DomainError, InvalidError
from assay.interviews.availability import Given, set_calendar, set_hours, set_ready
from assay.interviews.selectors import interviewer_of
from assay.interviews.slots import Span
from assay.interviews.telling import when_words
from assay.interviews.times import WeekLoads
from assay.web.access import MemberRequest, member_page
from assay.web.middleware import STATUS_OF
from assay.web.zones import ZONES

DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MOST_BYTES = 5_000_001
PARTS = (1, 2)
"""Times a day that the form offers: before and after a break."""


@member_page()
def page(request: MemberRequest) -> HttpResponse:
    """Show and take the weekly hours."""
    if request.method != "POST":
        return _shown(request)
    try:
        set_hours(
            member=request.member, time_zone=request.POST.get("time_zone", ""), hours=_hours(request),
            most_a_week=_number(request.POST.get("most_a_week", "")),
            notice_hours=_number(request.POST.get("notice_hours", "")),
        )  # fmt: skip
    except DomainError as error:
        return _shown(request, fault=error.message, status=STATUS_OF[error.kind])
    messages.success(request, "Kept. Candidates see these times from now on; what is booked already stands.")
    return redirect("interviews:times", request.member.organisation.slug)


@require_POST
@member_page()
def calendar(request: MemberRequest) -> HttpResponse:
    """Take the busy times of a pasted or uploaded calendar."""
    upload = request.FILES.get("file")
    text = upload.read(MOST_BYTES).decode("utf-8", "replace") if upload else request.POST.get("text", "")
    try:
        found = set_calendar(member=request.member, text=text, now=clock_now())
    except DomainError as error:
        return _shown(request, fault=error.message, status=STATUS_OF[error.kind])
    messages.success(request, f"{len(found.spans)} busy times of the next 60 days are kept, and nothing else of it.")
    if found.unread:
        says = (
            f"{found.unread} events repeat in a way that Assay does not read. Block their times by your weekly hours."
        )
        messages.warning(request, says)
    return redirect("interviews:times", request.member.organisation.slug)


@require_POST
@member_page()
def ready(request: MemberRequest) -> HttpResponse:
    """Say that one can take an interview now, or no longer; the page repeats it while it is open."""
    set_ready(member=request.member, is_ready=request.POST.get("is_ready") == "yes", now=clock_now())
    return redirect("interviews:list", request.member.organisation.slug)


def _shown(request: MemberRequest, *, fault: str = "", status: int = 200) -> HttpResponse:
    now = clock_now()
    interviewer = interviewer_of(member=request.member)
    stored = list(interviewer.hours.all()) if interviewer.pk else []
    busy = list(interviewer.busy.filter(ends_at__gt=now)[:20]) if interviewer.pk else []
    rows = []
    for weekday, name in enumerate(DAYS):
        own = [one for one in stored if one.weekday == weekday]
        cells = [(part, own[part - 1] if part <= len(own) else None) for part in PARTS]
        rows.append((weekday, name, cells))
    context = {
        "interviewer": interviewer,
        "rows": rows,
        "busy": [when_words(one.starts_at, one.ends_at, interviewer.time_zone) for one in busy],
        "zones": ZONES,
        "load": WeekLoads(members=[request.member.pk], within=Span(now, now)).at(request.member.pk, now),
        "fault": fault,
    }
    return render(request, "interviews/times.html", context, status=status)


def _hours(request: MemberRequest) -> list[Given]:
    found = []
    for weekday in range(len(DAYS)):
        for part in PARTS:
            starts = request.POST.get(f"starts-{weekday}-{part}", "")
            ends = request.POST.get(f"ends-{weekday}-{part}", "")
            if starts or ends:
                found.append(Given(weekday, _time(starts), _time(ends)))
    return found


def _time(text: str) -> time:
    try:
        return time.fromisoformat(text).replace(tzinfo=None)
    except ValueError as error:
        raise InvalidError("Each time needs a beginning and an end, such as 09:00 and 12:30.") from error


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 6 else -1
