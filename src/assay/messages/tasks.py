"""Jobs of this package."""

from assay.core.clock import now
from assay.core.jobs import task
from assay.messages.services import ATTEMPTS_MAX, send_mail


@task(attempts=ATTEMPTS_MAX)
def deliver_mail(mail_id: int) -> None:
    """Send one mail of the outbox."""
    send_mail(mail_id=mail_id, now=now())
