"""Writes of the ledger: observations are added and retracted, never changed."""

import json
from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from django.db import transaction
from django.db.models import QuerySet

from assay.accounts.models import Organisation
from assay.competencies.selectors import catalogue_of
from assay.core.jobs import enqueue
from assay.evidence.beliefs import LedgerRow, Numbers, kept_belief, numbers_for, shipped_rules
from assay.evidence.choices import DocumentState, SourceKind
from assay.evidence.claims import (
    NOTHING_IMPLIED,
    ClaimRules,
    DocumentClaim,
    YearsClaim,
    claims_from,
    last_day,
    years_from,
)
from assay.evidence.models import Belief, Document, Observation, Retraction
from assay.evidence.profile import struck_skills
from assay.evidence.selectors import corrections_of, fixes_of
from assay.evidence.stated import stated_in
from assay.people.models import Person
from assay.reading.model import Document as Reading
from assay.reading.model import Hidden, Resume, SkillMention

READ_ANEW = "The document was read anew and no longer says this."
BATCH = 200
_COLUMNS = ("ref", "competency", "source_kind", "value", "facts", "observed_date", "created_at")


def sync_claims(*, person: Person, now: datetime) -> int:
    """Bring a person's claims into line with what was read of their documents; yield how many rows changed.

    Runs in the caller's transaction and changes nothing when called again. A claim that a document no longer makes is
    retracted, not deleted.
    """
    rules = shipped_rules()
    implies = {one.id: one.implies for one in catalogue_of(organisation=person.organisation).competencies}
    documents = list(
        Document.objects.filter(person=person, state=DocumentState.READ)
        .order_by("-created_at", "-pk")
        .only("pk", "skills", "reading", "text", "resume")
    )
    set_stated(person=person, documents=documents)
    struck = struck_skills(fixes_of(corrections_of(person=person)))
    wanted = {
        _identity(row): row
        for one in documents
        for row in claim_rows(document=one, rules=rules, implies=implies, struck=struck)
    }
    standing = {
        _identity(row): row
        for row in standing_observations(person).filter(
            source_kind__in=(SourceKind.CLAIM, SourceKind.YEARS), document__isnull=False
        )
    }
    gone = [row for key, row in standing.items() if key not in wanted]
    new = [row for key, row in wanted.items() if key not in standing]
    for row in new:
        row.organisation_id, row.person, row.created_at = person.organisation_id, person, now
    Retraction.objects.bulk_create(Retraction(observation=row, reason=READ_ANEW, created_at=now) for row in gone)
    Observation.objects.bulk_create(new)
    if gone or new or not Belief.objects.filter(person=person).exists():
        forget_belief(person=person)
    return len(gone) + len(new)


def set_stated(*, person: Person, documents: Sequence[Document]) -> None:
    """Keep what the newest document states of permit, place and so on; what a person typed in stays as it is."""
    found = stated_in_document(documents[0]) if documents else {}
    typed = {name: words for name, words in person.stated.items() if not _is_quoted(words)}
    person.stated = found | typed
    Person.objects.filter(pk=person.pk).update(stated=person.stated)


def stated_in_document(row: Document) -> dict[str, Any]:
    """Yield what a read document states, as JSON."""
    hidden = msgspec.convert((row.reading or {}).get("hidden", []), tuple[Hidden, ...])
    document = Reading(media_type="", text=row.text, hidden=hidden)
    resume = msgspec.convert(row.resume, Resume) if row.resume else None
    found: dict[str, Any] = msgspec.to_builtins(stated_in(document=document, resume=resume))
    return found


def _is_quoted(words: Any) -> bool:
    """Tell whether a stated fact was read from a document: then it carries the words."""
    rows = words if isinstance(words, list) else [words]
    return any(isinstance(row, dict) and row.get("quote") for row in rows)


def forget_belief(*, person: Person) -> None:
    """Drop a kept belief that no longer follows from the observations, and have it worked out anew."""
    # The lock orders this after a computation under way, whose result would otherwise outlive what it was made of.
    Person.objects.select_for_update().filter(pk=person.pk).first()
    Belief.objects.filter(person=person).delete()
    _queue_beliefs(person.organisation_id)


def beliefs_outdated(organisation: Organisation) -> None:
    """Have an organisation's beliefs worked out anew where they are of another map; in the caller's transaction."""
    _queue_beliefs(organisation.pk)


def _queue_beliefs(organisation_id: int) -> None:
    from assay.evidence.tasks import refresh_beliefs  # noqa: PLC0415 -- tasks import services

    name = f"beliefs:{organisation_id}"
    enqueue(refresh_beliefs, once=name, lock=name, organisation_id=organisation_id)


def record_observation(*, observation: Observation) -> Observation:
    """Add what was learnt of a person; the caller records the audit event of what it learnt it from."""
    observation.save(force_insert=True)
    forget_belief(person=observation.person)
    return observation


def retract(*, observation: Observation, reason: str, now: datetime) -> None:
    """Say that an observation no longer counts; it stays to be seen."""
    Retraction.objects.get_or_create(observation=observation, defaults={"reason": reason, "created_at": now})
    forget_belief(person=observation.person)


def standing_observations(person: Person) -> QuerySet[Observation]:
    """Yield a person's observations that count, in the order in which they were recorded."""
    return Observation.objects.filter(person=person, retraction__isnull=True).order_by("pk")


def ledger_rows(observations: Iterable[dict[str, Any]]) -> list[LedgerRow]:
    """Yield observations, read with ``values(*_COLUMNS)``, in the form that beliefs are made of."""
    return [
        LedgerRow(
            ref=row["ref"],
            competency=row["competency"],
            source_kind=row["source_kind"],
            value=row["value"],
            facts=row["facts"],
            observed_date=row["observed_date"],
            recorded_date=row["created_at"].date(),
        )
        for row in observations
    ]


def rows_of(person: Person) -> list[LedgerRow]:
    """Yield a person's standing observations as values."""
    return ledger_rows(standing_observations(person).values(*_COLUMNS))


def compute_beliefs(*, organisation: Organisation, now: datetime) -> int:
    """Work out the beliefs that are missing or of another version; yield how many. Safe to run again and side by side.

    Works in batches, each in a transaction of its own, so that a killed worker loses at most one batch.
    """
    numbers = numbers_for(catalogue_of(organisation=organisation))
    done = 0
    while batch := _people_without_belief(organisation=organisation, version=numbers.version):
        with transaction.atomic():
            done += _compute(people=batch, numbers=numbers, organisation=organisation, now=now)
    return done


def claim_rows(
    *,
    document: Document,
    rules: ClaimRules,
    implies: Mapping[str, Sequence[str]] = NOTHING_IMPLIED,
    struck: frozenset[str] = frozenset(),
) -> list[Observation]:
    """Yield the observations that a read document makes, without person, organisation and time.

    ``struck`` are the terms, case-folded, that a person said the reader is wrong about: they make no claim.
    """
    mentions = [
        mention
        for mention in msgspec.convert(document.skills or [], list[SkillMention])
        if mention.term.casefold() not in struck
    ]
    hidden = msgspec.convert((document.reading or {}).get("hidden", []), list[Hidden])
    claims = [
        _claim_row(document, claim, rules)
        for claim in claims_from(mentions=mentions, rules=rules, hidden=hidden, implies=implies)
    ]
    return claims + [_years_row(document, claim) for claim in years_from(mentions=mentions, hidden=hidden)]


def _claim_row(document: Document, claim: DocumentClaim, rules: ClaimRules) -> Observation:
    return Observation(
        document=document,
        competency=claim.competency,
        source_kind=SourceKind.CLAIM,
        value=claim.value,
        start=claim.start,
        end=claim.end,
        observed_date=last_day(claim.last_used) if claim.last_used is not None else None,
        facts={
            "stance": claim.stance.value,
            "level_said": claim.level_said,
            "terms": list(claim.terms),
            "months": claim.months,
            "rules": rules.version,
            "mentions": msgspec.to_builtins(claim.mentions),
        },
    )


def _years_row(document: Document, claim: YearsClaim) -> Observation:
    return Observation(
        document=document,
        competency=claim.competency,
        source_kind=SourceKind.YEARS,
        value=claim.years,
        start=claim.start,
        end=claim.end,
    )


def _identity(row: Observation) -> tuple[object, ...]:
    """Yield what makes two observations of a document the same."""
    said = json.dumps(row.facts, sort_keys=True)
    return row.document_id, row.competency, row.source_kind, row.value, row.start, row.end, row.observed_date, said


def _people_without_belief(*, organisation: Organisation, version: str) -> list[int]:
    people = Person.objects.filter(organisation=organisation, merged_into__isnull=True)
    known = Belief.objects.filter(organisation=organisation, parameters=version).values("person")
    return list(people.exclude(pk__in=known).order_by("pk").values_list("pk", flat=True)[:BATCH])


def _compute(*, people: Sequence[int], numbers: Numbers, organisation: Organisation, now: datetime) -> int:
    # Locked, so that an observation that is added meanwhile finds the belief and drops it again.
    locked = list(Person.objects.select_for_update().filter(pk__in=people).order_by("pk").values_list("pk", flat=True))
    found: dict[int, list[dict[str, Any]]] = {pk: [] for pk in locked}
    rows = Observation.objects.filter(person_id__in=locked, retraction__isnull=True).order_by("pk")
    for row in rows.values("person_id", *_COLUMNS):
        found[row["person_id"]].append(row)
    beliefs = []
    for pk, observations in found.items():
        kept = kept_belief(rows=ledger_rows(observations), numbers=numbers)
        beliefs.append(
            Belief(
                person_id=pk,
                organisation=organisation,
                parameters=numbers.version,
                observation_count=kept.observation_count,
                mean=kept.mean,
                cov=kept.cov,
                claims=kept.claims,
                is_measured=kept.is_measured,
                computed_at=now,
            )
        )
    Belief.objects.filter(person_id__in=locked).delete()
    Belief.objects.bulk_create(beliefs)
    return len(beliefs)
