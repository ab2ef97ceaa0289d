"""Tests of a role, people's takings of them, and every question that was asked."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from assay.accounts.models import Member, Organisation
from assay.applications.models import Application
from assay.core.ids import new_ref
from assay.knowledge.choices import FamilyState, Feedback, PlanState, Stop, TakingState, WishState
from assay.roles.models import Role


class KnowledgeTest(models.Model):
    """A test of a role. What it measures and when it ends never changes."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="knowledge_tests")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="knowledge_tests")
    plan = models.JSONField()
    """A `plan.Plan` as JSON."""
    state = models.CharField(max_length=6, choices=PlanState.choices, default=PlanState.OPEN)
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-pk"]


class Taking(models.Model):
    """One applicant's way through a test, behind one signed link."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    test = models.ForeignKey(KnowledgeTest, on_delete=models.CASCADE, related_name="takings")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="takings")
    link_number = models.PositiveIntegerField(default=1)
    """Part of what the link signs: a new number makes every earlier link worthless."""
    words = models.TextField(blank=True)
    """What the candidate is told beside the rules."""
    feedback = models.CharField(max_length=8, choices=Feedback.choices, default=Feedback.SUMMARY)
    extra_time_percent = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=TakingState.choices, default=TakingState.INVITED)
    begin_by = models.DateTimeField()
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    """When the clock runs out; moved by pauses, extra time and what our faults cost."""
    paused_at = models.DateTimeField(null=True)
    """Since when the clock stands still between two questions."""
    paused_s = models.PositiveIntegerField(default=0)
    given_back_s = models.PositiveIntegerField(default=0)
    """Seconds that our own faults cost; part of ``ends_at``."""
    ended_at = models.DateTimeField(null=True)
    stop = models.CharField(max_length=10, choices=Stop.choices, blank=True)
    wish = models.TextField(blank=True)
    wish_state = models.CharField(max_length=8, choices=WishState.choices, default=WishState.NONE)
    wish_reply = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["test", "application"], condition=~models.Q(state=TakingState.CANCELLED), name="taking_once"
            ),
            models.CheckConstraint(
                condition=models.Q(extra_time_percent__lte=300), name="taking_extra_time_is_bounded"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=TakingState.BEGUN) | models.Q(begun_at__isnull=False, ends_at__isnull=False),
                name="begun_taking_has_a_clock",
            ),
        ]
        indexes = [models.Index(fields=["ends_at"], name="taking_clock", condition=models.Q(state=TakingState.BEGUN))]
        ordering = ["-created_at", "-pk"]


class Asked(models.Model):
    """One question as it was shown, and the first answer to it. An answer never changes."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    taking = models.ForeignKey(Taking, on_delete=models.CASCADE, related_name="asked")
    position = models.PositiveSmallIntegerField()
    family = models.CharField(max_length=120)
    slot = models.PositiveSmallIntegerField()
    """Which of the questions of its family this is for this person: 0 is the first."""
    seed = models.PositiveIntegerField()
    competency = models.CharField(max_length=60)
    discrimination = models.FloatField()
    difficulty = models.FloatField()
    """In levels around the middle one: an ability of this size has an even chance."""
    parameters = models.CharField(max_length=40)
    """The version of the two numbers."""
    is_pilot = models.BooleanField(default=False)
    variant = models.JSONField()
    """An `itembank.model.Variant` as JSON, key included: what was shown stays what it was when the bank changes."""
    shown_at = models.DateTimeField()
    answered_at = models.DateTimeField(null=True)
    answer = models.JSONField(null=True)
    """As it was sent; null also where the candidate said “I do not know”."""
    is_late = models.BooleanField(default=False)
    """Came after the time: kept, and counts for nothing."""
    category = models.PositiveSmallIntegerField(null=True)
    """1 right, 0 not; null where it does not count."""
    misconceptions = ArrayField(models.CharField(max_length=200), default=list)
    response_s = models.FloatField(null=True)
    """Seconds between showing and answer, pauses aside."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["taking", "position"], name="asked_position"),
            models.UniqueConstraint(fields=["taking", "family", "slot"], name="asked_once"),
            models.UniqueConstraint(fields=["taking"], condition=models.Q(answered_at=None), name="one_open_question"),
            models.CheckConstraint(
                condition=models.Q(category=None) | models.Q(answered_at__isnull=False, is_late=False),
                name="counted_answer_came_in_time",
            ),
        ]
        indexes = [models.Index(fields=["family"], name="asked_family")]
        ordering = ["position"]


class FamilyNote(models.Model):
    """That an organisation stops asking an item family, or asks it again. The latest counts."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    family = models.CharField(max_length=120)
    state = models.CharField(max_length=8, choices=FamilyState.choices)
    reason = models.CharField(max_length=300, blank=True)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "pk"]


class Estimate(models.Model):
    """An item family's parameters as answers gave them. Added, never changed; the newest version counts."""

    version = models.PositiveIntegerField()
    family = models.CharField(max_length=120)
    discrimination = models.FloatField()
    difficulty = models.FloatField()
    discrimination_se = models.FloatField()
    difficulty_se = models.FloatField()
    responses = models.PositiveIntegerField()
    made_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["version", "family"], name="estimate_once")]
        ordering = ["version", "family"]


class GroupFinding(models.Model):
    """How one family treats two groups of people of the same level. Counts and intervals; never who is in a group."""

    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    family = models.CharField(max_length=120)
    reference = models.CharField(max_length=60)
    """The larger group's name, as it was given."""
    focal = models.CharField(max_length=60)
    reference_people = models.PositiveIntegerField()
    focal_people = models.PositiveIntegerField()
    delta = models.FloatField()
    """On Educational Testing Service's scale: negative is harder for the focal group."""
    delta_low = models.FloatField()
    delta_high = models.FloatField()
    ets_class = models.CharField(max_length=1)
    may_act = models.BooleanField()
    non_uniform_p = models.FloatField(null=True)
    """Of the logistic regression; null where it is not identified."""
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    made_at = models.DateTimeField()

    class Meta:
        ordering = ["-made_at", "family"]
