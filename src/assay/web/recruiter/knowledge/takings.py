"""One person's test: the link, what was asked for, and what came of it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString
from django.views.decorators.http import require_GET, require_POST

from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.itembank.model import ChoiceKey, LineKey, NumberKey, OrderKey, TextKey, Variant
from assay.knowledge.choices import Stop, WishState
from assay.knowledge.decks import bank
from assay.knowledge.links import token_of
from assay.knowledge.models import Asked, Taking
from assay.knowledge.rules import may_make_tests
from assay.knowledge.selectors import taking_visible_to
from assay.knowledge.services import cancel_taking, decide_wish, plan_of, renew_link, send_invitation
from assay.knowledge.signals import Examined, signals_of
from assay.knowledge.working import variant_in
from assay.messages.services import absolute_url
from assay.people.choices import ContactKind
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.candidate.knowledge.shown import areas_shown, clock_minutes, html_of, name_of
from assay.web.looks import note_look_at_person


class AnswerShown(NamedTuple):
    """One question that was asked, and what came back."""

    asked: Asked
    title: str
    area: str
    stem: SafeString
    said: list[SafeString]
    right: list[SafeString]
    explanation: SafeString
    result: str
    time: str


class SignalShown(NamedTuple):
    """One prompt to ask: what was otherwise than expected, where, and the questions to begin with."""

    words: str
    area: str
    questions: list[tuple[str, str]]
    """Title and the place on the page."""


@require_GET
@member_page()
def taking_page(request: MemberRequest, taking: str) -> HttpResponse:
    """Show somebody's test: link and state, each area in dots, and what was asked."""
    found = taking_visible_to(member=request.member, ref=taking)
    person = found.application.person
    note_look_at_person(request, person)
    plan = plan_of(found.test)
    catalogue = catalogue_of(organisation=found.organisation)
    asked = list(found.asked.all())
    context = {
        "taking": found,
        "test": found.test,
        "role": found.test.role,
        "name": blinded_name(person) if is_blind(request) else str(person),
        "blind": is_blind(request),
        "plan": plan,
        "minutes": clock_minutes(found, plan),
        "stop": Stop(found.stop).label if found.stop else "",
        "link": absolute_url(reverse("taking:start", args=[token_of(found)])),
        "email": _email_of(found),
        "areas": areas_shown(plan=plan, asked=asked, catalogue=catalogue) if asked else [],
        "answers": [answer_shown(one, catalogue) for one in asked],
        "signals": signals_shown(examined := signals_of(taking=found, asked=asked), catalogue),
        "checks": examined.checks,
        "has_open_wish": found.wish_state == WishState.OPEN,
        "may_invite": may_make_tests(request.member),
    }
    return render(request, "knowledge/taking.html", context)


@require_POST
@member_page(may=may_make_tests)
def mail(request: MemberRequest, taking: str) -> HttpResponse:
    """Mail the link to the candidate's address."""
    found = taking_visible_to(member=request.member, ref=taking)
    to = _email_of(found)
    if to:
        path = reverse("taking:start", args=[token_of(found)])
        send_invitation(taking=found, to=to, member=request.member, url_path=path, now=now())
        messages.success(request, "The invitation is on its way.")
    else:
        messages.error(request, "No email address of this person is known. Copy the link instead.")
    return _back(request, found)


@require_POST
@member_page(may=may_make_tests)
def renew(request: MemberRequest, taking: str) -> HttpResponse:
    """Make the old link worthless."""
    found = taking_visible_to(member=request.member, ref=taking)
    renew_link(taking=found, member=request.member, now=now())
    messages.success(request, "There is a new link; the one before opens nothing any more.")
    return _back(request, found)


@require_POST
@member_page(may=may_make_tests)
def cancel(request: MemberRequest, taking: str) -> HttpResponse:
    """Withdraw the invitation."""
    found = taking_visible_to(member=request.member, ref=taking)
    cancel_taking(taking=found, member=request.member, now=now())
    return _back(request, found)


@require_POST
@member_page(may=may_make_tests)
def wish(request: MemberRequest, taking: str) -> HttpResponse:
    """Answer what a candidate asked for."""
    found = taking_visible_to(member=request.member, ref=taking)
    percent = request.POST.get("extra_time_percent", "0")
    decide_wish(
        taking=found, is_granted=request.POST.get("answer") == "grant", reply=request.POST.get("reply", ""),
        extra_time_percent=int(percent) if percent.isascii() and percent.isdigit() and len(percent) < 6 else -1,
        member=request.member, now=now(),
    )  # fmt: skip
    return _back(request, found)


def signals_shown(examined: Examined, catalogue: Catalogue) -> list[SignalShown]:
    """Yield the signals of a test in words."""
    titles = {family.id: family.title for family in bank().families}
    return [
        SignalShown(
            words=one.kind.label,
            area=name_of(catalogue, one.area),
            questions=[(titles.get(asked.family, asked.family), asked.ref) for asked in one.questions],
        )
        for one in examined.signals
    ]


def answer_shown(asked: Asked, catalogue: Catalogue) -> AnswerShown:
    """Yield a question with what was answered and what is right."""
    variant = variant_in(asked)
    titles = {family.id: family.title for family in bank().families}
    return AnswerShown(
        asked=asked,
        title=titles.get(asked.family, asked.family),
        area=name_of(catalogue, asked.competency),
        stem=html_of(variant.stem),
        said=_said(asked, variant),
        right=right_of(variant),
        explanation=html_of(variant.explanation),
        result=_result(asked),
        time=_time(asked.response_s),
    )


def right_of(variant: Variant) -> list[SafeString]:
    """Yield what is right, as the options or the value that the key names."""
    key: Any = variant.key
    texts = {one.id: html_of(one.text) for one in variant.options}
    if isinstance(key, ChoiceKey):
        return [texts[one.id] for one in variant.options if one.id in key.ids]
    if isinstance(key, OrderKey):
        return [texts[one] for one in key.ids]
    if isinstance(key, LineKey):
        return [html_of(f"Line {key.line}")]
    if isinstance(key, NumberKey):
        return [html_of(f"{key.value:g} {variant.unit}".strip())]
    assert isinstance(key, TextKey)  # noqa: S101 -- the last of the kinds, for the type checker
    return [html_of(one) for one in key.accepted[:3]]


def _said(asked: Asked, variant: Variant) -> list[SafeString]:
    given = asked.answer
    if given is None:
        return []
    texts = {one.id: one.text for one in variant.options}
    return [html_of(texts.get(part, part)) for part in (given if isinstance(given, list) else [str(given)])]


def _result(asked: Asked) -> str:
    if asked.answered_at is None:
        return "not answered"
    if asked.is_late:
        return "came after the time"
    if asked.category:
        return "right"
    return "did not know" if asked.answer is None else "not right"


def _time(seconds: float | None) -> str:
    if seconds is None:
        return ""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d} min" if whole >= 60 else f"{whole} s"


def _email_of(taking: Taking) -> str:
    found = taking.application.person.contacts.filter(kind=ContactKind.EMAIL).order_by("pk").first()
    return found.value if found else ""


def _back(request: MemberRequest, taking: Taking) -> HttpResponse:
    return redirect("knowledge:taking", request.member.organisation.slug, taking.ref)
