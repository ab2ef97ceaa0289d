"""Which words of a PDF page a reader cannot see.

The test is causal: paint the page, take the suspicious words away, paint it again; a word that changes no pixel is
not there for a reader. The first picture and the colours decide which words are suspicious, so that an ordinary page
is painted once. `docs/science/hidden-text.md` has the thresholds, what was measured and where it fails.
"""

import ctypes
import math
from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple, Protocol

import numpy as np
import pypdfium2 as pdfium
from numpy.typing import NDArray
from pypdfium2 import raw

from assay.reading.hidden.pdf_objects import (
    Cover,
    Rgb,
    TextObject,
    address_of,
    fill_of,
    read_text_object,
    walk_page,
)
from assay.reading.hidden.pdf_pixels import (
    LOUD,
    MIN_COLOUR_STEP,
    Signed,
    contrast_of,
    drowned,
    share_of_colour,
    share_of_ink_shown,
)
from assay.reading.model import HiddenReason

SCALE = 1.5
"""Pixels a point of the pictures that are compared."""
MAX_SIDE_PX = 2_000
TINY_PT = 2.5
MIN_EFFECT = 16
"""A word must change some pixel of its rectangle by this much of 255 to be there."""
LIGHT = 200
OCR_INK = 40
GROUND_SHARE = 0.75
"""Share of a word's rectangle that must have the ground's colour for the fill to be judged against it."""
DROWNING_SHARE = 0.3
"""From this share on a word may be unreadable although it changes some pixels: those of other words under it."""

GATE_SCALE = 1.0
GATE_STEP = 24
_DEVICE = 100_000

Pixels = NDArray[np.uint8]


class PageWord(Protocol):
    """A word of a text page; the character indexes are pdfium's, the last one inclusive."""

    text: str
    first_char: int
    last_char: int


class _Box(NamedTuple):
    """A word's ink in PDF user space, in points."""

    left: float
    bottom: float
    right: float
    top: float


def hidden_words(
    *, page: pdfium.PdfPage, words: Sequence[PageWord], text_page: pdfium.PdfTextPage | None = None
) -> dict[int, HiddenReason]:
    """Yield the reason for each word, by its index in ``words``, that a reader of the page cannot see.

    Only words with a letter or a digit are judged. The page is left as it was found.
    """
    judged = [i for i, word in enumerate(words) if any(c.isalnum() for c in word.text)]
    if not judged:
        return {}
    if text_page is None:
        text_page = page.get_textpage()
    return _PageJudge(page=page, text_page=text_page, words=words, judged=judged).judge()


class _PageJudge:
    """One page while it is judged: its words as fractions of the page, its objects, and its pictures."""

    def __init__(
        self, *, page: pdfium.PdfPage, text_page: pdfium.PdfTextPage, words: Sequence[PageWord], judged: list[int]
    ) -> None:
        self._page = page
        self._words = words
        self._judged = judged
        self._order = walk_page(page=page)
        self._objects = self._text_objects(text_page)
        self._boxes = {index: _ink_box(text_page, words[index]) for index in judged}
        self._rects = dict(zip(judged, _fractions(page, list(self._boxes.values())), strict=True))

    def judge(self) -> dict[int, HiddenReason]:
        reasons: dict[int, HiddenReason] = {}
        suspects: list[int] = []
        inked = self._inked()
        for index in self._judged:
            if not self._is_on_page(index):
                reasons[index] = HiddenReason.OFF_PAGE
            elif self._is_tiny(index):
                reasons[index] = HiddenReason.TINY
            elif index in self._objects and (index not in inked or self._is_suspicious(index)):
                suspects.append(index)
        if suspects:
            reasons |= self._judge_suspects(suspects)
        return reasons

    def _text_objects(self, text_page: pdfium.PdfTextPage) -> dict[int, TextObject]:
        by_address: dict[int, TextObject] = {}
        found: dict[int, TextObject] = {}
        for index in self._judged:
            handle = raw.FPDFText_GetTextObject(text_page.raw, self._words[index].first_char)
            address = address_of(handle=handle)
            if not address:
                continue
            if address not in by_address:
                by_address[address] = read_text_object(handle=handle, order=self._order.text_orders.get(address))
            found[index] = by_address[address]
        return found

    def _inked(self) -> set[int]:
        """Yield the words in whose rectangle a small grey picture of the page shows an edge."""
        grey = self._paint(scale=GATE_SCALE, is_grey=True)
        height, width = grey.shape[:2]
        steps = np.abs(np.diff(grey.reshape(height, width).astype(np.int16), axis=1)) >= GATE_STEP
        inked = set()
        for index, (x0, y0, x1, y1) in self._rects.items():
            rows = slice(max(0, int(y0 * height)), max(0, math.ceil(y1 * height)))
            if steps[rows, max(0, int(x0 * width)) : max(0, math.ceil(x1 * width))].any():
                inked.add(index)
        return inked

    def _paint(self, *, scale: float = SCALE, is_grey: bool = False) -> Pixels:
        width, height = self._page.get_size()
        scale = min(scale, MAX_SIDE_PX / max(width, height, 1.0))
        bitmap = self._page.render(scale=scale, may_draw_forms=False, draw_annots=False, grayscale=is_grey)
        try:
            pixels: Pixels = bitmap.to_numpy().copy()
            return pixels if is_grey else pixels[:, :, :3]
        finally:
            bitmap.close()

    def _is_on_page(self, index: int) -> bool:
        x0, y0, x1, y1 = self._rects[index]
        return 0 <= x0 + x1 <= 2 and 0 <= y0 + y1 <= 2

    def _is_tiny(self, index: int) -> bool:
        word, box = self._words[index], self._boxes[index]
        sides = (box.top - box.bottom, box.right - box.left)
        # The longer side: words may stand upright or turned.
        if max(sides) < TINY_PT:
            return len(word.text) > 1 or self._size_pt(index) < TINY_PT
        return min(sides) < TINY_PT and self._size_pt(index) < TINY_PT

    def _size_pt(self, index: int) -> float:
        found = self._objects.get(index)
        if found is None:
            return math.inf
        size, matrix = ctypes.c_float(), raw.FS_MATRIX()
        raw.FPDFTextObj_GetFontSize(found.handle, size)
        raw.FPDFPageObj_GetMatrix(found.handle, matrix)
        return float(abs(size.value) * max(math.hypot(matrix.a, matrix.b), math.hypot(matrix.c, matrix.d)))

    def _is_suspicious(self, index: int) -> bool:
        found = self._objects[index]
        if found.is_invisible or found.is_odd or found.fill is None or not self._order.is_complete:
            return True
        if min(found.fill) >= LIGHT:
            return True
        return any(_may_hide(cover, found.fill, found.order) for cover in self._covers_at(index))

    def _covers_at(self, index: int) -> list[Cover]:
        box = self._boxes[index]
        x, y = (box.left + box.right) / 2, (box.bottom + box.top) / 2
        return [c for c in self._order.covers if c.left <= x <= c.right and c.bottom <= y <= c.top]

    def _judge_suspects(self, suspects: list[int]) -> dict[int, HiddenReason]:
        handles = {address_of(handle=self._objects[i].handle): self._objects[i].handle for i in suspects}
        shown, ground = self._paint(), self._paint_without(handles.values())
        is_scan = self._is_scan_layer()
        reasons: dict[int, HiddenReason] = {}
        doubtful: list[int] = []
        for index in suspects:
            above, below = self._cut(shown, index), self._cut(ground, index)
            reason = self._reason(index, above, below)
            if reason is None and self._may_drown(index, below):
                doubtful.append(index)
            elif reason is not None and not (is_scan and self._is_over_ink(index, above)):
                reasons[index] = reason
        if doubtful:
            unseen = [index for index, reason in reasons.items() if reason == HiddenReason.LOW_CONTRAST]
            reasons |= dict.fromkeys(self._drowned(doubtful, unseen, shown, ground), HiddenReason.LOW_CONTRAST)
        return reasons

    def _drowned(self, doubtful: list[int], unseen: list[int], shown: Pixels, ground: Pixels) -> set[int]:
        loud = self._paint_loud(self._objects[index].handle for index in doubtful)
        shares = dict.fromkeys(unseen, 0.0)
        for index in doubtful:
            above, below, ink = (self._cut(pixels, index) for pixels in (shown, ground, loud))
            shares[index] = share_of_ink_shown(above=above, below=below, loud=ink)
        return drowned(shares=shares, run_of={i: address_of(handle=self._objects[i].handle) for i in shares})

    def _paint_without(self, handles: Iterable[Any]) -> Pixels:
        handles = list(handles)
        for handle in handles:
            raw.FPDFPageObj_SetIsActive(handle, False)  # noqa: FBT003 - the C interface
        try:
            return self._paint()
        finally:
            for handle in handles:
                raw.FPDFPageObj_SetIsActive(handle, True)  # noqa: FBT003 - the C interface

    def _paint_loud(self, handles: Iterable[Any]) -> Pixels:
        """Paint the page with some runs in a colour that no page has, to see where their ink lies."""
        distinct = {address_of(handle=handle): handle for handle in handles}.values()
        fills = [(handle, fill) for handle in distinct if (fill := fill_of(handle=handle)) is not None]
        for handle, _ in fills:
            raw.FPDFPageObj_SetFillColor(handle, *LOUD, 255)
        try:
            return self._paint()
        finally:
            for handle, (colour, alpha) in fills:
                raw.FPDFPageObj_SetFillColor(handle, *colour, alpha)

    def _may_drown(self, index: int, below: Signed) -> bool:
        """Say whether the word has the colour of much of its ground, and shows only by what else lies there."""
        fill = self._objects[index].fill
        return fill is not None and share_of_colour(pixels=below, colour=fill) >= DROWNING_SHARE

    def _reason(self, index: int, above: Signed, below: Signed) -> HiddenReason | None:
        found = self._objects[index]
        if below.size == 0:
            return HiddenReason.OFF_PAGE
        effect = int(np.abs(above - below).max())
        is_one_colour = found.fill is not None and share_of_colour(pixels=below, colour=found.fill) >= GROUND_SHARE
        if found.is_invisible and effect < MIN_EFFECT:
            return HiddenReason.INVISIBLE
        if effect >= MIN_EFFECT and not is_one_colour:
            return None
        if any(c.order > found.order for c in self._covers_at(index)):
            return HiddenReason.COVERED
        return HiddenReason.LOW_CONTRAST if is_one_colour else HiddenReason.INVISIBLE

    def _is_scan_layer(self) -> bool:
        """Say whether the invisible words are the text layer that OCR puts over a scan: nearly all of the page."""
        invisible = sum(1 for found in self._objects.values() if found.is_invisible)
        return invisible >= 0.9 * max(1, len(self._judged))

    def _is_over_ink(self, index: int, above: Signed) -> bool:
        if not self._objects[index].is_invisible:
            return False
        width, height = self._page.get_size()
        scans = [c for c in self._covers_at(index) if c.is_image]
        is_large = any((c.right - c.left) * (c.top - c.bottom) >= 0.3 * width * height for c in scans)
        return is_large and contrast_of(pixels=above) >= OCR_INK

    def _cut(self, pixels: Pixels, index: int) -> Signed:
        height, width = pixels.shape[:2]
        x0, y0, x1, y1 = self._rects[index]
        # One pixel around: a lone "l" fills its own box, and the ground must be seen beside it.
        rows = slice(max(0, math.floor(y0 * height) - 1), max(0, math.ceil(y1 * height) + 1))
        columns = slice(max(0, math.floor(x0 * width) - 1), max(0, math.ceil(x1 * width) + 1))
        return pixels[rows, columns].astype(np.int16)


def _ink_box(text_page: pdfium.PdfTextPage, word: PageWord) -> _Box:
    """Yield the box around the first, middle and last character: cheap, and as tall as the word in practice."""
    first, last = word.first_char, word.last_char
    boxes = [text_page.get_charbox(index) for index in {first, (first + last) // 2, last}]
    lefts, bottoms, rights, tops = zip(*boxes, strict=True)
    return _Box(min(lefts), min(bottoms), max(rights), max(tops))


def _fractions(page: pdfium.PdfPage, words: list[_Box]) -> list[tuple[float, float, float, float]]:
    """Yield each word's rectangle as fractions of the shown page, rotation and crop box included."""
    left, bottom, right, top = page.get_bbox()
    width, height = max(right - left, 1.0), max(top - bottom, 1.0)
    origin = _to_device(page, left, bottom)
    along_x = (_to_device(page, left + width, bottom) - origin) / width
    along_y = (_to_device(page, left, bottom + height) - origin) / height
    boxes = np.array(words)
    first = origin + np.outer(boxes[:, 0] - left, along_x) + np.outer(boxes[:, 1] - bottom, along_y)
    second = origin + np.outer(boxes[:, 2] - left, along_x) + np.outer(boxes[:, 3] - bottom, along_y)
    corners = np.hstack([np.minimum(first, second), np.maximum(first, second)])
    return [(float(a), float(b), float(c), float(d)) for a, b, c, d in corners]


def _to_device(page: pdfium.PdfPage, x: float, y: float) -> NDArray[np.float64]:
    device_x, device_y = ctypes.c_int(), ctypes.c_int()
    raw.FPDF_PageToDevice(page.raw, 0, 0, _DEVICE, _DEVICE, 0, x, y, device_x, device_y)
    return np.array([device_x.value, device_y.value]) / _DEVICE


def _may_hide(cover: Cover, fill: Rgb, order: int) -> bool:
    """Say whether the cover could make text of this fill unseen: laid over it, or of the same colour beneath it."""
    if cover.order >= order or cover.fill is None:
        return True
    return max(abs(a - b) for a, b in zip(cover.fill, fill, strict=True)) < 2 * MIN_COLOUR_STEP
