"""What a candidate sees: the rules, the desk, the result. Every page works as a plain form first."""

import secrets
from collections.abc import Callable
from datetime import datetime
from functools import wraps
from http import HTTPStatus
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assay.assessments.choices import SittingState, Via
from assay.assessments.links import sitting_of_token
from assay.assessments.models import Attempt, Sitting
from assay.assessments.selectors import attempt_of, latest_save, whole_sitting
from assay.assessments.services import begin_sitting, require_open, wish_for
from assay.assessments.tryouts import try_visible
from assay.assessments.working import OverError, close_if_over, hand_in, save_files, start_attempt
from assay.core.clock import now as clock_now
from assay.core.errors import ConflictError, DomainError, NotFoundError
from assay.grading.model import Files
from assay.items.folders import unpacked_files
from assay.web.candidate.assessments.desk import desk_of, start_page, tryout_shown
from assay.web.candidate.assessments.given import events_of_form, files_of_form
from assay.web.middleware import STATUS_OF
from assay.web.security import content_security_policy
from assay.web.uploads import files_of_upload

P = ParamSpec("P")
View = Callable[Concatenate[HttpRequest, Sitting, P], HttpResponse]


def linked(view: View[P]) -> Callable[..., HttpResponse]:
    """Make a view a page behind a candidate's link; nothing of it may be kept by caches."""

    @wraps(view)
    def page(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, sitting_of_token(token=token), *args, **kwargs)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return page


@require_GET
@linked
def start(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Say what is measured, how long, which help is allowed, how it is graded; afterwards where things stand."""
    return _render(request, "sitting/start.html", start_page(whole_sitting(sitting=sitting), now=clock_now()))


@require_POST
@linked
def begin(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Note that the rules were read."""
    begin_sitting(sitting=sitting, now=clock_now())
    return _back(request)


@require_POST
@linked
def wish(request: HttpRequest, sitting: Sitting) -> HttpResponse:
    """Take a wish for more time or another format."""
    wish_for(sitting=sitting, text=request.POST.get("text", ""), now=clock_now())
    messages.success(request, "Your wish has reached the people who invited you. You see their answer on this page.")
    return _back(request)


@require_POST
@linked
def start_clock(request: HttpRequest, sitting: Sitting, attempt: str) -> HttpResponse:
    """Start a task."""
    found = attempt_of(sitting=sitting, ref=attempt)
    _require_begun(sitting)
    start_attempt(attempt=found, now=clock_now())
    return _to_work(request, found)


@require_http_methods(["GET", "POST"])
@linked
def work(request: HttpRequest, sitting: Sitting, attempt: str) -> HttpResponse:
    """Show the desk: statement, files, visible tests, hand-in. A post says by ``action`` what is wanted."""
    found = attempt_of(sitting=sitting, ref=attempt)
    now = clock_now()
    if request.method == "POST":
        return _acted(request, found, now)
    found = close_if_over(attempt=found, now=now)
    nonce = secrets.token_urlsafe(16)
    answer = _render(request, "sitting/work.html", desk_of(attempt=found, now=now, nonce=nonce))
    answer.headers["Content-Security-Policy"] = content_security_policy(style_nonce=nonce)
    return answer


@require_POST
@linked
def upload(request: HttpRequest, sitting: Sitting, attempt: str) -> HttpResponse:
    """Take files or an archive as the hand-in."""
    found = attempt_of(sitting=sitting, ref=attempt)
    files = files_of_upload(request.FILES.getlist("files"))
    said = request.POST.get("said", "")
    hand_in(attempt=found, files=_over_starter(found, files), via=Via.UPLOAD, said=said, now=clock_now())
    return _to_work(request, found)


@require_GET
@linked
def outcome(request: HttpRequest, sitting: Sitting, attempt: str, tryout: str) -> HttpResponse:
    """Show what the visible tests gave; the header says whether to ask again."""
    found = attempt_of(sitting=sitting, ref=attempt)
    run = found.tryouts.filter(ref=tryout).first()
    if run is None:
        message = "There is no such run of the tests."
        raise NotFoundError(message)
    shown = tryout_shown(run)
    answer = render(request, "sitting/_outcome.html", {"tryout": shown, "poll": request.path})
    answer.headers["X-Is-Waiting"] = "1" if shown.is_waiting else "0"
    return answer


def _acted(request: HttpRequest, attempt: Attempt, now: datetime) -> HttpResponse:
    """Save, run the tests or hand in; answers the script in JSON and a plain form with a page."""
    is_script = "application/json" in request.headers.get("Accept", "")
    try:
        return _act(request, attempt, now, is_script=is_script)
    except DomainError as error:
        if not is_script:
            raise
        latest = latest_save(attempt=attempt)
        told = {
            "error": error.message,
            "over": isinstance(error, OverError),
            "revision": latest.revision if latest else 0,
        }
        return JsonResponse(told, status=STATUS_OF[error.kind])


def _act(request: HttpRequest, attempt: Attempt, now: datetime, *, is_script: bool) -> HttpResponse:
    action = request.POST.get("action", "save")
    latest = latest_save(attempt=attempt)
    files = files_of_form(request.POST, kept=unpacked_files(latest.files) if latest else {})
    if action == "hand_in":
        hand_in(attempt=attempt, files=files, via=Via.EDITOR, said=request.POST.get("said", ""), now=now)
        return _to_work(request, attempt)
    saved = save_files(
        attempt=attempt, files=files, now=now, tab=request.POST.get("tab", ""),
        seen_revision=_number(request.POST.get("revision", "")), events=events_of_form(request.POST.get("events", "")),
    )  # fmt: skip
    told: dict[str, object] = {"revision": saved.revision}
    if action == "run":
        made = try_visible(attempt=attempt, files=files, now=now)
        told["outcome"] = f"{request.path}tests/{made.ref}"
    return JsonResponse(told) if is_script else _to_work(request, attempt)


def _over_starter(attempt: Attempt, files: Files) -> Files:
    """Lay an upload over how the files stood, so that one changed file is a whole hand-in."""
    latest = latest_save(attempt=attempt)
    return (unpacked_files(latest.files) if latest else {}) | files


def _require_begun(sitting: Sitting) -> None:
    require_open(sitting, clock_now())
    if sitting.state == SittingState.INVITED:
        message = "Read the first page and begin there."
        raise ConflictError(message)


def _render(request: HttpRequest, template: str, context: dict[str, object]) -> HttpResponse:
    return render(request, template, context | {"token": _token(request)})


def _token(request: HttpRequest) -> str:
    assert request.resolver_match is not None  # noqa: S101 -- a view was found, for the type checker
    return str(request.resolver_match.kwargs["token"])


def _number(text: str) -> int:
    return int(text) if text.isascii() and text.isdigit() and len(text) < 9 else -1


def _back(request: HttpRequest) -> HttpResponse:
    return redirect("sitting:start", token=_token(request))


def _to_work(request: HttpRequest, attempt: Attempt) -> HttpResponse:
    answer = redirect("sitting:work", token=_token(request), attempt=attempt.ref)
    answer.status_code = HTTPStatus.SEE_OTHER
    return answer
