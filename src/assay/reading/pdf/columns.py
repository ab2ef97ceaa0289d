"""Which gaps on a page part independent columns, and which only set a date or a cell apart from its line."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise
from statistics import median

from assay.reading.headings import heading_kind
from assay.reading.pdf.rows import Row, Segment
from assay.reading.places import place_score

BIN_PT = 2.0
_MARGIN_BINS = 2  # a strip counts as free only with this much air on both sides
_MIN_ROWS = 3
_ALONE = re.compile(
    r"\b(?:19|20)\d\d\b|\b\d{1,2}[/.]\d{2,4}\b|['’]\d\d\b|\b\d+\+?\s*(?:years?|yrs?|months?|mos?|Jahre?n?|Monate?|ans?|mois|años?)\b"
    r"|\b(?:present|today|now|current|heute|aujourd|actualidad|remote)\b",
    re.IGNORECASE,
)
_DATE_WORDS = re.compile(
    r"\b(?:(?:19|20)\d\d|\d{1,2}|jan|feb|fév|mar|mär|apr|avr|abr|ma[iy]|jun|jui|jul|aug|ao[uû]|ago|sep|o[ck]t|nov|d[eéi][czs]|ene)"
    r"[^\W\d_]{0,8}\b\.?|\b(?:summer|winter|spring|fall|autumn|sommer|herbst|frühjahr|present|now|today|current|ongoing|"
    r"heute|jetzt|aujourd['’]hui|présent|actualidad|presente|since|seit|depuis|desde|to|until|bis|à|au|hasta|years?|yrs?|"
    r"months?|mos?|jahre?n?|monate?n?|ans?|mois|años?|meses|expected|q[1-4]|ws|ss)\b",
    re.IGNORECASE,
)
_PLACE = re.compile(r"^[A-ZÀ-Þ][\w.’'\- ]{1,30}(?:,\s*[A-ZÀ-Þ][\w.’'\- ]{1,25}){1,2}$")
_LONGEST_ASIDE = 7  # words
_NEAR = 1.5  # type sizes from one baseline to the next inside a group


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
    for found in _gutters(rows):
        gutter = _without_last_heading(rows, found)
        score = _independence(rows, gutter)
        if score > best_score:
            best, best_score = gutter, score
    return best


def _without_last_heading(rows: Sequence[Row], gutter: Gutter) -> Gutter:
    """End the band above a heading that would be the last line of its side: what it heads stands below the band."""
    while gutter.last - gutter.first >= _MIN_ROWS:
        ends = [side.lines[-1] for side in _sides(rows, gutter) if side.lines]
        heads = [index for index, text, _ in ends if heading_kind(text=text) is not None]
        if not heads:
            break
        gutter = replace(gutter, last=max(heads) - 1)
    return gutter


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
    known: dict[int, list[tuple[int, int]]] = {}
    for at in range(left_end, right_start + 1):
        if occupied[at] not in known:
            known[occupied[at]] = _free_runs(occupied[at], len(rows))
        for run in known[occupied[at]]:
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
    weight = (len(narrow.lines) + len(wide.lines)) * (0.6 + 0.4 * min(gutter.width / 20, 1.0))
    edges = 0.4 + 0.6 * _share_of_usual_edge(right)
    return _certainty(narrow, wide, body) * weight * edges if weight > 0 else 0.0


def _certainty(narrow: _Side, wide: _Side, body: float) -> float:
    """Return 0 to 1: how surely the narrower side is no margin of the wider one."""
    groups = _groups(narrow)
    heads_narrow, heads_wide = _headings(narrow, body), _headings(wide, body)
    heads_narrow |= {i for group in groups for i, _, _ in group if _is_heading_group(group)}
    if heads_narrow and heads_wide:
        return 1.0
    taken = {i for i, _, _ in wide.lines}
    others = [(i, text) for i, text, _ in narrow.lines if i not in heads_narrow]
    plain = sum(not is_aside(text) for _, text in others)
    aligned = sum(i in taken for i, _ in others) / len(others) if others else 1.0
    if heads_narrow:
        # Headings over rows that are all aligned, or set alone in the margin, are no column of their own.
        alone = sum(_has_row_to_itself(i, narrow, wide) for i in heads_narrow) / len(heads_narrow)
        is_margin = plain < 2 or (alone > 0.85 and aligned > 0.5) or len(others) < 0.6 * len(heads_narrow)
        # Labels that all stand on the other side's baselines, under headings that never do, are a table's first column.
        is_margin = is_margin or (aligned > 0.95 and not heads_narrow & taken and len(others) >= len(heads_narrow))
        return 0.0 if is_margin else 0.9
    aside = _share(narrow.texts, is_aside)
    if aside >= 0.55 and max(len(text.split()) for text in narrow.texts) <= 9:
        return 0.0
    if _flows(narrow) and _flows(wide):
        return 0.8
    # Short lines beside short lines are a grid of cells; beside running text they are a column.
    return 0.6 if _flows(wide) and aligned < 0.6 and len(narrow.lines) >= 5 and aside < 0.4 else 0.0


def _has_row_to_itself(index: int, narrow: _Side, wide: _Side) -> bool:
    """Whether the other side leaves a gap where a heading stands, as the lines of an independent flow seldom do."""
    heading = next(segment for i, _, segment in narrow.lines if i == index)
    above = [segment.baseline for i, _, segment in wide.lines if i < index]
    below = [segment.baseline for i, _, segment in wide.lines if i > index]
    if any(i == index for i, _, _ in wide.lines):
        return False
    steps = [second[2].baseline - first[2].baseline for first, second in pairwise(wide.lines)]
    gap = below[0] - above[-1] if above and below else 0.0
    return not gap or (bool(steps) and gap > 1.6 * median(steps) and gap > 1.8 * heading.size)


def _groups(side: _Side) -> list[list[tuple[int, str, Segment]]]:
    """Return lines that follow each other closely in one type, as a wrapped cell or heading does."""
    groups: list[list[tuple[int, str, Segment]]] = []
    for line in side.lines:
        last = groups[-1][-1][2] if groups else None
        segment = line[2]
        is_near = last is not None and segment.baseline - last.baseline < _NEAR * segment.size
        if is_near and last is not None and abs(last.size - segment.size) < 0.5 and last.is_bold == segment.is_bold:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def _is_heading_group(group: list[tuple[int, str, Segment]]) -> bool:
    return 1 < len(group) <= 3 and heading_kind(text=" ".join(text for _, text, _ in group)) is not None


def _share_of_usual_edge(side: _Side) -> float:
    """Return the share of lines that begin at the commonest left edge, give or take an indent."""
    edges = [segment.x0 for _, _, segment in side.lines]
    return max(sum(-3 <= other - edge <= 16 for other in edges) for edge in edges) / len(edges)


def _area(side: _Side) -> float:
    return float(sum(len(text) for text in side.texts))


def _headings(side: _Side, body: float) -> set[int]:
    """Return the rows on this side that head a section, by their words and type."""
    return {
        index
        for index, text, s in side.lines
        if heading_kind(text=text) is not None
        and not text.endswith(":")
        and (s.size > 1.04 * body or s.is_bold or text.isupper())
    }


def is_aside(text: str) -> bool:
    """Tell whether a line is what stands beside an entry: a date, a stretch of time or a place."""
    if len(text.split()) > _LONGEST_ASIDE or (not text[:1].isalnum() and text[:1] not in "([’'"):
        return False
    return bool(_ALONE.search(text)) or bool(_PLACE.match(text)) or place_score(text=text) >= 2


def is_date_or_place(text: str) -> bool:
    """Tell whether a text is nothing but a date, a stretch of time or a known place."""
    if len(text.split()) > _LONGEST_ASIDE or not any(char.isalnum() for char in text):
        return False
    rest = _DATE_WORDS.sub("", text)
    return not any(char.isalnum() for char in rest) or place_score(text=text) >= 2


def _flows(side: _Side) -> bool:
    """Whether a side holds running text: enough lines, a good part of them of several words."""
    long = sum(len(text.split()) >= 5 for text in side.texts)
    return len(side.lines) >= 4 and long >= 0.45 * len(side.lines)


def _share(texts: Sequence[str], test: object) -> float:
    return sum(bool(test(text)) for text in texts) / len(texts) if callable(test) else 0.0
