"""Which gaps on a page part independent columns, and which only set a date or a cell apart from its line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from statistics import median

from assay.reading.headings import heading_kind
from assay.reading.pdf.rows import Row, Segment

BIN_PT = 2.0
_MARGIN_BINS = 2  # a strip counts as free only with this much air on both sides
_MIN_ROWS = 3
_ALONE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{2,4}\b|['’]\d\d\b|\b\d+\+?\s*(?:years?|yrs?|months?|mos?|Jahre?n?|Monate?|ans?|mois|años?)\b"
    r"|\b(?:present|today|now|current|heute|aujourd|actualidad|remote)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^[A-ZÀ-Þ][\w.’'\- ]{1,30}(?:,\s*[A-ZÀ-Þ][\w.’'\- ]{1,25}){1,2}$")


@dataclass(frozen=True, slots=True)
class Gutter:
    """A strip free of words between `first` and `last` (row indexes, inclusive), centred on `x` points."""

    x: float
    width: float
    first: int
    last: int


@dataclass(frozen=True, slots=True)
class _Side:
    """What stands on one side of a gutter: one segment for each row that has any."""

    lines: list[tuple[int, str, Segment]]

    @property
    def texts(self) -> list[str]:
        return [text for _, text, _ in self.lines]


def find_column_gutter(*, rows: Sequence[Row]) -> Gutter | None:
    """Return the gutter that best parts these rows into two flows to be read one after the other, if any."""
    best: Gutter | None = None
    best_score = 0.0
    for gutter in _gutters(rows):
        score = _independence(rows, gutter)
        if score > best_score:
            best, best_score = gutter, score
    return best


def _gutters(rows: Sequence[Row]) -> list[Gutter]:
    """Maximal free strips with words on both sides, one for each run of rows."""
    if len(rows) < _MIN_ROWS:
        return []
    size = median(row.size for row in rows)
    bins = int(max(segment.x1 for row in rows for segment in row.segments) / BIN_PT) + 2
    occupied = [0] * bins
    left_end, right_start = bins, 0
    for index, row in enumerate(rows):
        bit = 1 << index
        for segment in row.segments:
            a, b = int(segment.x0 / BIN_PT), int(segment.x1 / BIN_PT)
            left_end, right_start = min(left_end, b), max(right_start, a)
            for at in range(max(a - _MARGIN_BINS, 0), min(b + _MARGIN_BINS, bins - 1) + 1):
                occupied[at] |= bit
    runs: dict[tuple[int, int], list[int]] = {}
    for at in range(left_end, right_start + 1):
        for run in _free_runs(occupied[at], len(rows)):
            runs.setdefault(run, []).append(at)
    gutters = [
        gutter
        for (first, last), free in runs.items()
        for strip in _strips(free)
        if (gutter := _trimmed(rows, strip, first, last)) is not None and gutter.width >= 0.2 * size
    ]
    return list({(g.first, g.last, round(g.x)): g for g in gutters}.values())


def _free_runs(occupied: int, count: int) -> list[tuple[int, int]]:
    """Maximal runs of at least `_MIN_ROWS` rows whose bit is not set."""
    runs: list[tuple[int, int]] = []
    start = -1
    for index in range(count + 1):
        is_free = index < count and not occupied >> index & 1
        if is_free and start < 0:
            start = index
        elif not is_free and start >= 0:
            if index - start >= _MIN_ROWS:
                runs.append((start, index - 1))
            start = -1
    return runs


def _strips(free: list[int]) -> list[tuple[float, float]]:
    """Neighbouring free bins as (centre, width) in points."""
    strips: list[tuple[float, float]] = []
    start = previous = free[0]
    for at in [*free[1:], -1]:
        if at != previous + 1:
            strips.append(((start + previous + 1) / 2 * BIN_PT, (previous - start + 1) * BIN_PT))
            start = at
        previous = at
    return strips


def _trimmed(rows: Sequence[Row], strip: tuple[float, float], first: int, last: int) -> Gutter | None:
    """Cut off rows at either end until both sides begin and end near each other; None if a side is empty."""
    x, width = strip
    lefts = [i for i in range(first, last + 1) if any(s.x1 <= x for s in rows[i].segments)]
    rights = [i for i in range(first, last + 1) if any(s.x0 >= x for s in rows[i].segments)]
    if len(lefts) < 2 or len(rights) < 2:
        return None
    start = max(lefts[0], rights[0])
    if max(lefts[0], rights[0]) - min(lefts[0], rights[0]) <= 1:
        start = min(lefts[0], rights[0])
    if last - start < _MIN_ROWS - 1:
        return None
    return Gutter(x=x, width=width, first=start, last=last)


def _sides(rows: Sequence[Row], gutter: Gutter) -> tuple[_Side, _Side]:
    left: list[tuple[int, str, Segment]] = []
    right: list[tuple[int, str, Segment]] = []
    for index in range(gutter.first, gutter.last + 1):
        for side, members in (
            (left, [s for s in rows[index].segments if s.x1 <= gutter.x]),
            (right, [s for s in rows[index].segments if s.x0 >= gutter.x]),
        ):
            if members:
                side.append((index, " ".join(s.text for s in members), members[0]))
    return _Side(left), _Side(right)


def _independence(rows: Sequence[Row], gutter: Gutter) -> float:
    """How surely the two sides are flows of their own (0: they are read across), weighted by how much they hold."""
    left, right = _sides(rows, gutter)
    if min(len(left.lines), len(right.lines)) < 2:
        return 0.0
    narrow, wide = (left, right) if _area(left) <= _area(right) else (right, left)
    body = median(segment.size for _, _, segment in [*left.lines, *right.lines])
    heads_narrow, heads_wide = _headings(narrow, body), _headings(wide, body)
    aside = _share(narrow.texts, is_aside)
    aligned = len({i for i, _, _ in narrow.lines} & {i for i, _, _ in wide.lines}) / len(narrow.lines)
    certainty = 0.0
    plain = sum(not is_aside(text) and heading_kind(text=text) is None for text in narrow.texts)
    if heads_narrow and plain < 2:
        return 0.0  # centred headings over entries with their dates at the right
    if heads_narrow and heads_wide:
        certainty = 1.0
    elif heads_narrow:
        # Headings set alone in the margin belong to the lines beside them.
        certainty = 0.0 if heads_narrow >= 0.6 * len(narrow.lines) else 0.9
    elif aside >= 0.55 and max(len(text.split()) for text in narrow.texts) <= 9:
        certainty = 0.0
    elif _flows(narrow) and _flows(wide):
        certainty = 0.8
    elif aligned < 0.6 and len(narrow.lines) >= 5 and aside < 0.4:
        certainty = 0.6
    return certainty * (len(narrow.lines) + 0.1 * len(wide.lines) + 0.02 * gutter.width)


def _area(side: _Side) -> float:
    return float(sum(len(text) for text in side.texts))


def _headings(side: _Side, body: float) -> int:
    """Lines on this side that head a section, by their words."""
    return sum(
        heading_kind(text=text) is not None
        and not text.endswith(":")
        and (s.size > 1.04 * body or s.is_bold or text.isupper())
        for _, text, s in side.lines
    )


def is_aside(text: str) -> bool:
    """Tell whether a line is what stands beside an entry: a date, a stretch of time or a place."""
    return bool(_ALONE.search(text)) or bool(_PLACE.match(text))


def _flows(side: _Side) -> bool:
    """Whether a side holds running text: enough lines, a good part of them of several words."""
    long = sum(len(text.split()) >= 5 for text in side.texts)
    return len(side.lines) >= 4 and long >= 0.45 * len(side.lines)


def _share(texts: Sequence[str], test: object) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts) if callable(test) else 0.0
