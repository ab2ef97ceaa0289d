"""Finding rows that may be one human: candidates from the database, then word by word."""

from collections.abc import Iterable

from assay.evidence.models import Document
from assay.people.duplicates import Likeness, Reason, band_keys, reasons_for, shingles_of
from assay.people.models import Contact, Person
from assay.people.selectors import documents_sharing_bands, pairs_with, people_sharing_contact_or_name


def lookalikes_of(*, person: Person, text: str) -> dict[int, list[Reason]]:
    """Yield the ids of others in the organisation who may be the same human, each with the reasons.

    Pairs that were decided already are left out. ``text`` is that of the person's new document.
    """
    shingles = shingles_of(text)
    met = documents_sharing_bands(person=person, bands=band_keys(shingles))
    ids = {row.person_id for row in met} | people_sharing_contact_or_name(person=person)
    ids -= {pair.other_id for pair in pairs_with(person_id=person.pk)}
    own = Likeness(person.name, _contacts([person.pk]).get(person.pk, frozenset()), shingles)
    documents = [row.document_ref for row in met if row.person_id in ids]
    found = {other: reasons_for(own, likeness) for other, likeness in _likenesses(ids, documents=documents).items()}
    return {other: reasons for other, reasons in found.items() if reasons}


def _likenesses(ids: Iterable[int], *, documents: list[str]) -> dict[int, Likeness]:
    """Yield each candidate with the words of those of its documents that share a band."""
    words: dict[int, frozenset[int]] = {}
    for person_id, text in Document.objects.filter(ref__in=documents).values_list("person_id", "text"):
        if person_id is not None:
            words[person_id] = words.get(person_id, frozenset()) | shingles_of(text)
    people = dict(Person.objects.filter(pk__in=list(ids)).values_list("pk", "name"))
    contacts = _contacts(people)
    return {
        pk: Likeness(name, contacts.get(pk, frozenset()), words.get(pk, frozenset())) for pk, name in people.items()
    }


def _contacts(ids: Iterable[int]) -> dict[int, frozenset[tuple[str, str]]]:
    found: dict[int, set[tuple[str, str]]] = {}
    for person_id, kind, normal in Contact.objects.filter(person__in=list(ids)).values_list(
        "person_id", "kind", "normal"
    ):
        found.setdefault(person_id, set()).add((kind, normal))
    return {person_id: frozenset(contacts) for person_id, contacts in found.items()}
