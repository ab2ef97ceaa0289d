"""Reading order: columns one after the other, dates and places beside the entry that they belong to."""

import re
from collections.abc import Sequence

from assay.reading.headings import heading_kind
from assay.reading.pdf.cells import unwrapped
from assay.reading.pdf.columns import find_column_gutter, is_aside, is_date_or_place
from assay.reading.pdf.placed import PlacedWord
from assay.reading.pdf.rows import Row, Segment, rows_of

BULLET = re.compile(r"^[•◦‣▪▫■□●○◆◇▶►▸⁃∙·✓✔➢➤❖*–—-]$|^[•◦▪●■◆▶►➢]\S")
_MAX_DEPTH = 6
VisualLine = list[Segment]


def ordered_lines(*, words: Sequence[PlacedWord]) -> list[VisualLine]:
    """Return the page's lines in reading order, each a list of segments that stand apart on it."""
    upright = [word for word in words if word.is_upright]
    lines = _flow(rows_of(words=upright), 0)
    turned = [word for word in words if not word.is_upright and word.text]
    return lines + [[Segment(words=[word])] for word in turned]


def _flow(rows: list[Row], depth: int) -> list[VisualLine]:
    rows = [Row(baseline=segments[0].baseline, segments=segments) for segments in unwrapped(rows=rows)]
    gutter = find_column_gutter(rows=rows) if depth < _MAX_DEPTH else None
    if gutter is None:
        return _read_across(rows)
    band = rows[gutter.first : gutter.last + 1]
    left = _side_rows(band, lambda segment: segment.x1 <= gutter.x)
    right = _side_rows(band, lambda segment: segment.x1 > gutter.x)
    above, below = rows[: gutter.first], rows[gutter.last + 1 :]
    return [line for part in (above, left, right, below) if part for line in _flow(part, depth + 1)]


def _side_rows(band: Sequence[Row], keep: object) -> list[Row]:
    """One side of a gutter as rows of its own; its baselines are settled anew."""
    assert callable(keep)  # noqa: S101 -- narrows the type for mypy
    words = [word for row in band for segment in row.segments if keep(segment) for word in segment.words]
    return rows_of(words=words)


def _read_across(rows: Sequence[Row]) -> list[VisualLine]:
    """Rows read from left to right; what stands beside a bullet or running text is moved up to its entry's head."""
    lines: list[VisualLine] = []
    head, head_x = -1, 0.0
    in_bullet = False
    for segments in (row.segments for row in rows):
        main = _main_index(segments)
        segment = segments[main]
        is_bullet = bool(BULLET.match(segment.text.split(" ", 1)[0]))
        continues = in_bullet and segment.x0 > head_x + 1 and all(is_aside(s.text) for s in segments[:main])
        if head >= 0 and _hangs_below(segments, lines[head]):
            lines[head] = [*lines[head], segment]
            continue
        if heading_kind(text=segments[0].text) is not None and len(segments) > 1 and not is_bullet:
            lines += [[segments[0]], segments[1:]]
            segment = segments[1:][_main_index(segments[1:])]
            is_bullet = bool(BULLET.match(segment.text.split(" ", 1)[0]))
        elif (is_bullet or continues) and head >= 0 and len(segments) > 1:
            lines[head] = [*lines[head], *(s for i, s in enumerate(segments) if i != main)]
            lines.append([segment])
        else:
            lines.append(segments)
        in_bullet = is_bullet or continues
        if not in_bullet:
            # A section's heading is no entry: what stands beside the first bullet under it belongs to the bullet.
            is_entry = len(lines[-1]) > 1 or heading_kind(text=segment.text) is None
            head, head_x = len(lines) - 1 if is_entry else -1, segment.x0
    return lines


def _main_index(segments: Sequence[Segment]) -> int:
    """Return the segment that carries the row's text: a bullet with what follows it, else the first but for dates."""
    for index, segment in enumerate(segments):
        if BULLET.match(segment.text.split(" ", 1)[0]) and len(segment.text) > 2:
            return index
    plain = [index for index, segment in enumerate(segments) if not is_aside(segment.text)]
    return plain[0] if plain else 0


def _hangs_below(segments: Sequence[Segment], line: VisualLine) -> bool:
    """Whether a row holds only a date or place set under one that stands beside the head of the entry."""
    if len(segments) != 1 or len(line) < 2 or not is_date_or_place(segments[0].text):
        return False
    only = segments[0]
    return any(only.x0 < s.x1 and s.x0 < only.x1 and is_date_or_place(s.text) for s in line)
