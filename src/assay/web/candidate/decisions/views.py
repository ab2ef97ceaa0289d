"""Where an application stands, for the person whose it is: the clock, feedback, replies, rights."""

from collections.abc import Callable
from functools import wraps

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.applications.choices import ApplicationState as S
from assay.applications.rules import ENDED
from assay.core.clock import now
from assay.core.errors import DomainError, NotFoundError
from assay.decisions.candidates import ask_for, flags_for, reply_to_flag, withdraw
from assay.decisions.choices import OfferState, Right
from assay.decisions.links import case_of_token
from assay.decisions.models import Case, Feedback, Offer
from assay.decisions.offers import answer_offer
from assay.decisions.portable import key_fingerprint, record_file
from assay.decisions.selectors import replies_of
from assay.interviews.choices import InterviewState
from assay.interviews.links import token_of as interview_token
from assay.interviews.models import Interview
from assay.web.middleware import STATUS_OF
from assay.web.recruiter.decisions.letter import letter_pdf

View = Callable[[HttpRequest, Case], HttpResponse]
STANDS = {
    S.NEW: ("We have your application", "Somebody will read it."),
    S.SCREENING: ("Your application is being read", "People read it; the program sorts and rejects nobody by itself."),
    S.ASSESSMENT: ("Your application is in assessment", "You may have been sent tasks or a test."),
    S.INTERVIEW: ("You are in the interviews", "Everybody is asked the same questions."),
    S.DECISION: ("The decision is near", "Those who met you say what they think, each on their own."),
    S.OFFER: ("There is an offer for you", "You will find it in your mail, and here."),
    S.HIRED: ("Welcome", "You accepted our offer."),
    S.REJECTED: ("We will not go on with your application", ""),
    S.WITHDRAWN: ("You withdrew your application", "Nothing more is expected of you."),
}
"""What each state is called towards the candidate."""


def linked(view: View) -> Callable[..., HttpResponse]:
    """Make a view a page behind a candidate's link; nothing of it may be kept by caches."""

    @wraps(view)
    def shown(request: HttpRequest, token: str) -> HttpResponse:
        answer = view(request, case_of_token(token=token))
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return shown


@require_GET
@linked
def page(request: HttpRequest, case: Case) -> HttpResponse:
    """Show where the application stands."""
    return _page(request, case)


@require_POST
@linked
def reply(request: HttpRequest, case: Case) -> HttpResponse:
    """Reply to a question that the records raise."""
    try:
        reply_to_flag(case=case, flag=request.POST.get("flag", ""), text=request.POST.get("text", ""), now=now())
    except DomainError as error:
        return _page(request, case, error=error)
    messages.success(request, "Your reply stands beside the question wherever the question is shown.")
    return _back(request)


@require_POST
@linked
def ask(request: HttpRequest, case: Case) -> HttpResponse:
    """Ask for a human review, a correction or an erasure."""
    try:
        made = ask_for(case=case, kind=request.POST.get("kind", ""), text=request.POST.get("text", ""), now=now())
    except DomainError as error:
        return _page(request, case, error=error)
    messages.success(request, f"A person will answer by {made.due_date.day} {made.due_date:%B %Y}.")
    return _back(request)


@require_POST
@linked
def give_up(request: HttpRequest, case: Case) -> HttpResponse:
    """Withdraw."""
    withdraw(case=case, now=now())
    messages.success(request, "You have withdrawn. Nothing more is expected of you.")
    return _back(request)


@require_GET
@linked
def own_record(_request: HttpRequest, case: Case) -> HttpResponse:
    """Give the candidate their own record, signed."""
    answer = HttpResponse(record_file(case=case, now=now()), content_type="application/json")
    answer["Content-Disposition"] = 'attachment; filename="assay-record.json"'
    return answer


@linked
def offer_page(request: HttpRequest, case: Case) -> HttpResponse:
    """Show the offer; accept or decline it."""
    offer = _sent_offer(case)
    fault: DomainError | None = None
    if request.method == "POST":
        given = {name: request.POST.get(name, "") for name in ("name", "words")}
        try:
            answer_offer(offer=offer, is_accepted=request.POST.get("answer") == "accept", now=now(), **given)
        except DomainError as error:
            fault = error
        else:
            return redirect("status:offer", token=_token(request))
        offer.refresh_from_db()
    context = {
        "offer": offer,
        "role": case.application.role,
        "organisation_name": case.organisation.name,
        "can_answer": offer.state == OfferState.SENT and S(case.application.state) not in ENDED,
        "token": _token(request),
        "fault": fault.message if fault else "",
        "kept": request.POST,
    }
    return render(request, "decisions/own_offer.html", context, status=STATUS_OF[fault.kind] if fault else 200)


@require_GET
@linked
def offer_letter(_request: HttpRequest, case: Case) -> HttpResponse:
    """Give the letter as PDF."""
    answer = HttpResponse(letter_pdf(offer=_sent_offer(case)), content_type="application/pdf")
    answer["Content-Disposition"] = 'attachment; filename="offer.pdf"'
    return answer


def _sent_offer(case: Case) -> Offer:
    """Yield the newest offer that was sent; what waits for approval is nobody's but the team's."""
    sent = Offer.objects.filter(case=case, sent_at__isnull=False)
    found = sent.select_related("case__organisation", "case__application__person", "case__application__role").first()
    if found is None:
        raise NotFoundError("There is no offer here.")
    return found


def _page(request: HttpRequest, case: Case, *, error: DomainError | None = None) -> HttpResponse:
    application = case.application
    state = S(application.state)
    is_over = state in ENDED
    replies = replies_of(case)
    title, words = STANDS[state]
    context = {
        "application": application,
        "organisation_name": case.organisation.name,
        "role": application.role,
        "title": title,
        "words": words,
        "is_over": is_over,
        "days": (application.answer_by - now().date()).days,
        "late_days": (now().date() - application.answer_by).days,
        "interviews": [
            (one, interview_token(one))
            for one in Interview.objects.filter(
                application=application, state__in=[InterviewState.INVITED, InterviewState.BOOKED]
            ).select_related("kit")
        ],
        "feedback": Feedback.objects.filter(case=case).first(),
        "flags": [] if is_over else [(flag, replies.get(flag.key, "")) for flag in flags_for(case=case)],
        "offer": Offer.objects.filter(case=case, sent_at__isnull=False).first(),
        "requests": list(case.requests.all()),
        "rights": Right.choices,
        "fingerprint": key_fingerprint(case.organisation),
        "token": _token(request),
        "fault": error.message if error else "",
        "kept": request.POST if error else {},
    }
    return render(request, "decisions/status.html", context, status=STATUS_OF[error.kind] if error else 200)


def _token(request: HttpRequest) -> str:
    assert request.resolver_match is not None  # noqa: S101 -- a view was found, for the type checker
    return str(request.resolver_match.kwargs["token"])


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("status:page", token=_token(request))
