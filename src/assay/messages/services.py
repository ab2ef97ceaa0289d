"""Queuing and sending mail."""

import smtplib
from collections.abc import Mapping
from datetime import datetime

from django.conf import settings
from django.core.mail import EmailMultiAlternatives
from django.db import transaction

from assay.accounts.models import Organisation
from assay.core.jobs import enqueue
from assay.messages.choices import MailState
from assay.messages.models import Mail
from assay.messages.rendering import Words, render_mail

ATTEMPTS_MAX = 12
"""With pauses that double from two seconds: about two hours in all, longer than a greylisting server asks for."""


class NotSentError(Exception):
    """The mail server did not take a mail this time; the job queue tries again."""


def absolute_url(path: str) -> str:
    """Yield a path of this site as a link for a mail."""
    return f"{settings.SITE_URL.rstrip('/')}{path}"


def is_sending() -> bool:
    """Tell whether mail leaves this installation; otherwise it is kept."""
    return bool(settings.EMAIL_HOST) and not settings.IS_DEVELOPMENT


def queue_mail(
    *,
    organisation: Organisation | None,
    to: str,
    template: str,
    context: Mapping[str, object],
    now: datetime,
    calendar: str = "",
) -> Mail:
    """Write a mail into the outbox in the caller's transaction: no commit, no mail.

    ``template`` names ``templates/messages/<template>.txt``. Links in the context are absolute (`absolute_url`).
    ``calendar`` is an iCalendar entry to go with it.
    """
    words = render_mail(template=template, context=context)
    return queue_words(organisation=organisation, to=to, template=template, words=words, now=now, calendar=calendar)


@transaction.atomic
def queue_words(
    *, organisation: Organisation | None, to: str, template: str, words: Words, now: datetime, calendar: str = ""
) -> Mail:
    """Write a mail that is rendered already into the outbox."""
    mail = Mail.objects.create(
        organisation=organisation, to=to, template=template, created_at=now,
        subject=words.subject, text=words.text, html=words.html, calendar=calendar,
    )  # fmt: skip
    if is_sending():
        from assay.messages.tasks import deliver_mail  # noqa: PLC0415 -- tasks call services

        enqueue(deliver_mail, mail_id=mail.pk)
    else:
        _keep(mail)
    return mail


def _keep(mail: Mail) -> None:
    """Leave a mail where it is; its words stay only in development, where a page shows them."""
    mail.state = MailState.KEPT
    if not settings.IS_DEVELOPMENT:
        mail.text = mail.html = mail.calendar = ""
    mail.save(update_fields=["state", "text", "html", "calendar"])


def send_mail(*, mail_id: int, now: datetime) -> None:
    """Hand a waiting mail to the mail server; do nothing where it was sent already or another worker is at it.

    The row stays locked while the server answers, so no two workers send it. A process killed between the server's
    answer and the commit sends again with the same Message-ID, by which receivers drop the second.
    Raises `NotSentError` where it is worth trying again.
    """
    error: NotSentError | None = None
    with transaction.atomic():
        waiting = Mail.objects.select_for_update(skip_locked=True).filter(pk=mail_id, state=MailState.WAITING)
        if (mail := waiting.first()) is not None:
            error = _try_to_send(mail, now=now)
    if error is not None:
        raise error


def _try_to_send(mail: Mail, *, now: datetime) -> NotSentError | None:
    mail.attempts += 1
    try:
        _message_of(mail).send()
    except (OSError, smtplib.SMTPException) as error:
        return _note_failure(mail, error)
    mail.state, mail.sent_at, mail.last_error = MailState.SENT, now, ""
    mail.text = mail.html = mail.calendar = ""
    mail.save()
    return None


def _note_failure(mail: Mail, error: OSError | smtplib.SMTPException) -> NotSentError | None:
    """Keep what the server said; yield an error where another attempt may help."""
    mail.last_error = f"{type(error).__name__}: {error}"[:300]
    is_final = _is_refused_for_good(error) or mail.attempts >= ATTEMPTS_MAX
    if is_final:
        mail.state, mail.text, mail.html, mail.calendar = MailState.FAILED, "", "", ""
    mail.save()
    return None if is_final else NotSentError(mail.last_error)


def _is_refused_for_good(error: OSError | smtplib.SMTPException) -> bool:
    """Tell a refusal of this mail (550 no such user) from a server that is away or busy."""
    if isinstance(error, smtplib.SMTPRecipientsRefused):
        return all(code >= 500 for code, _ in error.recipients.values())
    return isinstance(error, smtplib.SMTPDataError | smtplib.SMTPSenderRefused) and error.smtp_code >= 500


def _message_of(mail: Mail) -> EmailMultiAlternatives:
    domain = settings.DEFAULT_FROM_EMAIL.rpartition("@")[2].strip("> ")
    headers = {"Message-ID": message_id_of(mail.ref, domain=domain), "Auto-Submitted": "auto-generated"}
    message = EmailMultiAlternatives(mail.subject, mail.text, to=[mail.to], headers=headers)
    message.attach_alternative(mail.html, "text/html")
    if mail.calendar:
        method = "CANCEL" if "METHOD:CANCEL" in mail.calendar else "REQUEST"
        message.attach_alternative(mail.calendar, f"text/calendar; method={method}")
    return message


def message_id_of(ref: str, *, domain: str) -> str:
    """Yield the same Message-ID for every attempt at one mail."""
    return f"<assay.{ref}@{domain or 'localhost'}>"
