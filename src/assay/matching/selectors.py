"""Reads for a role's shortlist: who applied, in which order, and the words behind it."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

import msgspec
import numpy as np
from django.db.models import F, Q, QuerySet
from django.db.models.functions import Substr

from assay.applications.choices import ApplicationState
from assay.applications.models import Application
from assay.competencies.catalogue import Catalogue
from assay.competencies.selectors import catalogue_of
from assay.core.errors import NotFoundError
from assay.evidence.beliefs import Moments, claim_codes, moments_from, numbers_for
from assay.evidence.choices import SourceKind
from assay.evidence.claims import ClaimRules, Stance
from assay.evidence.ledger import ledger_rows
from assay.evidence.models import Belief, Observation
from assay.evidence.stated import Stated
from assay.matching.assemble import Dossier, Source
from assay.matching.explain import SettleTable, settle_table
from assay.matching.model import Applicant, ClaimLine, Measured, Order
from assay.matching.models import Shortlist
from assay.matching.rank import Pool, is_ruled_out, order_pool
from assay.matching.role import STANCE_OF, Competencies, NothingDemandedError, RoleModel, competencies_from, role_model
from assay.matching.sheet import Versions
from assay.roles.models import Role, RoleVersion
from assay.roles.profile import RoleProfile
from assay.roles.selectors import with_current_version
from assay.science.belief import Parameters

LEFT_OUT = (ApplicationState.REJECTED, ApplicationState.WITHDRAWN)
"""Applications that ended without a hire are not in the list unless their state is asked for."""
_COLUMNS = (
    "person_id", "person__ref", "person__name", "person__headline", "person__stated", "state", "channel",
    "person__belief__claims", "person__belief__is_measured", "person__belief__parameters",
)  # fmt: skip


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


class Matched(NamedTuple):
    """A role with what it takes to rank for it."""

    role: Role
    version: RoleVersion
    profile: RoleProfile
    model: RoleModel
    catalogue: Catalogue
    parameters: Parameters
    rules: ClaimRules
    settle: SettleTable
    versions: Versions


class Candidate(NamedTuple):
    """One applicant of a role, without words."""

    person_id: int
    ref: str
    name: str
    headline: str
    state: str
    channel: str
    stated: Stated


class Ranking(NamedTuple):
    """All applicants of a role that pass the filters, and their order."""

    candidates: Sequence[Candidate]
    pool: Pool
    order: Order

    def __len__(self) -> int:
        """How many people the list holds."""
        return len(self.candidates)


def matched_role(*, role: Role) -> Matched | None:
    """Yield a role ready to rank for; None where it asks for nothing that the map knows."""
    current = with_current_version(role=role)
    return matched(role=role, version=current.version, profile=current.profile)


def matched(*, role: Role, version: RoleVersion, profile: RoleProfile) -> Matched | None:
    """Yield one version of a role ready to rank for."""
    catalogue = catalogue_of(organisation=role.organisation)
    numbers = numbers_for(catalogue)
    try:
        model = role_model(
            profile=profile,
            competencies=_competencies(catalogue, numbers.parameters),
            parameters=numbers.parameters,
            rules=numbers.rules,
        )
    except NothingDemandedError:
        return None
    return Matched(
        role=role, version=version, profile=profile, model=model, catalogue=catalogue, parameters=numbers.parameters,
        rules=numbers.rules, settle=settle_table(catalogue.competencies),
        versions=Versions(
            competency_map=catalogue.version, sources=numbers.parameters.version, claim_rules=numbers.rules.version,
            reader="",
        ),
    )  # fmt: skip


def ranking_of(*, found: Matched, filters: Filters) -> Ranking:
    """Yield everybody who applied and passes the filters, in order. Two queries, one more for beliefs not yet kept."""
    rows = list(_applications(found.role, filters).order_by("person_id").values_list(*_COLUMNS))
    version = numbers_for(found.catalogue).version
    missing = [row[0] for row in rows if row[9] != version]
    fresh = _codes_from_observations(people=missing, found=found)
    measured_ids = {row[0] for row in rows if row[9] == version and row[8]}
    candidates = [Candidate(row[0], row[1], row[2], row[3], row[5], row[6], stated_from(row[4])) for row in rows]
    codes = [fresh[row[0]] if row[0] in fresh else bytes(row[7]) for row in rows]
    count = len(found.model.competencies.ids)
    table = np.frombuffer(b"".join(codes), dtype=np.uint8).reshape(len(rows), count)
    beliefs = _moments(measured_ids)
    pool = Pool(
        codes=table,
        keys=[one.ref for one in candidates],
        is_out=np.array([_is_out(one, found.model) for one in candidates], dtype=np.bool_),
        measured={
            place: Measured(beliefs[one.person_id].mean, beliefs[one.person_id].covariance)
            for place, one in enumerate(candidates)
            if one.person_id in beliefs
        },
    )
    kept = _kept(candidates=candidates, pool=pool, found=found, filters=filters)
    if len(kept) < len(candidates):
        candidates, pool = [candidates[row] for row in kept], _narrowed(pool, kept)
    return Ranking(candidates=candidates, pool=pool, order=order_pool(pool=pool, role=found.model))


def dossiers_of(*, found: Matched, ranking: Ranking, rows: Sequence[int]) -> list[Dossier]:
    """Yield the people at these rows of the ranking with the words behind their claims. One query."""
    people = [ranking.candidates[row] for row in rows]
    sources = _sources(people=[one.person_id for one in people], found=found)
    return [
        Dossier(
            person=one.ref,
            label=one.name or "Name not read",
            file=one.headline,
            applicant=applicant_at(ranking=ranking, row=row, role=found.model),
            sources=sources.get(one.person_id, {}),
        )
        for row, one in zip(rows, people, strict=True)
    ]


def applicant_at(*, ranking: Ranking, row: int, role: RoleModel) -> Applicant:
    """Yield one row of a ranking as what the ranking knows of a person."""
    codes = ranking.pool.codes[row]
    ids = role.competencies.ids
    return Applicant(
        key=ranking.pool.keys[row],
        claims=tuple(
            ClaimLine(competency=ids[column], stance=STANCE_OF[int(codes[column])])
            for column in np.flatnonzero(codes).tolist()
        ),
        stated=ranking.candidates[row].stated,
        measured=ranking.pool.measured.get(row),
    )


def channels_of(*, role: Role) -> list[str]:
    """Yield the channels through which people applied to a role."""
    rows = Application.objects.filter(role=role).exclude(channel="").values_list("channel", flat=True)
    return sorted(set(rows))


def shortlists_of(*, role: Role) -> QuerySet[Shortlist]:
    """Yield the snapshots of a role, newest first, without their contents. The role was reached by a selector."""
    return Shortlist.objects.filter(role=role).defer("result").select_related("created_by__user", "role_version")


def shortlist_of(*, role: Role, ref: str) -> Shortlist:
    """Yield one snapshot of a role. Raises `NotFoundError`."""
    found = Shortlist.objects.filter(role=role, ref=ref).select_related("created_by__user", "role_version").first()
    if found is None:
        message = "There is no such snapshot in this role."
        raise NotFoundError(message)
    return found


def stated_from(stored: Any) -> Stated:
    """Yield what a person stated; nothing where the stored form is none of ours."""
    try:
        return msgspec.convert(stored or {}, Stated)
    except msgspec.ValidationError:
        return Stated()


def _applications(role: Role, filters: Filters) -> QuerySet[Application]:
    rows = Application.objects.filter(role=role, person__merged_into__isnull=True)
    rows = rows.filter(state=filters.state) if filters.state else rows.exclude(state__in=LEFT_OUT)
    if filters.channel:
        rows = rows.filter(channel=filters.channel)
    if filters.text:
        in_name = Q() if filters.is_blind else Q(person__name__icontains=filters.text)
        rows = rows.filter(Q(person__headline__icontains=filters.text) | in_name)
    return rows


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


def _moments(people: Iterable[int]) -> dict[int, Moments]:
    wanted = list(people)
    if not wanted:
        return {}
    rows = Belief.objects.filter(person_id__in=wanted).values_list("person_id", "mean", "cov")
    return {pk: moments_from(mean=mean, cov=cov) for pk, mean, cov in rows}


def _is_out(one: Candidate, role: RoleModel) -> bool:
    if one.stated == _NOTHING_STATED:
        return False
    return is_ruled_out(person=Applicant(key="", claims=(), stated=one.stated), role=role)


def _kept(*, candidates: Sequence[Candidate], pool: Pool, found: Matched, filters: Filters) -> list[int]:
    """Yield the rows that pass the filters which the database cannot judge."""
    model = found.model
    place = model.competencies.place
    keep = np.ones(len(candidates), dtype=np.bool_)
    if filters.has_must_haves_open:
        for wanted in model.must_haves:
            codes = pool.codes[:, [place[name] for name in wanted.any_of]]
            keep &= ~(model.scale.is_against[codes] & (model.scale.said[codes] < wanted.level)).all(axis=1)
        keep &= ~pool.is_out
    if filters.place:
        place_name = filters.place.casefold()
        keep &= np.array([_states_place(one.stated, place_name) for one in candidates], dtype=np.bool_)
    return np.flatnonzero(keep).tolist()


def _states_place(stated: Stated, wanted: str) -> bool:
    """Tell whether a person did not exclude a place: silence passes, as everywhere."""
    if wanted == "remote":
        return True
    if stated.is_remote_only is not None:
        return False
    named = [words.value.casefold() for words in stated.places]
    return not named or wanted in named or stated.is_open_to_relocation is not None


def _narrowed(pool: Pool, rows: list[int]) -> Pool:
    return Pool(
        codes=pool.codes[rows],
        keys=[pool.keys[row] for row in rows],
        is_out=pool.is_out[rows],
        measured={place: pool.measured[row] for place, row in enumerate(rows) if row in pool.measured},
    )


def _sources(*, people: Sequence[int], found: Matched) -> dict[int, Mapping[str, Source]]:
    rows = (
        Observation.objects.filter(
            person_id__in=people, retraction__isnull=True, source_kind=SourceKind.CLAIM,
            competency__in=found.model.demanded, start__isnull=False,
        )
        .annotate(quote=Substr("document__text", F("start") + 1, F("end") - F("start")))
        .order_by("pk")
        .values_list("person_id", "competency", "facts__stance", "quote", "start", "end", "document__file_name", "ref")
    )  # fmt: skip
    best: dict[int, dict[str, tuple[int, Source]]] = {}
    ladder = list(Stance)
    for person, competency, stance, quote, start, end, file, ref in rows:
        rank = ladder.index(Stance(stance))
        own = best.setdefault(person, {})
        if competency not in own or rank > own[competency][0]:
            phrase = found.rules.stances[Stance(stance)].phrase
            own[competency] = (rank, Source(phrase, quote, start or 0, end or 0, file or "", ref))
    return {person: {name: source for name, (_, source) in own.items()} for person, own in best.items()}


_NOTHING_STATED = Stated()
_COMPETENCIES: dict[str, Competencies] = {}


def _competencies(catalogue: Catalogue, parameters: Parameters) -> Competencies:
    key = f"{catalogue.version}/{parameters.version}"
    if key not in _COMPETENCIES:
        _COMPETENCIES[key] = competencies_from(entries=catalogue.competencies, parameters=parameters)
    return _COMPETENCIES[key]
