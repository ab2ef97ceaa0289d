"""Hyperlinks of a page and the words that carry them."""

import ctypes
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assay.reading.model import Link
from assay.reading.pdf.placed import PlacedWord
from assay.reading.pdf.words import page_frame

_MAX_LINKS = 500  # a page; more is not a résumé but an attack on our time
_SCHEMES = ("http://", "https://", "mailto:", "tel:", "www.")


@dataclass(frozen=True, slots=True)
class LinkArea:
    """A target and the rectangle that carries it, in points from the top left."""

    page: int
    uri: str
    x0: float
    y0: float
    x1: float
    y1: float

    def holds(self, word: PlacedWord) -> bool:
        """Whether the middle of a word lies inside."""
        x, y = (word.x0 + word.x1) / 2, (word.y0 + word.y1) / 2
        return self.x0 - 1 <= x <= self.x1 + 1 and self.y0 - 1 <= y <= self.y1 + 1


def link_areas(*, document: pdfium.PdfDocument, page: pdfium.PdfPage, index: int) -> list[LinkArea]:
    """Return the page's links to the outside with a scheme that people use; never followed."""
    areas: list[LinkArea] = []
    frame = page_frame(page=page)
    for link in _annotations(page):
        uri = _uri(document, link)
        rect = pdfium_c.FS_RECTF()
        if not uri.lower().startswith(_SCHEMES) or not pdfium_c.FPDFLink_GetAnnotRect(link, rect):
            continue
        xa, ya = frame.place(rect.left, rect.bottom)
        xb, yb = frame.place(rect.right, rect.top)
        areas.append(LinkArea(index, uri, min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)))
    return areas


def _annotations(page: pdfium.PdfPage) -> Iterator[object]:
    position = ctypes.c_int(0)
    link = pdfium_c.FPDF_LINK()
    for _ in range(_MAX_LINKS):
        if not pdfium_c.FPDFLink_Enumerate(page.raw, position, link):
            return
        yield link


def _uri(document: pdfium.PdfDocument, link: object) -> str:
    action = pdfium_c.FPDFLink_GetAction(link)
    if not action:
        return ""
    size = pdfium_c.FPDFAction_GetURIPath(document.raw, action, None, 0)
    if not 0 < size < 4096:
        return ""
    buffer = ctypes.create_string_buffer(size)
    pdfium_c.FPDFAction_GetURIPath(document.raw, action, buffer, size)
    return buffer.value.decode("utf-8", errors="replace").strip()


def carried_links(*, areas: Iterable[LinkArea], spans: Sequence[tuple[int, PlacedWord, int, int]]) -> tuple[Link, ...]:
    """Each link with the span of its words; neighbouring areas of one target make one link."""
    found: list[Link] = []
    for area in areas:
        inside = [(start, end) for page, word, start, end in spans if page == area.page and area.holds(word)]
        start = min((a for a, _ in inside), default=0)
        end = max((b for _, b in inside), default=0)
        if inside and end - start > sum(b - a for a, b in inside) * 2 + 40:
            end = start  # the rectangle spans unrelated parts of the text: better no words than wrong ones
        link = Link(uri=area.uri, start=start, end=end)
        if found and found[-1].uri == link.uri and 0 <= link.start - found[-1].end <= 2:
            link = Link(uri=link.uri, start=found[-1].start, end=link.end)
            found.pop()
        if link not in found:
            found.append(link)
    carried = {link.uri for link in found if link.end > link.start}
    return tuple(link for link in found if link.end > link.start or link.uri not in carried)
