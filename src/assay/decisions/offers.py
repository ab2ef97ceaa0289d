"""Offers: terms within the role's range, a chain of approvals, the candidate's answer; each with its audit event."""

from collections.abc import Sequence
from datetime import date, datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import Q

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member
from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.applications.services import move_application
from assay.audit.services import record
from assay.core.errors import ConflictError, ForbiddenError, InvalidError
from assay.decisions.candidates import CANDIDATE, tell_candidate
from assay.decisions.choices import ApprovalState, OfferState, Outcome, PayPeriod
from assay.decisions.models import Approval, Case, Decision, Offer
from assay.decisions.rules import may_decide
from assay.decisions.selectors import standing_decision
from assay.roles.choices import RoleDuty
from assay.roles.models import Role
from assay.roles.selectors import duties_of, with_current_version

OPEN = (OfferState.WAITING, OfferState.SENT)
MOST_APPROVERS = 4
MOST_TEXT = 4000


class Terms(NamedTuple):
    """What is offered; ``amount`` is in whole units of ``currency`` a ``period``."""

    amount: int
    currency: str
    period: str
    starts_date: date
    place: str
    words: str
    answer_by: date


def approvers_for(*, role: Role) -> list[Member]:
    """Yield who may approve an offer: administrators, recruiters and the role's hiring managers."""
    managers = role.role_members.filter(duty=RoleDuty.HIRING_MANAGER).values("member")
    staff = Q(kinds__overlap=[MemberKind.ADMINISTRATOR, MemberKind.RECRUITER]) | Q(pk__in=managers)
    members = Member.objects.filter(staff, organisation_id=role.organisation_id, is_active=True)
    return list(members.select_related("user").order_by("user__name", "pk"))


def offer_of(*, application: Application) -> Offer | None:
    """Yield the newest offer of an application."""
    offers = Offer.objects.filter(case__application=application).select_related("member__user", "case__organisation")
    return offers.prefetch_related("approvals__member__user").first()


def make_offer(
    *, application: Application, terms: Terms, approvers: Sequence[Member], member: Member, now: datetime
) -> Offer:
    """Write an offer; the first approver is asked. The same terms while they wait are one offer.

    Raises `ForbiddenError` for anybody but the role's hiring managers, `ConflictError` where no decision for an offer
    stands, the application has ended or another offer is open, `InvalidError` for terms outside the role's range or a
    chain that its maker stands in.
    """
    with transaction.atomic():
        locked = _locked(application)
        if not may_decide(member=member, duties=duties_of(member=member, role=locked.role)):
            raise ForbiddenError("The role's hiring managers make offers.")
        decision = _decision(locked)
        _check_terms(locked.role, terms, now.date())
        _check_approvers(locked.role, approvers, member)
        if (standing := offer_of(application=locked)) is not None and standing.state in OPEN:
            if _is_same(standing, terms, member):
                return standing
            raise ConflictError("An offer is open already. Take it back before you make another.")
        made = Offer.objects.create(
            case=decision.case, decision=decision, member=member, made_at=now,
            **{**terms._asdict(), "words": terms.words.strip()[:MOST_TEXT], "place": terms.place.strip()[:120]},
        )  # fmt: skip
        Approval.objects.bulk_create(
            Approval(offer=made, member=one, position=place) for place, one in enumerate(approvers, 1)
        )
        _record(made.case, "offer.made", now, member, offer=made.ref, approvers=[one.ref for one in approvers])
    return made


def approve(*, offer: Offer, is_approved: bool, note: str, member: Member, now: datetime) -> Offer:
    """Say yes or no to an offer, in turn; the last yes sends it. The same answer twice is once.

    Raises `ForbiddenError` out of turn or for somebody outside the chain, `ConflictError` where the offer no longer
    waits or the application has ended, `InvalidError` for a no without its reason.
    """
    note = note.strip()[:MOST_TEXT]
    if not is_approved and not note:
        raise InvalidError("Say why not: whoever wrote the offer has to change it.")
    with transaction.atomic():
        locked = _locked_offer(offer)
        own = locked.approvals.filter(member=member).first()
        said = ApprovalState.APPROVED if is_approved else ApprovalState.REFUSED
        if own is not None and own.state == said:
            return locked
        _check_waiting(locked)
        if own is None or own.state != ApprovalState.PENDING or _next(locked) != own:
            raise ForbiddenError("It is not your turn to approve this offer.")
        own.state, own.note, own.at = said, note, now
        own.save(update_fields=["state", "note", "at"])
        _record(locked.case, "offer.approved" if is_approved else "offer.refused", now, member, offer=locked.ref)
        if not is_approved:
            _set(locked, OfferState.REFUSED)
        elif _next(locked) is None:
            locked.sent_at = now
            _set(locked, OfferState.SENT, "sent_at")
            tell_candidate(locked.case, "offer", now)
            _record(locked.case, "offer.sent", now, member, offer=locked.ref)
    return locked


def take_back(*, offer: Offer, reason: str, member: Member, now: datetime) -> Offer:
    """Take an offer back that was not answered; twice is once. Raises `ForbiddenError`, `ConflictError`."""
    if not reason.strip():
        raise InvalidError("Say why it is taken back.")
    with transaction.atomic():
        locked = _locked_offer(offer)
        if not may_decide(member=member, duties=duties_of(member=member, role=locked.case.application.role)):
            raise ForbiddenError("The role's hiring managers take offers back.")
        if locked.state == OfferState.WITHDRAWN:
            return locked
        if locked.state not in OPEN:
            raise ConflictError(f"This offer is {locked.get_state_display().lower()}, and stays so.")
        was_sent = locked.state == OfferState.SENT
        _set(locked, OfferState.WITHDRAWN)
        if was_sent:
            tell_candidate(locked.case, "application_news", now)
        _record(locked.case, "offer.taken_back", now, member, offer=locked.ref, why=reason.strip()[:MOST_TEXT])
    return locked


def answer_offer(*, offer: Offer, is_accepted: bool, name: str, words: str, now: datetime) -> Offer:
    """Accept or decline, by the candidate; moves the application. The same answer twice is once.

    Raises `ConflictError` where the offer no longer stands, is too old, or was answered otherwise, `InvalidError` for
    an acceptance without a name.
    """
    name = " ".join(name.split())[:200]
    if is_accepted and not name:
        raise InvalidError("Type your name to accept.")
    state = OfferState.ACCEPTED if is_accepted else OfferState.DECLINED
    with transaction.atomic():
        locked = _locked_offer(offer)
        if locked.state == state:
            return locked
        application = locked.case.application
        if locked.state != OfferState.SENT or application.state in ENDED:
            raise ConflictError("This offer no longer stands, so it cannot be answered. Write to us if that is wrong.")
        if now.date() > locked.answer_by:
            raise ConflictError("The time to answer this offer is over. Write to us: it may be made again.")
        locked.answered_at, locked.signed_name, locked.answer = now, name, words.strip()[:MOST_TEXT]
        _set(locked, state, "answered_at", "signed_name", "answer")
        after = ApplicationState.HIRED if is_accepted else ApplicationState.WITHDRAWN
        move_application(
            application=application, member=None, to_state=after, seen_version=application.version, now=now,
            note="" if is_accepted else "Declined the offer.",
        )  # fmt: skip
        _record(locked.case, "offer.accepted" if is_accepted else "offer.declined", now, None, offer=locked.ref)
    return locked


def next_approver(offer: Offer) -> Member | None:
    """Yield whose turn it is; None where nobody is asked any more."""
    waiting = _next(offer) if offer.state == OfferState.WAITING else None
    return waiting.member if waiting else None


def _next(offer: Offer) -> Approval | None:
    pending = offer.approvals.filter(state=ApprovalState.PENDING).select_related("member__user")
    return pending.order_by("position").first()


def _locked(application: Application) -> Application:
    locked = Application.objects.select_for_update(of=("self",)).select_related("role__organisation", "person")
    return locked.get(pk=application.pk)


def _locked_offer(offer: Offer) -> Offer:
    """Lock the application first and the offer then, as everything here does, so that nobody waits in a circle."""
    Application.objects.select_for_update(of=("self",)).get(case__offers=offer)
    rows = Offer.objects.select_for_update(of=("self",)).select_related(
        "case__organisation", "case__application__role", "case__application__person"
    )
    return rows.get(pk=offer.pk)


def _decision(application: Application) -> Decision:
    decision = standing_decision(application=application)
    if decision is None or decision.outcome != Outcome.OFFER or application.state != ApplicationState.OFFER:
        raise ConflictError("An offer follows a decision to make one, and none stands for this application.")
    return Decision.objects.select_related("case__organisation", "case__application").get(pk=decision.pk)


def _check_terms(role: Role, terms: Terms, today: date) -> None:
    if terms.amount <= 0 or not terms.place.strip() or terms.period not in PayPeriod.values:
        raise InvalidError("An offer names its pay, for which time, and the place of work.")
    if len(terms.currency) != 3 or not terms.currency.isascii() or not terms.currency.isupper():
        raise InvalidError("The currency has three capital letters, such as EUR.")
    if terms.answer_by < today or terms.starts_date < today:
        raise InvalidError("The day to answer by and the first day at work lie ahead.")
    pay = with_current_version(role=role).profile.pay
    if pay is None:
        return
    if (pay.currency, pay.period) != (terms.currency, terms.period):
        raise InvalidError(f"The role was published with pay in {pay.currency} a {pay.period}. Offer in the same.")
    if (pay.low is not None and terms.amount < pay.low) or (pay.high is not None and terms.amount > pay.high):
        raise InvalidError(
            f"The role was published with {range_words(pay.low, pay.high, pay.currency)}. Stay within it."
        )


def range_words(low: float | None, high: float | None, currency: str) -> str:
    """Yield a range of pay in words."""
    if low is not None and high is not None:
        return f"{low:,.0f} to {high:,.0f} {currency}"
    return f"at least {low:,.0f} {currency}" if low is not None else f"up to {high or 0:,.0f} {currency}"


def _check_approvers(role: Role, approvers: Sequence[Member], member: Member) -> None:
    able = {one.pk for one in approvers_for(role=role)}
    keys = [one.pk for one in approvers]
    if not 1 <= len(keys) <= MOST_APPROVERS or len(set(keys)) != len(keys):
        raise InvalidError(f"Between one and {MOST_APPROVERS} people approve an offer, each once.")
    if member.pk in keys:
        raise InvalidError("Nobody approves an offer of their own. Choose somebody else.")
    if not set(keys) <= able:
        raise InvalidError("Administrators, recruiters and hiring managers of the role approve offers.")


def _check_waiting(offer: Offer) -> None:
    if offer.case.application.state != ApplicationState.OFFER:
        state = offer.case.application.get_state_display().lower()
        raise ConflictError(f"The application is {state} by now. Nothing was sent.")
    if offer.state != OfferState.WAITING:
        raise ConflictError(f"This offer is {offer.get_state_display().lower()}. Nothing was changed.")


def _is_same(standing: Offer, terms: Terms, member: Member) -> bool:
    return standing.member_id == member.pk and all(
        getattr(standing, name) == (value.strip() if isinstance(value, str) else value)
        for name, value in terms._asdict().items()
    )


def _set(offer: Offer, state: OfferState, *fields: str) -> None:
    offer.state = state
    offer.save(update_fields=["state", *fields])


def _record(case: Case, kind: str, now: datetime, member: Member | None, **facts: object) -> None:
    record(
        organisation=case.organisation, kind=kind, subject_type="application", subject_ref=case.application.ref,
        member=member, actor="" if member else CANDIDATE, now=now, facts=facts,
    )  # fmt: skip
