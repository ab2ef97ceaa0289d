"""Texts of a hand-in, rated by people on anchors: what follows for the ledger, and who sees whose rating."""

from collections.abc import Mapping
from datetime import datetime
from typing import NamedTuple

from django.db import transaction
from django.db.models import QuerySet

from assay.accounts.models import Member
from assay.assessments.models import Attempt, HandIn, TextRating
from assay.audit.services import record
from assay.core.errors import ConflictError, InvalidError
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import record_observation, retract, standing_observations
from assay.evidence.models import Observation
from assay.grading.model import WrittenPart
from assay.items.folders import task_of, unpacked_files
from assay.people.models import Person

SCALE = range(1, 6)
MOST_REASON = 4000
NO_LONGER = "The rating was withdrawn, or another hand-in counts."


class Given(NamedTuple):
    """What a reader made of one text: an anchor, 1 to 5, and what decided."""

    value: int | None
    reason: str


class Text(NamedTuple):
    """A written part of a task with what was handed in for it."""

    part: WrittenPart
    words: str

    @property
    def key(self) -> str:
        """What tells it from the other texts of its task."""
        return f"{self.part.file}:{self.part.competency}"


class RatedError(ConflictError):
    """A rating that was given stays as it is; it can be withdrawn."""


class IncompleteError(InvalidError):
    """The ratings cannot be kept like this; the message says what is missing."""


def texts_of(*, hand_in: HandIn) -> list[Text]:
    """Yield the written parts of a hand-in's task with its texts; empty where nothing was written."""
    files = unpacked_files(hand_in.files)
    return [
        Text(part, files.get(part.file, b"").decode("utf-8", "replace").strip())
        for part in task_of(hand_in.attempt.version).written
    ]


def rate_texts(*, hand_in: HandIn, given: Mapping[str, Given], member: Member, now: datetime) -> list[TextRating]:
    """Keep a member's ratings of all texts that were handed in; each becomes an observation. Yield them.

    ``given`` has the texts' keys. Raises `RatedError`, `IncompleteError`, and `ConflictError` for a hand-in that does
    not count.
    """
    with transaction.atomic():
        locked = (
            HandIn.objects.select_for_update(of=("self",))
            .select_related("attempt__sitting__organisation", "attempt__sitting__application", "attempt__version__task")
            .get(pk=hand_in.pk)
        )
        if not locked.counts or locked.attempt.is_practice:
            raise ConflictError("This hand-in does not count, so its texts are not rated.")
        if standing_ratings(hand_in=locked).filter(member=member).exists():
            raise RatedError("You have rated this already. Withdraw your rating first.")
        texts = [text for text in texts_of(hand_in=locked) if text.words]
        _check(texts, given)
        made = TextRating.objects.bulk_create(_rating(locked, text, given[text.key], member, now) for text in texts)
        _record(locked.attempt, "text.rated", member, now, hand_in=locked.ref, ratings=[one.ref for one in made])
        sync_ratings(attempt=locked.attempt, now=now)
    return made


def withdraw_ratings(*, hand_in: HandIn, reason: str, member: Member, now: datetime) -> int:
    """Take the member's own ratings of a hand-in back, and out of the ledger; yield how many. They stay to be seen.

    Raises `InvalidError` without a reason.
    """
    if not reason.strip():
        raise InvalidError("Say why the rating does not hold.")
    with transaction.atomic():
        HandIn.objects.select_for_update().get(pk=hand_in.pk)
        count = (
            standing_ratings(hand_in=hand_in)
            .filter(member=member)
            .update(withdrawn_at=now, withdrawn_because=reason.strip()[:500])
        )
        if count:
            _record(hand_in.attempt, "text.rating_withdrawn", member, now, hand_in=hand_in.ref)
            sync_ratings(attempt=hand_in.attempt, now=now)
    return count


def standing_ratings(*, hand_in: HandIn) -> QuerySet[TextRating]:
    """Yield the ratings of a hand-in that were not withdrawn."""
    return TextRating.objects.filter(hand_in=hand_in, withdrawn_at=None).select_related("member__user")


def sync_ratings(*, attempt: Attempt, now: datetime) -> int:
    """Bring the ledger into line with the ratings of the hand-in that counts; yield how many rows changed.

    In a transaction; twice is once. An observation that no longer follows is retracted, not deleted.
    """
    person = attempt.sitting.application.person
    person = person.merged_into or person
    wanted = {
        one.ref: one
        for one in TextRating.objects.filter(hand_in__attempt=attempt, hand_in__counts=True, withdrawn_at=None)
        .select_related("member", "hand_in__attempt__version__task")
        .order_by("pk")
    }
    standing = {row.facts["rating"]: row for row in standing_observations(person).filter(facts__attempt=attempt.ref)}
    gone = [row for ref, row in standing.items() if ref not in wanted]
    for row in gone:
        retract(observation=row, reason=NO_LONGER, now=now)
    new = [one for ref, one in wanted.items() if ref not in standing]
    for one in new:
        record_observation(observation=_observation(one, person, now))
    return len(gone) + len(new)


def _check(texts: list[Text], given: Mapping[str, Given]) -> None:
    faults = [] if texts else ["there is no text in this hand-in"]
    if unknown := given.keys() - {text.key for text in texts}:
        faults.append(f"there is no text {min(unknown)}")
    for text in texts:
        one = given.get(text.key, Given(None, ""))
        if one.value not in SCALE:
            faults.append(f"{text.part.file}: choose the anchor that comes nearest")
        elif not one.reason.strip():
            faults.append(f"{text.part.file}: which words decided?")
    if faults:
        message = f"Not kept yet. {'; '.join(faults)}."
        raise IncompleteError(message)


def _rating(hand_in: HandIn, text: Text, one: Given, member: Member, now: datetime) -> TextRating:
    assert one.value is not None  # noqa: S101 -- checked by the caller, for the type checker
    return TextRating(
        hand_in=hand_in, member=member, file=text.part.file, competency=text.part.competency, value=one.value,
        reason=one.reason.strip()[:MOST_REASON], at=now,
    )  # fmt: skip


def _observation(rating: TextRating, person: Person, now: datetime) -> Observation:
    version = rating.hand_in.attempt.version
    part = next(
        one for one in task_of(version).written if (one.file, one.competency) == (rating.file, rating.competency)
    )
    return Observation(
        organisation_id=person.organisation_id,
        person=person,
        competency=rating.competency,
        source_kind=SourceKind.WORK_SAMPLE,
        value=float(rating.value),
        observed_date=rating.hand_in.at.date(),
        created_at=now,
        facts={
            "event": rating.ref,
            "attempt": rating.hand_in.attempt.ref,
            "rating": rating.ref,
            "rater": rating.member.ref,
            "task": version.title,
            "task_version": version.ref,
            "anchor": part.anchors[rating.value - 1],
            "quote": rating.reason,
        },
    )


def _record(attempt: Attempt, kind: str, member: Member, now: datetime, **facts: object) -> None:
    sitting = attempt.sitting
    record(
        organisation=sitting.organisation, kind=kind, subject_type="attempt", subject_ref=attempt.ref, now=now,
        member=member, facts={"application": sitting.application.ref, **facts},
    )  # fmt: skip
