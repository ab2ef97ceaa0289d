"""The picture of one page, with what must not be seen painted over."""

import io
from collections.abc import Sequence

import pypdfium2 as pdfium
from PIL import ImageDraw

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.model import Box

MAX_WIDTH_PX = 2_400
MAX_HEIGHT_PX = 7_200


def page_png(*, data: bytes, page_index: int, width_px: int, redact: Sequence[Box] = ()) -> bytes | None:
    """Yield a page of a PDF as PNG; None for a file that is no PDF, whose text is shown instead.

    ``redact`` is filled with black, one pixel beyond each box, so that no edge of a letter is left. Boxes of other
    pages are ignored.

    Raises
    ------
    UnreadableError
        The PDF cannot be opened, or has no such page.
    """
    if b"%PDF-" not in data[:1_024]:
        return None
    try:
        document = pdfium.PdfDocument(data)
    except pdfium.PdfiumError as error:
        message = "This PDF cannot be opened; export it again and send that."
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error
    try:
        if not 0 <= page_index < len(document):
            message = f"The document has {len(document)} pages; there is no page {page_index + 1}."
            raise UnreadableError(code=UnreadableCode.NOT_A_DOCUMENT, message=message)
        return _png(document[page_index], page_index, min(max(width_px, 1), MAX_WIDTH_PX), redact)
    except pdfium.PdfiumError as error:
        message = "This page is damaged; export the file again and send that."
        raise UnreadableError(code=UnreadableCode.BROKEN, message=message) from error
    finally:
        document.close()


def _png(page: pdfium.PdfPage, index: int, width_px: int, redact: Sequence[Box]) -> bytes:
    width_pt, height_pt = page.get_size()
    scale = min(width_px / max(width_pt, 1.0), MAX_HEIGHT_PX / max(height_pt, 1.0))
    bitmap = page.render(scale=scale)
    picture = bitmap.to_pil().convert("RGB")
    bitmap.close()
    pen = ImageDraw.Draw(picture)
    for box in redact:
        if box.page == index:
            left, right = sorted((box.x0 * picture.width, box.x1 * picture.width))
            top, bottom = sorted((box.y0 * picture.height, box.y1 * picture.height))
            pen.rectangle((left - 1, top - 1, right + 1, bottom + 1), fill=(0, 0, 0))
    stream = io.BytesIO()
    picture.save(stream, format="PNG", compress_level=4)
    return stream.getvalue()
