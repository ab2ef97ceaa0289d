"""Deriving what is shown and searched of a person from documents and corrections; every change ends here."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

import msgspec
from django.contrib.postgres.search import SearchVector
from django.db.models import Value

from assay.evidence.choices import DocumentState
from assay.evidence.ledger import sync_claims
from assay.evidence.models import Document
from assay.evidence.profile import Other, Profile, merge
from assay.evidence.reader import document_of
from assay.evidence.redaction import Redaction, masked, redactions_of
from assay.evidence.selectors import corrections_of, fixes_of
from assay.people.choices import ContactKind, Problem
from assay.people.contacts import folded
from assay.people.models import Person
from assay.people.services import Given, set_contacts, set_name
from assay.reading.model import Document as Reading
from assay.reading.model import HiddenReason, Resume, SkillMention

SEARCHED_CHARS = 200_000
"""Of a person's documents; Postgres keeps at most 1 MiB of words a row."""

_CONTACT_OF = {
    "emails": ContactKind.EMAIL,
    "phones": ContactKind.PHONE,
    "links": ContactKind.LINK,
    "places": ContactKind.PLACE,
}


class ReadDocument(NamedTuple):
    """A document with what was read from it, as values."""

    row: Document
    document: Reading
    resume: Resume


def refresh_person(*, person: Person, now: datetime) -> None:
    """Derive a person's profile, contacts, problems, search words and claims anew; in the caller's transaction."""
    documents = _documents(person)
    profile = _profile(person, documents)
    set_name(person=person, name=_value(profile, "name"), headline=_headline(profile))
    person.profile = msgspec.to_builtins(profile)
    person.problems = _problems(profile, documents)
    person.updated_at = now
    person.save()
    given = [Given(kind, field.value) for name, kind in _CONTACT_OF.items() for field in profile.lists.get(name, ())]
    set_contacts(person=person, given=given)
    _index(person, profile, documents)
    sync_claims(person=person, now=now)


def _documents(person: Person) -> list[ReadDocument]:
    """Yield the person's read documents: the one that the profile is read from first, then newest first."""
    rows = list(Document.objects.filter(person=person, state=DocumentState.READ).order_by("-created_at", "-pk"))
    rows.sort(key=lambda row: row.ref != person.profile_document)
    return [
        ReadDocument(row, document_of(text=row.text, reading=row.reading), msgspec.convert(row.resume, Resume))
        for row in rows
    ]


def _profile(person: Person, documents: Sequence[ReadDocument]) -> Profile:
    fixes = fixes_of(corrections_of(person=person))
    if not documents:
        return merge(document="", text="", resume=Resume(), skills=[], fixes=fixes)
    first, *others = documents
    return merge(
        document=first.row.ref,
        text=first.row.text,
        resume=first.resume,
        skills=msgspec.convert(first.row.skills, list[SkillMention]),
        fixes=fixes,
        others=[Other(other.row.ref, other.resume) for other in others],
    )


def _value(profile: Profile, name: str) -> str:
    return profile.singles[name].value if name in profile.singles else ""


def _headline(profile: Profile) -> str:
    """Yield the headline as written, else what the person does now."""
    if written := _value(profile, "headline"):
        return written
    for entry in profile.entries.get("employments", ())[:1]:
        parts = [entry.fields[name].value for name in ("title", "employer") if name in entry.fields]
        return ", ".join(parts)
    return ""


def _problems(profile: Profile, documents: Sequence[ReadDocument]) -> list[str]:
    hidden = {finding.reason for read in documents for finding in read.document.hidden}
    found = {
        Problem.NO_NAME: "name" not in profile.singles,
        Problem.NO_CONTACT: not (profile.lists.get("emails") or profile.lists.get("phones")),
        Problem.HIDDEN_TEXT: bool(hidden - {HiddenReason.INSTRUCTION, HiddenReason.STUFFING}),
        Problem.INSTRUCTION: HiddenReason.INSTRUCTION in hidden,
        Problem.STUFFING: HiddenReason.STUFFING in hidden,
    }
    return [problem.value for problem, is_so in found.items() if is_so]


def _index(person: Person, profile: Profile, documents: Sequence[ReadDocument]) -> None:
    """Keep the words to search by: weight A what blind mode hides, weight D the rest."""
    hidden = [_value(profile, "name"), *(field.value for name in _CONTACT_OF for field in profile.lists.get(name, ()))]
    shown = [field.value for field in profile.lists.get("skills", ())]
    names = [_value(profile, "name")]
    for read in documents:
        redactions = redactions_of(document=read.document, resume=read.resume, names=names)
        hidden += _words_of(read.row.text, redactions)
        shown.append(masked(text=read.row.text, redactions=redactions))
    Person.objects.filter(pk=person.pk).update(
        search=SearchVector(Value(_searchable(hidden)), weight="A", config="simple")
        + SearchVector(Value(_searchable(shown)), weight="D", config="simple")
    )


def _words_of(text: str, redactions: Sequence[Redaction]) -> list[str]:
    return [text[redaction.start : redaction.end] for redaction in redactions]


def _searchable(parts: Sequence[str]) -> str:
    return folded("\n".join(parts))[:SEARCHED_CHARS]
