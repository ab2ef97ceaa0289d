"""What happened, in an order that cannot be changed afterwards without showing."""

from django.db import models

from assay.accounts.models import Member, Organisation
from assay.core.ids import new_ref


class Chain(models.Model):
    """The head of an organisation's chain; locked while an event is added, so events have one order."""

    organisation = models.OneToOneField(Organisation, on_delete=models.CASCADE, primary_key=True)
    last_seq = models.BigIntegerField(default=0)
    last_hash = models.CharField(max_length=64, default="")


class Event(models.Model):
    """One thing that somebody or something did. Rows are never changed or deleted (a trigger refuses)."""

    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="+")
    seq = models.BigIntegerField()
    at = models.DateTimeField()
    member = models.ForeignKey(Member, null=True, on_delete=models.PROTECT, related_name="+")
    """Who; null for the system and for candidates."""
    actor = models.CharField(max_length=160)
    """Who, as it read at the time: a member's name, "system", "candidate"."""
    kind = models.CharField(max_length=60)
    subject_type = models.CharField(max_length=40)
    subject_ref = models.CharField(max_length=40)
    facts = models.JSONField(default=dict)
    previous_hash = models.CharField(max_length=64)
    hash = models.CharField(max_length=64)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["organisation", "seq"], name="event_seq_unique")]
        indexes = [
            models.Index(fields=["organisation", "-at"]),
            models.Index(fields=["organisation", "subject_type", "subject_ref"]),
        ]


class Check(models.Model):
    """A walk along the chain that somebody asked for, and what it found."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, on_delete=models.CASCADE, related_name="+")
    member = models.ForeignKey(Member, null=True, on_delete=models.SET_NULL, related_name="+")
    asked_at = models.DateTimeField()
    start_seq = models.BigIntegerField(default=0)
    """The last event of an earlier walk that found all whole: this one begins there. 0: at the chain's beginning."""
    start_hash = models.CharField(max_length=64, default="")
    walked = models.BigIntegerField(default=0)
    """The number of the event that was looked at last."""
    total = models.BigIntegerField(default=0)
    """Events that the chain had when the walk was asked for."""
    finished_at = models.DateTimeField(null=True)
    head_hash = models.CharField(max_length=64, default="")
    broken_seq = models.BigIntegerField(null=True)
    """The first event that does not hold; null where all do."""
    why = models.CharField(max_length=200, default="")

    class Meta:
        ordering = ["-asked_at", "-pk"]
        indexes = [models.Index(fields=["organisation", "finished_at"])]
