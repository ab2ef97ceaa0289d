"""Blind mode over a sheet: no names, and no words that give a person away."""

from typing import TypeVar

import msgspec

from assay.evidence.models import Document
from assay.evidence.redaction import Redaction, masked_value, redactions_of
from assay.matching.sheet import Entry, MustHaveLine, Reason, Sheet
from assay.reading.model import Document as Reading
from assay.reading.model import Hidden, Resume

Words = TypeVar("Words", Reason, MustHaveLine)

HIDDEN_FILE = "a document of theirs"


def blind_label(ref: str) -> str:
    """Yield what stands for a name: the same as `web.blind.blinded_name`, from a reference alone."""
    return f"Person {ref[:4].upper()}"


def blinded(sheet: Sheet) -> Sheet:
    """Yield the sheet with names, files and every hidden word in the quotes masked."""
    return msgspec.structs.replace(sheet, entries=blinded_entries(sheet.entries))


def blinded_entries(entries: tuple[Entry, ...]) -> tuple[Entry, ...]:
    """Yield people with names, files and every hidden word in the quotes masked."""
    masks = _Masks([entry.person for entry in entries])
    return tuple(_blind_entry(entry, masks) for entry in entries)


class _Masks:
    """The words to hide for each person, read from their documents in one query."""

    def __init__(self, refs: list[str]) -> None:
        self._by_person: dict[str, list[tuple[str, tuple[Redaction, ...]]]] = {}
        rows = Document.objects.filter(person__ref__in=refs, resume__isnull=False)
        for ref, text, hidden, resume in rows.values_list("person__ref", "text", "reading__hidden", "resume"):
            document = Reading(media_type="", text=text, hidden=msgspec.convert(hidden or [], tuple[Hidden, ...]))
            found = redactions_of(document=document, resume=msgspec.convert(resume, Resume))
            self._by_person.setdefault(ref, []).append((text, found))

    def mask(self, person: str, value: str) -> str:
        """Yield a quote with every hidden word of the person's documents masked."""
        for text, found in self._by_person.get(person, []):
            value = masked_value(value=value, redactions=found, text=text)
        return value


def _blind_entry(entry: Entry, masks: _Masks) -> Entry:
    def mask(one: Words) -> Words:
        return msgspec.structs.replace(one, quote=masks.mask(entry.person, one.quote), file=HIDDEN_FILE)

    return msgspec.structs.replace(
        entry,
        label=blind_label(entry.person),
        file="",
        reasons=tuple(mask(one) for one in entry.reasons),
        must_haves=tuple(mask(one) for one in entry.must_haves),
    )
