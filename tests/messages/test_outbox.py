import smtplib

import pytest
from django.core import mail as django_mail
from django.core.mail.backends.base import BaseEmailBackend
from django.db import transaction
from django.test import override_settings

from assay.messages import services
from assay.messages.choices import MailState
from assay.messages.models import Mail
from assay.messages.rendering import render_mail, words_of

CONTEXT = {"organisation": "Northwind <&> Co", "invited_by": "Ada", "link": "https://x.example/i/t/", "days": 7}
SENDING = {"EMAIL_HOST": "mail.example", "IS_DEVELOPMENT": False}


class FailingBackend(BaseEmailBackend):
    error: Exception = OSError("unreachable")

    def send_messages(self, _messages):
        raise self.error


FAILING = SENDING | {"EMAIL_BACKEND": f"{__name__}.FailingBackend"}


def queue(organisation, now):
    return services.queue_mail(
        organisation=organisation, to="new@example.org", template="invitation", context=CONTEXT, now=now
    )


def test_rendered_mail_says_the_same_twice(db):
    words = render_mail(template="invitation", context=CONTEXT)
    assert words.subject == "Ada invites you to Northwind <&> Co on Assay"
    assert "https://x.example/i/t/" in words.text
    assert 'href="https://x.example/i/t/"' in words.html
    assert "Northwind &lt;&amp;&gt; Co" in words.html


def test_subject_cannot_begin_a_new_header():
    assert words_of(subject="Hello\r\nBcc: all@example.org", text="x").subject == "Hello Bcc: all@example.org"


def test_mail_is_kept_in_development(organisation, now):
    mail = queue(organisation, now)
    assert (mail.state, "https://x.example" in mail.text) == (MailState.KEPT, True)
    assert django_mail.outbox == []


@override_settings(IS_DEVELOPMENT=False)
def test_mail_without_a_server_keeps_no_words(organisation, now):
    mail = queue(organisation, now)
    assert (mail.state, mail.text, mail.html) == (MailState.KEPT, "", "")


@pytest.mark.django_db(transaction=True)
@override_settings(**SENDING)
def test_queued_mail_is_sent_once(organisation, now, run_jobs):
    mail = queue(organisation, now)
    assert mail.state == MailState.WAITING
    run_jobs()
    services.send_mail(mail_id=mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.text, mail.attempts) == (MailState.SENT, "", 1)
    (sent,) = django_mail.outbox
    assert (sent.to, sent.extra_headers["Message-ID"]) == (["new@example.org"], f"<assay.{mail.ref}@localhost>")


@pytest.mark.django_db(transaction=True)
@override_settings(**SENDING)
def test_mail_of_an_undone_transaction_is_not_sent(organisation, now, run_jobs):
    with transaction.atomic():
        queue(organisation, now)
        transaction.set_rollback(True)
    run_jobs()
    assert (Mail.objects.count(), django_mail.outbox) == (0, [])


@override_settings(**FAILING)
def test_mail_waits_while_the_server_is_away(organisation, now, monkeypatch):
    monkeypatch.setattr(FailingBackend, "error", OSError("unreachable"))
    mail = queue(organisation, now)
    with pytest.raises(services.NotSentError):
        services.send_mail(mail_id=mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.attempts, mail.last_error) == (MailState.WAITING, 1, "OSError: unreachable")
    assert mail.text != ""


@override_settings(**FAILING)
def test_mail_is_given_up_after_the_last_attempt(organisation, now):
    mail = queue(organisation, now)
    Mail.objects.filter(pk=mail.pk).update(attempts=services.ATTEMPTS_MAX - 1)
    services.send_mail(mail_id=mail.pk, now=now)
    mail.refresh_from_db()
    assert (mail.state, mail.text) == (MailState.FAILED, "")


@pytest.mark.parametrize(("code", "state"), [(550, MailState.FAILED), (450, MailState.WAITING)])
@override_settings(**FAILING)
def test_mail_that_the_server_refuses(organisation, now, monkeypatch, code, state):
    refusal = smtplib.SMTPRecipientsRefused({"new@example.org": (code, b"no")})
    monkeypatch.setattr(FailingBackend, "error", refusal)
    mail = queue(organisation, now)
    if state == MailState.WAITING:
        with pytest.raises(services.NotSentError):
            services.send_mail(mail_id=mail.pk, now=now)
    else:
        services.send_mail(mail_id=mail.pk, now=now)
    mail.refresh_from_db()
    assert mail.state == state
