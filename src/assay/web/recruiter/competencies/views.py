"""Browsing the competency map: the list with its search, one competency, and the versions of an own one."""

from django.http import HttpResponse
from django.shortcuts import render

from assay.accounts.rules import may_recruit
from assay.competencies.assembly import OwnMap, definition_from
from assay.competencies.catalogue import MapError
from assay.competencies.models import CustomCompetency, CustomCompetencyVersion
from assay.competencies.own import Definition
from assay.competencies.rules import may_add_competency, may_change_competency
from assay.competencies.selectors import (
    authors_of,
    map_of,
    own_competencies_visible_to,
    own_competency_named,
    own_competency_visible_to,
    versions_of,
)
from assay.core.errors import NotFoundError
from assay.evidence.rereading import latest_rereading, outdated_documents
from assay.roles.selectors import roles_asking_for
from assay.web.access import MemberRequest, member_page
from assay.web.recruiter.competencies.present import changes_between, families_found, shown_competency

MAX_SEARCH = 100


@member_page()
def competency_map(request: MemberRequest) -> HttpResponse:
    """Show the map, searched; htmx asks for the results alone."""
    found = map_of(organisation=request.member.organisation)
    text = request.GET.get("q", "")[:MAX_SEARCH].replace("\0", "").strip()
    is_own_only = request.GET.get("own") == "1"
    context = {
        "families": families_found(
            catalogue=found.catalogue, text=text, is_own_only=is_own_only, is_with_retired=is_own_only
        ),
        "text": text,
        "is_own_only": is_own_only,
        "may_write": may_add_competency(request.member),
    }
    context["count"] = sum(len(family.found) for family in context["families"])  # type: ignore[attr-defined, misc]
    if request.htmx:  # type: ignore[attr-defined]  # set by django_htmx
        return render(request, "competencies/_results.html", context)
    return render(request, "competencies/list.html", context | _state_of_map(request, found))


def _state_of_map(request: MemberRequest, found: OwnMap) -> dict[str, object]:
    """Yield what only the whole page says: damaged rows, and documents that the new words were not looked for in."""
    if not may_recruit(request.member):
        return {"skipped": _with_refs(request, found), "outdated": 0, "walk": None}
    walk = latest_rereading(member=request.member)
    return {
        "skipped": _with_refs(request, found),
        "outdated": outdated_documents(organisation=request.member.organisation).count(),
        "walk": walk if walk and walk.finished_at is None else None,
    }


def _may_change(request: MemberRequest, own: CustomCompetency) -> bool:
    member = request.member
    return may_recruit(member) or may_change_competency(member, authors=authors_of(competency=own))


def _with_refs(request: MemberRequest, found: OwnMap) -> list[dict[str, str]]:
    if not found.skipped or not may_recruit(request.member):
        return [{"key": one.key, "why": one.why, "ref": ""} for one in found.skipped]
    refs = dict(own_competencies_visible_to(member=request.member).values_list("key", "ref"))
    return [{"key": one.key, "why": one.why, "ref": refs.get(one.key, "")} for one in found.skipped]


@member_page()
def competency(request: MemberRequest, competency: str) -> HttpResponse:
    """Show one competency and which of the member's roles ask for it."""
    catalogue = map_of(organisation=request.member.organisation).catalogue
    entry = catalogue.find(competency)
    if entry is None:
        raise NotFoundError("The map has no such competency.")
    own = own_competency_named(member=request.member, key=competency) if entry.is_own else None
    context = {
        "shown": shown_competency(entry=entry, catalogue=catalogue),
        "own": own,
        "roles": list(roles_asking_for(member=request.member, competency=competency)),
        "may_write": own is not None and _may_change(request, own),
        "tab": "competency",
    }
    return render(request, "competencies/competency.html", context)


@member_page()
def versions(request: MemberRequest, own: str) -> HttpResponse:
    """Show the versions of an own competency, newest first, each with what it changed."""
    found = own_competency_visible_to(member=request.member, ref=own)
    rows = versions_of(competency=found)
    entries = [_entry(row, older) for row, older in zip(rows, [*rows[1:], None], strict=True)]
    name = str(entries[0]["name"]) if entries else found.key
    context = {"own": found, "name": name, "entries": entries, "may_write": _may_change(request, found)}
    return render(request, "competencies/versions.html", context | {"tab": "versions"})


def _entry(row: CustomCompetencyVersion, older: CustomCompetencyVersion | None) -> dict[str, object]:
    new, old = _definition(row), _definition(older) if older else None
    changes = changes_between(old=old, new=new) if new is not None and (old or older is None) else []
    if older is not None and row.is_retired != older.is_retired:
        changes = ["Retired." if row.is_retired else "Taken back into the map."]
    return {"version": row, "name": new.name if new else row.competency.key, "definition": new, "changes": changes}


def _definition(row: CustomCompetencyVersion) -> Definition | None:
    try:
        return definition_from(row.definition)
    except MapError:
        return None
