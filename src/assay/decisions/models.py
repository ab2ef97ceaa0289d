"""Rules, cases, votes and decisions."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.applications.choices import RejectionReason
from assay.applications.models import Application
from assay.core.ids import new_ref
from assay.decisions.choices import (
    ApprovalState,
    OfferState,
    Outcome,
    PayPeriod,
    RequestState,
    Right,
    Said,
    VoteChoice,
)
from assay.roles.models import Role


class DecisionRule(models.Model):
    """What must hold for an offer. Never changed once somebody has applied: a new version is for later applicants."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="decision_rules")
    number = models.PositiveIntegerField()
    content = models.JSONField()
    """A `registered.RuleContent`."""
    applicants_before = models.PositiveIntegerField(default=0)
    """How many had applied when the role's first rule was registered: shown, since it should be none."""
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    registered_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "number"], name="rule_version_once")]
        ordering = ["number"]


class Case(models.Model):
    """What belongs to deciding on one application: its rule, pinned with the first vote, and the candidate's link."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    application = models.OneToOneField(Application, on_delete=models.CASCADE, related_name="case")
    rule = models.ForeignKey(DecisionRule, null=True, on_delete=models.CASCADE, related_name="cases")
    link_number = models.PositiveIntegerField(default=1)
    """Part of what the candidate's link signs: a new number makes every earlier link worthless."""
    revealed_at = models.DateTimeField(null=True)
    """When enough people had voted, and the rule's view was shown to those who had."""
    created_at = models.DateTimeField()


class Vote(models.Model):
    """What one person thinks; final, since others' votes are shown to them next."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="votes")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    choice = models.CharField(max_length=10, choices=VoteChoice.choices)
    reason = models.TextField()
    at = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["case", "member"], name="vote_once"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="vote_has_its_reason"),
        ]
        ordering = ["at", "pk"]


class Decision(models.Model):
    """What people decided, with the rule's view as it stood then. Never changed; reopened applications get another."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="decisions")
    outcome = models.CharField(max_length=10, choices=Outcome.choices)
    reason = models.TextField()
    rejection_reason = models.CharField(max_length=20, choices=RejectionReason.choices, blank=True)
    rule_said = models.CharField(max_length=12, choices=Said.choices)
    verdict = models.JSONField()
    """The `registered.Verdict` at that moment."""
    override_reason = models.TextField(blank=True)
    parameters = models.CharField(max_length=80)
    """Version of the numbers behind the belief that was decided on."""
    observation_count = models.PositiveIntegerField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    at = models.DateTimeField()
    reopened_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"], condition=models.Q(reopened_at=None), name="one_standing_decision_a_case"
            ),
            models.CheckConstraint(condition=~models.Q(reason=""), name="decision_has_its_reason"),
            models.CheckConstraint(
                condition=~models.Q(override_reason="")
                | models.Q(outcome=Outcome.OFFER, rule_said=Said.HIRE)
                | models.Q(outcome=Outcome.DECLINE, rule_said=Said.DECLINE),
                name="override_has_its_reason",
            ),
        ]
        ordering = ["-at", "-pk"]


class FlagReply(models.Model):
    """What a candidate says to a question that their records raise. The latest for a question counts."""

    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="replies")
    flag = models.CharField(max_length=120)
    """A `flags.Flag.key`."""
    text = models.TextField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class RightsRequest(models.Model):
    """A candidate asks for a human review, a correction or an erasure; a person answers by a day."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="requests")
    kind = models.CharField(max_length=12, choices=Right.choices)
    text = models.TextField(blank=True)
    state = models.CharField(max_length=10, choices=RequestState.choices, default=RequestState.OPEN)
    answer = models.TextField(blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    due_date = models.DateField()
    made_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case", "kind"], condition=models.Q(state=RequestState.OPEN), name="one_open_request_a_kind"
            ),
            models.CheckConstraint(
                condition=models.Q(state=RequestState.OPEN) | ~models.Q(answer=""), name="answered_request_has_words"
            ),
        ]
        ordering = ["-made_at", "-pk"]


class Feedback(models.Model):
    """What a person wrote for the candidate to read, by what they did well and what was missing."""

    case = models.OneToOneField(Case, on_delete=models.CASCADE, related_name="feedback")
    strengths = models.TextField()
    missing = models.TextField()
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    shared_at = models.DateTimeField()


class Target(models.Model):
    """Within how many hours a role's candidates should have their answer, counted from the application."""

    role = models.OneToOneField(Role, on_delete=models.CASCADE, primary_key=True, related_name="answer_target")
    hours = models.PositiveIntegerField(default=48)


class Offer(models.Model):
    """Terms for one candidate. Its terms never change; another offer replaces it."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    case = models.ForeignKey(Case, on_delete=models.CASCADE, related_name="offers")
    decision = models.ForeignKey(Decision, on_delete=models.CASCADE, related_name="offers")
    state = models.CharField(max_length=10, choices=OfferState.choices, default=OfferState.WAITING)
    amount = models.PositiveIntegerField()
    currency = models.CharField(max_length=3)
    period = models.CharField(max_length=5, choices=PayPeriod.choices)
    starts_date = models.DateField()
    place = models.CharField(max_length=120)
    words = models.TextField(blank=True)
    """What else is agreed."""
    answer_by = models.DateField()
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)
    answered_at = models.DateTimeField(null=True)
    signed_name = models.CharField(max_length=200, blank=True)
    """What the candidate typed when accepting."""
    answer = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["case"],
                condition=models.Q(state__in=[OfferState.WAITING, OfferState.SENT, OfferState.ACCEPTED]),
                name="one_open_offer_a_case",
            )
        ]
        ordering = ["-made_at", "-pk"]


class Approval(models.Model):
    """One link of the chain that an offer passes before it is sent."""

    offer = models.ForeignKey(Offer, on_delete=models.CASCADE, related_name="approvals")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    position = models.PositiveSmallIntegerField()
    state = models.CharField(max_length=10, choices=ApprovalState.choices, default=ApprovalState.PENDING)
    note = models.TextField(blank=True)
    at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["offer", "member"], name="approver_once"),
            models.UniqueConstraint(fields=["offer", "position"], name="approval_position_once"),
        ]
        ordering = ["position"]
