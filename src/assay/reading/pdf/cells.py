"""Cells whose text wraps: a heading or a date in a narrow column that goes on in the row below."""

import re
from collections.abc import Sequence

from assay.reading.dates import is_month
from assay.reading.headings import heading_kind
from assay.reading.pdf.rows import Row, Segment

_OPEN_DATE = re.compile(
    r"(?:[-–—‐]|\b(?:to|until|bis|à|au|a|al|hasta|and|seit|since|from)|"
    r"\b(?:jan|feb|fév|mar|mär|apr|avr|abr|ma[iyí]|jun|jui|jul|aug|ao[uû]|ago|sep|o[ck]t|nov|d[eéi][czs]|ene)[^\W\d_]*\.?)$",
    re.IGNORECASE,
)
_REST_OF_DATE = re.compile(
    r"^(?:[-–—‐]\s*)?(?:[^\W\d_]{3,10}\.?\s+)?(?:['’]?\d\d|(?:\d\d?[./-])?(?:19|20)\d\d|(?:19|20)\d\d[./-]\d\d)$"
    r"|^(?:[-–—‐]\s*)?(?:present|now|today|current|ongoing|heute|jetzt|aujourd['’]hui|présent|actualidad|presente)$",
    re.IGNORECASE,
)
_MONTH_ONLY = re.compile(r"(?:\d\d?\.?\s+)?[^\W\d_]{3,10}\.?")
_YEAR = re.compile(r"(?:19|20)\d\d")
_OPEN_PHRASE = re.compile(r"\s(?:of|in|and|de|der|des|für|und|et|en|the|&)$", re.IGNORECASE)
_LINE_STEP = 1.8  # type sizes


def unwrapped(*, rows: Sequence[Row]) -> list[list[Segment]]:
    """Return the rows' segments; the rest of a wrapped heading or date stands with its beginning."""
    found = [list(row.segments) for row in rows]
    for index in range(len(found) - 1):
        for number, segment in enumerate(found[index]):
            is_beside = len(found[index]) > 1
            for below in _below(found, index, segment):
                is_beside = is_beside or len(found[below[0]]) > 1
                rest = found[below[0]][below[1]]
                if is_beside and _belong_together(found[index][number], rest):
                    found[index][number] = Segment(words=[*found[index][number].words, *rest.words])
                    del found[below[0]][below[1]]
    return [segments for segments in found if segments]


def _below(rows: Sequence[Sequence[Segment]], index: int, segment: Segment) -> list[tuple[int, int]]:
    """Return the places (row, number) of what stands right under a segment within the next two rows."""
    places: list[tuple[int, int]] = []
    for step in (1, 2):
        if index + step >= len(rows):
            break
        for number, other in enumerate(rows[index + step]):
            is_near = other.baseline - segment.baseline < (_LINE_STEP * step) * segment.size
            shares_edge = abs(other.x0 - segment.x0) < 3 or abs(other.x1 - segment.x1) < 3
            if is_near and shares_edge and abs(other.size - segment.size) < 0.6:
                places.append((index + step, number))
                break
    return places


def _belong_together(first: Segment, rest: Segment) -> bool:
    if max(len(first.words), len(rest.words)) > 5:
        return False
    is_open = bool(_OPEN_DATE.search(first.text)) and (
        bool(_YEAR.search(first.text)) or bool(_MONTH_ONLY.fullmatch(first.text))
    )
    if is_open and (_REST_OF_DATE.match(rest.text) or (_YEAR.match(rest.text) and not _YEAR.search(first.text))):
        return True
    if is_open and first.text[-1] in "-–—‐" and is_month(text=rest.text):
        return True
    if (
        rest.text[0] in "-–—"
        and _YEAR.search(first.text[-4:])
        and (_YEAR.search(rest.text) or _REST_OF_DATE.match(rest.text))
    ):
        return True
    is_one_look = first.is_bold == rest.is_bold and len(first.words) <= 3 and len(rest.words) <= 3
    if is_one_look and _OPEN_PHRASE.search(first.text) and rest.text[0].isupper():
        return True
    whole = f"{first.text} {rest.text}"
    are_two = heading_kind(text=first.text) is not None and heading_kind(text=rest.text) is not None
    return is_one_look and heading_kind(text=whole) is not None and not are_two
