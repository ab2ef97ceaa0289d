"""One attempt: results test by test, the metric with its interval, the files, the history."""

import io
import zipfile
from typing import Any

from django.contrib import messages
from django.http import HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.assessments.choices import ScoreState
from assay.assessments.likeness import Likeness, alike
from assay.assessments.models import Attempt, HandIn, Score
from assay.assessments.rating import texts_of
from assay.assessments.scoring import grade_again
from assay.assessments.selectors import attempt_visible_to, hand_in_visible_to, whole_sitting
from assay.assessments.services import decide_late
from assay.competencies.selectors import catalogue_of
from assay.core.clock import now
from assay.evidence.models import Observation
from assay.items.folders import unpacked_files
from assay.people.models import Person
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.looks import note_look_at_person
from assay.web.recruiter.assessments.present import flags_of, metric_of, parts_of, shown
from assay.web.recruiter.assessments.texts import has_rated, ratings_shown
from assay.web.recruiter.ledger.present import says

MOST_SHOWN_BYTES = 200_000
PASTE_FROM = 200
"""Characters from which a paste is named; less is ordinary work."""


@require_GET
@member_page()
def attempt_page(request: MemberRequest, attempt: str) -> HttpResponse:
    """Show one attempt whole. A look at personal data: recorded."""
    found = attempt_visible_to(member=request.member, ref=attempt)
    note_look_at_person(request, found.sitting.application.person)
    whole = next(one for one in whole_sitting(sitting=found.sitting).attempts.all() if one.pk == found.pk)
    what = shown(whole)
    person = found.sitting.application.person
    context: dict[str, Any] = {
        "attempt": whole,
        "sitting": found.sitting,
        "role": found.sitting.application.role,
        "application": found.sitting.application,
        "name": blinded_name(person) if is_blind(request) else str(person),
        "shown": what,
        "hand_ins": whole.hand_ins.all(),
        "scores": [(one, flags_of(one)) for hand_in in whole.hand_ins.all() for one in hand_in.scores.all()],
        "alike": [_alike_words(request, one) for one in alike(attempt=whole)],
        "observations": _observed(request, whole, person.merged_into or person),
        **_result(what.score),
        **_work(whole),
        **_read(request, what.hand_in),
    }  # fmt: skip
    return render(request, "assessments/attempt.html", context)


@require_POST
@member_page()
def again(request: MemberRequest, attempt: str) -> HttpResponse:
    """Try a grading again that failed through our own fault."""
    found = attempt_visible_to(member=request.member, ref=attempt)
    for score in Score.objects.filter(hand_in__attempt=found, state=ScoreState.FAILED):
        grade_again(score=score, now=now())
    messages.success(request, "It is being graded again.")
    return redirect("assessments:attempt", request.member.organisation.slug, attempt)


@require_POST
@member_page()
def late(request: MemberRequest, hand_in: str) -> HttpResponse:
    """Say whether a late hand-in counts."""
    found = hand_in_visible_to(member=request.member, ref=hand_in)
    decide_late(hand_in=found, counts=request.POST.get("counts") == "yes", member=request.member, now=now())
    return redirect("assessments:attempt", request.member.organisation.slug, found.attempt.ref)


@require_GET
@member_page()
def files(request: MemberRequest, hand_in: str) -> HttpResponse:
    """Give the files of a hand-in as an archive."""
    found = hand_in_visible_to(member=request.member, ref=hand_in)
    note_look_at_person(request, found.attempt.sitting.application.person)
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in sorted(unpacked_files(found.files).items()):
            archive.writestr(name, content)
    answer = HttpResponse(buffer.getvalue(), content_type="application/zip")
    answer["Content-Disposition"] = f'attachment; filename="hand-in-{found.ref}.zip"'
    return answer


@require_GET
@member_page()
def replay(request: MemberRequest, attempt: str) -> HttpResponse:
    """Yield the saves of an attempt for playing them again: when, which files, what was pasted."""
    found = attempt_visible_to(member=request.member, ref=attempt)
    note_look_at_person(request, found.sitting.application.person)
    saves = [
        {"revision": save.revision, "at": save.at.isoformat(), "events": save.events, "files": _texts(save.files)}
        for save in found.saves.all()
    ]
    return JsonResponse({"saves": saves})


def _alike_words(request: MemberRequest, one: Likeness) -> tuple[Likeness, str, int, int]:
    """Yield a likeness with the other's name, and the shares in tenths."""
    person = one.hand_in.attempt.sitting.application.person
    name = blinded_name(person) if is_blind(request) else str(person)
    return one, name, round(10 * one.share), round(10 * one.usual)


def _observed(request: MemberRequest, attempt: Attempt, person: Person) -> list[tuple[Observation, str, str]]:
    """Yield what an attempt left in the ledger, with the competency's name and what it says."""
    names = {one.id: one.name for one in catalogue_of(organisation=request.member.organisation).competencies}
    rows = Observation.objects.filter(person=person, facts__event=attempt.ref).select_related("retraction")
    return [(row, names.get(row.competency, row.competency), says(row)) for row in rows.order_by("pk")]


def _result(score: Score | None) -> dict[str, Any]:
    if score is None or score.state != ScoreState.DONE:
        return {"parts": [], "metric": None}
    return {"parts": parts_of(score), "metric": metric_of(score)}


def _work(attempt: Attempt) -> dict[str, Any]:
    """Yield the newest files, and what the history says in numbers."""
    hand_in = attempt.hand_ins.filter(counts=True).first() or attempt.hand_ins.first()
    events = [event for save in attempt.saves.defer("files") for event in save.events]
    pastes = [event for event in events if event.get("kind") == "paste" and event.get("characters", 0) >= PASTE_FROM]
    files = _texts(hand_in.files) if hand_in else {}
    return {
        "files": sorted(files.items()),
        "saves": attempt.saves.count(),
        "runs": attempt.tryouts.count(),
        "pastes": len(pastes),
        "pasted": sum(event["characters"] for event in pastes),
    }


def _read(request: MemberRequest, hand_in: HandIn | None) -> dict[str, Any]:
    """Yield the texts that people rate, with what they made of them."""
    if hand_in is None:
        return {"written": [], "has_rated": False}
    written = [(text, ratings_shown(hand_in, text)) for text in texts_of(hand_in=hand_in)]
    return {"written": written, "has_rated": bool(written) and has_rated(hand_in, request.member)}


def _texts(packed: "bytes | memoryview[int]") -> dict[str, str]:
    found = {}
    for name, content in unpacked_files(packed).items():
        if len(content) <= MOST_SHOWN_BYTES:
            found[name] = content.decode("utf-8", "replace")
    return found
