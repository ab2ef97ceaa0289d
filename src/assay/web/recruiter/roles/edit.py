"""Editing what a role asks for: one form, saved as a new version."""

from http import HTTPStatus
from typing import TYPE_CHECKING, Any

import msgspec
from django import forms
from django.contrib import messages
from django.forms import BaseFormSet, formset_factory
from django.http import HttpResponse
from django.shortcuts import redirect, render

from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.core import clock
from assay.core.errors import InvalidError
from assay.reading.model import Pay
from assay.roles.models import Role
from assay.roles.profile import Constraints, Demand, Outcome, Place, RoleProfile, without_words, words_not_in_map
from assay.roles.selectors import role_editable_by, with_current_version
from assay.roles.services import Draft, RoleChangedError, save_version
from assay.web.access import MemberRequest, member_page
from assay.web.recruiter.roles.present import LEVEL_WORDS

LEVEL_CHOICES = [(number, word) for number, word in enumerate(LEVEL_WORDS, start=1)]
PERIODS = [("year", "a year"), ("month", "a month"), ("day", "a day"), ("hour", "an hour")]
SPARE_ROWS = 2


class ProfileForm(forms.Form):
    """Everything but the competencies."""

    title = forms.CharField(max_length=160)
    summary = forms.CharField(required=False, max_length=2000, widget=forms.Textarea(attrs={"rows": 3}))
    outcomes = forms.CharField(
        required=False,
        max_length=6000,
        label="Outcomes for the business",
        help_text="One a line: what the business has in twelve months if the hire works out.",
        widget=forms.Textarea(attrs={"rows": 5}),
    )
    places = forms.CharField(required=False, max_length=300, help_text="Cities or countries, separated by commas.")
    is_remote = forms.BooleanField(required=False, label="Remote work is possible")
    work_permit = forms.CharField(required=False, max_length=60, label="Work permit for", help_text="Such as EU.")
    languages = forms.CharField(required=False, max_length=60, help_text="Codes, separated by commas: en, de.")
    pay_low = forms.FloatField(required=False, min_value=0, label="Pay from")
    pay_high = forms.FloatField(required=False, min_value=0, label="to")
    currency = forms.CharField(required=False, max_length=3)
    period = forms.ChoiceField(choices=PERIODS, required=False, label="per")
    note = forms.CharField(
        required=False, max_length=300, label="What changed, and why", help_text="Kept with the version."
    )
    removed_words = forms.MultipleChoiceField(
        required=False,
        label="Remove from the role",
        help_text="Nobody's place depends on these words.",
        widget=forms.CheckboxSelectMultiple,
    )
    seen_number = forms.IntegerField(widget=forms.HiddenInput)

    def __init__(self, *args: Any, words: tuple[str, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["removed_words"].choices = [(word, word) for word in words]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        """Refuse a pay range that runs backwards."""
        cleaned: dict[str, Any] = super().clean() or {}
        low, high = cleaned.get("pay_low"), cleaned.get("pay_high")
        if low is not None and high is not None and low > high:
            self.add_error("pay_high", "The range runs backwards.")
        return cleaned


class DemandForm(forms.Form):
    """One competency of the role; a row left without one is ignored."""

    competency = forms.ChoiceField(required=False)
    level = forms.TypedChoiceField(choices=LEVEL_CHOICES, coerce=int, initial=3)
    weight = forms.FloatField(min_value=0.1, max_value=100, initial=1)
    is_must_have = forms.BooleanField(required=False, label="Must-have")

    def __init__(self, *args: Any, catalogue: Catalogue, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        # A retired competency is offered only where the role asks for it already, else saving would drop it silently.
        offered = [
            one for one in catalogue.competencies if not one.is_retired or one.id == self.initial.get("competency")
        ]
        groups = [
            (family.name, [(one.id, one.name) for one in offered if one.family == family.id])
            for family in catalogue.families
        ]
        self.fields["competency"].choices = [("", "—"), *groups]  # type: ignore[attr-defined]


if TYPE_CHECKING:
    DemandFormBase = BaseFormSet[DemandForm]
else:
    DemandFormBase = BaseFormSet


class DemandSet(DemandFormBase):
    """All competencies of the role."""

    def clean(self) -> None:
        """Refuse a competency that stands twice, and a role that asks for nothing."""
        chosen = [row.get("competency") for row in self.kept]
        if len(set(chosen)) != len(chosen):
            message = "A competency stands twice. Keep one of the two rows."
            raise forms.ValidationError(message)
        if not chosen:
            message = "Keep at least one competency; without one nobody can be compared."
            raise forms.ValidationError(message)

    @property
    def kept(self) -> list[dict[str, Any]]:
        """The rows that name a competency and are not removed."""
        rows = [form.cleaned_data for form in self.forms if hasattr(form, "cleaned_data")]
        return [row for row in rows if row.get("competency") and not row.get("DELETE")]


DemandFormSet = formset_factory(DemandForm, formset=DemandSet, extra=SPARE_ROWS, can_delete=True, max_num=60)


@member_page()
def edit(request: MemberRequest, role: str) -> HttpResponse:
    """Show the form, or save it as the next version."""
    found = role_editable_by(member=request.member, ref=role)
    _, version, profile = with_current_version(role=found)
    catalogue = catalogue_of(organisation=request.member.organisation)
    form = ProfileForm(
        request.POST or None,
        initial=_initial(profile) | {"seen_number": version.number},
        label_suffix="",
        words=words_not_in_map(profile),
    )
    demands = DemandFormSet(
        request.POST or None,
        initial=[msgspec.to_builtins(demand) for demand in profile.demands],
        form_kwargs={"catalogue": catalogue},
        prefix="demands",
    )
    status = HTTPStatus.OK
    if request.method == "POST" and form.is_valid() and demands.is_valid():
        edited = _edited(profile, form.cleaned_data, demands.kept)  # type: ignore[attr-defined]
        draft = Draft(edited, version.ad_text, catalogue.version)
        status = _save(request, found, draft, form)
        if status == HTTPStatus.OK:
            messages.success(request, f"Saved as version {version.number + 1}.")
            return redirect("roles:profile", request.member.organisation.slug, role)
    page = {"role": found, "form": form, "demands": demands, "tab": "profile"}
    return render(request, "roles/edit.html", page, status=status)


def _save(request: MemberRequest, role: Role, draft: Draft, form: ProfileForm) -> HTTPStatus:
    """Save, or say on the form why not: what was typed stays in it."""
    seen_number, note = form.cleaned_data["seen_number"], form.cleaned_data["note"]
    try:
        save_version(role=role, member=request.member, draft=draft, seen_number=seen_number, note=note, now=clock.now())
    except RoleChangedError as error:
        form.add_error(None, error.message)
        # A second save, with the warning read, replaces the version that was just shown to exist.
        typed = request.POST.copy()
        typed["seen_number"] = str(error.facts["newest"])
        form.data = typed
        return HTTPStatus.CONFLICT
    except InvalidError as error:
        form.add_error(None, error.message)
        return HTTPStatus.UNPROCESSABLE_ENTITY
    return HTTPStatus.OK


def _initial(profile: RoleProfile) -> dict[str, Any]:
    constraints, pay = profile.constraints, profile.pay
    return {
        "title": profile.title,
        "summary": profile.summary,
        "outcomes": "\n".join(outcome.text for outcome in profile.outcomes),
        "places": ", ".join(place.name for place in constraints.places if place.name),
        "is_remote": any(place.is_remote for place in constraints.places),
        "work_permit": constraints.work_permit,
        "languages": ", ".join(constraints.languages),
        "pay_low": pay.low if pay else None,
        "pay_high": pay.high if pay else None,
        "currency": pay.currency if pay else "",
        "period": pay.period if pay else "year",
    }


def _edited(profile: RoleProfile, data: dict[str, Any], rows: list[dict[str, Any]]) -> RoleProfile:
    """Yield the profile that the form describes; what was quoted from the ad keeps its quotes."""
    demands = {demand.competency: demand for demand in profile.demands}
    outcomes = {outcome.text: outcome for outcome in profile.outcomes}
    lines = [line.strip() for line in data["outcomes"].splitlines() if line.strip()]
    return msgspec.structs.replace(
        without_words(profile, words=data["removed_words"]),
        title=data["title"].strip(),
        summary=data["summary"].strip(),
        outcomes=tuple(outcomes.get(line, Outcome(text=line)) for line in lines),
        demands=tuple(_demand(demands.get(row["competency"]), row) for row in rows),
        constraints=_constraints(data),
        pay=_pay(profile.pay, data),
    )


def _demand(old: Demand | None, row: dict[str, Any]) -> Demand:
    base = old or Demand(competency=row["competency"], level=3, weight=1.0)
    return msgspec.structs.replace(
        base, level=int(row["level"]), weight=row["weight"], is_must_have=row["is_must_have"]
    )


def _constraints(data: dict[str, Any]) -> Constraints:
    names = [name.strip() for name in data["places"].split(",") if name.strip()]
    places = [Place(name=name, is_remote=data["is_remote"]) for name in names]
    if data["is_remote"] and not places:
        places = [Place(is_remote=True)]
    languages = tuple(code.strip().lower() for code in data["languages"].split(",") if code.strip())
    return Constraints(places=tuple(places), work_permit=data["work_permit"].strip(), languages=languages)


def _pay(old: Pay | None, data: dict[str, Any]) -> Pay | None:
    low, high = data["pay_low"], data["pay_high"]
    if low is None and high is None:
        return None
    currency, period = data["currency"].strip().upper() or "EUR", data["period"] or "year"
    start, end = (old.start, old.end) if old else (0, 0)
    return Pay(low=low, high=high, currency=currency, period=period, start=start, end=end)
