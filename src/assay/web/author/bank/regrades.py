"""Grading every hand-in of a task anew: who would move, before it counts."""

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.rules import may_recruit
from assay.assessments.choices import ScoreState
from assay.assessments.regrading import apply_regrade, drop_regrade, moves_of, start_regrade
from assay.assessments.selectors import regrade_visible_to
from assay.core.clock import now
from assay.items.selectors import version_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind


@require_POST
@member_page(may=may_recruit)
def start(request: MemberRequest, version: str) -> HttpResponse:
    """Begin grading anew against this version."""
    made = start_regrade(
        organisation=request.member.organisation, version=version_visible_to(member=request.member, ref=version),
        reason=request.POST.get("reason", ""), member=request.member, now=now(),
    )  # fmt: skip
    return redirect("bank:regrade", request.member.organisation.slug, made.ref)


@require_GET
@member_page(may=may_recruit)
def show(request: MemberRequest, regrade: str) -> HttpResponse:
    """Show who would move by how much."""
    found = regrade_visible_to(member=request.member, ref=regrade)
    blind = is_blind(request)
    moves = moves_of(regrade=found)
    rows = []
    for move in moves:
        person = move.hand_in.attempt.sitting.application.person
        rows.append((move, blinded_name(person) if blind else str(person)))
    waiting = found.scores.filter(state=ScoreState.WAITING).count()
    moved = sum(abs(move.difference) > 1e-9 for move in moves)
    return render(request, "bank/regrade.html", {"regrade": found, "rows": rows, "waiting": waiting, "moved": moved})


@require_POST
@member_page(may=may_recruit)
def apply(request: MemberRequest, regrade: str) -> HttpResponse:
    """Let the new results count."""
    apply_regrade(regrade=regrade_visible_to(member=request.member, ref=regrade), member=request.member, now=now())
    return redirect("bank:regrade", request.member.organisation.slug, regrade)


@require_POST
@member_page(may=may_recruit)
def drop(request: MemberRequest, regrade: str) -> HttpResponse:
    """Leave everything as it was."""
    drop_regrade(regrade=regrade_visible_to(member=request.member, ref=regrade), member=request.member, now=now())
    return redirect("bank:regrade", request.member.organisation.slug, regrade)
