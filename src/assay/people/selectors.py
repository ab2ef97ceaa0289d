"""Reads of people, each limited to what the member may see."""

from typing import NamedTuple

from django.db import connection
from django.db.models import Q, QuerySet

from assay.accounts.choices import MemberKind
from assay.accounts.models import Member
from assay.accounts.rules import may_recruit
from assay.core.errors import NotFoundError
from assay.people.choices import PairState
from assay.people.models import Contact, DuplicatePair, Merge, Person

MOST_CANDIDATES = 60
"""Of documents that share the most bands; each is then compared word by word."""

MOST_SHARERS = 5
"""A contact that more people have (an agency's address) points at nobody."""


def people_visible_to(*, member: Member) -> QuerySet[Person]:
    """Yield the people whom the member may see: recruiters see all, a hiring manager who applied to their roles."""
    people = Person.objects.filter(organisation_id=member.organisation_id, merged_into__isnull=True)
    if may_recruit(member):
        return people
    if member.is_any(MemberKind.HIRING_MANAGER):
        own = people.filter(
            applications__role__role_members__member=member,
            applications__role__role_members__duty=MemberKind.HIRING_MANAGER.value,
        )
        return people.filter(pk__in=own.values("pk"))
    return people.none()


def person_visible_to(*, member: Member, ref: str) -> Person:
    """Yield one person. Raises `NotFoundError` where there is none or the member may not see them."""
    person = people_visible_to(member=member).select_related("organisation").filter(ref=ref).first()
    if person is None:
        message = "There is no such person, or they were merged or deleted, or they did not apply to one of your roles."
        raise NotFoundError(message)
    return person


def pairs_visible_to(*, member: Member) -> QuerySet[DuplicatePair]:
    """Yield the pairs of a recruiter's organisation that may be one human, both still there."""
    pairs = DuplicatePair.objects.filter(
        organisation_id=member.organisation_id, first__merged_into__isnull=True, second__merged_into__isnull=True
    )
    return pairs if may_recruit(member) else pairs.none()


def pair_visible_to(*, member: Member, ref: str) -> DuplicatePair:
    """Yield one open pair. Raises `NotFoundError`."""
    pairs = pairs_visible_to(member=member).select_related("first", "second", "organisation")
    pair = pairs.filter(ref=ref, state=PairState.OPEN).first()
    if pair is None:
        message = "This pair was decided already, or one of the two is no longer here."
        raise NotFoundError(message)
    return pair


def merge_visible_to(*, member: Member, ref: str) -> Merge:
    """Yield one merge of a recruiter's organisation. Raises `NotFoundError`."""
    merges = Merge.objects.filter(organisation_id=member.organisation_id, ref=ref).select_related("kept", "merged")
    merge = merges.first() if may_recruit(member) else None
    if merge is None:
        message = "There is no such merge."
        raise NotFoundError(message)
    return merge


class Met(NamedTuple):
    """Somebody whose document shares bands with another."""

    person_id: int
    document_ref: str


def documents_sharing_bands(*, person: Person, bands: list[int]) -> list[Met]:
    """Yield the documents of others in the organisation that share the most band keys, most first."""
    if not bands:
        return []
    with connection.cursor() as cursor:
        cursor.execute(
            """
            SELECT f.person_id, f.document_ref
            FROM people_fingerprint f JOIN people_person p ON p.id = f.person_id
            WHERE f.bands && %(bands)s::bigint[] AND p.organisation_id = %(organisation)s
              AND f.person_id <> %(person)s AND p.merged_into_id IS NULL
            ORDER BY cardinality(ARRAY(SELECT unnest(f.bands) INTERSECT SELECT unnest(%(bands)s::bigint[]))) DESC, f.id
            LIMIT %(most)s
            """,
            {
                "bands": bands,
                "organisation": person.organisation_id,
                "person": person.pk,
                "most": MOST_CANDIDATES,
            },
        )
        return [Met(*row) for row in cursor.fetchall()]


def people_sharing_contact_or_name(*, person: Person) -> set[int]:
    """Yield the ids of others in the organisation with an equal contact or the very same name."""
    others = Person.objects.filter(organisation_id=person.organisation_id, merged_into__isnull=True).exclude(
        pk=person.pk
    )
    found: set[int] = set()
    for kind, normal in person.contacts.values_list("kind", "normal"):
        sharing = Contact.objects.filter(kind=kind, normal=normal, person__in=others)
        ids = list(sharing.values_list("person_id", flat=True)[: MOST_SHARERS + 1])
        if kind != "place" and len(ids) <= MOST_SHARERS:
            found.update(ids)
    if person.name_key.count(" "):
        found.update(others.filter(name_key=person.name_key).values_list("pk", flat=True)[:MOST_CANDIDATES])
    return found


class PairWith(NamedTuple):
    """A pair, seen from one of the two."""

    row: DuplicatePair
    other_id: int


def pairs_with(*, person_id: int) -> list[PairWith]:
    """Yield every pair that a person is in, whatever was decided."""
    pairs = DuplicatePair.objects.filter(Q(first_id=person_id) | Q(second_id=person_id)).order_by("pk")
    return [PairWith(pair, pair.second_id if pair.first_id == person_id else pair.first_id) for pair in pairs]
