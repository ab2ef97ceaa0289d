"""Reading the outbox."""

from django.db.models import QuerySet

from assay.messages.choices import MailState
from assay.messages.models import Mail


def kept_mails() -> QuerySet[Mail]:
    """Yield the mails that were not sent because no mail server is set up, the newest first. For development only."""
    return Mail.objects.filter(state=MailState.KEPT).exclude(text="").order_by("-created_at", "-pk")
