"""What pages repeat and no reader reads: running heads and feet, page numbers."""

import re
from collections import Counter
from collections.abc import Sequence

from assay.reading.pdf.order import VisualLine

_EDGE = 0.085  # of the page height at top and bottom
_PAGE_NUMBER = re.compile(
    r"^(?:(?:page|seite|página|pág\.?|p\.)\s*)?\d{1,3}(?:\s*(?:/|of|von|de|sur|\|)\s*\d{1,3})?$|^[-–—]\s*\d{1,3}\s*[-–—]$",
    re.IGNORECASE,
)
_COUNTED = re.compile(
    r"^.{0,60}?\b(?:(?:page|seite|página)\s*\d{1,3}(?:\s*(?:/|of|von|de|sur)\s*\d{1,3})?|\d{1,2}\s*/\s*\d{1,2})$",
    re.IGNORECASE,
)


def without_furniture(*, pages: Sequence[list[VisualLine]], heights: Sequence[float]) -> list[list[VisualLine]]:
    """Return the pages' lines without page numbers, and with each running head or foot kept only the first time."""
    seen: Counter[str] = Counter()
    for lines, height in zip(pages, heights, strict=True):
        seen.update({_key(line) for line in lines if _edge(line, height)})
    kept: list[list[VisualLine]] = []
    shown: set[str] = set()
    for lines, height in zip(pages, heights, strict=True):
        page: list[VisualLine] = []
        for line in lines:
            if _edge(line, height):
                key = _key(line)
                if _is_page_number(line, height) or (seen[key] > 1 and key in shown):
                    continue
                shown.add(key)
            page.append(line)
        kept.append(page)
    return kept


def _text(line: VisualLine) -> str:
    return " ".join(segment.text for segment in line).strip()


def _key(line: VisualLine) -> str:
    return re.sub(r"\d+", "#", _text(line).casefold())


def _edge(line: VisualLine, height: float) -> str:
    """``top`` or ``bottom`` for a line in the page's margin zone, else empty."""
    if line[0].baseline > height * (1 - _EDGE):
        return "bottom"
    return "top" if line[0].baseline < height * _EDGE else ""


def _is_page_number(line: VisualLine, height: float) -> bool:
    text = _text(line)
    if _PAGE_NUMBER.match(text):
        return True
    return _edge(line, height) == "bottom" and bool(_COUNTED.match(text)) and len(text.split()) <= 9
