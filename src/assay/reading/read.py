"""The one door: bytes of any supported kind in, a `Document` out.

Foreign files are read through `assay.reading.limits`, which calls this in a limited child process.
"""

from collections.abc import Callable, Mapping, Sequence

import msgspec
import pypdfium2 as pdfium

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.docx import read_docx
from assay.reading.formats.html import read_html
from assay.reading.formats.json_resume import read_json_resume
from assay.reading.formats.markdown import read_markdown
from assay.reading.formats.odt import read_odt
from assay.reading.formats.plain_text import read_plain_text
from assay.reading.formats.rtf import read_rtf
from assay.reading.formats.sniff import Kind, notice_of_name, sniff
from assay.reading.hidden.characters import strip_inkless
from assay.reading.hidden.pdf import hidden_words
from assay.reading.hidden.visible import mark_visible
from assay.reading.model import Document, HiddenReason
from assay.reading.ocr import recognise_image, recognise_pdf
from assay.reading.pdf import PlacedWord, read_pdf

MAX_BYTES = 25_000_000
MAX_PAGES = 40


def read_document(*, data: bytes, file_name: str) -> Document:
    """Yield the visible text of a document, with what is hidden in it and what a person should know of the reading.

    The kind is told from the bytes. Instructions to machines and stuffed keywords stay in the text and are listed with
    their spans; words that nobody can see are listed and are not part of the text.

    Raises
    ------
    UnreadableError
        With a code, and one sentence that says what to do.
    """
    if len(data) > MAX_BYTES:
        message = f"The file is larger than {MAX_BYTES // 1_000_000} MB; send a smaller version."
        raise UnreadableError(code=UnreadableCode.TOO_LARGE, message=message)
    kind = sniff(data=data, file_name=file_name)
    document = _READERS[kind](data)
    document = mark_visible(document=strip_inkless(document=document))
    _refuse_textless(document)
    named = notice_of_name(kind=kind, file_name=file_name)
    return msgspec.structs.replace(document, notices=named + document.notices) if named else document


def _read_pdf(data: bytes) -> Document:
    document = read_pdf(data=data, max_pages=MAX_PAGES, find_hidden=_hidden_on_page)
    if any(c.isalnum() for c in document.text) or document.hidden:
        return document
    return recognise_pdf(data=data, base=document)


def _hidden_on_page(page: pdfium.PdfPage, words: Sequence[PlacedWord]) -> Mapping[int, HiddenReason]:
    return hidden_words(page=page, words=words)


def _refuse_textless(document: Document) -> None:
    if any(c.isalnum() for c in document.text):
        return
    if document.hidden:
        message = "Everything written in this document is hidden from a reader; ask for one with visible text."
    else:
        message = "The document holds no text; look whether the right file was sent."
    raise UnreadableError(code=UnreadableCode.NO_TEXT, message=message)


def _refuse_archive(_: bytes) -> Document:
    message = "The file is an archive; import it as an archive, or send the documents in it one by one."
    raise UnreadableError(code=UnreadableCode.UNSUPPORTED, message=message)


_READERS: Mapping[Kind, Callable[[bytes], Document]] = {
    Kind.PDF: _read_pdf,
    Kind.DOCX: lambda data: read_docx(data=data),
    Kind.ODT: lambda data: read_odt(data=data),
    Kind.RTF: lambda data: read_rtf(data=data),
    Kind.HTML: lambda data: read_html(data=data),
    Kind.MARKDOWN: lambda data: read_markdown(data=data),
    Kind.TEXT: lambda data: read_plain_text(data=data),
    Kind.JSON: lambda data: read_json_resume(data=data),
    Kind.IMAGE: lambda data: recognise_image(data=data),
    Kind.ZIP: _refuse_archive,
}
