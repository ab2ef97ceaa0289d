"""Closed lists of this package."""

from django.db.models import TextChoices


class MailState(TextChoices):
    """Where a mail is."""

    WAITING = "waiting", "Waiting to be sent"
    SENT = "sent", "Sent"
    KEPT = "kept", "Kept here, since no mail server is set up"
    FAILED = "failed", "Given up"
