"""The pipeline board of a role."""

from django.http import HttpResponse
from django.shortcuts import render

from assay.applications.rules import ACTIVE, targets_of
from assay.applications.selectors import board_of
from assay.core import clock
from assay.roles.selectors import role_with_applicants_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import is_blind
from assay.web.looks import note_look_at_role


@member_page()
def board(request: MemberRequest, role: str) -> HttpResponse:
    """Show every application of a role in its state, with the clock since it was handed in."""
    found = role_with_applicants_visible_to(member=request.member, ref=role)
    note_look_at_role(request, found, kind="board.seen")
    columns = board_of(role=found, now=clock.now())
    context = {
        "role": found,
        "columns": [(column, targets_of(column.state)) for column in columns if column.state in ACTIVE],
        "ended": [(column, targets_of(column.state)) for column in columns if column.state not in ACTIVE],
        "total": sum(column.total for column in columns),
        "blind": is_blind(request),
        "tab": "board",
    }
    return render(request, "board/list.html", context)
