"""What a member is asked to do, and where they were named."""

from datetime import timedelta

from django.http import HttpResponse
from django.shortcuts import render

from assay.applications.selectors import is_late, mentions_of, tasks_for
from assay.core import clock
from assay.roles.selectors import roles_visible_to
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind

MENTION_DAYS = 30


@member_page()
def mine(request: MemberRequest) -> HttpResponse:
    """Show the member's open tasks and recent mentions, in roles they still take part in."""
    now = clock.now()
    roles = set(roles_visible_to(member=request.member).values_list("pk", flat=True))
    blind = is_blind(request)

    def name_of(person: object) -> str:
        return blinded_name(person) if blind else str(person)  # type: ignore[arg-type]

    tasks = [
        (task, name_of(task.application.person), is_late(task, today=now.date()))
        for task in tasks_for(member=request.member)
        if task.application.role_id in roles
    ]
    mentions = [
        (note, name_of(note.application.person))
        for note in mentions_of(member=request.member, since=now - timedelta(days=MENTION_DAYS))
        if note.application.role_id in roles
    ]
    return render(request, "tasks/mine.html", {"tasks": tasks, "mentions": mentions})
