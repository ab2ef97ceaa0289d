"""Offers as members see them: terms, the chain of approvals, the letter, the clock."""

from typing import Any

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_POST

from assay.accounts.models import Member
from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.core.clock import now
from assay.core.errors import DomainError, ForbiddenError, InvalidError, NotFoundError
from assay.decisions.choices import OfferState, PayPeriod
from assay.decisions.models import Offer
from assay.decisions.offers import (
    OPEN,
    Terms,
    approve,
    approvers_for,
    make_offer,
    next_approver,
    offer_of,
    range_words,
    take_back,
)
from assay.decisions.rules import may_decide
from assay.decisions.services import set_target
from assay.roles.selectors import duties_of, role_editable_by, with_current_version
from assay.web.access import MemberRequest, member_page
from assay.web.blind import blinded_name, is_blind
from assay.web.middleware import STATUS_OF
from assay.web.recruiter.decisions.letter import letter_pdf
from assay.web.recruiter.decisions.packet import download, packet_application


class OfferForm(forms.Form):
    """Terms."""

    amount = forms.IntegerField(min_value=1, max_value=10**9, label="Pay")
    currency = forms.RegexField(r"^[A-Z]{3}$", label="Currency", max_length=3)
    period = forms.ChoiceField(choices=PayPeriod.choices, label="For")
    starts_date = forms.DateField(label="First day", widget=forms.DateInput(attrs={"type": "date"}))
    place = forms.CharField(max_length=120, label="Place of work")
    words = forms.CharField(
        required=False, max_length=4000, label="What else is agreed", widget=forms.Textarea(attrs={"rows": 3})
    )
    answer_by = forms.DateField(label="Answer by", widget=forms.DateInput(attrs={"type": "date"}))


@member_page()
def offer(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Show the offer and where it stands; make one."""
    found = packet_application(request, role, application)
    if request.method != "POST":
        return _page(request, found)
    form = OfferForm(request.POST)
    if not form.is_valid():
        return _page(request, found, form=form, status=422)
    try:
        approvers = _chosen(request, found)
        terms = Terms(**form.cleaned_data)
        make_offer(application=found, terms=terms, approvers=approvers, member=request.member, now=now())
    except DomainError as error:
        return _page(request, found, form=form, error=error)
    messages.success(request, "The offer waits for approval. Nothing was sent to the candidate yet.")
    return _back(request, role, application)


@require_POST
@member_page()
def approve_offer(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Approve, or say why not."""
    found = packet_application(request, role, application)
    is_approved = request.POST.get("approved") == "yes"
    try:
        made = approve(
            offer=_offer(found), is_approved=is_approved, note=request.POST.get("note", ""), member=request.member,
            now=now(),
        )  # fmt: skip
    except DomainError as error:
        return _page(request, found, error=error)
    sent = "Approved, and sent to the candidate." if made.state == OfferState.SENT else "Approved."
    messages.success(request, sent if is_approved else "Not approved. Whoever wrote it sees why.")
    return _back(request, role, application)


@require_POST
@member_page()
def withdraw_offer(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Take an offer back."""
    found = packet_application(request, role, application)
    try:
        take_back(offer=_offer(found), reason=request.POST.get("reason", ""), member=request.member, now=now())
    except DomainError as error:
        return _page(request, found, error=error)
    messages.success(request, "Taken back.")
    return _back(request, role, application)


@require_GET
@member_page()
def letter(request: MemberRequest, role: str, application: str) -> HttpResponse:
    """Give the letter as PDF."""
    if is_blind(request):
        raise ForbiddenError("A letter says to whom it is written. Leave blind mode first.")
    found = packet_application(request, role, application)
    return download(letter_pdf(offer=_offer(found)), "application/pdf", f"offer-{found.ref}.pdf")


@require_POST
@member_page()
def target(request: MemberRequest, role: str) -> HttpResponse:
    """Set within how many hours the role's candidates should have their answer."""
    found = role_editable_by(member=request.member, ref=role)
    given = request.POST.get("hours", "")
    hours = int(given) if given.isascii() and given.isdigit() and len(given) < 6 else 0
    set_target(role=found, hours=hours, member=request.member, now=now())
    messages.success(request, f"The target is {hours} hours.")
    return redirect("decisions:list", request.member.organisation.slug, role)


def _offer(application: Application) -> Offer:
    found = offer_of(application=application)
    if found is None:
        raise NotFoundError("There is no offer for this candidate.")
    return found


def _chosen(request: MemberRequest, application: Application) -> list[Member]:
    able = {one.ref: one for one in approvers_for(role=application.role)}
    refs = [ref for ref in request.POST.getlist("approver") if ref]
    if any(ref not in able for ref in refs):
        raise InvalidError("Administrators, recruiters and hiring managers of the role approve offers.")
    return [able[ref] for ref in refs]


def _page(
    request: MemberRequest, application: Application, *, form: OfferForm | None = None,
    error: DomainError | None = None, status: int = 200,
) -> HttpResponse:  # fmt: skip
    application.refresh_from_db()
    pay = with_current_version(role=application.role).profile.pay
    standing = offer_of(application=application)
    duties = duties_of(member=request.member, role=application.role)
    is_open = standing is not None and standing.state in OPEN
    initial = {"currency": pay.currency, "period": pay.period} if pay else {}
    context: dict[str, Any] = {
        "role": application.role,
        "application": application,
        "name": blinded_name(application.person) if is_blind(request) else str(application.person),
        "is_blind": is_blind(request),
        "offer": standing,
        "is_open": is_open,
        "range": f"{range_words(pay.low, pay.high, pay.currency)} a {pay.period}" if pay else "",
        "may_offer": may_decide(member=request.member, duties=duties),
        "can_make": application.state == ApplicationState.OFFER and not is_open,
        "is_own_turn": standing is not None and next_approver(standing) == request.member,
        "approvers": [one for one in approvers_for(role=application.role) if one != request.member],
        "chosen": request.POST.getlist("approver"),
        "form": form or OfferForm(initial=initial),
        "fault": error.message if error else "",
    }
    return render(request, "decisions/offer.html", context, status=STATUS_OF[error.kind] if error else status)


def _back(request: MemberRequest, role: str, application: str) -> HttpResponse:
    return redirect("decisions:offer", request.member.organisation.slug, role, application)
