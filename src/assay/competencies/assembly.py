"""The shipped map with an organisation's own competencies: whatever the rows hold, a map comes out."""

from collections.abc import Sequence
from hashlib import blake2b
from typing import NamedTuple

import msgspec

from assay.competencies.catalogue import Catalogue, Competency, MapError, checked
from assay.competencies.checks import fitted, own_faults
from assay.competencies.own import Definition, OwnEntry, competency_of, tidied


class Row(NamedTuple):
    """An own competency as it is stored."""

    key: str
    definition: object
    version: int
    is_retired: bool


class Skipped(NamedTuple):
    """What of a stored competency is not in the map, and why, as a sentence."""

    key: str
    why: str


class OwnMap(NamedTuple):
    """The map as an organisation sees it."""

    catalogue: Catalogue
    skipped: tuple[Skipped, ...]
    words: str
    """Short hash of the terms that the organisation added; "" where it added none."""


def assembled(*, shipped: Catalogue, rows: Sequence[Row]) -> OwnMap:
    """Yield the map. A row that does not hold together is left out and named; what has become of others stays."""
    if not rows:
        return OwnMap(shipped, (), "")
    skipped: list[Skipped] = []
    entries = [entry for row in rows if (entry := _entry(row, shipped, skipped)) is not None]
    # All are known before ties are looked at: two own competencies may name each other in any order.
    every = [competency_of(entry) for entry in entries]
    for place, entry in enumerate(entries):
        others = Catalogue(
            version="",
            families=shipped.families,
            competencies=(*shipped.competencies, *(one for one in every if one.id != entry.id)),
        )
        found = fitted(entry.definition, own_id=entry.id, rest=others)
        skipped += [Skipped(entry.id, f"Without {text}.") for text in found.left_out]
        every[place] = competency_of(msgspec.structs.replace(entry, definition=found.definition))
    return OwnMap(_with(shipped, every), tuple(skipped), _words(every))


def definition_from(stored: object) -> Definition:
    """Yield what a row stores as a value. Raises `MapError`."""
    try:
        return tidied(msgspec.convert(stored, Definition))
    except msgspec.ValidationError as error:
        raise MapError(str(error)) from error


def _entry(row: Row, shipped: Catalogue, skipped: list[Skipped]) -> OwnEntry | None:
    try:
        definition = definition_from(row.definition)
    except MapError as error:
        skipped.append(Skipped(row.key, f"It is not in the map: {error}."))
        return None
    faults = own_faults(definition, families=frozenset(family.id for family in shipped.families))
    if shipped.find(row.key) is not None:
        faults["id"] = "Its id is that of a competency of the shipped map."
    if faults:
        field, text = next(iter(faults.items()))
        skipped.append(Skipped(row.key, f"It is not in the map: {field}: {text}"))
        return None
    return OwnEntry(id=row.key, definition=definition, is_retired=row.is_retired)


def _with(shipped: Catalogue, own: Sequence[Competency]) -> Catalogue:
    # A fixed length, whatever the number of rows: the version is kept in columns beside others.
    digest = blake2b(msgspec.json.encode(own), digest_size=6).hexdigest()
    return checked(
        Catalogue(
            version=f"{shipped.version}+{digest}", families=shipped.families,
            competencies=(*shipped.competencies, *own),
        )
    )  # fmt: skip


def _words(own: Sequence[Competency]) -> str:
    named = [(one.id, one.terms) for one in own if one.terms]
    return blake2b(msgspec.json.encode(named), digest_size=6).hexdigest() if named else ""
