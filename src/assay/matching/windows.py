"""A part of a stored ranking as a sheet: one page of it, or all of it."""

from collections.abc import Sequence

from assay.matching.assemble import Dossier, entry_from, joint_chances, summary_of
from assay.matching.explain import LOOKED_AT, next_step_of
from assay.matching.model import Standing
from assay.matching.rank import standing_of
from assay.matching.selectors import Matched, Ranking, applicant_at, dossiers_of
from assay.matching.sheet import Entry, Sheet, Span
from assay.science.belief import brackets, fit_from_moments

REACH = 100
"""So many people beyond a page are looked at to say who cannot be separated."""
MOST_KNOWN = 20_000
_KNOWN_CHANCES: dict[tuple[int, str, bytes], float | None] = {}
"""Joint chances by version of the role, versions of the numbers and claims: a pure function of these."""
EXPLAINED = 50
"""So many people get the joint probability of the must-haves; it costs a millisecond each."""


def sheet_of_ranking(
    *, found: Matched, ranking: Ranking, first: int = 0, count: int | None = None, is_blind: bool = False
) -> Sheet:
    """Yield ``count`` people from ``first`` places below the top as a sheet; all of them where it is None."""
    rows = ranking.order.rows.tolist()
    shown = rows[first:] if count is None else rows[first : first + count]
    low, high = max(first - REACH, 0), first + len(shown) + REACH
    near = [
        fit_from_moments(mean=float(ranking.order.mean[row]), sd=float(ranking.order.sd[row]), bar=None)
        for row in rows[low:high]
        if not ranking.pool.is_out[row]
    ]
    top = rows[:LOOKED_AT]
    return Sheet(
        role=summary_of(profile=found.profile, role_file="", role=found.model),
        entries=entries_at(found=found, ranking=ranking, rows=shown, first_place=first + 1, is_blind=is_blind),
        brackets=tuple(Span(first=one.first + low + 1, last=one.last + low + 1) for one in brackets(fits=near)),
        next_step=next_step_of(
            standings=[_standing(found=found, ranking=ranking, row=row) for row in top],
            people=[Dossier("", "", "", applicant_at(ranking=ranking, row=row, role=found.model), {}) for row in top],
            role=found.model,
            settle=found.settle,
        ),
        unreadable=(),
        versions=found.versions,
        is_blind=is_blind,
    )


def entries_at(
    *, found: Matched, ranking: Ranking, rows: Sequence[int], first_place: int, is_blind: bool
) -> tuple[Entry, ...]:
    """Yield the people at these rows of a ranking with reasons and words. One query."""
    dossiers = dossiers_of(found=found, ranking=ranking, rows=rows)
    chances = _chances(found=found, ranking=ranking, rows=rows[:EXPLAINED])
    return tuple(
        entry_from(
            place=first_place + step,
            dossier=dossier,
            standing=_standing(found=found, ranking=ranking, row=row),
            role=found.model,
            settle=found.settle,
            p_must_haves=chances[step] if step < len(chances) else None,
            is_blind=is_blind,
        )
        for step, (row, dossier) in enumerate(zip(rows, dossiers, strict=True))
    )


def _standing(*, found: Matched, ranking: Ranking, row: int) -> Standing:
    person = applicant_at(ranking=ranking, row=row, role=found.model)
    return standing_of(person=person, row=row, order=ranking.order, role=found.model)


def _chances(*, found: Matched, ranking: Ranking, rows: Sequence[int]) -> list[float | None]:
    """Yield the joint chance of the must-haves for each row; equal claims are worked out once for a version."""
    keys = [
        None
        if row in ranking.pool.measured
        else (found.version.pk, str(found.versions), ranking.pool.codes[row].tobytes())
        for row in rows
    ]
    open_rows = [row for row, key in zip(rows, keys, strict=True) if key is None or key not in _KNOWN_CHANCES]
    people = [applicant_at(ranking=ranking, row=row, role=found.model) for row in open_rows]
    fresh = dict(
        zip(open_rows, joint_chances(people=people, role=found.model, parameters=found.parameters), strict=True)
    )
    if len(_KNOWN_CHANCES) > MOST_KNOWN:
        _KNOWN_CHANCES.clear()
    chances = []
    for row, key in zip(rows, keys, strict=True):
        chance = fresh[row] if row in fresh else _KNOWN_CHANCES[key] if key is not None else None
        if key is not None:
            _KNOWN_CHANCES[key] = chance
        chances.append(chance)
    return chances
