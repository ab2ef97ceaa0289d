"""Ratings on anchors, each with what stands behind it, and what they add to the ledger."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import NamedTuple

from django.db import transaction

from assay.accounts.models import Member
from assay.core.errors import ConflictError, InvalidError
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import record_observation
from assay.evidence.models import Observation
from assay.interviews.choices import InterviewState, SeatState
from assay.interviews.kits import questions_of
from assay.interviews.models import Interview, Rating, Scorecard
from assay.interviews.selectors import missing_scorecards
from assay.interviews.services import record_interview

DUE_AFTER = timedelta(hours=24)
EARLY = timedelta(minutes=15)
MOST_TEXT = 4000
SCALE = range(1, 6)


class Given(NamedTuple):
    """What an interviewer noted of one answer; no value means not asked or not heard."""

    value: int | None
    quote: str


class IncompleteError(InvalidError):
    """A scorecard cannot be handed in like this; the message says what is missing."""


class HandedInError(ConflictError):
    """A scorecard that was handed in stays as it is: others may have been shown it."""


def scorecard_for(*, interview: Interview, member: Member, now: datetime) -> Scorecard:
    """Yield a member's scorecard of an interview, made where there is none.

    Raises `InvalidError` long before the interview, or for somebody without a seat in it.
    """
    seat = interview.seats.filter(member=member, state=SeatState.BOOKED).first()
    if seat is None or interview.state not in {InterviewState.BOOKED, InterviewState.DONE}:
        raise InvalidError("You do not rate in this interview.")
    if now < seat.starts_at - EARLY:
        raise InvalidError("The scorecard opens a quarter of an hour before the interview.")
    card, _ = Scorecard.objects.get_or_create(
        interview=interview,
        member=member,
        defaults={"due_at": seat.ends_at + DUE_AFTER, "is_training": seat.is_training},
    )
    return card


def save_ratings(*, scorecard: Scorecard, given: Mapping[str, Given], summary: str) -> None:
    """Keep what was noted so far; others do not see it. Raises `HandedInError`, `InvalidError`."""
    with transaction.atomic():
        locked = _locked_open(scorecard)
        _save(locked, given, summary)


def hand_in(
    *, scorecard: Scorecard, given: Mapping[str, Given], summary: str, member: Member, now: datetime
) -> Scorecard:
    """Hand a scorecard in: it is final, and each rating becomes an observation (`record_ratings`).

    Raises `IncompleteError` where an answer has neither a rating nor “not asked”, or a rating has no reason.
    """
    with transaction.atomic():
        locked = _locked_open(scorecard)
        _save(locked, given, summary)
        _check_complete(locked, given)
        locked.handed_in_at = now
        locked.save(update_fields=["handed_in_at"])
        rated = locked.ratings.filter(value__isnull=False).count()
        record_interview(
            locked.interview, "scorecard.handed_in", now, member, scorecard=locked.ref, ratings=rated,
            training=locked.is_training,
        )  # fmt: skip
        record_ratings(interview=locked.interview, now=now)
    return locked


def record_ratings(*, interview: Interview, now: datetime) -> None:
    """Let the ledger know what an interview showed, once everybody who rates has handed in; twice is once.

    Not earlier: whoever sees the ledger and has yet to rate would read there what the others heard.
    """
    with transaction.atomic():
        Interview.objects.select_for_update().get(pk=interview.pk)
        if missing_scorecards(interview=interview):
            return
        cards = Scorecard.objects.select_for_update(of=("self",)).filter(
            interview=interview, is_training=False, handed_in_at__isnull=False, recorded_at=None
        )
        for card in cards.select_related(
            "interview__kit", "interview__organisation", "interview__application__person", "member"
        ):
            for rating in card.ratings.filter(value__isnull=False):
                record_observation(observation=_observation(card, rating, now))
            card.recorded_at = now
            card.save(update_fields=["recorded_at"])


def _locked_open(scorecard: Scorecard) -> Scorecard:
    locked = (
        Scorecard.objects.select_for_update(of=("self",))
        .select_related("interview__kit", "interview__organisation", "interview__application__person", "member")
        .get(pk=scorecard.pk)
    )
    if locked.handed_in_at is not None:
        raise HandedInError("This scorecard was handed in and stays as it is.")
    return locked


def _save(locked: Scorecard, given: Mapping[str, Given], summary: str) -> None:
    asked = {one.id: one for one in questions_of(locked.interview.kit)}
    for name, one in given.items():
        if name not in asked or (one.value is not None and one.value not in SCALE):
            raise InvalidError("A rating is one of the five anchors of a question of this interview.")
        quote = one.quote.strip()[:MOST_TEXT]
        value = one.value if quote else None  # a rating without its reason is kept nowhere, not even as a draft
        Rating.objects.update_or_create(
            scorecard=locked, question=name,
            defaults={"competency": asked[name].competency, "value": value, "quote": quote},
        )  # fmt: skip
    locked.summary = summary.strip()[:MOST_TEXT]
    locked.save(update_fields=["summary"])


def _check_complete(locked: Scorecard, given: Mapping[str, Given]) -> None:
    faults = []
    for number, question in enumerate(questions_of(locked.interview.kit), 1):
        one = given.get(question.id)
        if one is None:
            faults.append(f"question {number}: choose an anchor, or “not asked”")
        elif one.value is not None and not one.quote.strip():
            faults.append(f"question {number}: what did they say or do?")
    if faults:
        message = f"Not handed in yet. {'; '.join(faults)}."
        raise IncompleteError(message[0].upper() + message[1:])


def _observation(scorecard: Scorecard, rating: Rating, now: datetime) -> Observation:
    interview = scorecard.interview
    question = next(one for one in questions_of(interview.kit) if one.id == rating.question)
    person = interview.application.person
    assert rating.value is not None  # noqa: S101 -- only answers that were rated come here, for the type checker
    return Observation(
        organisation=interview.organisation,
        person=person.merged_into or person,
        competency=rating.competency,
        source_kind=SourceKind.INTERVIEW,
        value=float(rating.value),
        observed_date=interview.starts_at.date() if interview.starts_at else None,
        created_at=now,
        facts={
            "event": interview.ref,
            "rater": scorecard.member.ref,
            "scorecard": scorecard.ref,
            "kit": interview.kit.ref,
            "interview": interview.kit.title,
            "question": question.ask,
            "anchor": question.anchors[rating.value - 1],
            "quote": rating.quote,
        },
    )
