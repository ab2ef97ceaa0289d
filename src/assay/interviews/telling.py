"""Mails about an interview's time, each with the calendar entry."""

from collections.abc import Iterable
from datetime import datetime
from urllib.parse import urlsplit
from zoneinfo import ZoneInfo

from django.conf import settings
from django.urls import reverse

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.interviews.invites import Entry, cancel_entry, request_entry
from assay.interviews.links import token_of
from assay.interviews.models import Interview
from assay.messages.services import absolute_url, queue_mail
from assay.people.choices import ContactKind


def email_of(application: Application) -> str:
    """Yield where the candidate is written to; empty where no address is known."""
    contact = application.person.contacts.filter(kind=ContactKind.EMAIL).order_by("pk").first()
    return contact.value if contact else ""


def when_words(start: datetime, end: datetime, zone: str) -> str:
    """Yield a time for people, by the clock of a zone, and the zone."""
    local = ZoneInfo(zone)
    first, last = start.astimezone(local), end.astimezone(local)
    return f"{first:%A} {first.day} {first:%B %Y}, {first:%H:%M}–{last:%H:%M} ({zone.replace('_', ' ')})"


def entry_of(interview: Interview) -> Entry:
    """Yield the calendar entry of a booked interview; the same UID for its whole life."""
    assert interview.starts_at is not None  # noqa: S101 -- asked for booked interviews only, for the type checker
    assert interview.ends_at is not None  # noqa: S101 -- as above
    host = urlsplit(settings.SITE_URL).hostname or "localhost"
    return Entry(
        uid=f"interview-{interview.ref}@{host}",
        sequence=interview.sequence,
        start=interview.starts_at,
        end=interview.ends_at,
        title=f"{interview.kit.title}: {interview.application.role.title} at {interview.organisation.name}",
        organiser=interview.organisation.name,
        organiser_email=settings.DEFAULT_FROM_EMAIL.rpartition("<")[2].strip("> "),
    )


ENTRIES = {
    "interview_booked": request_entry,
    "interview_booked_member": request_entry,
    "interview_cancelled": cancel_entry,
    "interview_again": cancel_entry,
}
"""Which mails carry a calendar entry: one that puts it in, or one that takes it out."""


def tell_candidate(interview: Interview, template: str, *, now: datetime) -> None:
    """Mail the candidate, in their own zone; nothing where no address is known."""
    if to := email_of(interview.application):
        link = absolute_url(reverse("interview:start", args=[token_of(interview)]))
        _queue(interview, template, to, interview.time_zone or "UTC", link, now=now)


def tell_members(interview: Interview, members: Iterable[Member], template: str, *, now: datetime) -> None:
    """Mail interviewers, each in their own zone."""
    path = reverse("interviews:interview", args=[interview.organisation.slug, interview.ref])
    for member in members:
        interviewer = getattr(member, "interviewer", None)
        zone = interviewer.time_zone if interviewer else "UTC"
        _queue(interview, template, member.user.email, zone, absolute_url(path), now=now)


def _queue(interview: Interview, template: str, to: str, zone: str, link: str, *, now: datetime) -> None:
    context: dict[str, object] = {
        "organisation": interview.organisation.name,
        "role": interview.application.role.title,
        "title": interview.kit.title,
        "minutes": interview.kit.minutes,
        "link": link,
        "when": "",
    }
    calendar = ""
    if interview.starts_at is not None and interview.ends_at is not None:
        context["when"] = when_words(interview.starts_at, interview.ends_at, zone)
        if write := ENTRIES.get(template):
            calendar = write(entry=entry_of(interview), attendee=to, link=link, now=now)
    queue_mail(
        organisation=interview.organisation, to=to, template=template, context=context, now=now, calendar=calendar
    )
