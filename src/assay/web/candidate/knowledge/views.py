"""What a candidate does in a knowledge test: rules, one question at a time, result. All work as plain forms."""

from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assay.core.clock import now as clock_now
from assay.core.errors import DomainError
from assay.knowledge.links import taking_of_token
from assay.knowledge.models import Asked, Taking
from assay.knowledge.services import wish_for
from assay.knowledge.working import (
    AnsweredBeforeError,
    NotAnAnswerError,
    TakingClosedError,
    answer,
    begin,
    close_if_over,
    current,
    resume,
    variant_in,
)
from assay.web.candidate.knowledge.given import answer_of
from assay.web.candidate.knowledge.shown import question_page, start_page
from assay.web.middleware import STATUS_OF

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Taking, P], HttpResponse]
PAUSE = "pause"


def linked(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view a page behind a candidate's link; nothing of it may be kept by caches."""

    @wraps(view)
    def page(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, taking_of_token(token=token), *args, **kwargs)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return page


@require_GET
@linked
def start(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Say what is measured, how long and how it ends; afterwards what came of it."""
    now = clock_now()
    taking = close_if_over(taking=taking, now=now)
    return render(request, "taking/start.html", start_page(taking, now=now) | {"token": _token(request)})


@require_POST
@linked
def begin_test(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Start the clock."""
    begin(taking=taking, now=clock_now())
    return _to(request, "question")


@require_POST
@linked
def go_on(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Go on after a pause."""
    resume(taking=taking, now=clock_now())
    return _to(request, "question")


@require_POST
@linked
def wish(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Take a wish for more time or another format."""
    wish_for(taking=taking, text=request.POST.get("text", ""), now=clock_now())
    messages.success(request, "Your wish has reached the people who invited you. You see their answer on this page.")
    return _to(request, "start")


@require_http_methods(["GET", "POST"])
@linked
def question(request: HttpRequest, taking: Taking) -> HttpResponse:
    """Show the open question, or take the answer to it; a script is answered in JSON."""
    now = clock_now()
    if request.method == "POST":
        return _answered(request, taking, now)
    found = current(taking=taking, now=now)
    if found.asked is None:
        return _to(request, "start")
    return _page(request, found.taking, found.asked, now)


def _answered(request: HttpRequest, taking: Taking, now: datetime) -> HttpResponse:
    sent = request.POST.get("question", "")
    asked = taking.asked.filter(ref=sent).first()
    try:
        given = answer_of(variant=variant_in(asked), form=request.POST) if asked else None
        then_pause = request.POST.get("action") == PAUSE
        answer(taking=taking, question=sent, given=given, now=now, then_pause=then_pause)
    except NotAnAnswerError as error:
        assert asked is not None  # noqa: S101 -- raised for a question that was found, for the type checker
        return _refused(request, taking, asked, now, error)
    except (AnsweredBeforeError, TakingClosedError) as error:
        messages.warning(request, error.message)
    target = "start" if request.POST.get("action") == PAUSE else "question"
    if _is_script(request):
        return JsonResponse({"go": _path(request, target)})
    return _to(request, target)


def _refused(request: HttpRequest, taking: Taking, asked: Asked, now: datetime, error: DomainError) -> HttpResponse:
    status = STATUS_OF[error.kind]
    if _is_script(request):
        return JsonResponse({"error": error.message}, status=status)
    if asked.answered_at is not None:  # an empty form of a second tab: the question is behind us
        return _to(request, "question")
    return _page(request, taking, asked, now, fault=error.message, status=status)


def _page(
    request: HttpRequest, taking: Taking, asked: Asked, now: datetime, *, fault: str = "", status: int = 200
) -> HttpResponse:
    context = question_page(taking, asked, now=now, form=request.POST if fault else None, fault=fault)
    return render(request, "taking/question.html", context | {"token": _token(request)}, status=status)


def _is_script(request: HttpRequest) -> bool:
    return "application/json" in request.headers.get("Accept", "")


def _token(request: HttpRequest) -> str:
    assert request.resolver_match is not None  # noqa: S101 -- a view was found, for the type checker
    return str(request.resolver_match.kwargs["token"])


def _path(request: HttpRequest, name: str) -> str:
    return reverse(f"taking:{name}", args=[_token(request)])


def _to(request: HttpRequest, name: str) -> HttpResponse:
    answer = redirect(_path(request, name))
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
