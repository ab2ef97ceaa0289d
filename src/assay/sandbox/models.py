"""Machines that run foreign code, and what they are asked to run."""

from django.contrib.postgres.fields import ArrayField
from django.db import models

from assay.core.ids import new_ref
from assay.sandbox.choices import Priority, RunState


class Machine(models.Model):
    """A runner that may lease runs. It knows its own token and nothing else of the site."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    name = models.CharField(max_length=60, unique=True)
    token_hash = models.CharField(max_length=64, unique=True)
    runtimes = ArrayField(models.CharField(max_length=40), default=list)
    """What it said that it can run, when it asked last."""
    labels = ArrayField(models.CharField(max_length=40), default=list)
    created_at = models.DateTimeField()
    seen_at = models.DateTimeField(null=True)
    revoked_at = models.DateTimeField(null=True)

    def __str__(self) -> str:
        return self.name


class Run(models.Model):
    """One job for a runner, its lease, and what came of it."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    purpose = models.CharField(max_length=40)
    """Which package asked, and for what: names the handler that is told the result."""
    subject = models.CharField(max_length=60)
    """What it is about, in the asking package's own words."""
    key = models.CharField(max_length=80)
    """Asking twice for the same purpose, subject and key is asking once."""
    runtime = models.CharField(max_length=40)
    priority = models.PositiveSmallIntegerField(choices=Priority.choices)
    state = models.CharField(max_length=8, choices=RunState.choices, default=RunState.QUEUED)
    job = models.BinaryField(null=True)
    """A compressed `assay_runner.contract.Job`; dropped once it is done, since it holds somebody's hand-in."""
    result = models.BinaryField(null=True)
    """A compressed `assay_runner.contract.JobResult`."""
    attempts = models.PositiveSmallIntegerField(default=0)
    problem = models.CharField(max_length=500, blank=True)
    machine = models.ForeignKey(Machine, null=True, on_delete=models.SET_NULL, related_name="runs")
    lease_id = models.CharField(max_length=12, blank=True)
    leased_until = models.DateTimeField(null=True)
    created_at = models.DateTimeField()
    finished_at = models.DateTimeField(null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["purpose", "subject", "key"], name="run_asked_once"),
            models.CheckConstraint(
                condition=~models.Q(state=RunState.LEASED) | models.Q(leased_until__isnull=False), name="lease_ends"
            ),
            models.CheckConstraint(
                condition=~models.Q(state=RunState.DONE) | models.Q(result__isnull=False), name="done_has_result"
            ),
        ]
        indexes = [
            models.Index(
                fields=["priority", "id"],
                name="run_waiting",
                condition=models.Q(state__in=[RunState.QUEUED, RunState.LEASED]),
            )
        ]
