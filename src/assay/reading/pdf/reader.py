"""PDF bytes to a `Document`."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field

import pypdfium2 as pdfium
import pypdfium2.raw as pdfium_c

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.model import Document, Hidden, HiddenReason, Notice, Page
from assay.reading.pdf.assemble import Assembly, box_of
from assay.reading.pdf.furniture import without_furniture
from assay.reading.pdf.links import LinkArea, carried_links, link_areas
from assay.reading.pdf.order import VisualLine, ordered_lines
from assay.reading.pdf.placed import PlacedWord
from assay.reading.pdf.words import WordReader, page_frame

HiddenFinder = Callable[[pdfium.PdfPage, Sequence[PlacedWord]], Mapping[int, HiddenReason]]
"""Says of the words of a page, by index, which a person does not see and why."""

_MAX_WORDS = 20_000  # a page; a full page of small type holds about 1,200


@dataclass(slots=True)
class _Read:
    """What has been read of the pages so far."""

    pages: list[Page] = field(default_factory=list)
    lines: list[list[VisualLine]] = field(default_factory=list)
    areas: list[LinkArea] = field(default_factory=list)
    hidden: list[Hidden] = field(default_factory=list)
    garbled: int = 0
    glyphs: int = 0


def read_pdf(*, data: bytes, max_pages: int = 40, find_hidden: HiddenFinder | None = None) -> Document:
    """Return the document's visible text in reading order, with places, links and notices.

    Cells that stand apart on one line are parted by a tab. A word broken at a line's end is joined. Page numbers
    and repeated running heads are left out. Notices: ``no_text_layer``, ``pages_left_out``, ``garbled_text``.

    Raises
    ------
    UnreadableError
        ``encrypted``, ``broken`` or ``empty``.
    """
    document = _open(data)
    try:
        count = len(document)
        if count == 0:
            raise UnreadableError(code=UnreadableCode.EMPTY, message="This PDF has no pages. Export it again.")
        read = _Read()
        for index in range(min(count, max_pages)):
            _read_page(document, index, read, find_hidden)
    except pdfium.PdfiumError as error:
        raise UnreadableError(
            code=UnreadableCode.BROKEN, message="A page of this PDF is damaged. Export the file again."
        ) from error
    finally:
        document.close()
    return _assembled(read, count)


def _open(data: bytes) -> pdfium.PdfDocument:
    if not data:
        raise UnreadableError(code=UnreadableCode.EMPTY, message="This file is empty. Upload it again.")
    try:
        return pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        if pdfium_c.FPDF_GetLastError() == pdfium_c.FPDF_ERR_PASSWORD or "password" in str(error).lower():
            raise UnreadableError(
                code=UnreadableCode.ENCRYPTED,
                message="This PDF is locked with a password. Save a copy without one and upload that.",
            ) from error
        raise UnreadableError(
            code=UnreadableCode.BROKEN, message="This PDF is damaged and cannot be opened. Export the file again."
        ) from error


def _read_page(document: pdfium.PdfDocument, index: int, read: _Read, find_hidden: HiddenFinder | None) -> None:
    page = document[index]
    frame = page_frame(page=page)
    words = WordReader(page=page).words()[:_MAX_WORDS]
    place = Page(width_pt=round(frame.width, 2), height_pt=round(frame.height, 2))
    if find_hidden is not None and words:
        reasons = find_hidden(page, words)
        read.hidden += _hidden(index, place, words, reasons)
        words = [word for number, word in enumerate(words) if number not in reasons]
    words = _on_page(index, place, words, read)
    read.pages.append(place)
    read.lines.append(ordered_lines(words=words))
    read.areas += link_areas(document=document, page=page, index=index)
    text = "".join(word.text for word in words)
    read.glyphs += len(text)
    read.garbled += sum(char == "�" or (ord(char) < 32) for char in text)


def _on_page(index: int, page: Page, words: list[PlacedWord], read: _Read) -> list[PlacedWord]:
    """Keep the words that a page shows some of; the others are noted as hidden."""
    outside = {
        number: HiddenReason.OFF_PAGE
        for number, word in enumerate(words)
        if word.x0 > page.width_pt or word.x1 < 0 or word.y0 > page.height_pt or word.y1 < 0
    }
    read.hidden += _hidden(index, page, words, outside) if outside else []
    return [word for number, word in enumerate(words) if number not in outside]


def _hidden(index: int, page: Page, words: Sequence[PlacedWord], reasons: Mapping[int, HiddenReason]) -> list[Hidden]:
    """Neighbouring hidden words of one reason, put together."""
    found: list[Hidden] = []
    run: list[PlacedWord] = []
    ordered = sorted(reasons)
    for position, number in enumerate(ordered):
        run.append(words[number])
        is_last = position + 1 == len(ordered)
        if is_last or ordered[position + 1] != number + 1 or reasons[ordered[position + 1]] != reasons[number]:
            box = box_of(index=index, page=page, words=run)
            text = " ".join(word.text for word in run if word.text)
            if text:
                found.append(Hidden(text=text, reason=reasons[number], box=box))
            run = []
    return found


def _assembled(read: _Read, count: int) -> Document:
    assembly = Assembly()
    kept = without_furniture(pages=read.lines, heights=[page.height_pt for page in read.pages])
    for index, (page, lines) in enumerate(zip(read.pages, kept, strict=True)):
        assembly.add_page(index=index, page=page, lines=lines)
    return Document(
        media_type="application/pdf",
        text="".join(assembly.parts),
        lines=tuple(assembly.lines),
        words=tuple(assembly.words),
        pages=tuple(read.pages),
        links=carried_links(areas=read.areas, spans=assembly.spans),
        hidden=tuple(read.hidden),
        notices=tuple(_notices(read, count)),
    )


def _notices(read: _Read, count: int) -> list[Notice]:
    notices: list[Notice] = []
    if not any(read.lines):
        message = "This PDF holds pictures only: no text can be read from it without text recognition."
        notices.append(Notice(code="no_text_layer", message=message))
    if count > len(read.pages):
        message = f"Only the first {len(read.pages)} of {count} pages were read."
        notices.append(Notice(code="pages_left_out", message=message))
    if read.glyphs and read.garbled > 0.2 * read.glyphs:
        message = "The fonts of this PDF do not say which letters they draw: the text may be wrong."
        notices.append(Notice(code="garbled_text", message=message))
    return notices
