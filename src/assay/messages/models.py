"""The outbox."""

from django.db import models

from assay.accounts.models import Organisation
from assay.core.ids import new_ref
from assay.messages.choices import MailState


class Mail(models.Model):
    """One mail, rendered when it was queued. The words go once they have been sent: they may hold links that let in."""

    ref = models.CharField(max_length=12, unique=True, default=new_ref, editable=False)
    organisation = models.ForeignKey(Organisation, null=True, on_delete=models.CASCADE, related_name="mails")
    """On whose behalf; null for what concerns an account and no organisation."""
    to = models.EmailField(max_length=254)
    template = models.CharField(max_length=60)
    subject = models.CharField(max_length=200)
    text = models.TextField()
    html = models.TextField()
    calendar = models.TextField(blank=True)
    """An iCalendar entry that goes with it, its method inside; empty for most mails."""
    state = models.CharField(max_length=10, choices=MailState.choices, default=MailState.WAITING)
    attempts = models.PositiveSmallIntegerField(default=0)
    last_error = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField()
    sent_at = models.DateTimeField(null=True)

    class Meta:
        indexes = [models.Index(fields=["-created_at"])]
