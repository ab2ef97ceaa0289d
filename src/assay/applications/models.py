"""One person's course through one role."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.applications.choices import ApplicationState, RejectionReason, TaskState
from assay.core.ids import new_ref
from assay.people.models import Person
from assay.roles.models import Role


class Application(models.Model):
    """One state at a time; every change goes through `services.move_application` and leaves a transition."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="applications")
    role = models.ForeignKey(Role, on_delete=models.CASCADE, related_name="applications")
    person = models.ForeignKey(Person, on_delete=models.CASCADE, related_name="applications")
    state = models.CharField(max_length=12, choices=ApplicationState.choices, default=ApplicationState.NEW)
    version = models.PositiveIntegerField(default=1)
    """Counts the changes: whoever moves a card says which version was seen, so nobody overwrites another's move."""
    rejection_reason = models.CharField(max_length=20, choices=RejectionReason.choices, blank=True)
    rejection_note = models.TextField(blank=True)
    channel = models.CharField(max_length=60, blank=True)
    applied_at = models.DateTimeField()
    answer_by = models.DateField()
    state_since = models.DateTimeField()

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["role", "person"], name="application_once"),
            models.CheckConstraint(
                condition=~models.Q(state=ApplicationState.REJECTED) | ~models.Q(rejection_reason=""),
                name="rejection_has_reason",
            ),
        ]
        indexes = [models.Index(fields=["role", "state"]), models.Index(fields=["organisation", "answer_by"])]


class Transition(models.Model):
    """One change of state."""

    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="transitions")
    from_state = models.CharField(max_length=12, choices=ApplicationState.choices)
    to_state = models.CharField(max_length=12, choices=ApplicationState.choices)
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    note = models.TextField(blank=True)
    at = models.DateTimeField()

    class Meta:
        ordering = ["at", "id"]


class Note(models.Model):
    """What a member wrote about an application, for colleagues."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="notes")
    author = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    text = models.TextField()
    mentioned = models.ManyToManyField(Member, related_name="+")
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["-created_at", "-id"]


class Task(models.Model):
    """Something to be done by a member for an application."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    application = models.ForeignKey(Application, on_delete=models.CASCADE, related_name="tasks")
    text = models.CharField(max_length=300)
    assignee = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    due_date = models.DateField(null=True)
    state = models.CharField(max_length=6, choices=TaskState.choices, default=TaskState.OPEN)
    created_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["state", "due_date", "id"]
