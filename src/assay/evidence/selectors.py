"""Reads of documents and corrections, each limited to what the member may see."""

from collections.abc import Iterable

import msgspec
from django.db.models import QuerySet

from assay.accounts.models import Member
from assay.core.errors import NotFoundError
from assay.evidence.models import Correction, Document
from assay.evidence.profile import Anchor, Fix, Profile
from assay.people.models import Person
from assay.people.selectors import people_visible_to

BULKY = ("text", "reading", "resume", "skills")
"""Columns that lists do without."""


def documents_of(*, person: Person) -> QuerySet[Document]:
    """Yield a person's documents, newest first, without their contents. The person was reached by a selector."""
    return Document.objects.filter(person=person).defer(*BULKY).order_by("-created_at", "-pk")


def document_visible_to(*, member: Member, person_ref: str, ref: str) -> Document:
    """Yield one document of a person whom the member may see. Raises `NotFoundError`."""
    people = people_visible_to(member=member).filter(ref=person_ref)
    document = Document.objects.filter(person__in=people, ref=ref).select_related("person", "organisation").first()
    if document is None:
        message = "There is no such document, or it belongs to somebody you do not see."
        raise NotFoundError(message)
    return document


def corrections_of(*, person: Person) -> QuerySet[Correction]:
    """Yield the corrections that stand, in the order in which they were made."""
    return Correction.objects.filter(person=person, undone_at__isnull=True).select_related("member__user")


def fixes_of(corrections: Iterable[Correction]) -> list[Fix]:
    """Yield corrections as values."""
    return [Fix(row.pk, row.field, row.value, msgspec.convert(row.anchor, Anchor)) for row in corrections]


def profile_of(person: Person) -> Profile:
    """Yield what is shown of a person as a value; empty before anything was read."""
    return msgspec.convert(person.profile or {}, Profile)
