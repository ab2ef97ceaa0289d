"""Reads of rules, cases, votes and decisions, each limited to what the member may see."""

from typing import NamedTuple

import msgspec
from django.db.models import Q, QuerySet

from assay.accounts.models import Member
from assay.accounts.rules import may_recruit
from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.core.errors import NotFoundError
from assay.decisions.choices import Outcome
from assay.decisions.models import Case, Decision, DecisionRule, Vote
from assay.decisions.registered import RuleContent, is_quorate
from assay.decisions.rules import may_decide, may_vote
from assay.interviews.models import Scorecard
from assay.roles.choices import RoleDuty
from assay.roles.models import Role, RoleMember
from assay.roles.selectors import duties_of

STANDS_IN = {
    Outcome.OFFER: (ApplicationState.OFFER, ApplicationState.HIRED, *ENDED),
    Outcome.DECLINE: (ApplicationState.REJECTED, ApplicationState.WITHDRAWN),
}
"""In which states of its application a decision still stands."""


class Part(NamedTuple):
    """What a member does in deciding on one application."""

    can_vote: bool
    can_decide: bool
    own: Vote | None

    @property
    def must_vote_first(self) -> bool:
        """Whether others' votes and the rule's view are hidden from them."""
        return self.can_vote and self.own is None


class View(NamedTuple):
    """What a member may see of deciding on one application."""

    case: Case | None
    rule: DecisionRule | None
    part: Part
    votes: list[Vote]
    """Empty where they are hidden from the member."""
    is_rule_shown: bool
    decision: Decision | None


def candidates_visible_to(*, member: Member) -> QuerySet[Application]:
    """Yield the applications that the member may see a packet of: those of their roles, and whom they rated."""
    found = Application.objects.filter(organisation_id=member.organisation_id).select_related(
        "person__organisation", "role__organisation", "organisation", "case"
    )
    if may_recruit(member):
        return found
    managed = RoleMember.objects.filter(member=member, duty=RoleDuty.HIRING_MANAGER).values("role")
    return found.filter(Q(role__in=managed) | Q(pk__in=_rated_by(member)))


def candidate_visible_to(*, member: Member, role_ref: str, application_ref: str) -> Application:
    """Yield one application that the member may see a packet of. Raises `NotFoundError`."""
    found = candidates_visible_to(member=member).filter(role__ref=role_ref, ref=application_ref).first()
    if found is None:
        raise NotFoundError("There is no such application, or it is not one that you decide on.")
    return found


def open_scorecards(*, application: Application, member: Member) -> bool:
    """Tell whether the member has yet to hand in what they heard: until then nothing of the packet is shown to them."""
    return Scorecard.objects.filter(
        interview__application=application, member=member, is_training=False, handed_in_at=None
    ).exists()


def rules_of(*, role: Role) -> list[DecisionRule]:
    """Yield a role's rules, the newest first."""
    return list(DecisionRule.objects.filter(role=role).select_related("member__user", "role").order_by("-number"))


def rule_for(*, application: Application) -> DecisionRule | None:
    """Yield the rule that stood when somebody applied; the role's first where they applied before it."""
    case = case_of(application)
    if case is not None and case.rule_id is not None:
        return case.rule
    rules = DecisionRule.objects.filter(role_id=application.role_id)
    earlier = rules.filter(registered_at__lte=application.applied_at).order_by("-number").first()
    return earlier or rules.order_by("number").first()


def content_of(rule: DecisionRule) -> RuleContent:
    """Yield a rule as a value."""
    return msgspec.convert(rule.content, RuleContent)


def case_of(application: Application) -> Case | None:
    """Yield an application's case, None where nobody has done anything about deciding yet."""
    return Case.objects.select_related("rule__member__user", "application").filter(application=application).first()


def part_of(*, application: Application, member: Member) -> Part:
    """Yield what the member does in deciding on an application."""
    duties = duties_of(member=member, role=application.role)
    has_rated = _rated_by(member).filter(interview__application=application).exists()
    own = Vote.objects.filter(case__application=application, member=member).first()
    return Part(
        can_vote=may_vote(member=member, duties=duties, has_rated=has_rated),
        can_decide=may_decide(member=member, duties=duties),
        own=own,
    )


def votes_visible_to(*, application: Application, member: Member) -> list[Vote]:
    """Yield the votes that the member may see: all after their own; where they do not vote, once enough are in."""
    return view_of(application=application, member=member).votes


def is_rule_shown(*, application: Application, member: Member) -> bool:
    """Tell whether the member may see what the rule says: enough have voted, and the member too if they vote."""
    return view_of(application=application, member=member).is_rule_shown


def replies_of(case: Case | None) -> dict[str, str]:
    """Yield what the candidate replied, by flag; the latest reply to each."""
    return {one.flag: one.text for one in case.replies.all()} if case is not None else {}


def view_of(*, application: Application, member: Member) -> View:
    """Yield what of deciding on an application the member may see, in one go: some eight queries."""
    case = case_of(application)
    rule = case.rule if case is not None and case.rule is not None else rule_for(application=application)
    part = part_of(application=application, member=member)
    votes = list(case.votes.select_related("member__user")) if case is not None else []
    is_seen = part.own is not None or (case is not None and case.revealed_at is not None)
    is_open = case is not None and rule is not None and not part.must_vote_first
    return View(
        case=case,
        rule=rule,
        part=part,
        votes=votes if is_seen and not part.must_vote_first else [],
        is_rule_shown=is_open and rule is not None and is_quorate(content=content_of(rule), votes=len(votes)),
        decision=standing_decision(application=application),
    )


def standing_decision(*, application: Application) -> Decision | None:
    """Yield what was decided and still stands: an application that was taken up again is open."""
    found = (
        Decision.objects.filter(case__application=application, reopened_at=None).select_related("member__user").first()
    )
    return found if found is not None and application.state in STANDS_IN[Outcome(found.outcome)] else None


def raters_of(*, application: Application) -> int:
    """Yield how many people rated somebody in ways that count; 0 while a scorecard of an interview is missing."""
    cards = Scorecard.objects.filter(interview__application=application, recorded_at__isnull=False)
    return cards.filter(ratings__value__isnull=False).values("member").distinct().count()


def _rated_by(member: Member) -> QuerySet[Scorecard, int]:
    """Yield the applications that a member rated, or is about to rate."""
    return Scorecard.objects.filter(member=member, is_training=False).values_list(
        "interview__application_id", flat=True
    )
