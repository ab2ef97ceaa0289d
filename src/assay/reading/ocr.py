"""Pictures of text read by tesseract, where it is installed: words with their places, as from any PDF."""

import csv
import io
import shutil
import subprocess
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby
from typing import NamedTuple

import pypdfium2 as pdfium
from PIL import Image, UnidentifiedImageError

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.model import Box, Document, Line, Notice, Page, Word

DPI = 200
MAX_PAGES = 10
MAX_PIXELS = 40_000_000
MIN_CONFIDENCE = 30.0
TIMEOUT_S = 60.0
"""For one page; a dense one takes about 1.5 CPU seconds."""
MISSING = "This document is a picture of text, and tesseract is not installed here to read it; send it with its text."


class _Recognised(NamedTuple):
    """One word of tesseract's table, in pixels of the page's picture."""

    text: str
    line: tuple[str, ...]
    left: int
    top: int
    width: int
    height: int


def is_ocr_available() -> bool:
    """Say whether tesseract can be started."""
    return shutil.which("tesseract") is not None


def recognise_pdf(*, data: bytes, base: Document) -> Document:
    """Yield the text of a PDF that holds pictures only; ``base`` is what reading it without OCR gave.

    At most `MAX_PAGES` pages are read. Raises `UnreadableError` where tesseract is missing or finds no words.
    """
    _require()
    document = pdfium.PdfDocument(data)
    try:
        count = min(len(document), MAX_PAGES)
        pictures = (_picture_of_page(document[index]) for index in range(count))
        notices = [notice for notice in base.notices if notice.code != "no_text_layer"]
        if len(document) > count:
            message = f"Text recognition stopped after {count} of {len(document)} pages."
            notices.append(Notice(code="pages_left_out", message=message))
        return _document(pictures, media_type=base.media_type, notices=notices)
    finally:
        document.close()


def recognise_image(*, data: bytes) -> Document:
    """Yield the text of a PNG or JPEG. Raises as `recognise_pdf`."""
    _require()
    try:
        with Image.open(io.BytesIO(data), formats=("PNG", "JPEG")) as picture:
            if picture.width * picture.height > MAX_PIXELS:
                message = f"The picture has more than {MAX_PIXELS // 1_000_000} million pixels; send a smaller one."
                raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
            loaded = picture.convert("L")
    except (UnidentifiedImageError, OSError, SyntaxError, ValueError, Image.DecompressionBombError) as error:
        message = "The picture is damaged and cannot be opened; save it again or send a PDF."
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error
    media_type = "image/png" if data.startswith(b"\x89PNG") else "image/jpeg"
    return _document([loaded], media_type=media_type, notices=[])


def _require() -> None:
    if not is_ocr_available():
        raise UnreadableError(code=UnreadableCode.NO_TEXT, message=MISSING)


def _picture_of_page(page: pdfium.PdfPage) -> Image.Image:
    width_pt, height_pt = page.get_size()
    scale = min(DPI / 72, (MAX_PIXELS / max(1.0, width_pt * height_pt)) ** 0.5)
    bitmap = page.render(scale=scale, grayscale=True)
    try:
        picture: Image.Image = bitmap.to_pil().copy()
        return picture
    finally:
        bitmap.close()


def _document(pictures: Iterable[Image.Image], *, media_type: str, notices: Sequence[Notice]) -> Document:
    text = _PageText()
    for picture in pictures:
        text.add_page(picture)
    if not text.words:
        message = "The picture holds no words that could be recognised; send the document with its text."
        raise UnreadableError(code=UnreadableCode.NO_TEXT, message=message)
    read = Notice(
        code="ocr", message="The text was recognised from pictures; check names and numbers against the page."
    )
    return Document(
        media_type=media_type,
        text="".join(text.parts),
        lines=tuple(text.lines),
        words=tuple(text.words),
        pages=tuple(text.pages),
        notices=(*notices, read),
    )


class _PageText:
    """Collects pages; counts the offsets."""

    def __init__(self) -> None:
        self.parts: list[str] = []
        self.lines: list[Line] = []
        self.words: list[Word] = []
        self.pages: list[Page] = []
        self._length = 0

    def add_page(self, picture: Image.Image) -> None:
        points = 72 / DPI
        self.pages.append(Page(width_pt=picture.width * points, height_pt=picture.height * points))
        previous: tuple[str, ...] = ()
        for line, words in groupby(_recognised(picture), key=lambda word: word.line):
            if self._length:
                # The paragraph's number is the next to last part of the line's place.
                self._append("\n\n" if line[:-1] != previous[:-1] else "\n")
            previous = line
            self._add_line(list(words), picture)

    def _add_line(self, words: Sequence[_Recognised], picture: Image.Image) -> None:
        start, first = self._length, len(self.words)
        for number, word in enumerate(words):
            if number:
                gap = word.left - words[number - 1].left - words[number - 1].width
                self._append("\t" if gap > 2.5 * word.height else " ")
            at = self._length
            self._append(word.text)
            self.words.append(Word(start=at, end=self._length, box=self._box(word, picture)))
        boxes = [word.box for word in self.words[first:]]
        around = Box(
            page=len(self.pages) - 1,
            x0=min(box.x0 for box in boxes),
            y0=min(box.y0 for box in boxes),
            x1=max(box.x1 for box in boxes),
            y1=max(box.y1 for box in boxes),
        )
        heights = sorted(word.height for word in words)
        size_pt = round(heights[len(heights) // 2] * 72 / DPI, 1)
        self.lines.append(Line(start=start, end=self._length, box=around, size_pt=size_pt))

    def _box(self, word: _Recognised, picture: Image.Image) -> Box:
        return Box(
            page=len(self.pages) - 1,
            x0=word.left / picture.width,
            y0=word.top / picture.height,
            x1=(word.left + word.width) / picture.width,
            y1=(word.top + word.height) / picture.height,
        )

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self._length += len(text)


def _recognised(picture: Image.Image) -> Iterator[_Recognised]:
    stream = io.BytesIO()
    # Bitmaps without compression: tesseract reads them fastest and needs no other library.
    picture.save(stream, format="PPM")
    command = ["tesseract", "stdin", "stdout", "--dpi", str(DPI), "-l", "eng", "tsv"]
    try:
        done = subprocess.run(command, input=stream.getvalue(), capture_output=True, timeout=TIMEOUT_S, check=False)  # noqa: S603 - a fixed command, found on PATH by design
    except subprocess.TimeoutExpired as error:
        message = "Recognising the text of this picture took too long; send the document with its text."
        raise UnreadableError(code=UnreadableCode.TIME_LIMIT, message=message) from error
    if done.returncode != 0:
        message = "tesseract could not read this picture; send the document with its text."
        raise UnreadableError(code=UnreadableCode.NO_TEXT, message=message)
    table = csv.DictReader(io.StringIO(done.stdout.decode("utf-8", "replace")), delimiter="\t", quoting=csv.QUOTE_NONE)
    for row in table:
        text = (row.get("text") or "").strip()
        if text and float(row.get("conf") or -1) >= MIN_CONFIDENCE:
            place = (row["block_num"], row["par_num"], row["line_num"])
            left, top, width, height = (int(row[key]) for key in ("left", "top", "width", "height"))
            yield _Recognised(text, place, left, top, width, height)
