"""The first people for a role out of an index: exact, in one pass over a dozen columns of bytes."""

from typing import NamedTuple

import numpy as np

from assay.matching.engine.index import POINT, View
from assay.matching.model import Applicant, ClaimLine, Contribution
from assay.matching.rank import Pool, contributions_of, order_pool
from assay.matching.role import STANCE_OF, RoleModel
from assay.science.arrays import BoolArray, FloatArray, IntArray

BLOCK = 1 << 16
"""Rows at a time: a block's sums stay in the processor's cache."""
SLACK = 1e-5
"""Sums are of single precision; whoever is this near to the last place is ranked again in double precision."""
MOST_POINTS = 120
"""The strongest claim, level 5, lies so many points above the average claim of 3.8; no claim is worth more."""
FEW = 0.2
"""From this share of rows on, a filter is applied to the sums, below it to the rows before anything is summed."""


class Hit(NamedTuple):
    """A person with fit and the competencies that moved it most."""

    person: int
    mean: float
    sd: float
    reasons: tuple[Contribution, ...]


def first_people(
    *, view: View, role: RoleModel, count: int, passes: BoolArray | None = None, reasons: int = 3
) -> list[Hit]:
    """Yield the first ``count`` people for a role in the order of `rank.order_pool`, with reasons.

    Parameters
    ----------
    passes
        Shape (n,): who passes the filters; None lets everybody pass.
    """
    rows = _nearly_first(view=view, role=role, count=count, passes=passes)
    codes = np.ascontiguousarray(view.columns[:, rows].T)
    pool = Pool(
        codes=codes,
        keys=[f"{person:020d}" for person in view.people[rows].tolist()],
        is_out=np.zeros(len(rows), dtype=np.bool_),
        measured={},
    )
    order = order_pool(pool=pool, role=role)
    return [
        Hit(
            person=int(view.people[rows[place]]),
            mean=float(order.mean[place]),
            sd=float(order.sd[place]),
            reasons=contributions_of(person=_applicant(codes=codes[place], role=role), role=role)[:reasons],
        )
        for place in order.rows[:count].tolist()
    ]


def _nearly_first(*, view: View, role: RoleModel, count: int, passes: BoolArray | None) -> IntArray:
    """Yield rows that hold the first ``count`` people for certain, in no order."""
    gains = _gains(role)
    allowed = view.is_live if passes is None else view.is_live & passes
    total = len(view.people)
    if passes is not None and np.count_nonzero(allowed) < FEW * total:
        rows = np.flatnonzero(allowed)
        sums = np.zeros(len(rows), dtype=np.float32)
        for column, gain in gains:
            sums += view.points[column, rows] * gain
        return rows[_top(sums, count)]
    best = _Best(count)
    for start in range(0, total, BLOCK):
        part = slice(start, min(start + BLOCK, total))
        places, sums = _block(view, gains, part, best.limit)
        is_allowed = allowed[part][places]
        best.add(rows=places[is_allowed] + start, sums=sums[is_allowed])
    return best.rows()


class _Best:
    """The best rows so far, never fewer than ``count`` where there were so many, and the sum that gets in."""

    def __init__(self, count: int) -> None:
        self.limit = 0.0
        self._count = count
        self._rows: list[IntArray] = []
        self._sums: list[FloatArray] = []
        self._held = 0

    def add(self, *, rows: IntArray, sums: FloatArray) -> None:
        self._rows.append(rows)
        self._sums.append(sums)
        self._held += len(rows)
        if self._held > 8 * self._count + 2048:
            self._shrink()

    def rows(self) -> IntArray:
        self._shrink()
        return self._rows[0]

    def _shrink(self) -> None:
        rows = np.concatenate([np.empty(0, dtype=np.int64), *self._rows])
        sums = np.concatenate([np.empty(0, dtype=np.float32), *self._sums])
        top = _top(sums, self._count)
        self._rows, self._sums, self._held = [rows[top]], [sums[top]], len(top)
        if len(top) >= self._count:
            self.limit = float(sums[top].min())


def _gains(role: RoleModel) -> list[tuple[int, np.float32]]:
    """Yield each column that counts with what one point of it adds to the fit, the heaviest first."""
    coefficients = role.first_look.coefficients
    columns = np.flatnonzero(coefficients > 0.0)
    columns = columns[np.argsort(-coefficients[columns], kind="stable")]
    return [(int(column), np.float32(coefficients[column] * POINT)) for column in columns.tolist()]


def _block(view: View, gains: list[tuple[int, np.float32]], part: slice, limit: float) -> tuple[IntArray, FloatArray]:
    """Yield the places within a block that may reach ``limit``, and their sums.

    The lighter half of the columns is only looked at for rows that could still get there with the most of each.
    """
    half = (len(gains) + 1) // 2
    sums = np.zeros(part.stop - part.start, dtype=np.float32)
    product = np.empty_like(sums)
    for column, gain in gains[:half]:
        np.multiply(view.points[column, part], gain, out=product)
        sums += product
    most = sum(float(gain) for _, gain in gains[half:]) * MOST_POINTS
    places = np.flatnonzero(sums >= limit - most - SLACK)
    sums = sums[places]
    for column, gain in gains[half:]:
        sums += view.points[column, part][places] * gain
    is_enough = sums >= limit - SLACK
    return places[is_enough], sums[is_enough]


def _top(sums: FloatArray, count: int) -> IntArray:
    """Yield the places of the ``count`` largest and of everything that ties with the last of them."""
    if len(sums) <= count:
        return np.arange(len(sums))
    last = np.partition(sums, len(sums) - count)[len(sums) - count]
    return np.flatnonzero(sums >= last - SLACK)


def _applicant(*, codes: "np.ndarray[tuple[int], np.dtype[np.uint8]]", role: RoleModel) -> Applicant:
    ids = role.competencies.ids
    return Applicant(
        key="",
        claims=tuple(
            ClaimLine(competency=ids[column], stance=STANCE_OF[int(codes[column])])
            for column in np.flatnonzero(codes).tolist()
        ),
    )
