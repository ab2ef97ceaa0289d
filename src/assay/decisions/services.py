"""Rules, votes and decisions: each one use case and one transaction, with its audit event."""

from datetime import datetime

import msgspec
from django.db import transaction

from assay.accounts.models import Member
from assay.applications.choices import ApplicationState, RejectionReason
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.applications.services import move_application
from assay.audit.services import record
from assay.core.errors import ConflictError, ForbiddenError, InvalidError
from assay.decisions.choices import Outcome, Said, VoteChoice
from assay.decisions.models import Case, Decision, DecisionRule, Target, Vote
from assay.decisions.registered import Facts, RuleContent, Verdict, check_content, is_quorate, verdict_of
from assay.decisions.selectors import content_of, open_scorecards, part_of, raters_of, rule_for, standing_decision
from assay.decisions.weighing import Weighed, weighed
from assay.roles.models import Role
from assay.roles.rules import may_edit_role
from assay.roles.selectors import duties_of, with_current_version

MOST_TEXT = 4000
MOST_TARGET_H = 24 * 90
MATCHING = {Outcome.OFFER: Said.HIRE, Outcome.DECLINE: Said.DECLINE}


class RuleInForceError(ConflictError):
    """Somebody has applied under this rule, so it stays as it is; a new version holds for those who apply later."""


class DecidedError(ConflictError):
    """Somebody else decided first; the message says what."""


def register_rule(*, role: Role, content: RuleContent, member: Member, now: datetime) -> DecisionRule:
    """Register a role's first rule, or change it while nobody has applied.

    Raises `RuleInForceError` once somebody has applied and there is a rule, `ForbiddenError` for somebody who may not
    change the role, `InvalidError` for a rule that cannot be met.
    """
    check_content(content)
    _check_editor(role, member)
    with transaction.atomic():
        Role.objects.select_for_update().get(pk=role.pk)
        standing = DecisionRule.objects.filter(role=role).order_by("-number").first()
        applicants = Application.objects.filter(role=role).count()
        if standing is not None and applicants:
            message = (
                "People have applied under this rule, so it stays as it is. Open a new version: it holds for those "
                "who apply from then on, and everybody before keeps the rule that they applied under."
            )
            raise RuleInForceError(message)
        if standing is not None:
            return _changed(standing, content, member, now)
        return _added(role, content, member, now, number=1, applicants=applicants)


def open_rule_version(*, role: Role, content: RuleContent, member: Member, now: datetime) -> DecisionRule:
    """Open a new version, for those who apply from now on. Saying the same twice opens one."""
    check_content(content)
    _check_editor(role, member)
    with transaction.atomic():
        Role.objects.select_for_update().get(pk=role.pk)
        standing = DecisionRule.objects.filter(role=role).order_by("-number").first()
        if standing is None:
            raise ConflictError("This role has no rule yet. Register one.")
        if standing.content == msgspec.to_builtins(content):
            return standing
        return _added(role, content, member, now, number=standing.number + 1, applicants=0)


def set_target(*, role: Role, hours: int, member: Member, now: datetime) -> Target:
    """Say within how many hours a role's candidates should be answered. Raises `ForbiddenError`, `InvalidError`."""
    _check_editor(role, member)
    if not 1 <= hours <= MOST_TARGET_H:
        raise InvalidError("A target lies between an hour and 90 days.")
    with transaction.atomic():
        made, _ = Target.objects.update_or_create(role=role, defaults={"hours": hours})
        record(
            organisation=role.organisation, kind="role.answer_target_set", subject_type="role", subject_ref=role.ref,
            member=member, now=now, facts={"hours": hours},
        )  # fmt: skip
    return made


def case_for(*, application: Application, now: datetime) -> Case:
    """Yield an application's case, made where there is none."""
    case, _ = Case.objects.get_or_create(
        application=application, defaults={"organisation_id": application.organisation_id, "created_at": now}
    )
    return case


def cast_vote(*, application: Application, choice: str, reason: str, member: Member, now: datetime) -> Vote:
    """Vote, once and for good; the first vote pins the rule, the last that is needed reveals what it says.

    Raises `ForbiddenError` for somebody who does not vote, `ConflictError` where a vote stands, the application has
    ended or was decided, or the own scorecard is open, `InvalidError` without a rule, a choice or a reason.
    """
    reason = reason.strip()[:MOST_TEXT]
    if choice not in VoteChoice.values or not reason:
        raise InvalidError("Choose one of the three, and say why in a sentence or two.")
    with transaction.atomic():
        case = _locked(application, now)
        part = part_of(application=application, member=member)
        if not part.can_vote:
            raise ForbiddenError("The role's hiring managers vote, and those who rated this person in an interview.")
        if part.own is not None:
            if (part.own.choice, part.own.reason) == (choice, reason):
                return part.own
            raise ConflictError("Your vote stands: you have been shown the others' since. Nothing was changed.")
        _check_open(case, application, member)
        vote = Vote.objects.create(case=case, member=member, choice=choice, reason=reason, at=now)
        _record(case, "vote.cast", member, now, vote=choice, rule=_rule(case).number)
        _reveal(case, member, now)
    return vote


def decide(
    *,
    application: Application,
    outcome: str,
    reason: str,
    seen: str,
    member: Member,
    now: datetime,
    rejection_reason: str = "",
    override_reason: str = "",
) -> Decision:
    """Decide: a person, with reasons, after the rule's view was revealed; moves the application too.

    Parameters
    ----------
    seen
        What the rule said on the page (`choices.Said`): where evidence came in since, look again.

    Raises
    ------
    ForbiddenError
        For anybody but the role's hiring managers.
    DecidedError
        Where somebody was faster. The same decision by the same person twice is once.
    ConflictError
        Where votes are missing, the application has ended (a candidate may withdraw at any time), or the rule says
        something else by now.
    InvalidError
        Without reasons, or without a reason to depart from the rule.
    """
    _check_words(outcome, reason, rejection_reason)
    with transaction.atomic():
        case = _locked(application, now)
        locked = case.application
        if not part_of(application=application, member=member).can_decide:
            raise ForbiddenError("The role's hiring managers decide.")
        if (standing := standing_decision(application=locked)) is not None:
            return _same_or_conflict(standing, outcome, reason, member)
        _check_revealed(case, application, member)
        found = weighed(application=locked, profile=with_current_version(role=locked.role).profile)
        verdict = verdict_for(case=case, found=found)
        _check_seen(verdict, seen, outcome, override_reason)
        made = Decision.objects.create(
            case=case, outcome=outcome, reason=reason.strip()[:MOST_TEXT], rejection_reason=rejection_reason,
            rule_said=verdict.says, verdict=msgspec.to_builtins(verdict), member=member, at=now,
            override_reason="" if verdict.says == MATCHING[Outcome(outcome)] else override_reason.strip()[:MOST_TEXT],
            parameters=found.live.numbers.version, observation_count=len(found.live.rows),
        )  # fmt: skip
        _move(locked, made, now)
        _record(
            case, "decision.made", member, now, decision=made.ref, outcome=outcome, rule_said=verdict.says,
            is_override=bool(made.override_reason), reason=rejection_reason,
        )  # fmt: skip
    return made


def verdict_for(*, case: Case, found: Weighed) -> Verdict:
    """Yield what a case's rule says now."""
    facts = Facts(
        p_above_bar=found.fit.p_above_bar if found.fit else None,
        p_must_haves=found.p_together,
        measured=found.measured,
        demanded=len(found.demanded),
        raters=raters_of(application=case.application),
        votes=tuple(case.votes.values_list("choice", flat=True)),
    )
    return verdict_of(content=content_of(_rule(case)), facts=facts)


def _locked(application: Application, now: datetime) -> Case:
    """Lock the application, so that votes, decisions and withdrawals come one after the other; yield its case."""
    locked = Application.objects.select_for_update(of=("self",)).get(pk=application.pk)
    case_for(application=locked, now=now)
    case = Case.objects.select_for_update(of=("self",)).select_related(
        "rule", "organisation", "application__person__organisation", "application__role__organisation"
    )
    _reopen(locked, now)
    return case.get(application=locked)


def _reopen(locked: Application, now: datetime) -> None:
    """Let go of a decision whose application was taken up again."""
    if standing_decision(application=locked) is None:
        Decision.objects.filter(case__application=locked, reopened_at=None).update(reopened_at=now)


def _check_open(case: Case, application: Application, member: Member) -> None:
    _check_running(case.application)
    if standing_decision(application=case.application) is not None:
        raise ConflictError("This application was decided already. A vote now would only follow the decision.")
    if open_scorecards(application=application, member=member):
        raise ConflictError("Hand in your scorecard first: what you heard comes before what you conclude.")
    if case.rule is None:
        rule = rule_for(application=application)
        if rule is None:
            raise InvalidError("This role has no decision rule yet. Register it before anybody votes.")
        case.rule = rule
        case.save(update_fields=["rule"])


def _check_running(application: Application) -> None:
    if application.state in ENDED:
        state = ApplicationState(application.state).label.lower()
        raise ConflictError(f"This application has ended: it is {state}. Nothing was changed.", state=application.state)


def _check_revealed(case: Case, application: Application, member: Member) -> None:
    _check_running(case.application)
    if case.rule is None or case.revealed_at is None:
        raise ConflictError("Not enough people have voted. The rule's view is shown, and a decision taken, after that.")
    if part_of(application=application, member=member).must_vote_first:
        raise ConflictError("Vote first: your own view is asked for before the rule's is shown.")


def _check_words(outcome: str, reason: str, rejection_reason: str) -> None:
    if outcome not in Outcome.values or not reason.strip():
        raise InvalidError("Say what you decide, and why.")
    if outcome == Outcome.DECLINE and rejection_reason not in RejectionReason.values:
        raise InvalidError("Declining needs a reason that the person can be told.")


def _check_seen(verdict: Verdict, seen: str, outcome: str, override_reason: str) -> None:
    if verdict.says != seen:
        message = f"Evidence has come in since you looked: the rule now says “{verdict.label}”. Look at it again."
        raise ConflictError(message, says=verdict.says)
    if verdict.says != MATCHING[Outcome(outcome)] and not override_reason.strip():
        raise InvalidError(f"The rule says “{verdict.label}”. To decide otherwise, say why you depart from it.")


def _same_or_conflict(standing: Decision, outcome: str, reason: str, member: Member) -> Decision:
    is_same = (standing.outcome, standing.reason, standing.member_id) == (outcome, reason.strip(), member.pk)
    if is_same:
        return standing
    what = Outcome(standing.outcome).label.lower()
    raise DecidedError(f"{standing.member} decided already: {what}. Nothing was changed.", decision=standing.ref)


def _move(application: Application, decision: Decision, now: datetime) -> None:
    is_offer = decision.outcome == Outcome.OFFER
    to_state = ApplicationState.OFFER if is_offer else ApplicationState.REJECTED
    if application.state != to_state:
        move_application(
            application=application, member=decision.member, to_state=to_state, seen_version=application.version,
            now=now, reason=decision.rejection_reason,
        )  # fmt: skip


def _reveal(case: Case, member: Member, now: datetime) -> None:
    if case.revealed_at is None and is_quorate(content=content_of(_rule(case)), votes=case.votes.count()):
        case.revealed_at = now
        case.save(update_fields=["revealed_at"])
        _record(case, "rule.revealed", member, now, rule=_rule(case).number)


def _rule(case: Case) -> DecisionRule:
    assert case.rule is not None  # noqa: S101 -- pinned before anything that asks for it, for the type checker
    return case.rule


def _check_editor(role: Role, member: Member) -> None:
    is_ours = member.organisation_id == role.organisation_id
    if not is_ours or not may_edit_role(member=member, duties=duties_of(member=member, role=role)):
        raise ForbiddenError("The role's hiring manager or a recruiter registers its decision rule.")


def _added(
    role: Role, content: RuleContent, member: Member, now: datetime, *, number: int, applicants: int
) -> DecisionRule:
    rule = DecisionRule.objects.create(
        organisation_id=role.organisation_id, role=role, number=number, content=msgspec.to_builtins(content),
        applicants_before=applicants, member=member, registered_at=now,
    )  # fmt: skip
    _record_rule(rule, "rule.registered" if number == 1 else "rule.version_opened", now)
    return rule


def _changed(rule: DecisionRule, content: RuleContent, member: Member, now: datetime) -> DecisionRule:
    if rule.content != msgspec.to_builtins(content):
        rule.content, rule.member, rule.registered_at = msgspec.to_builtins(content), member, now
        rule.save(update_fields=["content", "member", "registered_at"])
        _record_rule(rule, "rule.changed", now)
    return rule


def _record_rule(rule: DecisionRule, kind: str, now: datetime) -> None:
    record(
        organisation=rule.role.organisation, kind=kind, subject_type="role", subject_ref=rule.role.ref,
        member=rule.member, now=now,
        facts={"rule": rule.ref, "number": rule.number, "content": rule.content, "applied": rule.applicants_before},
    )  # fmt: skip


def _record(case: Case, kind: str, member: Member, now: datetime, **facts: object) -> None:
    record(
        organisation=case.organisation, kind=kind, subject_type="application", subject_ref=case.application.ref,
        member=member, now=now, facts=facts,
    )  # fmt: skip
