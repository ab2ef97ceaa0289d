"""What candidates and members do with a portfolio. Reading lies in `reading`."""

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime
from typing import NamedTuple

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.db import transaction
from django.db.models import ProtectedError

from assay.accounts.models import Member
from assay.applications.models import Application
from assay.applications.rules import ENDED
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.evidence.ledger import forget_belief
from assay.evidence.models import Blob, Observation, Retraction
from assay.evidence.services import store_blob
from assay.messages.services import absolute_url, queue_mail
from assay.portfolios import tasks
from assay.portfolios.choices import ANCHORS, READ_KINDS, WorkKind, WorkState
from assay.portfolios.links import proof_of, token_of
from assay.portfolios.models import Address, Portfolio, Work, WorkRating

MOST_WORKS = 12
MOST_ADDRESSES = 8
MOST_BYTES = 40_000_000
MOST_WORDS = 4000
_PAPER = re.compile(
    r"(?:doi:|https://doi\.org/)?(10\.\d{4,9}/\S+)|(?:arxiv:|https://arxiv\.org/abs/)?(\d{4}\.\d{4,5})(?:v\d+)?",
    re.IGNORECASE,
)


class Shown(NamedTuple):
    """What a candidate's form says of one work. ``data`` is an uploaded file's content, ``origin`` its name then."""

    kind: WorkKind
    title: str
    origin: str
    said: str
    data: bytes = b""


def open_portfolio(*, application: Application, member: Member, now: datetime) -> Portfolio:
    """Make an applicant's place to show work; a second time yields the same."""
    if application.state in ENDED:
        raise InvalidError("This application has ended.")
    with transaction.atomic():
        portfolio, is_new = Portfolio.objects.get_or_create(
            application=application,
            defaults={"organisation_id": application.role.organisation_id, "created_by": member, "created_at": now},
        )
        if is_new:
            _record(portfolio, "portfolio.opened", now, member)
    return portfolio


def mail_link(*, portfolio: Portfolio, to: str, member: Member, url_path: str, now: datetime) -> None:
    """Mail the candidate their link. ``url_path`` is the page that it opens."""
    with transaction.atomic():
        queue_mail(
            organisation=portfolio.organisation, to=to, template="portfolio", now=now,
            context={"organisation": portfolio.organisation.name, "role": portfolio.application.role.title,
                     "link": absolute_url(url_path)},
        )  # fmt: skip
        _record(portfolio, "portfolio.mailed", now, member)


def renew_link(*, portfolio: Portfolio, member: Member, now: datetime) -> str:
    """Make every earlier link worthless; yield the new one's token."""
    with transaction.atomic():
        locked = Portfolio.objects.select_for_update().get(pk=portfolio.pk)
        locked.link_number += 1
        locked.save(update_fields=["link_number"])
        _record(locked, "portfolio.link_renewed", now, member)
    return token_of(locked)


def add_work(*, portfolio: Portfolio, shown: Shown, now: datetime) -> Work:
    """Add a work and have it read where a machine can. Raises `InvalidError`, `ConflictError` for one that is there."""
    tidy = _checked(shown)
    with transaction.atomic():
        locked = Portfolio.objects.select_for_update().get(pk=portfolio.pk)
        standing = locked.works.exclude(state=WorkState.TAKEN_BACK)
        if standing.count() >= MOST_WORKS:
            raise InvalidError(f"{MOST_WORKS} works are enough: take one back to show another.")
        blob = store_blob(data=tidy.data) if tidy.data else None
        if standing.filter(kind=tidy.kind, origin=tidy.origin, blob=blob and blob.pk).exclude(origin="").exists():
            raise ConflictError("This work is in the list already.")
        is_read = tidy.kind in READ_KINDS
        work = Work.objects.create(
            portfolio=locked, kind=tidy.kind, title=tidy.title, origin=tidy.origin, said=tidy.said, added_at=now,
            blob_id=blob.pk if blob else None, state=WorkState.WAITING if is_read else WorkState.SHOWN,
        )  # fmt: skip
        _record(locked, "portfolio.work_added", now, None, work=work.ref, shown_as=work.kind)
        if is_read:
            tasks.enqueue_reading(work)
    return work


def take_back(*, work: Work, now: datetime) -> None:
    """Take a work back: its file goes, and what it said no longer counts. Twice is once."""
    with transaction.atomic():
        locked = Work.objects.select_for_update().get(pk=work.pk)
        if locked.state == WorkState.TAKEN_BACK:
            return
        blob, locked.blob = locked.blob_id, None
        locked.state, locked.report, locked.root = WorkState.TAKEN_BACK, None, ""
        locked.save(update_fields=["state", "blob", "report", "root"])
        drop_blob(blob)
        forget_observations(locked, reason="The candidate took the work back.", now=now)
        _record(locked.portfolio, "portfolio.work_taken_back", now, None, work=locked.ref)


def claim_addresses(*, portfolio: Portfolio, emails: Sequence[str], path_of: str, now: datetime) -> list[Address]:
    """Note addresses as the candidate's and mail each a link that confirms it; yield the new ones.

    ``path_of`` is the confirming page's path with ``PROOF`` where the proof goes. Raises `InvalidError`.
    """
    tidy = list(dict.fromkeys(one.strip().lower() for one in emails if one.strip()))
    for one in tidy:
        _check_email(one)
    with transaction.atomic():
        locked = Portfolio.objects.select_for_update().get(pk=portfolio.pk)
        known = set(locked.addresses.values_list("email", flat=True))
        if len(known | set(tidy)) > MOST_ADDRESSES:
            raise InvalidError(f"{MOST_ADDRESSES} addresses are enough.")
        new = [Address.objects.create(portfolio=locked, email=one, created_at=now) for one in tidy if one not in known]
        for address in new:
            queue_mail(
                organisation=locked.organisation, to=address.email, template="portfolio_address", now=now,
                context={"organisation": locked.organisation.name,
                         "link": absolute_url(path_of.replace("PROOF", proof_of(address)))},
            )  # fmt: skip
        if new:
            _record(locked, "portfolio.addresses_claimed", now, None, count=len(new))
            _read_again(locked)
    return new


def confirm_address(*, address: Address, now: datetime) -> None:
    """Note that somebody who reads an address's mail opened the link. Twice is once."""
    with transaction.atomic():
        if Address.objects.filter(pk=address.pk, confirmed_at=None).update(confirmed_at=now):
            _record(address.portfolio, "portfolio.address_confirmed", now, None)
            _read_again(address.portfolio)


def rate_work(*, work: Work, member: Member, levels: dict[str, int], words: str, now: datetime) -> WorkRating:
    """Keep a member's rating, which opens the machine's summary to them. Raises `InvalidError`, `ConflictError`."""
    if unknown := set(levels) - {one.value for one in ANCHORS}:
        raise InvalidError(f"There is no aspect {', '.join(sorted(unknown))}.")
    if any(level not in range(1, 6) for level in levels.values()):
        raise InvalidError("A level lies between 1 and 5.")
    with transaction.atomic():
        rating, is_new = WorkRating.objects.get_or_create(
            work=work, member=member,
            defaults={"levels": levels, "words": words.strip()[:MOST_WORDS], "created_at": now},
        )  # fmt: skip
        if not is_new:
            raise ConflictError("You have rated this work; the first rating stands.")
        _record(work.portfolio, "portfolio.work_rated", now, member, work=work.ref)
    return rating


def drop_blob(sha256: str | None) -> None:
    """Delete bytes that nothing refers to any more. In the caller's transaction."""
    if sha256 is not None:
        with suppress(ProtectedError), transaction.atomic():
            Blob.objects.filter(pk=sha256).delete()


def forget_observations(work: Work, *, reason: str, now: datetime) -> None:
    """Let what a work said no longer count. In the caller's transaction."""
    person = work.portfolio.application.person
    rows = Observation.objects.filter(person=person, facts__event=work.ref, retraction=None)
    Retraction.objects.bulk_create(Retraction(observation=row, reason=reason, created_at=now) for row in rows)
    forget_belief(person=person)


def _read_again(portfolio: Portfolio) -> None:
    for work in portfolio.works.filter(kind__in=READ_KINDS).exclude(state=WorkState.TAKEN_BACK):
        tasks.enqueue_reading(work)


def _checked(shown: Shown) -> Shown:
    origin, title = shown.origin.strip(), " ".join(shown.title.split())[:160]
    if shown.kind == WorkKind.UPLOAD:
        if not shown.data:
            raise InvalidError("Choose a file: a Git bundle, a ZIP or TAR archive, or a notebook.")
        if len(shown.data) > MOST_BYTES:
            raise InvalidError(
                f"The file is larger than {MOST_BYTES // 1_000_000} MB. Send a bundle of the part that matters."
            )
    elif shown.kind == WorkKind.PRIVATE:
        if not shown.said.strip():
            raise InvalidError("Say in a few sentences what it was, what your part was, and what came of it.")
        origin = ""
    elif shown.kind == WorkKind.PAPER:
        if not _PAPER.fullmatch(origin):
            raise InvalidError("Give a DOI (10.…/…) or an arXiv number (such as 1706.03762).")
    elif not re.fullmatch(r"https://[^\s/]+\.[^\s/]+(/\S*)?", origin) or len(origin) > 500:
        raise InvalidError("Give the whole address, beginning with https://.")
    title = title or origin.rstrip("/").rsplit("/", 1)[-1][:160] or shown.kind.label
    return Shown(WorkKind(shown.kind), title, origin[:500], shown.said.strip()[:MOST_WORDS], shown.data)


def _check_email(text: str) -> None:
    try:
        validate_email(text)
    except ValidationError as error:
        message = f"“{text[:80]}” is no mail address. Nothing was noted."
        raise InvalidError(message) from error


def _record(portfolio: Portfolio, kind: str, now: datetime, member: Member | None, **facts: object) -> None:
    record(
        organisation=portfolio.organisation, kind=kind, subject_type="portfolio", subject_ref=portfolio.ref, now=now,
        member=member, actor="" if member else "candidate",
        facts={"application": portfolio.application.ref, **facts},
    )  # fmt: skip
