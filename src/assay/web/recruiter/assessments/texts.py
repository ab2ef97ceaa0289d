"""Reading and rating the texts of a hand-in, without the name of who wrote them."""

from typing import NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.accounts.models import Member
from assay.assessments.models import HandIn
from assay.assessments.rating import Given, Text, rate_texts, standing_ratings, texts_of, withdraw_ratings
from assay.assessments.selectors import hand_in_visible_to
from assay.core.clock import now
from assay.core.errors import DomainError
from assay.web.access import MemberRequest, member_page
from assay.web.looks import note_look_at_person
from assay.web.middleware import STATUS_OF


class RatingShown(NamedTuple):
    """One rating as a sentence: who, the anchor that was chosen, and the words behind it."""

    reader: str
    anchor: str
    reason: str


class TextShown(NamedTuple):
    """A text with its anchors, what was typed of it, and its ratings where they may be seen."""

    text: Text
    number: int
    value: int | None
    reason: str
    ratings: tuple[RatingShown, ...]


@member_page()
def rate_page(request: MemberRequest, hand_in: str) -> HttpResponse:
    """Show the texts with their anchors; take the ratings. Others' are shown to whoever has given their own."""
    found = hand_in_visible_to(member=request.member, ref=hand_in)
    if request.method != "POST":
        note_look_at_person(request, found.attempt.sitting.application.person)
        return _shown(request, found, {})
    given = _given(request, texts_of(hand_in=found))
    try:
        rate_texts(hand_in=found, given=given, member=request.member, now=now())
    except DomainError as error:
        return _shown(request, found, given, fault=error.message, status=STATUS_OF[error.kind])
    messages.success(request, "Kept, and in the ledger. Below is what others made of it.")
    return redirect("assessments:texts", request.member.organisation.slug, found.ref)


@require_POST
@member_page()
def withdraw(request: MemberRequest, hand_in: str) -> HttpResponse:
    """Take the member's own ratings back."""
    found = hand_in_visible_to(member=request.member, ref=hand_in)
    withdraw_ratings(hand_in=found, reason=request.POST.get("reason", ""), member=request.member, now=now())
    messages.success(request, "Withdrawn; it no longer counts in the ledger.")
    return redirect("assessments:texts", request.member.organisation.slug, found.ref)


def ratings_shown(hand_in: HandIn, text: Text) -> tuple[RatingShown, ...]:
    """Yield what people made of a text, oldest first."""
    part = text.part
    rows = standing_ratings(hand_in=hand_in).filter(file=part.file, competency=part.competency)
    return tuple(RatingShown(str(one.member), part.anchors[one.value - 1], one.reason) for one in rows)


def has_rated(hand_in: HandIn, member: Member) -> bool:
    """Tell whether the member's own ratings stand."""
    return standing_ratings(hand_in=hand_in).filter(member=member).exists()


def _shown(
    request: MemberRequest, hand_in: HandIn, given: dict[str, Given], *, fault: str = "", status: int = 200
) -> HttpResponse:
    is_rated = has_rated(hand_in, request.member)
    rows = []
    for number, text in enumerate(texts_of(hand_in=hand_in), 1):
        typed = given.get(text.key, Given(None, ""))
        ratings = ratings_shown(hand_in, text) if is_rated else ()
        rows.append(TextShown(text, number, typed.value, typed.reason, ratings))
    context = {
        "hand_in": hand_in,
        "version": hand_in.attempt.version,
        "rows": rows,
        "is_rated": is_rated,
        "can_rate": bool(hand_in.counts) and not is_rated and any(row.text.words for row in rows),
        "fault": fault,
    }
    return render(request, "assessments/texts.html", context, status=status)


def _given(request: MemberRequest, texts: list[Text]) -> dict[str, Given]:
    found = {}
    for number, text in enumerate(texts, 1):
        if text.words:
            value = request.POST.get(f"value-{number}", "")
            reason = request.POST.get(f"reason-{number}", "")
            found[text.key] = Given(int(value) if value in {"1", "2", "3", "4", "5"} else None, reason)
    return found
