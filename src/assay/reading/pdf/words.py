"""The words of one page with their boxes and type, in the order in which the file draws them."""

import ctypes
import math
import re
from dataclasses import dataclass

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assay.reading.pdf.accents import compose_accents
from assay.reading.pdf.glyphs import is_bold_font, is_icon_font, shown_text
from assay.reading.pdf.placed import PlacedWord

_CHAR_BOX = pdfium_c.FPDFText_GetCharBox
LINE_END_HYPHEN = "￾"  # what pdfium puts for a hyphen that ends a line inside a word
_WORD = re.compile(rf"[^\s{LINE_END_HYPHEN}\x00]+{LINE_END_HYPHEN}?")
_SLANT_LIMIT = math.radians(20)


@dataclass(frozen=True, slots=True)
class _Style:
    size: float
    is_bold: bool
    is_upright: bool
    is_icon: bool
    font: str


@dataclass(frozen=True, slots=True)
class _Frame:
    """How page space maps to points from the top left, for any page box and rotation."""

    x: float
    y: float
    width: float
    height: float
    rotation: int

    def place(self, x: float, y: float) -> tuple[float, float]:
        x, y = x - self.x, y - self.y
        if self.rotation == 90:
            return y, x
        if self.rotation == 180:
            return self.width - x, y
        if self.rotation == 270:
            return self.width - y, self.height - x
        return x, self.height - y


def page_frame(*, page: pdfium.PdfPage) -> _Frame:
    """Return the mapping from the page's own coordinates to points from the top left as displayed."""
    left, bottom, right, top = page.get_bbox()
    rotation = page.get_rotation()
    width, height = abs(right - left), abs(top - bottom)
    if rotation in (90, 270):
        width, height = height, width
    return _Frame(x=min(left, right), y=min(bottom, top), width=width, height=height, rotation=rotation)


class WordReader:
    """Reads the words of one page; holds the ctypes buffers so that a word costs four calls."""

    def __init__(self, *, page: pdfium.PdfPage) -> None:
        self._frame = page_frame(page=page)
        self._textpage = page.get_textpage()
        self._handle = self._textpage.raw
        self._numbers = [ctypes.c_double() for _ in range(4)]
        self._refs = [ctypes.byref(number) for number in self._numbers]
        self._styles: dict[int, _Style] = {}

    def words(self) -> list[PlacedWord]:
        """All words with ink, icons included as words without text."""
        text, indexes = self._characters()
        found: list[PlacedWord] = []
        for match in _WORD.finditer(text):
            first, last = match.start(), match.end() - 1
            word_text = match.group()
            is_cut = word_text[-1] == LINE_END_HYPHEN
            if is_cut:
                word_text, last = word_text[:-1], last - 1
                if not word_text:
                    continue
            if indexes is not None:
                first, last = indexes[first], indexes[last]
            found.extend(self._placed(word_text, first, last, is_cut=is_cut))
        found = compose_accents(words=found, char_box=self.char_box)
        for word in found:
            word.text = shown_text(text=word.text, font=word.font)
        return found

    def char_box(self, index: int) -> tuple[float, float, float, float]:
        """Left, top, right, bottom of one character's ink, in points from the top left."""
        left, right, bottom, top = self._numbers
        _CHAR_BOX(self._handle, index, *self._refs)
        frame = self._frame
        if not frame.rotation:  # nearly every page: spare two calls a character
            x, y = frame.x, frame.y + frame.height
            return left.value - x, y - top.value, right.value - x, y - bottom.value
        xa, ya = self._frame.place(left.value, bottom.value)
        xb, yb = self._frame.place(right.value, top.value)
        return min(xa, xb), min(ya, yb), max(xa, xb), max(ya, yb)

    def _characters(self) -> tuple[str, list[int] | None]:
        """Return the page's text, and for each position pdfium's character index where the two differ."""
        count = self._textpage.count_chars()
        if count <= 0:
            return "", None
        buffer = ctypes.create_string_buffer(2 * (count + 1))
        pdfium_c.FPDFText_GetText(self._handle, 0, count, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)))
        text = buffer.raw[: 2 * count].decode("utf-16-le", errors="replace")
        if len(text) == count and "\x00" not in text:
            return text, None
        codes = [pdfium_c.FPDFText_GetUnicode(self._handle, index) for index in range(count)]
        kept = [(chr(code), index) for index, code in enumerate(codes) if 0 < code < 0x110000]
        return "".join(char for char, _ in kept), [index for _, index in kept]

    def _origin(self, index: int) -> tuple[float, float]:
        x, y = self._numbers[0], self._numbers[1]
        pdfium_c.FPDFText_GetCharOrigin(self._handle, index, self._refs[0], self._refs[1])
        return self._frame.place(x.value, y.value)

    def _placed(self, text: str, first: int, last: int, *, is_cut: bool) -> list[PlacedWord]:
        style = self._style(first)
        word = self._word(text, first, last, style)
        word.ends_in_break = is_cut
        _, top, x1, _ = self.char_box(last)
        has_jump = x1 < word.x0 - 1 or abs(top - word.baseline) > 2 * style.size
        if style.is_upright and has_jump and last - first == len(text) - 1 > 0:
            return self._split_at_jumps(text, first, is_cut=is_cut)
        word.x1 = max(x1, word.x0)
        return [word]

    def _split_at_jumps(self, text: str, first: int, *, is_cut: bool) -> list[PlacedWord]:
        """Cut a run of characters where the pen moved to another line without a space between."""
        origins = [self._origin(first + i) for i in range(len(text))]
        limit = self._style(first).size * 0.6
        cuts = [0]
        for i in range(1, len(text)):
            moved_back = origins[i][0] < origins[i - 1][0] - 1
            if moved_back or abs(origins[i][1] - origins[i - 1][1]) > limit:
                cuts.append(i)
        pieces: list[PlacedWord] = []
        for a, b in zip(cuts, [*cuts[1:], len(text)], strict=True):
            piece = self._word(text[a:b], first + a, first + b - 1, self._style(first + a))
            piece.x1 = max(piece.x0, self.char_box(first + b - 1)[2])
            piece.ends_in_break = is_cut and b == len(text)
            pieces.append(piece)
        return pieces

    def _word(self, text: str, first: int, last: int, style: _Style) -> PlacedWord:
        x0 = self.char_box(first)[0]
        return PlacedWord(
            text="" if style.is_icon else text,
            x0=x0,
            x1=x0,
            baseline=self._origin(first)[1],
            size=style.size,
            is_bold=style.is_bold,
            is_upright=style.is_upright,
            font=style.font,
            first_char=first,
            last_char=last,
        )

    def _style(self, index: int) -> _Style:
        """Type of a character, read once for each text object that the file draws."""
        drawn = pdfium_c.FPDFText_GetTextObject(self._handle, index)
        key = ctypes.cast(drawn, ctypes.c_void_p).value or -index - 1
        style = self._styles.get(key)
        if style is None:
            style = self._styles[key] = self._read_style(index, drawn)
        return style

    def _read_style(self, index: int, drawn: object) -> _Style:
        matrix = pdfium_c.FS_MATRIX()
        pdfium_c.FPDFText_GetMatrix(self._handle, index, matrix)
        scale = math.hypot(matrix.c, matrix.d) or 1.0
        size = pdfium_c.FPDFText_GetFontSize(self._handle, index) * scale
        angle = math.atan2(matrix.b, matrix.a) - math.radians(self._frame.rotation)
        upright = abs((angle + math.pi) % (2 * math.pi) - math.pi) < _SLANT_LIMIT
        name, flags, outlined = "", 0, False
        if drawn:
            font = pdfium_c.FPDFTextObj_GetFont(drawn)
            buffer = ctypes.create_string_buffer(128)
            if font and pdfium_c.FPDFFont_GetBaseFontName(font, buffer, 128):
                name = buffer.value.decode("utf-8", errors="replace")
            flags = pdfium_c.FPDFFont_GetFlags(font) if font else 0
            outlined = pdfium_c.FPDFTextObj_GetTextRenderMode(drawn) == 2  # fill and stroke: drawn bold
        return _Style(
            size=abs(size) or 1.0,
            is_bold=outlined or is_bold_font(name, flags),
            is_upright=upright,
            is_icon=is_icon_font(name),
            font=name,
        )
