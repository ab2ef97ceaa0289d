"""Words to segments and rows: what stands on one baseline, cut where a gap is wider than a space."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from itertools import pairwise
from statistics import median

from assay.reading.pdf.placed import PlacedWord

_BASELINE_TOLERANCE = 0.3  # of the type size: less than the step of any leading, more than rounding
_WIDE_GAP = 1.25  # em; stretched spaces of justified lines stay below, tab stops and gutters above
_CERTAIN_GAP = 2.4  # em


@dataclass(slots=True)
class Segment:
    """Neighbouring words on one baseline with ordinary spaces between them."""

    words: list[PlacedWord]
    row: int = 0
    x0: float = field(init=False)
    x1: float = field(init=False)
    size: float = field(init=False)
    baseline: float = field(init=False)
    text: str = field(init=False)

    def __post_init__(self) -> None:
        self.x0 = min(word.x0 for word in self.words)
        self.x1 = max(word.x1 for word in self.words)
        shown = [word for word in self.words if word.text] or self.words
        self.size = max(word.size for word in shown)
        self.baseline = median(word.baseline for word in shown)
        self.text = " ".join(word.text for word in shown if word.text)

    @property
    def is_bold(self) -> bool:
        """Whether all its words are bold."""
        return all(word.is_bold for word in self.words if word.text)


@dataclass(slots=True)
class Row:
    """Segments on one baseline, left to right."""

    baseline: float
    segments: list[Segment]

    @property
    def size(self) -> float:
        """Largest type size on the row, in points."""
        return max(segment.size for segment in self.segments)


def rows_of(*, words: Iterable[PlacedWord]) -> list[Row]:
    """Rows from top to bottom; words without text (icons) only hold their place while gaps are measured."""
    rows: list[list[PlacedWord]] = []
    for word in sorted(words, key=lambda word: (word.baseline, word.x0)):
        row = rows[-1] if rows else None
        if row is not None and word.baseline - row[0].baseline <= _tolerance(row[0], word):
            row.append(word)
        else:
            rows.append([word])
    cut = [segments for members in _merge_raised(rows) if (segments := segments_of(words=members))]
    edges = _shared_edges(cut)
    cut = [[piece for segment in segments for piece in _cut_at_edges(segment, edges)] for segments in cut]
    return [Row(baseline=segments[0].baseline, segments=segments) for segments in cut]


def _shared_edges(rows: Sequence[Sequence[Segment]]) -> list[float]:
    """Left edges at which several rows begin a segment behind another: the edges of a column."""
    inner = sorted(segment.x0 for segments in rows for segment in segments[1:])
    outer = sorted(segments[0].x0 for segments in rows)
    edges: list[float] = []
    for x in inner:
        count = sum(abs(other - x) < 1.2 for other in [*inner, *outer])
        if count >= 3 and not any(abs(edge - x) < 1.2 for edge in edges):
            edges.append(x)
    return edges


def _cut_at_edges(segment: Segment, edges: Sequence[float]) -> list[Segment]:
    """Cut a segment where a word begins at a column's edge behind more than a usual space."""
    inside = [edge for edge in edges if segment.x0 + 5 < edge < segment.x1]
    if not inside:
        return [segment]
    words = sorted(segment.words, key=lambda word: word.x0)
    gaps = [right.x0 - left.x1 for left, right in pairwise(words)]
    usual = min(gaps) if len(gaps) > 1 else 0.25 * segment.size
    for number, gap in enumerate(gaps, start=1):
        at_edge = any(abs(words[number].x0 - edge) < 1.2 for edge in inside)
        if at_edge and gap > 0.5 * segment.size and gap > 1.5 * usual:
            return [Segment(words=words[:number]), *_cut_at_edges(Segment(words=words[number:]), edges)]
    return [segment]


def _tolerance(first: PlacedWord, word: PlacedWord) -> float:
    return _BASELINE_TOLERANCE * min(first.size, word.size)


def _merge_raised(rows: list[list[PlacedWord]]) -> list[list[PlacedWord]]:
    """Give raised or lowered small type (superscripts, small capitals' ordinals) to the row it leans on."""
    merged: list[list[PlacedWord]] = []
    for row in rows:
        if merged and (_leans_on(row, merged[-1]) or _leans_on(merged[-1], row)):
            merged[-1] = [*row, *merged[-1]] if _leans_on(merged[-1], row) else [*merged[-1], *row]
        else:
            merged.append(row)
    return merged


def _leans_on(small: Sequence[PlacedWord], large: Sequence[PlacedWord]) -> bool:
    """Whether every word of `small` is a mark set against a word of `large` on nearly the same line."""
    if len(small) > 4:
        return False
    for word in small:
        if not any(
            word.size < 0.85 * other.size
            and abs(word.baseline - other.baseline) < 0.6 * other.size
            and -0.3 * other.size < word.x0 - other.x1 < 0.35 * other.size
            for other in large
        ):
            return False
    return True


def segments_of(*, words: Sequence[PlacedWord]) -> list[Segment]:
    """Return the segments of one row, left to right; a row of icons alone yields none."""
    ordered = sorted(words, key=lambda word: word.x0)
    gaps = [right.x0 - left.x1 for left, right in pairwise(ordered)]
    usual = median(gaps) if len(gaps) >= 4 else 0.0
    groups: list[list[PlacedWord]] = [[ordered[0]]]
    for (left, right), gap in zip(pairwise(ordered), gaps, strict=True):
        em = max(left.size, right.size) if left.text and right.text else max(min(left.size, right.size), 6.0)
        is_wide = gap > _CERTAIN_GAP * em or (gap > _WIDE_GAP * em and gap > 2.2 * usual)
        if is_wide:
            groups.append([right])
        else:
            groups[-1].append(right)
    return [Segment(words=_spelled(group)) for group in groups if any(word.text for word in group)]


def _spelled(group: list[PlacedWord]) -> list[PlacedWord]:
    """Put letter-spaced words ("E X P E R I E N C E") together; the wider gaps part the words."""
    shown = [word for word in group if word.text]
    singles = sum(len(word.text) == 1 for word in shown)
    letters = sum(word.text.isalpha() for word in shown)
    if len(shown) < 5 or letters < 4 or singles < 0.8 * len(shown):
        return group
    gaps = sorted(right.x0 - left.x1 for left, right in pairwise(shown))
    limit = max(gaps[len(gaps) // 2] * 1.6, gaps[len(gaps) // 2] + 1.0)
    words = [shown[0]]
    for left, right in pairwise(shown):
        if right.x0 - left.x1 <= limit:
            words[-1].text += right.text
            words[-1].x1 = max(words[-1].x1, right.x1)
            words[-1].last_char = right.last_char
        else:
            words.append(right)
    return words
