"""What a candidate shows: list, add, take back, confirm an address. All plain forms."""

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from assay.applications.rules import ENDED
from assay.core.clock import now
from assay.core.errors import DomainError, NotFoundError
from assay.portfolios.choices import WorkKind, WorkState
from assay.portfolios.links import address_of_proof, portfolio_of_token
from assay.portfolios.models import Portfolio, Work
from assay.portfolios.reading import report_of
from assay.portfolios.services import MOST_BYTES, Shown, add_work, claim_addresses, confirm_address, take_back
from assay.repositories import words
from assay.web.middleware import STATUS_OF

P = ParamSpec("P")
MOST_PEOPLE = 10
FIELDS = ("kind", "origin", "title", "said", "emails")


def linked(view: Callable[Concatenate[HttpRequest, Portfolio, P], HttpResponse]) -> Callable[..., HttpResponse]:
    """Make a view a page behind a candidate's link; nothing of it may be kept by caches."""

    @wraps(view)
    def shown(request: HttpRequest, token: str, *args: P.args, **kwargs: P.kwargs) -> HttpResponse:
        answer = view(request, portfolio_of_token(token=token), *args, **kwargs)
        answer.headers["Cache-Control"] = "private, no-store"
        return answer

    return shown


@require_GET
@linked
def page(request: HttpRequest, portfolio: Portfolio) -> HttpResponse:
    """Show what was added and the form for more."""
    return _page(request, portfolio)


@require_POST
@linked
def add(request: HttpRequest, portfolio: Portfolio) -> HttpResponse:
    """Take a work and the addresses that belong to it."""
    token = _token(request)
    upload = request.FILES.get("file")
    emails = request.POST.get("emails", "").replace(";", ",").split(",")
    try:
        kind = WorkKind(request.POST.get("kind", ""))
        data = upload.read(MOST_BYTES + 1) if upload and kind == WorkKind.UPLOAD else b""
        origin = (upload.name or "file") if data and upload else request.POST.get("origin", "")
        shown = Shown(kind, request.POST.get("title", ""), origin, request.POST.get("said", ""), data)
        path = reverse("work:confirm", args=[token, "PROOF"])
        claim_addresses(portfolio=portfolio, emails=emails, path_of=path, now=now())
        add_work(portfolio=portfolio, shown=shown, now=now())
    except ValueError:
        return _page(request, portfolio, fault="Choose what it is.", status=422)
    except DomainError as error:
        return _page(request, portfolio, fault=error.message, status=STATUS_OF[error.kind])
    messages.success(request, "Added. Code is read within minutes; you see here how it went.")
    return redirect("work:page", token)


@require_POST
@linked
def back(request: HttpRequest, portfolio: Portfolio, work: str) -> HttpResponse:
    """Take a work back."""
    found = portfolio.works.filter(ref=work).first()
    if found is None:
        raise NotFoundError("There is no such work of yours.")
    take_back(work=found, now=now())
    messages.success(request, "Taken back: its file is deleted and nothing that was read of it counts.")
    return redirect("work:page", _token(request))


@require_http_methods(["GET", "POST"])
@linked
def confirm(request: HttpRequest, portfolio: Portfolio, proof: str) -> HttpResponse:
    """Confirm an address: by a button, since mail programs open links by themselves."""
    address = address_of_proof(portfolio=portfolio, proof=proof)
    if request.method == "POST":
        confirm_address(address=address, now=now())
        address.refresh_from_db()
    return render(request, "work/confirm.html", {"portfolio": portfolio, "address": address, "token": _token(request)})


def _page(request: HttpRequest, portfolio: Portfolio, *, fault: str = "", status: int = 200) -> HttpResponse:
    works = list(portfolio.works.exclude(state=WorkState.TAKEN_BACK))
    for work in works:
        work.people = _people(work)  # type: ignore[attr-defined]  # for the template alone
    context = {
        "portfolio": portfolio,
        "token": _token(request),
        "works": works,
        "addresses": portfolio.addresses.all(),
        "kinds": WorkKind.choices,
        "may_add": portfolio.application.state not in ENDED,
        "fault": fault,
        "typed": {name: request.POST.get(name, "") for name in FIELDS},
    }
    return render(request, "work/page.html", context, status=status)


def _people(work: Work) -> list[str]:
    """Yield whose commits there are, where none is the candidate's."""
    report = report_of(work)
    if report is None or not report.source.has_history or report.authorship.own_commits:
        return []
    return [words.person_words(one) for one in report.authorship.people[:MOST_PEOPLE]]


def _token(request: HttpRequest) -> str:
    assert request.resolver_match is not None  # noqa: S101 -- every request here was routed
    return str(request.resolver_match.kwargs["token"])
