"""What candidates are asked to do, and what they did."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from assay.accounts.models import Member, Organisation
from assay.applications.models import Application
from assay.assessments.choices import AttemptState, Feedback, RegradeState, ScoreState, SittingState, Via, WishState
from assay.core.ids import new_ref
from assay.items.models import TaskVersion, Variant


class Sitting(models.Model):
    """An invitation of one applicant to some tasks, behind one signed link."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="sittings")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="sittings")
    link_number = models.PositiveIntegerField(default=1)
    """Part of what the link signs: a new number makes every earlier link worthless."""
    words = models.TextField(blank=True)
    """What the candidate is told beside the rules."""
    feedback = models.CharField(max_length=8, choices=Feedback.choices, default=Feedback.SUMMARY)
    extra_time_percent = models.PositiveSmallIntegerField(default=0)
    state = models.CharField(max_length=10, choices=SittingState.choices, default=SittingState.INVITED)
    begin_by = models.DateTimeField()
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    begun_at = models.DateTimeField(null=True)
    """When the candidate said that the rules were read."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=models.Q(extra_time_percent__lte=300), name="extra_time_is_bounded")
        ]
        ordering = ["-created_at", "-pk"]


class Attempt(models.Model):
    """One task of a sitting: its clock, and the seed of its data."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="attempts")
    version = models.ForeignKey(TaskVersion, on_delete=models.PROTECT, related_name="attempts")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="attempts")
    position = models.PositiveSmallIntegerField()
    is_practice = models.BooleanField(default=False)
    """Counts for nothing and has no clock."""
    state = models.CharField(max_length=10, choices=AttemptState.choices, default=AttemptState.WAITING)
    started_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    given_back_s = models.PositiveIntegerField(default=0)
    """Time that our own faults cost, in seconds; part of ``ends_at``."""
    ended_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["sitting", "version"], name="attempt_once"),
            models.CheckConstraint(
                condition=models.Q(state=AttemptState.WAITING) | models.Q(started_at__isnull=False),
                name="begun_attempt_has_start",
            ),
        ]
        indexes = [
            models.Index(fields=["ends_at"], name="attempt_clock", condition=models.Q(state=AttemptState.RUNNING))
        ]
        ordering = ["position", "pk"]


class Save(models.Model):
    """The files as they stood at one moment; the saves of an attempt are its history, to be played again."""

    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="saves")
    revision = models.PositiveIntegerField()
    files = models.BinaryField()
    """Compressed (`items.folders`)."""
    events = models.JSONField(default=list)
    """What the editor told since the save before: ``[{"kind": "paste", "path": …, "characters": …, "at_ms": …}]``."""
    tab = models.CharField(max_length=40, blank=True)
    at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["attempt", "revision"], name="save_revision")]
        ordering = ["revision"]


class Tryout(models.Model):
    """A run of the visible tests while somebody works."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="tryouts")
    state = models.CharField(max_length=8, choices=ScoreState.choices, default=ScoreState.WAITING)
    outcome = models.JSONField(null=True)
    """What the candidate sees: the visible cases, and the program's output."""
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["attempt"], condition=models.Q(state=ScoreState.WAITING), name="one_tryout_at_a_time"
            )
        ]
        ordering = ["-created_at", "-pk"]


class HandIn(models.Model):
    """Files that were handed in. Never changed; a late one is kept and marked."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    attempt = models.ForeignKey(Attempt, on_delete=models.CASCADE, related_name="hand_ins")
    files = models.BinaryField()
    digest = models.CharField(max_length=64)
    via = models.CharField(max_length=8, choices=Via.choices)
    said = models.CharField(max_length=1000, blank=True)
    """What the candidate said of the help that was used."""
    at = models.DateTimeField()
    is_late = models.BooleanField()
    counts = models.BooleanField(null=True)
    """Null for a late one that nobody has decided on."""
    decided_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    viva = models.JSONField(default=list)
    """Questions about it, and what it answers itself: ``[{"ask": …, "answer": …}]``."""

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["attempt", "digest", "via"], name="hand_in_once"),
            models.UniqueConstraint(fields=["attempt"], condition=models.Q(counts=True), name="one_hand_in_counts"),
            models.CheckConstraint(
                condition=models.Q(is_late=True) | models.Q(counts__isnull=False), name="only_a_late_one_is_undecided"
            ),
        ]
        ordering = ["at", "pk"]


class TextRating(models.Model):
    """What one member made of one written part of a hand-in, on its anchors. Never changed; it can be withdrawn."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    hand_in = models.ForeignKey(HandIn, on_delete=models.CASCADE, related_name="text_ratings")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    file = models.CharField(max_length=200)
    competency = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField()
    """1 to 5: which of the anchors comes nearest."""
    reason = models.TextField()
    """The words of the text, or what is missing in it, that decided."""
    at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True)
    withdrawn_because = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["hand_in", "member", "file", "competency"],
                condition=models.Q(withdrawn_at=None),
                name="text_rated_once",
            ),
            models.CheckConstraint(condition=models.Q(value__range=(1, 5)), name="text_rating_on_scale"),
            models.CheckConstraint(condition=~models.Q(reason=""), name="text_rating_has_its_reason"),
        ]
        ordering = ["at", "pk"]


class Regrade(models.Model):
    """One action that grades the hand-ins of a task anew; both results are kept."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    version = models.ForeignKey(TaskVersion, on_delete=models.CASCADE, related_name="+")
    """What is graded against now."""
    reason = models.CharField(max_length=500)
    state = models.CharField(max_length=8, choices=RegradeState.choices, default=RegradeState.RUNNING)
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    applied_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["-created_at", "-pk"]


class Score(models.Model):
    """What one hand-in earned against one version of its task, graded by one version of the grader."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    hand_in = models.ForeignKey(HandIn, on_delete=models.CASCADE, related_name="scores")
    variant = models.ForeignKey(Variant, on_delete=models.PROTECT, related_name="+")
    grader = models.CharField(max_length=20)
    regrade = models.ForeignKey(Regrade, null=True, on_delete=models.SET_NULL, related_name="scores")
    state = models.CharField(max_length=8, choices=ScoreState.choices, default=ScoreState.WAITING)
    is_current = models.BooleanField(default=False)
    """Whether this is the one that counts."""
    share = models.FloatField(null=True)
    marks = models.JSONField(null=True)
    """A `grading.mark.Marks`."""
    flags = ArrayField(models.CharField(max_length=40), default=list)
    provenance = models.JSONField(default=dict)
    """Backend, controls and runtime version of the run."""
    problem = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    graded_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["hand_in", "variant", "grader"], name="score_once"),
            models.UniqueConstraint(fields=["hand_in"], condition=models.Q(is_current=True), name="one_current_score"),
            models.CheckConstraint(
                condition=~models.Q(state=ScoreState.DONE) | models.Q(marks__isnull=False, share__isnull=False),
                name="graded_score_has_marks",
            ),
        ]
        ordering = ["created_at", "pk"]


class Wish(models.Model):
    """What a candidate asks for: more time, another format."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    sitting = models.ForeignKey(Sitting, on_delete=models.CASCADE, related_name="wishes")
    text = models.TextField()
    state = models.CharField(max_length=8, choices=WishState.choices, default=WishState.OPEN)
    reply = models.TextField(blank=True)
    decided_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()
    decided_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["created_at", "pk"]


class Outage(models.Model):
    """A time in which the site did not answer; whoever was being timed got it back."""

    started_at = models.DateTimeField()
    ended_at = models.DateTimeField()


class Pulse(models.Model):
    """The last sign of life of the site: one row."""

    id = models.PositiveSmallIntegerField(primary_key=True, default=1)
    at = models.DateTimeField()
