"""Audit trail."""

import csv
from collections.abc import Iterator

from django import forms
from django.db import transaction
from django.db.models import QuerySet
from django.http import HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from assay.accounts.models import Member
from assay.accounts.rules import may_audit
from assay.accounts.selectors import members_in
from assay.audit.checks import ask_for_check
from assay.audit.models import Event
from assay.audit.selectors import (
    TrailFilter,
    check_visible_to,
    events_visible_to,
    kinds_in,
    last_whole_check,
    narrowed,
)
from assay.audit.services import record
from assay.core.clock import now
from assay.web.access import MemberRequest, member_page
from assay.web.auditor.trail.sentences import label_of, line_of

PAGE = 100
COLUMNS = ["number", "at", "who", "what", "kind", "about", "reference", "hash"]


class TrailForm(forms.Form):
    """What part of the trail to show."""

    kind = forms.ChoiceField(label="What", required=False)
    member = forms.ChoiceField(label="Who", required=False)
    subject = forms.CharField(
        label="About", required=False, max_length=40, widget=forms.TextInput(attrs={"placeholder": "reference"})
    )
    from_date = forms.DateField(label="From", required=False, widget=forms.DateInput(attrs={"type": "date"}))
    to_date = forms.DateField(label="To", required=False, widget=forms.DateInput(attrs={"type": "date"}))

    def __init__(self, request: MemberRequest) -> None:
        super().__init__(request.GET)
        organisation = request.member.organisation
        kinds = sorted((label_of(kind), kind) for kind in kinds_in(organisation=organisation))
        things = [("", "Anything"), *((kind, label) for label, kind in kinds)]
        self.fields["kind"] = forms.ChoiceField(label="What", required=False, choices=things)
        people = [(member.ref, member.user.name) for member in members_in(organisation=organisation)]
        self.fields["member"] = forms.ChoiceField(label="Who", required=False, choices=[("", "Anybody"), *people])

    def filter(self) -> TrailFilter:
        """Yield what was asked for; what cannot be understood asks for everything and says so beside its field."""
        given = self.cleaned_data if self.is_valid() else getattr(self, "cleaned_data", {})
        return TrailFilter(
            kind=given.get("kind", ""),
            member_ref=given.get("member", ""),
            subject_ref=given.get("subject", "").strip(),
            from_date=given.get("from_date"),
            to_date=given.get("to_date"),
        )


@member_page(may=may_audit)
def trail(request: MemberRequest) -> HttpResponse:
    """Show the trail, the newest first."""
    form = TrailForm(request)
    events = narrowed(events=events_visible_to(member=request.member), by=form.filter())
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 19:
        events = events.filter(seq__lt=int(before))
    page = list(events[: PAGE + 1])
    query = request.GET.copy()
    query.pop("before", None)
    context = {
        "form": form,
        "lines": [line_of(event) for event in page[:PAGE]],
        "older": page[PAGE - 1].seq if len(page) > PAGE else None,
        "query": query.urlencode(),
        "is_filtered": any(form.filter()) or bool(before),
        "verified": last_whole_check(organisation=request.member.organisation),
    }
    return render(request, "trail/list.html", context)


@require_POST
@member_page(may=may_audit)
def verify(request: MemberRequest) -> HttpResponse:
    """Have the chain walked from where it was found whole last, or all of it; that somebody did is recorded too."""
    check = ask_for_check(member=request.member, now=now(), is_whole=request.POST.get("whole") == "1")
    return redirect("trail:check", request.member.organisation.slug, check.ref)


@member_page(may=may_audit)
def check(request: MemberRequest, check: str) -> HttpResponse:
    """Show how far a walk is, or what it found."""
    found = check_visible_to(member=request.member, check=check)
    template = "trail/_check.html" if request.headers.get("HX-Request") else "trail/check.html"
    return render(request, template, {"check": found})


@member_page(may=may_audit)
def export(request: MemberRequest) -> HttpResponseBase:
    """Send the part of the trail that is shown as CSV."""
    by = TrailForm(request).filter()
    _record(request.member, kind="trail.exported", facts={})
    events = narrowed(events=events_visible_to(member=request.member), by=by)
    response = StreamingHttpResponse(_csv_of(events), content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="audit-trail.csv"'
    return response


class _Echo:
    """A file that gives back each line, as the csv module needs one to write to."""

    def write(self, line: str) -> str:
        """Yield the line."""
        return line


def _csv_of(events: QuerySet[Event]) -> Iterator[str]:
    writer = csv.writer(_Echo())
    yield writer.writerow(COLUMNS)
    with transaction.atomic():  # the server-side cursor needs one
        for event in events.order_by("seq").iterator(chunk_size=1000):
            what = line_of(event).sentence
            row = [event.seq, event.at.isoformat(), event.actor, what, event.kind, event.subject_type]
            yield writer.writerow([_harmless(str(cell)) for cell in [*row, event.subject_ref, event.hash]])


def _harmless(cell: str) -> str:
    """Yield the cell so that no spreadsheet takes it for a formula."""
    return f"'{cell}" if cell[:1] in {"=", "+", "-", "@", "\t", "\r"} else cell


@transaction.atomic
def _record(member: Member, *, kind: str, facts: dict[str, object]) -> None:
    organisation = member.organisation
    record(
        organisation=organisation, kind=kind, subject_type="organisation", subject_ref=organisation.ref,
        member=member, now=now(), facts=facts,
    )  # fmt: skip
