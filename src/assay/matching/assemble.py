"""From ranked people and their words to a sheet."""

from collections.abc import Mapping, Sequence
from typing import NamedTuple, TypeVar

import msgspec
import numpy as np

from assay.matching.explain import SettleTable, gaps_of, next_step_of
from assay.matching.model import Applicant, MustHave, MustHaveState, Standing
from assay.matching.rank import codes_of, order_people, standing_of
from assay.matching.role import RoleModel
from assay.matching.sheet import (
    Demanded,
    Entry,
    MustHaveLine,
    Reason,
    RoleSummary,
    Sheet,
    Span,
    Unreadable,
    Versions,
)
from assay.roles.profile import RoleProfile, words_not_in_map
from assay.science.arrays import FloatArray
from assay.science.belief import (
    ClaimTable,
    Parameters,
    brackets,
    claims_posteriors,
    fit_from_moments,
    threshold_of,
)
from assay.science.belief.claims import PoolBelief
from assay.science.belief.orthant import p_all_positive_each

Words = TypeVar("Words", Reason, MustHaveLine)

REASONS = 3
EXPLAINED = 50
"""So many people from the top get the joint probability of the must-haves; it costs a millisecond each."""


class Source(NamedTuple):
    """The words behind a person's claim: ``quote == text[start:end]`` of ``file``."""

    phrase: str
    quote: str
    start: int
    end: int
    file: str
    observation: str = ""


class Dossier(NamedTuple):
    """A person with the words: what is shown, beside what is ranked. ``sources`` goes by competency."""

    person: str
    label: str
    file: str
    applicant: Applicant
    sources: Mapping[str, Source]


class Ranked(NamedTuple):
    """An order over dossiers with each one's standing, best first."""

    dossiers: tuple[Dossier, ...]
    standings: tuple[Standing, ...]


def rank_dossiers(*, dossiers: Sequence[Dossier], role: RoleModel) -> Ranked:
    """Yield the people in order, each with fit, must-haves, constraints and what moved the fit."""
    people = [dossier.applicant for dossier in dossiers]
    order = order_people(people=people, role=role)
    rows = order.rows.tolist()
    return Ranked(
        dossiers=tuple(dossiers[row] for row in rows),
        standings=tuple(standing_of(person=people[row], row=row, order=order, role=role) for row in rows),
    )


def sheet_from(
    *,
    profile: RoleProfile,
    role_file: str,
    role: RoleModel,
    ranked: Ranked,
    parameters: Parameters,
    settle: SettleTable,
    versions: Versions,
    unreadable: Sequence[Unreadable] = (),
    is_blind: bool = False,
) -> Sheet:
    """Yield the sheet of a ranking."""
    chances = joint_chances(
        people=[one.applicant for one in ranked.dossiers[:EXPLAINED]], role=role, parameters=parameters
    )
    entries = tuple(
        entry_from(
            place=place,
            dossier=dossier,
            standing=standing,
            role=role,
            settle=settle,
            p_must_haves=chances[place - 1] if place <= len(chances) else None,
            is_blind=is_blind,
        )
        for place, (dossier, standing) in enumerate(zip(ranked.dossiers, ranked.standings, strict=True), start=1)
    )
    return Sheet(
        role=summary_of(profile=profile, role_file=role_file, role=role),
        entries=entries,
        brackets=brackets_of(standings=ranked.standings, bar=role.bar),
        next_step=next_step_of(standings=ranked.standings, people=ranked.dossiers, role=role, settle=settle),
        unreadable=tuple(unreadable),
        versions=versions,
        is_blind=is_blind,
    )


def entry_from(
    *,
    place: int,
    dossier: Dossier,
    standing: Standing,
    role: RoleModel,
    settle: SettleTable,
    p_must_haves: float | None,
    is_blind: bool,
) -> Entry:
    """Yield one person's line."""
    names = role.competencies.names
    reasons = [
        reason_from(competency=one.competency, name=names[one.competency], effect=one.effect, source=source)
        for one in standing.contributions
        if (source := dossier.sources.get(one.competency)) is not None
    ]
    return Entry(
        place=place,
        person=dossier.person,
        label=f"Person {place}" if is_blind else dossier.label,
        file="" if is_blind else dossier.file,
        fit=standing.fit,
        p_must_haves=p_must_haves,
        must_haves=tuple(
            must_have_line(
                must_have=one,
                name=" or ".join(names[name] for name in (one.competency, *one.alternatives)),
                source=dossier.sources.get(one.by),
            )
            for one in standing.must_haves
        ),
        reasons=tuple(reasons[:REASONS]),
        not_measured=gaps_of(standing=standing, role=role, settle=settle),
        constraints=standing.constraints,
        is_ruled_out=standing.is_ruled_out,
        is_measured=bool(standing.contributions) or dossier.applicant.measured is not None,
    )


def without_files(sheet: Sheet) -> Sheet:
    """Yield a blind sheet in which no name of a file is left: a file is often named after a person."""

    def hide(one: Words) -> Words:
        return msgspec.structs.replace(one, file="")

    return msgspec.structs.replace(
        sheet,
        entries=tuple(
            msgspec.structs.replace(
                entry,
                person=str(entry.place),
                file="",
                reasons=tuple(hide(one) for one in entry.reasons),
                must_haves=tuple(hide(one) for one in entry.must_haves),
            )
            for entry in sheet.entries
        ),
    )


def reason_from(*, competency: str, name: str, effect: float, source: Source) -> Reason:
    """Yield a reason with its words."""
    return Reason(
        competency=competency,
        name=name,
        phrase=source.phrase,
        quote=source.quote,
        start=source.start,
        end=source.end,
        file=source.file,
        effect=effect,
        observation=source.observation,
    )


def must_have_line(*, must_have: MustHave, name: str, source: Source | None) -> MustHaveLine:
    """Yield a must-have with its words, where there are any."""
    line = MustHaveLine(competency=must_have.competency, name=name, level=must_have.level, state=must_have.state)
    if source is None:
        return line
    return MustHaveLine(
        competency=must_have.competency,
        name=name,
        level=must_have.level,
        state=must_have.state,
        phrase=source.phrase,
        quote=source.quote,
        start=source.start,
        end=source.end,
        file=source.file,
        observation=source.observation,
    )


def brackets_of(*, standings: Sequence[Standing], bar: float | None) -> tuple[Span, ...]:
    """Yield where people cannot be separated, over those whom nothing rules out."""
    fits = [fit_from_moments(mean=one.fit.mean, sd=one.fit.sd, bar=bar) for one in standings if not one.is_ruled_out]
    return tuple(Span(first=one.first + 1, last=one.last + 1) for one in brackets(fits=fits))


def joint_chances(*, people: Sequence[Applicant], role: RoleModel, parameters: Parameters) -> tuple[float | None, ...]:
    """Yield for each person P(every must-have is met), rounded to one chance in twenty; None without must-haves.

    From the belief over all competencies; the product of single chances would be far too low. Claims count as made
    today, so that the list does not depend on the day on which it is made.
    """
    wanted = [one for one in role.must_haves if one.level > 1]
    if not wanted or not people:
        return (None,) * len(people)
    thresholds = [threshold_of(level=one.level) for one in wanted]
    choices = [[role.competencies.place[name] for name in one.any_of] for one in wanted]
    table = role.scale.value[codes_of(people=people, competencies=role.competencies)]
    rows, columns = np.nonzero(~np.isnan(table))
    pool = claims_posteriors(
        prior=role.competencies.prior,
        claims=ClaimTable(
            people=len(people),
            person=rows,
            competency=columns,
            level=table[rows, columns],
            age_y=np.zeros(len(rows)),
        ),
        parameters=parameters,
    )
    return tuple(round(float(chance) * 20) / 20 for chance in _chances(people, pool, choices, thresholds))


def _chances(
    people: Sequence[Applicant], pool: PoolBelief, choices: list[list[int]], thresholds: list[float]
) -> FloatArray:
    """Yield the joint chance of each person; those with equally many wanted competencies are worked out together."""
    asked: dict[int, list[tuple[int, list[int], FloatArray, FloatArray]]] = {}
    for row, person in enumerate(people):
        measured = person.measured
        mean = pool.mean[row] if measured is None else measured.mean
        covariance = pool.covariance[row] if measured is None else measured.covariance
        # of alternatives the one that is most likely to be met stands for all
        limits = {
            max(any_of, key=mean.__getitem__): limit
            for any_of, limit in sorted(zip(choices, thresholds, strict=True), key=lambda pair: pair[1])
        }
        places = sorted(limits)
        distance = mean[places] - np.array([limits[place] for place in places])
        asked.setdefault(len(places), []).append((row, places, distance, covariance[np.ix_(places, places)]))
    found = np.empty(len(people))
    for group in asked.values():
        found[[one[0] for one in group]] = p_all_positive_each(
            means=np.stack([one[2] for one in group]), covariances=np.stack([one[3] for one in group])
        )
    return found


def summary_of(*, profile: RoleProfile, role_file: str, role: RoleModel) -> RoleSummary:
    """Yield what the list was made for."""
    names = role.competencies.names
    return RoleSummary(
        title=profile.title,
        file=role_file,
        requirements=tuple(
            Demanded(
                competency=one.competency,
                name=names[one.competency],
                level=one.level,
                weight=one.weight,
                is_must_have=one.is_must_have,
                quotes=tuple(quote.text for quote in one.quotes),
                terms=one.terms,
            )
            for one in profile.demands
            if one.competency in names
        ),
        constraints=constraints_in_words(profile),
        bar=role.bar,
        not_in_map=words_not_in_map(profile),
    )


def constraints_in_words(profile: RoleProfile) -> tuple[str, ...]:
    """Yield the role's hard facts as short phrases."""
    asked = profile.constraints
    words = []
    if asked.work_permit:
        words.append(f"may work in {asked.work_permit}")
    if asked.places:
        words.append(" or ".join(place.name or "remote" for place in asked.places))
    words += [f"speaks {code}" for code in asked.languages]
    if asked.start_by:
        words.append(f"starts by {asked.start_by}")
    return tuple(words)


def met_count(entry: Entry) -> int:
    """Yield how many must-haves are met."""
    return sum(one.state is MustHaveState.MET for one in entry.must_haves)
