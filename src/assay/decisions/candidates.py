"""What a candidate does behind their own link, and how a person answers: each with its audit event."""

from datetime import datetime, timedelta

from django.db import IntegrityError, transaction
from django.urls import reverse

from assay.accounts.models import Member
from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.applications.services import move_application
from assay.audit.services import record
from assay.core.errors import ConflictError, ForbiddenError, InvalidError
from assay.decisions.choices import RequestState, Right
from assay.decisions.flags import Flag, flags_of
from assay.decisions.links import token_of
from assay.decisions.models import Case, Feedback, FlagReply, RightsRequest
from assay.decisions.services import case_for
from assay.evidence.ledger_selectors import live_belief
from assay.messages.services import absolute_url, queue_mail
from assay.people.choices import ContactKind
from assay.roles.rules import may_see_applicants
from assay.roles.selectors import duties_of

CANDIDATE = "candidate"
ANSWER_DAYS = 30
"""The GDPR's month, Art. 12(3), counted in days."""
MOST_TEXT = 4000
MOST_REPLIES = 100


def flags_for(*, case: Case) -> tuple[Flag, ...]:
    """Yield what a candidate is asked to reply to: the same that the team sees."""
    person = case.application.person
    return flags_of(person=person, live=live_belief(person=person))


def reply_to_flag(*, case: Case, flag: str, text: str, now: datetime) -> FlagReply:
    """Keep a candidate's reply. Saying the same twice is once. Raises `InvalidError`."""
    text = text.strip()[:MOST_TEXT]
    if not text:
        raise InvalidError("The reply is empty. Write a sentence or two; nothing else changed.")
    if flag not in {one.key for one in flags_for(case=case)}:
        raise InvalidError("This question is no longer asked: the records behind it have changed.")
    with transaction.atomic():
        locked = _locked(case)
        latest = locked.replies.filter(flag=flag).last()
        if latest is not None and latest.text == text:
            return latest
        if locked.replies.count() >= MOST_REPLIES:
            raise InvalidError("This is more than we can read. Write to the people who invited you.")
        made = FlagReply.objects.create(case=locked, flag=flag, text=text, at=now)
        _record(locked, "flag.replied", now, flag=flag)
    return made


def ask_for(*, case: Case, kind: str, text: str, now: datetime) -> RightsRequest:
    """Ask for a review, a correction or an erasure; asking twice while one is open is once. Raises `InvalidError`."""
    if kind not in Right.values:
        raise InvalidError("Choose what you ask for.")
    text = text.strip()[:MOST_TEXT]
    if kind == Right.CORRECTION and not text:
        raise InvalidError("Say what is wrong, and how it should read.")
    with transaction.atomic():
        locked = _locked(case)
        standing = locked.requests.filter(kind=kind, state=RequestState.OPEN).first()
        if standing is not None:
            return standing
        made = RightsRequest.objects.create(
            case=locked, kind=kind, text=text, due_date=now.date() + timedelta(days=ANSWER_DAYS), made_at=now
        )
        _record(locked, "request.made", now, request=made.ref, right=kind, due=made.due_date.isoformat())
    return made


def answer_request(*, request: RightsRequest, is_granted: bool, answer: str, member: Member, now: datetime) -> None:
    """Answer a candidate's request. Raises `ForbiddenError`, `InvalidError`, `ConflictError` where it was answered."""
    answer = answer.strip()[:MOST_TEXT]
    if not answer:
        raise InvalidError("Write what was done, or why not: the candidate reads it.")
    _check_member(request.case.application, member)
    with transaction.atomic():
        locked = RightsRequest.objects.select_for_update(of=("self",)).get(pk=request.pk)
        if locked.state != RequestState.OPEN:
            raise ConflictError("This was answered already. Nothing was changed.")
        locked.state = RequestState.GRANTED if is_granted else RequestState.REFUSED
        locked.answer, locked.member, locked.answered_at = answer, member, now
        locked.save(update_fields=["state", "answer", "member", "answered_at"])
        _record(request.case, "request.answered", now, member, request=locked.ref, state=locked.state)
        tell_candidate(request.case, "application_news", now)


def share_feedback(
    *, application: Application, strengths: str, missing: str, member: Member, now: datetime
) -> Feedback:
    """Let a candidate read what a person wrote for them, and tell them so. Once. Raises `ConflictError`."""
    strengths, missing = strengths.strip()[:MOST_TEXT], missing.strip()[:MOST_TEXT]
    if not strengths or not missing:
        raise InvalidError("Write both: what was shown, and what was missing for this role. The candidate reads it.")
    _check_member(application, member)
    with transaction.atomic():
        case = case_for(application=application, now=now)
        try:
            with transaction.atomic():
                made = Feedback.objects.create(
                    case=case, strengths=strengths, missing=missing, member=member, shared_at=now
                )
        except IntegrityError as error:
            raise ConflictError("Feedback was shared already, and may have been read. Nothing was changed.") from error
        _record(case, "feedback.shared", now, member)
        tell_candidate(case, "application_news", now)
    return made


def send_link(*, application: Application, member: Member, now: datetime) -> str:
    """Mail a candidate the link to their page; yield the link, to be sent in another way where no address is known."""
    _check_member(application, member)
    with transaction.atomic():
        case = case_for(application=application, now=now)
        _record(case, "status.link_sent", now, member)
        return tell_candidate(case, "application_status", now)


def withdraw(*, case: Case, now: datetime) -> Application:
    """End an application by its candidate, at any moment; twice is once.

    Raises `ConflictError` where it ended in another way.
    """
    with transaction.atomic():
        locked = Application.objects.select_for_update(of=("self",)).get(pk=case.application_id)
        if locked.state == ApplicationState.WITHDRAWN:
            return locked
        if locked.state in ENDED:
            raise ConflictError("This application has ended already, so there is nothing to withdraw.")
        moved = move_application(
            application=locked, member=None, to_state=ApplicationState.WITHDRAWN, seen_version=locked.version, now=now
        )
        _record(case, "application.withdrawn", now, before=locked.state)
    return moved


def _locked(case: Case) -> Case:
    return Case.objects.select_for_update(of=("self",)).select_related("organisation", "application").get(pk=case.pk)


def _check_member(application: Application, member: Member) -> None:
    is_ours = member.organisation_id == application.organisation_id
    duties = duties_of(member=member, role=application.role)
    if not is_ours or not may_see_applicants(member=member, duties=duties):
        raise ForbiddenError("The role's hiring managers and recruiters answer candidates.")


def tell_candidate(case: Case, template: str, now: datetime) -> str:
    """Mail the candidate their link, where an address is known; yield the link."""
    application = case.application
    link = absolute_url(reverse("status:page", args=[token_of(case)]))
    contact = application.person.contacts.filter(kind=ContactKind.EMAIL).order_by("pk").first()
    if contact is not None:
        context = {
            "organisation": application.organisation.name,
            "role": application.role.title,
            "answer_by": application.answer_by,
            "link": link,
        }
        queue_mail(organisation=application.organisation, to=contact.value, template=template, context=context, now=now)
    return link


def _record(case: Case, kind: str, now: datetime, member: Member | None = None, **facts: object) -> None:
    record(
        organisation=case.organisation, kind=kind, subject_type="application", subject_ref=case.application.ref,
        member=member, actor="" if member else CANDIDATE, now=now, facts=facts,
    )  # fmt: skip
