"""A part of a stored ranking as a sheet: one page of it, or all of it."""

from collections.abc import Mapping, Sequence

from assay.matching.assemble import Dossier, entry_from, joint_chances, summary_of
from assay.matching.explain import LOOKED_AT, next_step_of
from assay.matching.model import Standing
from assay.matching.rank import standing_of
from assay.matching.ranking import Ranking
from assay.matching.selectors import Matched
from assay.matching.sheet import Entry, Sheet, Span
from assay.matching.shown import dossiers_of
from assay.science.belief import brackets_of_moments

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
    rows = ranking.rows_in_order()
    shown = rows[first:] if count is None else rows[first : first + count]
    dossiers = dossiers_of(found=found, ranking=ranking, rows={*shown, *rows[:LOOKED_AT]})
    top = [row for row in rows[:LOOKED_AT] if row in dossiers]
    return Sheet(
        role=summary_of(profile=found.profile, role_file="", role=found.model),
        entries=_entries(
            found=found, ranking=ranking, places=list(enumerate(shown, start=first + 1)), dossiers=dossiers,
            is_blind=is_blind,
        ),
        brackets=_brackets(ranking=ranking, first=first, count=len(shown)),
        next_step=next_step_of(
            standings=[_standing(found=found, ranking=ranking, row=row, dossier=dossiers[row]) for row in top],
            people=[dossiers[row] for row in top],
            role=found.model,
            settle=found.settle,
        ),
        unreadable=(),
        versions=found.versions,
        is_blind=is_blind,
    )  # fmt: skip


def entries_at(*, found: Matched, ranking: Ranking, places: Sequence[int], is_blind: bool) -> tuple[Entry, ...]:
    """Yield the people at these places of a ranking, from 1, with reasons and words."""
    rows = ranking.rows_in_order()
    numbered = [(place, rows[place - 1]) for place in places]
    dossiers = dossiers_of(found=found, ranking=ranking, rows=[row for _, row in numbered])
    return _entries(found=found, ranking=ranking, places=numbered, dossiers=dossiers, is_blind=is_blind)


def _entries(
    *,
    found: Matched,
    ranking: Ranking,
    places: Sequence[tuple[int, int]],
    dossiers: Mapping[int, Dossier],
    is_blind: bool,
) -> tuple[Entry, ...]:
    """Yield the people at these places and rows; who is gone since the list was made is left out."""
    there = [(place, row) for place, row in places if row in dossiers]
    explained = [row for _, row in there[:EXPLAINED]]
    chances = dict(zip(explained, _chances(found, ranking, explained, dossiers), strict=True))
    return tuple(
        entry_from(
            place=place,
            dossier=dossiers[row],
            standing=_standing(found=found, ranking=ranking, row=row, dossier=dossiers[row]),
            role=found.model,
            settle=found.settle,
            p_must_haves=chances.get(row),
            is_blind=is_blind,
        )
        for place, row in there
    )


def _brackets(*, ranking: Ranking, first: int, count: int) -> tuple[Span, ...]:
    """Yield who cannot be separated around a part of the list, over those whom nothing rules out."""
    low = max(first - REACH, 0)
    near = ranking.order.rows[low : first + count + REACH]
    near = near[~ranking.is_out[near]]
    found = brackets_of_moments(means=ranking.order.mean[near], sds=ranking.order.sd[near])
    return tuple(Span(first=one.first + low + 1, last=one.last + low + 1) for one in found)


def _standing(*, found: Matched, ranking: Ranking, row: int, dossier: Dossier) -> Standing:
    return standing_of(person=dossier.applicant, row=row, order=ranking.order, role=found.model)


def _chances(
    found: Matched, ranking: Ranking, rows: Sequence[int], dossiers: Mapping[int, Dossier]
) -> list[float | None]:
    """Yield the joint chance of the must-haves for each row; equal claims are worked out once for a version."""
    keys = [
        None if row in ranking.measured else (found.version.pk, str(found.versions), ranking.codes[row].tobytes())
        for row in rows
    ]
    open_rows = [row for row, key in zip(rows, keys, strict=True) if key is None or key not in _KNOWN_CHANCES]
    people = [dossiers[row].applicant for row in open_rows]
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
