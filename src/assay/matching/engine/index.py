"""The claims of many people as columns of bytes, open to new rows at any time."""

from collections.abc import Iterable, Mapping, Sequence
from threading import Lock
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from assay.matching.role import ClaimScale
from assay.science.arrays import BoolArray, IntArray

Bytes = NDArray[np.uint8]
FIRST_CAPACITY = 1024


POINT = 0.01
"""Levels above the average claim are kept in hundredths, which is how finely the claim rules are written."""


class View(NamedTuple):
    """What a scan sees: ``columns`` (K, n) of claim codes, ``points`` (K, n), ``people`` (n,), ``is_live`` (n,)."""

    columns: Bytes
    points: Bytes
    people: IntArray
    is_live: BoolArray


def points_by_code(*, scale: ClaimScale, bias: float) -> Bytes:
    """Yield for each claim code by how many hundredths of a level it lies above the average claim; 0 where below."""
    above = np.maximum(np.nan_to_num(scale.value - 3.0 - bias, nan=0.0), 0.0)
    points: Bytes = np.round(above / POINT).astype(np.uint8)
    return points


class PeopleIndex:
    """Codes of claims by competency. A person who is put again replaces the earlier row.

    Rows are only ever appended or marked dead, so a scan that runs while somebody is added sees a whole state: that
    of its beginning. 63 competencies and a million people take 126 MB (and nine bytes a row): the codes, and
    beside them what each is worth, since multiplying bytes is much faster than looking each of them up.
    """

    def __init__(self, *, competencies: int, points: Bytes) -> None:
        self._worth = points
        self._points = np.zeros((competencies, FIRST_CAPACITY), dtype=np.uint8)
        self._columns = np.zeros((competencies, FIRST_CAPACITY), dtype=np.uint8)
        self._people = np.zeros(FIRST_CAPACITY, dtype=np.int64)
        self._is_live = np.zeros(FIRST_CAPACITY, dtype=np.bool_)
        self._row_of: dict[int, int] = {}
        self._count = 0
        self._lock = Lock()

    def __len__(self) -> int:
        """How many people can be found."""
        return len(self._row_of)

    @property
    def byte_size(self) -> int:
        """Bytes of the arrays, without the dictionary of rows."""
        return self._columns.nbytes + self._points.nbytes + self._people.nbytes + self._is_live.nbytes

    def view(self) -> View:
        """Yield the present state; only the byte that says who is live is copied."""
        with self._lock:
            count = self._count
            return View(
                self._columns[:, :count], self._points[:, :count], self._people[:count], self._is_live[:count].copy()
            )

    def rows_of(self, *, people: Iterable[int]) -> IntArray:
        """Yield the rows of those of these people who are in the index."""
        with self._lock:
            rows = [self._row_of[person] for person in people if person in self._row_of]
        return np.array(rows, dtype=np.int64)

    def put(self, *, codes_by_person: Mapping[int, bytes]) -> None:
        """Add people or replace their claims: one byte for each competency."""
        if not codes_by_person:
            return
        people = np.fromiter(codes_by_person, dtype=np.int64, count=len(codes_by_person))
        codes = np.frombuffer(b"".join(codes_by_person.values()), dtype=np.uint8).reshape(len(people), -1)
        self.put_array(people=people, codes=codes)

    def put_array(self, *, people: IntArray, codes: Bytes) -> None:
        """Add people, shape (n,), with their codes, shape (n, K)."""
        with self._lock:
            self._make_room(len(people))
            start, stop = self._count, self._count + len(people)
            self._columns[:, start:stop] = codes.T
            self._points[:, start:stop] = self._worth[codes.T]
            self._people[start:stop] = people
            self._is_live[start:stop] = True
            for row, person in enumerate(people.tolist(), start=start):
                if (earlier := self._row_of.get(person)) is not None:
                    self._is_live[earlier] = False
                self._row_of[person] = row
            self._count = stop

    def drop(self, *, people: Sequence[int]) -> None:
        """Take people out; unknown ones are passed over."""
        with self._lock:
            for person in people:
                row = self._row_of.pop(person, None)
                if row is not None:
                    self._is_live[row] = False

    def _make_room(self, more: int) -> None:
        needed = self._count + more
        capacity = self._people.size
        if needed <= capacity:
            return
        while capacity < needed:
            capacity *= 2
        self._columns = self._grown(self._columns, capacity)
        self._points = self._grown(self._points, capacity)
        self._people = np.resize(self._people, capacity)
        is_live = np.zeros(capacity, dtype=np.bool_)
        is_live[: self._count] = self._is_live[: self._count]
        self._is_live = is_live

    def _grown(self, columns: Bytes, capacity: int) -> Bytes:
        larger = np.zeros((columns.shape[0], capacity), dtype=np.uint8)
        larger[:, : self._count] = columns[:, : self._count]
        return larger
