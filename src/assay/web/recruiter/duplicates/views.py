"""Pairs that may be one human: listed with reasons, compared side by side, decided by a person."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.rules import may_recruit
from assay.core.clock import now
from assay.evidence.merging import Choices, merge_rows, undo_merged_rows
from assay.evidence.models import Document
from assay.evidence.profile import CONTACT_LISTS, Profile
from assay.evidence.selectors import documents_of, profile_of
from assay.people.choices import PairState
from assay.people.models import DuplicatePair, Merge, Person
from assay.people.selectors import merge_visible_to, pair_visible_to, pairs_visible_to
from assay.people.services import mark_distinct
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.recruiter.people.views import record_look

SHOWN = 50
REASONS = {
    "same_email": "the same email address",
    "same_phone": "the same phone number",
    "same_link": "the same link",
    "shared_text": "shared text",
    "same_name": "the same name",
    "similar_name": "similar names",
}


class Side(NamedTuple):
    """One of the two, as the comparison shows them."""

    person: Person
    name: str
    profile: Profile
    documents: list[Document]
    employments: list[str]
    education: list[str]
    application_count: int


class PairRow(NamedTuple):
    """One pair of the list."""

    pair: DuplicatePair
    first: str
    second: str
    reasons: str


@require_GET
@member_page(may=may_recruit)
def pair_list(request: MemberRequest) -> HttpResponse:
    """Show the pairs that wait for a decision, and the last merges."""
    blind = is_blind(request)
    pairs = pairs_visible_to(member=request.member).filter(state=PairState.OPEN).select_related("first", "second")
    # Profiles are large and not shown here.
    pairs = pairs.defer(*_bulky("first", "second"))
    rows = [_row(pair, is_blind=blind) for pair in pairs.order_by("-created_at", "-pk")[:SHOWN]]
    merges = Merge.objects.filter(organisation=request.member.organisation, undone_at__isnull=True)
    merges = merges.select_related("kept", "merged", "member__user").defer("moved", "before", *_bulky("kept", "merged"))
    recent = list(merges.order_by("-created_at")[:20])
    context = {
        "rows": rows,
        "total": len(rows) if len(rows) < SHOWN else pairs.count(),
        "merges": [(merge, _name(merge.kept, is_blind=blind), _name(merge.merged, is_blind=blind)) for merge in recent],
        "blind": blind,
    }
    return render(request, "duplicates/list.html", context)


@require_GET
@member_page(may=may_recruit)
def pair(request: MemberRequest, ref: str) -> HttpResponse:
    """Show two people side by side with everything that a decision needs."""
    found = pair_visible_to(member=request.member, ref=ref)
    blind = is_blind(request)
    for person in (found.first, found.second):
        record_look(request, person, kind="person.seen", part="comparison")
    sides = [_side(person, is_blind=blind) for person in (found.first, found.second)]
    context = {
        "pair": found,
        "sides": sides,
        "reasons": _row(found, is_blind=blind).reasons,
        "contacts": _contacts(sides),
        "blind": blind,
        "stated_differs": bool(
            found.first.stated and found.second.stated and found.first.stated != found.second.stated
        ),
    }
    return render(request, "duplicates/pair.html", context)


@require_POST
@member_page(may=may_recruit)
def merge(request: MemberRequest, ref: str) -> HttpResponse:
    """Make one row of two, as chosen."""
    found = pair_visible_to(member=request.member, ref=ref)
    given = request.POST
    people = {person.ref: person for person in (found.first, found.second)}
    kept = people.get(given.get("keep", ""), found.first)
    merged = found.second if kept is found.first else found.first
    chosen = people.get(given.get("name", ""), kept), people.get(given.get("headline", ""), kept)
    history = people.get(given.get("history", ""), kept)
    stated = people.get(given.get("stated", ""), kept).stated or kept.stated or merged.stated
    belonging = set(given.getlist("contact"))
    dropped = [(area, value) for area, value in _all_contacts(found) if f"{area}:{value}" not in belonging]
    choices = Choices(
        name=chosen[0].name,
        headline=chosen[1].headline,
        profile_document=profile_of(history).document,
        stated=stated,
        dropped=dropped if given.get("contacts_shown") else [],
    )
    done = merge_rows(kept=kept, merged=merged, choices=choices, member=request.member, now=now(), pair=found)
    messages.success(request, "Merged. Everything moved to one row; the list of duplicates can take it back.")
    return redirect("people:person", request.member.organisation.slug, done.kept.ref)


@require_POST
@member_page(may=may_recruit)
def distinct(request: MemberRequest, ref: str) -> HttpResponse:
    """Remember that the two are different people."""
    mark_distinct(pair=pair_visible_to(member=request.member, ref=ref), member=request.member, now=now())
    messages.success(request, "Remembered: two different people. You are not asked again.")
    return redirect("duplicates:list", request.member.organisation.slug)


@require_POST
@member_page(may=may_recruit)
def undo(request: MemberRequest, ref: str) -> HttpResponse:
    """Take a merge apart."""
    undo_merged_rows(merge=merge_visible_to(member=request.member, ref=ref), member=request.member, now=now())
    messages.success(request, "Taken apart. Both rows are as they were, and the pair waits for a decision again.")
    return redirect("duplicates:list", request.member.organisation.slug)


def _row(found: DuplicatePair, *, is_blind: bool) -> PairRow:
    words = []
    for reason in found.reasons:
        phrase = REASONS.get(reason["kind"], reason["kind"])
        words.append(f"{phrase} ({reason['detail']} of the words)" if reason["kind"] == "shared_text" else phrase)
    first, second = (_name(person, is_blind=is_blind) for person in (found.first, found.second))
    return PairRow(found, first, second, ", ".join(words))


def _bulky(*sides: str) -> list[str]:
    return [f"{side}__{column}" for side in sides for column in ("profile", "stated", "search")]


def _name(person: Person, *, is_blind: bool) -> str:
    return blinded_name(person) if is_blind else str(person)


def _side(person: Person, *, is_blind: bool) -> Side:
    profile = profile_of(person)
    return Side(
        person=person,
        name=_name(person, is_blind=is_blind),
        profile=profile,
        documents=list(documents_of(person=person)),
        employments=[] if is_blind else _lines(profile, "employments", ("title", "employer", "since", "until")),
        education=[] if is_blind else _lines(profile, "education", ("degree", "area", "institution", "until")),
        application_count=person.applications.count(),
    )


def _lines(profile: Profile, area: str, names: tuple[str, ...]) -> list[str]:
    return [
        ", ".join(entry.fields[name].value for name in names if name in entry.fields)
        for entry in profile.entries.get(area, ())
    ]


def _contacts(sides: list[Side]) -> list[dict[str, Any]]:
    """Yield every contact of the two once, with who has it."""
    rows: dict[tuple[str, str], dict[str, Any]] = {}
    for i, side in enumerate(sides):
        for area in CONTACT_LISTS:
            for field in side.profile.lists.get(area, ()):
                key = (area, field.value.casefold())
                row = rows.setdefault(
                    key, {"key": f"{area}:{field.value}", "value": field.value, "sides": [False, False]}
                )
                row["sides"][i] = True
    return list(rows.values())


def _all_contacts(found: DuplicatePair) -> list[tuple[str, str]]:
    seen: dict[tuple[str, str], tuple[str, str]] = {}
    for person in (found.first, found.second):
        profile = profile_of(person)
        for area in CONTACT_LISTS:
            for field in profile.lists.get(area, ()):
                seen.setdefault((area, field.value.casefold()), (area, field.value))
    return list(seen.values())
