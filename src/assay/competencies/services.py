"""Writes of an organisation's own competencies: each one use case and one transaction, with its audit event."""

from collections.abc import Callable
from datetime import datetime

import msgspec
from django.db import connection, transaction

from assay.accounts.models import Member, Organisation
from assay.audit.services import record
from assay.competencies.catalogue import Catalogue
from assay.competencies.checks import map_faults, own_faults
from assay.competencies.models import CustomCompetency, CustomCompetencyVersion
from assay.competencies.own import Definition, key_for, tidied
from assay.competencies.rules import may_add_competency, may_change_competency
from assay.competencies.selectors import authors_of, map_of
from assay.core.errors import ConflictError, ForbiddenError, InvalidError

MAX_KEY = 60
MAX_OWN = 200
MapChanged = Callable[[Organisation], None]
AFTER_CHANGE: list[MapChanged] = []
"""What other packages do, in the same transaction, when an organisation's map has changed; they add it at start."""


class InvalidCompetencyError(InvalidError):
    """Some fields cannot be taken; ``faults`` says for each of them why."""

    def __init__(self, faults: dict[str, str]) -> None:
        super().__init__("Some fields need another look.", faults=faults)
        self.faults = faults


class CompetencyChangedError(ConflictError):
    """Somebody saved another version after the one that was edited."""


def add_competency(*, member: Member, definition: Definition, now: datetime) -> CustomCompetency:
    """Add a competency to the organisation's map.

    Raises
    ------
    ForbiddenError, InvalidCompetencyError
    """
    if not may_add_competency(member):
        message = "The map is added to by recruiters, administrators and hiring managers. Ask one of them."
        raise ForbiddenError(message)
    definition = tidied(definition)
    with transaction.atomic():
        taken = _locked_keys(member.organisation)
        _check(definition, own_id="", organisation=member.organisation, now=now)
        if len(taken) >= MAX_OWN:
            message = f"An organisation may add {MAX_OWN} competencies; change one that is there."
            raise InvalidError(message)
        row = CustomCompetency.objects.create(
            organisation=member.organisation,
            key=key_for(name=definition.name, taken=taken, max_length=MAX_KEY),
            definition=msgspec.to_builtins(definition),
            version=1,
            updated_at=now,
        )
        _after(row, "competency.added", member=member, note="", now=now)
    return row


def save_competency(
    *, competency: CustomCompetency, member: Member, definition: Definition, seen_version: int, note: str, now: datetime
) -> CustomCompetency:
    """Replace version ``seen_version`` by another; nothing is overwritten.

    Raises
    ------
    ForbiddenError, InvalidCompetencyError
    CompetencyChangedError
        Another version was saved since.
    """
    _check_may_change(member, competency)
    definition = tidied(definition)
    with transaction.atomic():
        row = _locked(competency, seen_version)
        _check(definition, own_id=row.key, organisation=row.organisation, now=now)
        row.definition = msgspec.to_builtins(definition)
        _store(row, "competency.version_saved", member=member, note=note, now=now)
    return row


def set_retired(
    *, competency: CustomCompetency, member: Member, is_retired: bool, seen_version: int, now: datetime
) -> CustomCompetency:
    """Offer a competency no more, or again. What names it stays; said twice, it has the effect of once.

    Raises
    ------
    ForbiddenError, CompetencyChangedError
    InvalidCompetencyError
        It cannot come back as it is: since then others have taken its name or words.
    """
    _check_may_change(member, competency)
    with transaction.atomic():
        row = _locked(competency, seen_version if competency.is_retired != is_retired else None)
        if row.is_retired == is_retired:
            return row
        if not is_retired:
            definition = _stored_definition(row)
            _check(definition, own_id=row.key, organisation=row.organisation, now=now)
        row.is_retired = is_retired
        kind = "competency.retired" if is_retired else "competency.restored"
        _store(row, kind, member=member, note="", now=now)
    return row


def _check_may_change(member: Member, competency: CustomCompetency) -> None:
    if not may_change_competency(member, authors=authors_of(competency=competency)):
        message = "What others wrote in the map is changed by recruiters and administrators. Ask one of them."
        raise ForbiddenError(message)


def _check(definition: Definition, *, own_id: str, organisation: Organisation, now: datetime) -> None:
    whole = map_of(organisation=organisation).catalogue
    rest = Catalogue(
        version="",
        families=whole.families,
        competencies=tuple(one for one in whole.competencies if one.id != own_id),
    )
    faults = own_faults(definition, families=frozenset(family.id for family in rest.families))
    faults = map_faults(definition, own_id=own_id, rest=rest, today=now.date()) | faults
    if faults:
        raise InvalidCompetencyError(faults)


def _stored_definition(row: CustomCompetency) -> Definition:
    try:
        return tidied(msgspec.convert(row.definition, Definition))
    except msgspec.ValidationError as error:
        raise InvalidCompetencyError({"name": f"What is stored is damaged: {error}. Edit it first."}) from error


def _locked_keys(organisation: Organisation) -> list[str]:
    """Yield the ids in use, and let nobody else change this organisation's map until the transaction ends."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(hashtext('competencies'), %s)", [organisation.pk])
    return list(CustomCompetency.objects.filter(organisation=organisation).values_list("key", flat=True))


def _locked(competency: CustomCompetency, seen_version: int | None) -> CustomCompetency:
    _locked_keys(competency.organisation)
    row = CustomCompetency.objects.select_related("organisation").get(pk=competency.pk)
    if seen_version is not None and row.version != seen_version:
        newest = row.versions.select_related("created_by__user").first()
        who = newest.created_by.user.name if newest and newest.created_by else "somebody"
        message = (
            f"Version {row.version} was saved by {who} while you edited version {seen_version}. Yours was not saved; "
            "copy what you need, then edit the newest version."
        )
        raise CompetencyChangedError(message, newest=row.version)
    return row


def _store(row: CustomCompetency, kind: str, *, member: Member, note: str, now: datetime) -> None:
    row.version += 1
    row.updated_at = now
    row.save(update_fields=["definition", "version", "is_retired", "updated_at"])
    _after(row, kind, member=member, note=note, now=now)


def _after(row: CustomCompetency, kind: str, *, member: Member, note: str, now: datetime) -> None:
    CustomCompetencyVersion.objects.create(
        competency=row,
        number=row.version,
        definition=row.definition,
        is_retired=row.is_retired,
        created_at=now,
        created_by=member,
        change_note=" ".join(note.split())[:300],
    )
    for react in AFTER_CHANGE:
        react(row.organisation)
    record(
        organisation=row.organisation, kind=kind, subject_type="competency", subject_ref=row.ref, member=member,
        now=now, facts={"key": row.key, "version": row.version},
    )  # fmt: skip
