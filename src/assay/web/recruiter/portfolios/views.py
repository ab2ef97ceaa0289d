"""An applicant's work: one card a project, the own rating first, then what was read of it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.rules import may_recruit
from assay.applications.models import Application
from assay.applications.selectors import application_visible_to
from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.core.errors import DomainError, InvalidError
from assay.messages.services import absolute_url
from assay.people.choices import ContactKind
from assay.portfolios.choices import ANCHORS, Aspect
from assay.portfolios.links import token_of
from assay.portfolios.models import Portfolio, Work, WorkRating
from assay.portfolios.reading import report_of
from assay.portfolios.selectors import Reviewed, portfolio_of, reviewed_works, work_in
from assay.portfolios.services import mail_link, open_portfolio, rate_work, renew_link
from assay.repositories import words
from assay.roles.selectors import with_current_version
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.looks import note_look_at_person
from assay.web.middleware import STATUS_OF
from assay.web.portfolio_file import report_context


class RatingShown(NamedTuple):
    """A rating in words."""

    by: str
    told: list[str]
    words: str


class WorkShown(NamedTuple):
    """A card."""

    work: Work
    own: bool
    ratings: list[RatingShown]
    elsewhere: int
    is_link: bool
    report: dict[str, Any] | None
    html: SafeString


class Covered(NamedTuple):
    """A competency of the role, and the works in whose code it is seen."""

    name: str
    works: list[str]


@require_GET
@member_page()
def page(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Show the works."""
    return _page(request, _found(request, role, application))


@require_POST
@member_page(may=may_recruit)
def ask(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Make the candidate's link, mail it, or make the old one worthless."""
    found = _found(request, role, application)
    portfolio = open_portfolio(application=found, member=request.member, now=now())
    if request.POST.get("action") == "mail" and (to := _mail_of(found)):
        path = reverse("work:page", args=[token_of(portfolio)])
        mail_link(portfolio=portfolio, to=to, member=request.member, url_path=path, now=now())
        messages.success(request, "The link is on its way.")
    elif request.POST.get("action") == "renew":
        renew_link(portfolio=portfolio, member=request.member, now=now())
        messages.success(request, "There is a new link; the one before opens nothing any more.")
    return _back(request, found)


@require_POST
@member_page()
def rate(request: MemberRequest, role: str, application: str, work: str) -> HttpResponse:
    """Keep the member's rating of a work."""
    found = _found(request, role, application)
    rated = work_in(application=found, ref=work)
    try:
        levels = {one.value: _level(request.POST.get(one.value, "")) for one in Aspect}
        given = {name: level for name, level in levels.items() if level is not None}
        rate_work(work=rated, member=request.member, levels=given, words=request.POST.get("words", ""), now=now())
    except DomainError as error:
        return _page(request, found, fault=error.message, status=STATUS_OF[error.kind])
    return _back(request, found, fragment=rated.ref)


def _page(request: MemberRequest, application: Application, *, fault: str = "", status: int = 200) -> HttpResponse:
    person = application.person
    note_look_at_person(request, person)
    blind = is_blind(request)
    portfolio = portfolio_of(application=application)
    catalogue = catalogue_of(organisation=request.member.organisation)
    reviewed = reviewed_works(portfolio=portfolio, member=request.member) if portfolio else []
    context = {
        "application": application,
        "role": application.role,
        "name": blinded_name(person) if blind else str(person),
        "blind": blind,
        "portfolio": portfolio,
        "works": [_shown(one, catalogue, blind=blind) for one in reviewed],
        "coverage": _coverage(application, reviewed, catalogue),
        "aspects": [
            {"id": one.value, "label": one.label, "anchors": list(enumerate(ANCHORS[one], start=1))} for one in Aspect
        ],
        "weak": words.WEAK,
        "may_invite": may_recruit(request.member),
        "link": _link(portfolio),
        "has_mail": bool(_mail_of(application)),
        "fault": fault,
    }
    return render(request, "portfolios/page.html", context, status=status)


def _shown(one: Reviewed, catalogue: Catalogue, *, blind: bool) -> WorkShown:
    report = report_of(one.work) if one.own else None
    names = {each.id: each.name for each in catalogue.competencies}
    context = report_context(report=report, names=names) if report else None
    if context and blind:
        context = context | {"people": [], "lookalikes": []}
    html = mark_safe(render_to_string("portfolio/_report.html", context)) if context else mark_safe("")  # noqa: S308
    return WorkShown(
        work=one.work,
        own=one.own is not None,
        ratings=[_rating(each) for each in one.ratings],
        elsewhere=one.elsewhere,
        is_link=one.work.origin.startswith("https://"),
        report=context,
        html=html,
    )


def _rating(rating: WorkRating) -> RatingShown:
    told = [
        f"{aspect.label.lower()}: {ANCHORS[aspect][level - 1].lower()}"
        for aspect in Aspect
        if (level := rating.levels.get(aspect.value)) is not None
    ]
    return RatingShown(by=str(rating.member) if rating.member else "somebody", told=told, words=rating.words)


def _coverage(application: Application, reviewed: list[Reviewed], catalogue: Catalogue) -> list[Covered]:
    """Yield the role's competencies and where they are seen, of the works that the member has rated."""
    seen: dict[str, list[str]] = {}
    for one in reviewed:
        report = report_of(one.work) if one.own else None
        for observation in report.observations if report else ():
            seen.setdefault(observation.competency, []).append(one.work.title)
    if not seen:
        return []
    _, _, profile = with_current_version(role=application.role)
    demanded = list(dict.fromkeys(demand.competency for demand in profile.demands))
    known = {each.id: each.name for each in catalogue.competencies}
    return [Covered(known[name], seen.get(name, [])) for name in demanded if name in known]


def _level(text: str) -> int | None:
    if not text:
        return None
    if text not in {"1", "2", "3", "4", "5"}:
        raise InvalidError("A level lies between 1 and 5.")
    return int(text)


def _found(request: MemberRequest, role: str, application: str) -> Application:
    return application_visible_to(member=request.member, role_ref=role, ref=application)


def _link(portfolio: Portfolio | None) -> str:
    return absolute_url(reverse("work:page", args=[token_of(portfolio)])) if portfolio else ""


def _mail_of(application: Application) -> str:
    found = application.person.contacts.filter(kind=ContactKind.EMAIL).order_by("pk").first()
    return found.value if found else ""


def _back(request: MemberRequest, application: Application, *, fragment: str = "") -> HttpResponse:
    path = reverse("portfolios:page", args=[request.member.organisation.slug, application.role.ref, application.ref])
    return redirect(f"{path}#{fragment}" if fragment else path)
