"""Kits, interviewers and their times, interviews and the seats in them, scorecards."""

from django.contrib.postgres.constraints import ExclusionConstraint
from django.db import models
from django.db.models import F, Func, Q, Value

from assay.accounts.models import Member, Organisation
from assay.applications.models import Application
from assay.core.ids import new_ref
from assay.interviews.choices import InterviewState, KitState, SeatState
from assay.roles.models import Role


def _during() -> Func:
    """Yield the row's time as a half-open range: what ends at ten leaves ten free."""
    return Func(F("starts_at"), F("ends_at"), Value("[)"), function="tstzrange")


def _same(column: str) -> Func:
    """Yield a key as a range of one number: overlap is equality, without the extension that equality would need."""
    return Func(F(column), F(column), Value("[]"), function="int8range")


class Kit(models.Model):
    """One interview stage of a role: the same questions, in the same order, for every candidate."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="kits")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="kits")
    title = models.CharField(max_length=120)
    version = models.PositiveIntegerField(default=1)
    minutes = models.PositiveSmallIntegerField()
    panel_size = models.PositiveSmallIntegerField(default=1)
    """How many interviewers rate; one in training may sit in beside them."""
    state = models.CharField(max_length=10, choices=KitState.choices, default=KitState.DRAFT)
    questions = models.JSONField(default=list)
    """`bank.Question`s as they were when they were chosen: a change of the bank changes no interview."""
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["role", "title", "version"], name="kit_version_once")]
        ordering = ["created_at", "pk"]

    def __str__(self) -> str:
        return self.title


class KitInterviewer(models.Model):
    """Who may be asked to hold the interviews of a kit."""

    kit = models.ForeignKey(Kit, on_delete=models.CASCADE, related_name="interviewers")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="+")
    is_training = models.BooleanField(default=False)
    """Sits in and rates to learn; the ratings stay out of the ledger."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["kit", "member"], name="kit_interviewer_once")]
        ordering = ["pk"]


class Interviewer(models.Model):
    """When a member can be booked."""

    member = models.OneToOneField(Member, on_delete=models.CASCADE, related_name="interviewer")
    time_zone = models.CharField(max_length=60, default="UTC")
    most_a_week = models.PositiveSmallIntegerField(default=5)
    notice_hours = models.PositiveSmallIntegerField(default=4)
    """How long before its start an interview may be booked at the latest."""
    ready_until = models.DateTimeField(null=True)
    """Until then the member can take one now; pushed on while their page is open."""


class Hours(models.Model):
    """A time of the week in which a member can be booked, in their own zone."""

    interviewer = models.ForeignKey(Interviewer, on_delete=models.CASCADE, related_name="hours")
    weekday = models.PositiveSmallIntegerField()
    """0 is Monday."""
    starts = models.TimeField()
    ends = models.TimeField()

    class Meta:
        constraints = [models.CheckConstraint(condition=Q(starts__lt=F("ends")), name="hours_have_length")]
        ordering = ["weekday", "starts"]


class Busy(models.Model):
    """A time in which a member cannot be booked, from their calendar. Nothing else of the calendar is kept."""

    interviewer = models.ForeignKey(Interviewer, on_delete=models.CASCADE, related_name="busy")
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        indexes = [models.Index(fields=["interviewer", "ends_at"])]
        ordering = ["starts_at"]


class Interview(models.Model):
    """One applicant's interview with one kit, behind one signed link."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="interviews")
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="interviews")
    kit = models.ForeignKey(Kit, on_delete=models.PROTECT, related_name="interviews")
    link_number = models.PositiveIntegerField(default=1)
    """Part of what the link signs: a new number makes every earlier link worthless."""
    state = models.CharField(max_length=10, choices=InterviewState.choices, default=InterviewState.INVITED)
    starts_at = models.DateTimeField(null=True)
    ends_at = models.DateTimeField(null=True)
    held_until = models.DateTimeField(null=True)
    time_zone = models.CharField(max_length=60, blank=True)
    """The candidate's, as they chose it."""
    sequence = models.PositiveIntegerField(default=0)
    """Counts what was mailed of the calendar entry: a later one replaces an earlier one of the same UID."""
    open_points = models.JSONField(default=list)
    """What is open about this candidate: ``[{"kind": …, "about": …, "ask": …}]``. Beside the questions, not rated."""
    room_ref = models.CharField(max_length=12, blank=True)
    """The room that was opened for it; empty until there is one."""
    book_by = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    created_by = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        constraints = [
            models.CheckConstraint(
                condition=~Q(state__in=[InterviewState.HELD, InterviewState.BOOKED])
                | Q(starts_at__isnull=False, ends_at__isnull=False),
                name="booked_interview_has_time",
            ),
            ExclusionConstraint(
                name="candidate_is_in_one_interview",
                expressions=[(_same("application_id"), "&&"), (_during(), "&&")],
                condition=Q(state__in=[InterviewState.HELD, InterviewState.BOOKED]),
            ),
        ]
        indexes = [models.Index(fields=["state", "starts_at"])]
        ordering = ["-created_at", "-pk"]


class Seat(models.Model):
    """An interviewer's time, taken by an interview. No member has two at one time: the database refuses."""

    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="seats")
    member = models.ForeignKey(Member, on_delete=models.CASCADE, related_name="seats")
    is_training = models.BooleanField(default=False)
    state = models.CharField(max_length=10, choices=SeatState.choices, default=SeatState.BOOKED)
    starts_at = models.DateTimeField()
    ends_at = models.DateTimeField()

    class Meta:
        constraints = [
            ExclusionConstraint(
                name="interviewer_is_in_one_interview",
                expressions=[(_same("member_id"), "&&"), (_during(), "&&")],
                condition=Q(state__in=[SeatState.HELD, SeatState.BOOKED]),
            ),
        ]
        ordering = ["is_training", "pk"]


class Scorecard(models.Model):
    """One interviewer's ratings of one interview; final once handed in."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    interview = models.ForeignKey(Interview, on_delete=models.CASCADE, related_name="scorecards")
    member = models.ForeignKey(Member, on_delete=models.PROTECT, related_name="+")
    is_training = models.BooleanField(default=False)
    summary = models.TextField(blank=True)
    due_at = models.DateTimeField()
    reminded_at = models.DateTimeField(null=True)
    handed_in_at = models.DateTimeField(null=True)
    recorded_at = models.DateTimeField(null=True)
    """When its ratings became observations: once the last of the panel had handed in."""

    class Meta:
        constraints = [models.UniqueConstraint(fields=["interview", "member"], name="scorecard_once")]
        ordering = ["pk"]


class Rating(models.Model):
    """One answer on its anchored scale, with the words or the event behind it."""

    scorecard = models.ForeignKey(Scorecard, on_delete=models.CASCADE, related_name="ratings")
    question = models.CharField(max_length=80)
    competency = models.CharField(max_length=60)
    value = models.PositiveSmallIntegerField(null=True)
    """1 to 5; null where it was not asked or not heard, which is no evidence against anybody."""
    quote = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["scorecard", "question"], name="rating_once"),
            models.CheckConstraint(condition=Q(value__isnull=True) | Q(value__range=(1, 5)), name="rating_on_scale"),
            models.CheckConstraint(condition=Q(value__isnull=True) | ~Q(quote=""), name="rating_has_its_reason"),
        ]
        ordering = ["pk"]
