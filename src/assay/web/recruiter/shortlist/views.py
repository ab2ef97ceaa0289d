"""The shortlist of a role: whom to look at next, and why."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.applications.choices import ApplicationState
from assay.core import clock
from assay.core.errors import InvalidError, NotFoundError
from assay.matching.report.as_csv import shortlist_csv
from assay.matching.report.as_json import shortlist_json
from assay.matching.selectors import channels_of, shortlist_of, shortlists_of
from assay.matching.services import record_comparison, record_export, save_shortlist, sheet_of
from assay.matching.sheet import Sheet
from assay.matching.windows import entries_at, sheet_of_ranking
from assay.web.access import MemberRequest, member_page
from assay.web.blind import is_blind
from assay.web.looks import note_look_at_role
from assay.web.recruiter.shortlist.lists import (
    filters_as_json,
    listed,
    listed_or_none,
    page_sheet,
    person_link,
    role_of,
    words_link,
)
from assay.web.recruiter.shortlist.present import blinded, blinded_entries
from assay.web.shortlist_file import shortlist_html
from assay.web.shortlist_rows import groups_of, rows_of, sheet_summary, step_words

MOST_COMPARED = 4
FORMS = {"html": "text/html", "json": "application/json", "csv": "text/csv"}


@member_page()
def shortlist(request: MemberRequest, role: str) -> HttpResponse:
    """Show the people of a role in order."""
    found_role = role_of(request, role)
    shown = listed_or_none(request, found_role)
    if shown is None:
        return render(request, "shortlist/list.html", {"role": found_role, "tab": "shortlist", "is_open": False})
    note_look_at_role(request, found_role, kind="shortlist.seen")
    sheet, pages = page_sheet(request=request, shown=shown)
    sheet = blinded(sheet) if sheet.is_blind else sheet
    context = _list_context(request, sheet, total=len(shown.ranking)) | {
        "role": found_role,
        "tab": "shortlist",
        "is_open": True,
        "pages": pages,
        "filters": shown.filters,
        "has_filters": bool(filters_as_json(shown.filters)),
        "states": ApplicationState.choices,
        "channels": channels_of(role=found_role),
        "places": [place for place in shown.found.profile.constraints.places if place.name],
        "snapshots": shortlists_of(role=found_role)[:5],
        "query": request.GET.urlencode(),
    }
    return render(request, "shortlist/list.html", context)


@member_page()
def compare(request: MemberRequest, role: str) -> HttpResponse:
    """Show up to four people side by side."""
    found_role = role_of(request, role)
    shown = listed(request, found_role)
    chosen = list(dict.fromkeys(request.GET.getlist("person")))[:MOST_COMPARED]
    if not chosen:
        raise InvalidError("Select two to four people in the list first.")
    place_of = {row: place for place, row in enumerate(shown.ranking.rows_in_order(), start=1)}
    blind = is_blind(request)
    entries = entries_at(
        found=shown.found,
        ranking=shown.ranking,
        places=sorted(place_of[shown.ranking.row_of(ref=ref)] for ref in chosen),
        is_blind=blind,
    )
    entries = blinded_entries(entries) if blind else entries
    record_comparison(role=found_role, people=sorted(chosen), member=request.member, now=clock.now())
    rows = rows_of(
        entries=entries,
        bar=shown.found.model.bar,
        person_url=person_link(request.member.organisation.slug),
        words_url=words_link(request.member.organisation.slug),
    )
    context = {"role": found_role, "tab": "shortlist", "rows": rows, "entries": entries}
    return render(request, "shortlist/compare.html", context)


@member_page()
@require_POST
def save(request: MemberRequest, role: str) -> HttpResponse:
    """Keep the list as it stands."""
    found_role = role_of(request, role)
    shown = listed(request, found_role)
    sheet = sheet_of_ranking(found=shown.found, ranking=shown.ranking, is_blind=is_blind(request))
    sheet = blinded(sheet) if sheet.is_blind else sheet
    kept = save_shortlist(
        role=found_role,
        version=shown.found.version,
        sheet=sheet,
        filters=filters_as_json(shown.filters),
        name=request.POST.get("name", ""),
        member=request.member,
        now=clock.now(),
    )
    messages.success(request, f"Kept as “{kept.name}”. It will not change.")
    return redirect("shortlist:snapshot", request.member.organisation.slug, found_role.ref, kept.ref)


@member_page()
def snapshot(request: MemberRequest, role: str, ref: str) -> HttpResponse:
    """Show a list as it stood."""
    found_role = role_of(request, role)
    kept = shortlist_of(role=found_role, ref=ref)
    sheet = _masked_for(request, sheet_of(kept))
    context = _list_context(request, sheet, total=len(sheet.entries)) | {
        "role": found_role,
        "tab": "shortlist",
        "kept": kept,
        "interactive": False,
        "snapshots": shortlists_of(role=found_role)[:20],
    }
    return render(request, "shortlist/snapshot.html", context)


@member_page()
def export(request: MemberRequest, role: str, form: str) -> HttpResponse:
    """Hand the list out as a file."""
    if form not in FORMS:
        raise NotFoundError("A list comes as html, json or csv.")
    found_role = role_of(request, role)
    now = clock.now()
    if ref := request.GET.get("snapshot"):
        sheet = _masked_for(request, sheet_of(shortlist_of(role=found_role, ref=ref)))
    else:
        shown = listed(request, found_role)
        sheet = sheet_of_ranking(found=shown.found, ranking=shown.ranking, is_blind=is_blind(request))
        sheet = blinded(sheet) if sheet.is_blind else sheet
    record_export(role=found_role, form=form, people=len(sheet.entries), member=request.member, now=now)
    writers = {
        "html": lambda: shortlist_html(sheet=sheet, made_on=now.date().isoformat(), limit=500),
        "json": lambda: shortlist_json(sheet),
        "csv": lambda: shortlist_csv(sheet),
    }
    response = HttpResponse(writers[form](), content_type=f"{FORMS[form]}; charset=utf-8")
    response["Content-Disposition"] = f'attachment; filename="shortlist-{found_role.ref}.{form}"'
    return response


@member_page()
@require_POST
def switch_blind(request: MemberRequest, role: str) -> HttpResponse:
    """Hide or show who people are, on every page."""
    found_role = role_of(request, role)
    request.session["blind"] = not is_blind(request)
    return redirect("shortlist:list", request.member.organisation.slug, found_role.ref)


def _list_context(request: MemberRequest, sheet: Sheet, *, total: int) -> dict[str, object]:
    org = request.member.organisation.slug
    rows = rows_of(
        entries=sheet.entries,
        bar=sheet.role.bar,
        person_url=person_link(org),
        words_url=words_link(org),
        has_folds=True,
    )
    first = sheet.entries[0].place if sheet.entries else 1
    return {
        "sheet": sheet,
        "groups": groups_of(rows=rows, brackets=sheet.brackets, first_place=first, total=total),
        "total": total,
        "summary": sheet_summary(sheet),
        "step": step_words(sheet.next_step),
        "blind": is_blind(request),
        "interactive": True,
    }


def _masked_for(request: MemberRequest, sheet: Sheet) -> Sheet:
    """Refuse to show names of an old list while the member works blind."""
    if is_blind(request) and not sheet.is_blind:
        raise InvalidError("This list was kept with names. Switch blind mode off to open it.")
    return sheet
