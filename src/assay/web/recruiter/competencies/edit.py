"""Adding a competency of one's own, changing it, and retiring it."""

from typing import Any, NamedTuple

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.competencies.assembly import definition_from
from assay.competencies.catalogue import MapError
from assay.competencies.models import CustomCompetency
from assay.competencies.own import Definition
from assay.competencies.rules import may_add_competency, may_change_competency
from assay.competencies.selectors import authors_of, catalogue_of, own_competency_visible_to
from assay.competencies.services import (
    CompetencyChangedError,
    InvalidCompetencyError,
    add_competency,
    save_competency,
    set_retired,
)
from assay.core import clock
from assay.core.errors import ConflictError, ForbiddenError, InvalidError
from assay.web.access import MemberRequest, member_page
from assay.web.recruiter.competencies.forms import (
    CompetencyForm,
    TermForm,
    TermFormSet,
    definition_of,
    initial_of,
    initial_terms,
    kept_rows,
    put_faults,
)

INVALID, CONFLICT = 422, 409


class Forms(NamedTuple):
    """The form and its rows of words."""

    form: CompetencyForm
    terms: Any

    def definition(self) -> Definition | None:
        """Yield what was filled in, None where a field holds something that no browser sends."""
        if not (self.form.is_valid() and self.terms.is_valid()):
            return None
        return definition_of(self.form.cleaned_data, self.rows())

    def rows(self) -> list[TermForm]:
        """Yield the rows that count."""
        return kept_rows(self.terms)


@member_page(may=may_add_competency)
def new(request: MemberRequest) -> HttpResponse:
    """Show the empty form, or add what it says."""
    forms = _forms(request, None, None)
    status = 200
    if request.method == "POST":
        status = INVALID
        definition = forms.definition()
        if definition is not None:
            try:
                row = add_competency(member=request.member, definition=definition, now=clock.now())
            except InvalidError as error:
                _refuse(forms, error)
            else:
                messages.success(request, f"{definition.name} is in your map.")
                return _to_page(request, row)
    return render(request, "competencies/edit.html", _context(forms, None), status=status)


@member_page(may=may_add_competency)
def edit(request: MemberRequest, own: str) -> HttpResponse:
    """Show the form of an own competency, or save it as the next version; what was typed is kept in any case."""
    found = own_competency_visible_to(member=request.member, ref=own)
    if not may_change_competency(request.member, authors=authors_of(competency=found)):
        raise ForbiddenError("What others wrote in the map is changed by recruiters and administrators.")
    forms = _forms(request, found, _stored(found))
    status = 200
    if request.method == "POST":
        status = INVALID
        definition = forms.definition()
        if definition is not None:
            try:
                row = save_competency(
                    competency=found, member=request.member, definition=definition, now=clock.now(),
                    seen_version=forms.form.cleaned_data["seen_version"] or 0, note=forms.form.cleaned_data["note"],
                )  # fmt: skip
            except InvalidError as error:
                _refuse(forms, error)
            except CompetencyChangedError as error:
                status = CONFLICT
                forms.form.add_error(None, error.message)
            else:
                messages.success(request, f"Saved as version {row.version}.")
                return _to_page(request, row)
    return render(request, "competencies/edit.html", _context(forms, found), status=status)


@require_POST
@member_page(may=may_add_competency)
def retire(request: MemberRequest, own: str) -> HttpResponse:
    """Retire an own competency, or take it back into the map."""
    found = own_competency_visible_to(member=request.member, ref=own)
    seen = request.POST.get("seen_version", "")
    if not seen.isdecimal() or len(seen) > 9:
        raise ConflictError("Look at the competency once more and try again.")
    is_retired = request.POST.get("retired") == "1"
    try:
        row = set_retired(
            competency=found, member=request.member, is_retired=is_retired, seen_version=int(seen), now=clock.now()
        )
    except InvalidCompetencyError as error:
        messages.error(request, f"It cannot come back as it is. {' '.join(dict.fromkeys(error.faults.values()))}")
        return redirect("competencies:edit", request.member.organisation.slug, own)
    messages.success(request, "It is retired." if is_retired else "It is in your map again.")
    return _to_page(request, row)


def _forms(request: MemberRequest, found: CustomCompetency | None, stored: Definition | None) -> Forms:
    catalogue = catalogue_of(organisation=request.member.organisation)
    initial = initial_of(stored) if stored else {"methods": ["claim", "interview"], "kind": "practice"}
    seen = {"seen_version": found.version} if found else {}
    data = request.POST if request.method == "POST" else None
    form = CompetencyForm(
        data, initial=initial | seen, catalogue=catalogue, own_id=found.key if found else "", label_suffix=""
    )
    terms = TermFormSet(
        data, initial=initial_terms(stored) if stored else [], prefix="terms", form_kwargs={"label_suffix": ""}
    )
    return Forms(form, terms)


def _stored(found: CustomCompetency) -> Definition | None:
    """Yield what is stored; None where it is damaged, so that saving the form mends it."""
    try:
        return definition_from(found.definition)
    except MapError:
        return None


def _refuse(forms: Forms, error: InvalidError) -> None:
    if isinstance(error, InvalidCompetencyError):
        put_faults(faults=error.faults, form=forms.form, rows=forms.rows())
    else:
        forms.form.add_error(None, error.message)


def _context(forms: Forms, found: CustomCompetency | None) -> dict[str, object]:
    fault_count = len(forms.form.errors) + sum(len(row.errors) for row in forms.terms.forms)
    return {
        "form": forms.form, "terms": forms.terms, "own": found, "is_damaged": found is not None and not _stored(found),
        "fault_count": fault_count if forms.form.is_bound else 0, "tab": "edit",
    }  # fmt: skip


def _to_page(request: MemberRequest, row: CustomCompetency) -> HttpResponse:
    return redirect("competencies:competency", request.member.organisation.slug, row.key)
