"""Everybody who applied to a role in order, worked out anew only where something that the order rests on has changed.

A ranking is kept in the process under what it was made of: the versions of the role, the map and the numbers, the
filters, and the *row versions* of every person and belief in it, as the database itself tells them (``xmin`` and
``ctid`` change with every write, by whichever process). Nothing has to remember to forget it: after any change the
next look asks for another key. What is kept are numbers and references; names and words are read for every page.
"""

import hashlib
from collections import OrderedDict
from collections.abc import Iterable, Sequence
from threading import Lock
from typing import Any, NamedTuple

import msgspec
import numpy as np
from django.contrib.postgres.aggregates.mixins import OrderableAggMixin
from django.db.models import Aggregate, BinaryField, Count, Q, QuerySet, TextField, Value
from django.db.models.expressions import RawSQL
from django.db.models.functions import Cast

from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.core.errors import NotFoundError
from assay.evidence.beliefs import claim_codes, moments_from, numbers_for
from assay.evidence.choices import SourceKind
from assay.evidence.ledger import ledger_rows
from assay.evidence.models import Belief, Observation
from assay.evidence.stated import Stated
from assay.matching.model import Applicant, Measured, Order
from assay.matching.rank import Codes, MeasuredFit, Pool, is_ruled_out, measured_fit, order_pool
from assay.matching.role import RoleModel
from assay.matching.selectors import Matched
from assay.people.models import Person
from assay.science.arrays import BoolArray, IntArray

LEFT_OUT = (ApplicationState.REJECTED, ApplicationState.WITHDRAWN)
"""Applications that ended without a hire are not in the list unless their state is asked for."""
MOST_KEPT = 32
"""So many rankings are kept; one of 10,000 people takes about 1.5 MB."""
BELIEFS_AT_ONCE = 200
"""Beliefs are read so many at a time: each holds the covariance of the whole map."""
_ROW_VERSION = RawSQL(
    """int8send("applications_application"."person_id")"""
    """ || xidsend("people_person"."xmin") || tidsend("people_person"."ctid")"""
    """ || coalesce(xidsend("evidence_belief"."xmin") || tidsend("evidence_belief"."ctid"),"""
    """ '\\x00000000000000000000'::bytea)""",
    (),
    output_field=BinaryField(),
)
"""Who, and which version of their two rows, in 28 bytes; ten zeros where no belief is kept."""
_NOTHING_STATED = Stated()


class Filters(NamedTuple):
    """What a list is narrowed to; empty means everybody."""

    place: str = ""
    state: str = ""
    channel: str = ""
    text: str = ""
    has_must_haves_open: bool = False
    """Keep only those of whom no must-have is ruled out."""
    is_blind: bool = False
    """Then no name is searched."""


class Ranking(NamedTuple):
    """All applicants of a role that pass the filters, and their order; every sequence has the length P."""

    people: IntArray
    """Primary keys, in the order of the rows."""
    refs: Sequence[str]
    codes: Codes
    is_out: BoolArray
    measured: frozenset[int]
    """Rows of whom more than claims is known."""
    order: Order

    def __len__(self) -> int:
        """How many people the list holds."""
        return len(self.refs)

    def rows_in_order(self) -> list[int]:
        """Yield the rows, the first place first."""
        rows: list[int] = self.order.rows.tolist()
        return rows

    def row_of(self, *, ref: str) -> int:
        """Yield the row of a person. Raises `NotFoundError` where they are not in this list."""
        if ref not in self.refs:
            raise NotFoundError("One of these people is not in this list.")
        return self.refs.index(ref)


class _Read(NamedTuple):
    """The applicants as the database holds them, column by column."""

    people: list[int]
    refs: list[str]
    stated: list[Stated]
    codes: Codes
    is_measured: list[bool]


class _Kept:
    """The rankings of the last looks, by everything that they were made of; safe between threads."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._rankings: OrderedDict[tuple[object, ...], Ranking] = OrderedDict()

    def get(self, key: tuple[object, ...]) -> Ranking | None:
        """Yield the ranking that was made of the very same."""
        with self._lock:
            if key in self._rankings:
                self._rankings.move_to_end(key)
            return self._rankings.get(key)

    def put(self, key: tuple[object, ...], ranking: Ranking) -> None:
        """Keep a ranking, and drop the one that was looked at longest ago."""
        with self._lock:
            self._rankings[key] = ranking
            if len(self._rankings) > MOST_KEPT:
                self._rankings.popitem(last=False)


_KEPT = _Kept()


def ranking_of(*, found: Matched, filters: Filters) -> Ranking:
    """Yield everybody who applied and passes the filters, in order. One query where nothing has changed."""
    applications = _applications(found=found, filters=filters)
    known = _KEPT.get(_key(found=found, filters=filters, digest=_digest(applications)))
    if known is not None:
        return known
    version = numbers_for(found.catalogue).version
    rows = list(
        applications.order_by("person_id")
        .annotate(stated=Cast("person__stated", TextField()), row_version=_ROW_VERSION)
        .values_list(
            "person_id", "person__ref", "stated", "person__belief__claims", "person__belief__is_measured",
            "person__belief__parameters", "row_version",
        )
    )  # fmt: skip
    is_current = [row[5] == version for row in rows]
    ranking = _ranked(read=_read(rows=rows, is_current=is_current, found=found), found=found, filters=filters)
    if all(is_current):
        # The key comes from the same statement as the people, so nothing that changed in between gets under it.
        digest = hashlib.sha256(b"".join([row[6] for row in rows])).digest()
        _KEPT.put(_key(found=found, filters=filters, digest=digest), ranking)
    return ranking


def ranking_of_people(*, found: Matched, people: Sequence[int]) -> Ranking:
    """Yield these people of the role's organisation in order, whether they applied or not; who is gone is left out."""
    version = numbers_for(found.catalogue).version
    rows = list(
        Person.objects.filter(pk__in=people, organisation=found.role.organisation_id, merged_into=None)
        .order_by("pk")
        .annotate(stated_text=Cast("stated", TextField()))
        .values_list("pk", "ref", "stated_text", "belief__claims", "belief__is_measured", "belief__parameters")
    )
    is_current = [row[5] == version for row in rows]
    return _ranked(read=_read(rows=rows, is_current=is_current, found=found), found=found, filters=Filters())


def _applications(*, found: Matched, filters: Filters) -> QuerySet[Application]:
    rows = Application.objects.filter(role=found.role, person__merged_into__isnull=True)
    rows = rows.filter(state=filters.state) if filters.state else rows.exclude(state__in=LEFT_OUT)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.text:
        in_name = Q() if filters.is_blind else Q(person__name__icontains=filters.text)
        rows = rows.filter(Q(person__headline__icontains=filters.text) | in_name)
    return rows


class _Joined(OrderableAggMixin, Aggregate):
    """Bytes of many rows one after the other."""

    function = "STRING_AGG"
    output_field = BinaryField()


def _digest(applications: QuerySet[Application]) -> bytes:
    """Yield the hash of who is in a list and which version of each one's rows; the count brings the beliefs in."""
    found = applications.annotate(row_version=_ROW_VERSION).aggregate(
        rows=_Joined("row_version", Value(b""), order_by="person_id"), beliefs=Count("person__belief__parameters")
    )
    return hashlib.sha256(found["rows"] or b"").digest()


def _key(*, found: Matched, filters: Filters, digest: bytes) -> tuple[object, ...]:
    """Yield everything that an order depends on: state, channel and text only decide who is in it."""
    return (
        found.version.pk,
        numbers_for(found.catalogue).version,
        filters.place,
        filters.has_must_haves_open,
        digest,
    )


def _read(*, rows: list[Any], is_current: list[bool], found: Matched) -> _Read:
    """Yield the columns; claims come from the observations where the kept belief is of other numbers or not there."""
    behind = [row[0] for row, is_kept in zip(rows, is_current, strict=True) if not is_kept]
    fresh = _codes_from_observations(people=behind, found=found)
    codes = b"".join([row[3] if is_kept else fresh[row[0]] for row, is_kept in zip(rows, is_current, strict=True)])
    return _Read(
        people=[row[0] for row in rows],
        refs=[row[1] for row in rows],
        stated=[stated_from_text(row[2]) for row in rows],
        codes=np.frombuffer(codes, dtype=np.uint8).reshape(len(rows), len(found.model.competencies.ids)),
        is_measured=[is_kept and row[4] for row, is_kept in zip(rows, is_current, strict=True)],
    )


def stated_from_text(stored: str | None) -> Stated:
    """Yield what a person stated; nothing where the stored JSON is none of ours."""
    if stored is None or stored == "{}":
        return _NOTHING_STATED
    try:
        return msgspec.json.decode(stored, type=Stated)
    except msgspec.ValidationError:
        return _NOTHING_STATED


def _ranked(*, read: _Read, found: Matched, filters: Filters) -> Ranking:
    is_out = np.array([_is_out(one, found.model) for one in read.stated], dtype=np.bool_)
    kept = np.flatnonzero(_passes(read=read, is_out=is_out, found=found, filters=filters))
    refs = [read.refs[row] for row in kept.tolist()]
    people = np.array(read.people, dtype=np.int64)[kept]
    codes, is_out = read.codes[kept], is_out[kept]
    places = {int(people[place]): place for place, row in enumerate(kept.tolist()) if read.is_measured[row]}
    measured = _measured_fits(places, found.model)
    pool = Pool(codes=codes, keys=refs, is_out=is_out, measured=measured)
    order = order_pool(pool=pool, role=found.model)
    for array in (people, codes, is_out, *order):
        array.flags.writeable = False  # the next look shares it
    return Ranking(people=people, refs=refs, codes=codes, is_out=is_out, measured=frozenset(measured), order=order)


def _measured_fits(rows: dict[int, int], role: RoleModel) -> dict[int, MeasuredFit]:
    """Yield the fits of measured people by row; ``rows`` goes by primary key."""
    people, fits = list(rows), {}
    for start in range(0, len(people), BELIEFS_AT_ONCE):
        for pk, belief in beliefs_of(people=people[start : start + BELIEFS_AT_ONCE]).items():
            fits[rows[pk]] = measured_fit(belief=belief, role=role)
    return fits


def beliefs_of(*, people: Iterable[int]) -> dict[int, Measured]:
    """Yield the kept beliefs of people by primary key. One query."""
    rows = Belief.objects.filter(person_id__in=list(people)).values_list("person_id", "mean", "cov")
    return {pk: Measured(*moments_from(mean=mean, cov=cov)) for pk, mean, cov in rows}


def _codes_from_observations(*, people: list[int], found: Matched) -> dict[int, bytes]:
    """Yield the claims of people whose belief is still to be worked out: a new person is in the list at once."""
    if not people:
        return {}
    rows: dict[int, list[Any]] = {pk: [] for pk in people}
    observations = Observation.objects.filter(
        person_id__in=people, retraction__isnull=True, source_kind=SourceKind.CLAIM
    )
    for row in observations.values(
        "person_id", "ref", "competency", "source_kind", "value", "facts", "observed_date", "created_at"
    ):
        rows[row["person_id"]].append(row)
    ids = found.model.competencies.ids
    return {pk: claim_codes(rows=ledger_rows(own), ids=ids) for pk, own in rows.items()}


def _is_out(stated: Stated, role: RoleModel) -> bool:
    if stated is _NOTHING_STATED:
        return False
    return is_ruled_out(person=Applicant(key="", claims=(), stated=stated), role=role)


def _passes(*, read: _Read, is_out: BoolArray, found: Matched, filters: Filters) -> BoolArray:
    """Tell who passes the filters that the database cannot judge, shape (P,)."""
    model = found.model
    place = model.competencies.place
    keep = np.ones(len(read.people), dtype=np.bool_)
    if filters.has_must_haves_open:
        for wanted in model.must_haves:
            said = read.codes[:, [place[name] for name in wanted.any_of]]
            keep &= ~(model.scale.is_against[said] & (model.scale.said[said] < wanted.level)).all(axis=1)
        keep &= ~is_out
    if filters.place:
        place_name = filters.place.casefold()
        keep &= np.array([_states_place(one, place_name) for one in read.stated], dtype=np.bool_)
    return keep


def _states_place(stated: Stated, wanted: str) -> bool:
    """Tell whether a person did not exclude a place: silence passes, as everywhere."""
    if wanted == "remote":
        return True
    if stated.is_remote_only is not None:
        return False
    named = [words.value.casefold() for words in stated.places]
    return not named or wanted in named or stated.is_open_to_relocation is not None
