"""Keeping an index up to date with an organisation's ledger: what was added since the last look, nothing else."""

from typing import Any, NamedTuple

from django.db.models import Count, Max, Q

from assay.accounts.models import Organisation
from assay.competencies.selectors import catalogue_of
from assay.evidence.beliefs import claim_codes, numbers_for
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import ledger_rows
from assay.evidence.models import Observation, Retraction
from assay.matching.engine.index import PeopleIndex
from assay.people.models import Merge

CHUNK = 2000


class Seen(NamedTuple):
    """How far an index has read: the last observation, retraction and merge, and how many merges were undone."""

    observation: int = 0
    retraction: int = 0
    merge: int = 0
    undone: int = 0


def refresh(*, index: PeopleIndex, organisation: Organisation, seen: Seen) -> Seen:
    """Put everybody whose claims changed since ``seen`` into the index; yield how far it has read now.

    Three short queries where nothing changed, so it can run before every search.
    """
    own = Observation.objects.filter(organisation=organisation)
    taken_back = Retraction.objects.filter(observation__organisation=organisation)
    merges = Merge.objects.filter(kept__organisation=organisation)
    joined = merges.aggregate(last=Max("pk"), undone=Count("pk", filter=Q(undone_at__isnull=False)))
    last = Seen(
        observation=own.aggregate(last=Max("pk"))["last"] or 0,
        retraction=taken_back.aggregate(last=Max("pk"))["last"] or 0,
        merge=joined["last"] or 0,
        undone=joined["undone"],
    )
    if last == seen:
        return seen
    changed = set(own.filter(pk__gt=seen.observation, pk__lte=last.observation).values_list("person_id", flat=True))
    changed |= set(
        taken_back.filter(pk__gt=seen.retraction, pk__lte=last.retraction).values_list(
            "observation__person_id", flat=True
        )
    )
    if (last.merge, last.undone) != (seen.merge, seen.undone):
        # A merge hands observations over as they are, so it shows in no newer one.
        moved = merges.filter(Q(pk__gt=seen.merge) | Q(undone_at__isnull=False))
        changed |= {person for pair in moved.values_list("kept_id", "merged_id") for person in pair}
    ids = numbers_for(catalogue_of(organisation=organisation)).ids
    people = sorted(changed)
    for start in range(0, len(people), CHUNK):
        _put(index=index, people=people[start : start + CHUNK], ids=ids)
    return last


def _put(*, index: PeopleIndex, people: list[int], ids: tuple[str, ...]) -> None:
    rows: dict[int, list[Any]] = {person: [] for person in people}
    standing = Observation.objects.filter(person_id__in=people, retraction__isnull=True, source_kind=SourceKind.CLAIM)
    columns = ("person_id", "ref", "competency", "source_kind", "value", "facts", "observed_date", "created_at")
    for row in standing.values(*columns):
        rows[row["person_id"]].append(row)
    index.put(codes_by_person={person: claim_codes(rows=ledger_rows(own), ids=ids) for person, own in rows.items()})
