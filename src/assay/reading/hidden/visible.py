"""What stands in plain sight and still is not meant for a reader: marked, kept in the text, with its span."""

import msgspec

from assay.reading.hidden.instructions import Span, find_instructions
from assay.reading.hidden.stuffing import find_stuffing
from assay.reading.model import Box, Document, Hidden, HiddenReason


def mark_visible(*, document: Document) -> Document:
    """Yield the document with instructions to machines and keyword stuffing among its hidden words."""
    found = [(span, HiddenReason.INSTRUCTION) for span in find_instructions(text=document.text)]
    found += [(span, HiddenReason.STUFFING) for span in find_stuffing(text=document.text)]
    if not found:
        return document
    marked = tuple(
        Hidden(
            text=document.text[span.start : span.end],
            reason=reason,
            box=_first_box(document, span),
            start=span.start,
            end=span.end,
        )
        for span, reason in sorted(found)
    )
    return msgspec.structs.replace(document, hidden=document.hidden + marked)


def _first_box(document: Document, span: Span) -> Box | None:
    """Yield the box around the span's words on the page where it begins; None where the format has no places."""
    boxes = [word.box for word in document.words if word.start < span.end and word.end > span.start]
    if not boxes:
        return None
    page = boxes[0].page
    here = [box for box in boxes if box.page == page]
    return Box(
        page=page,
        x0=min(box.x0 for box in here),
        y0=min(box.y0 for box in here),
        x1=max(box.x1 for box in here),
        y1=max(box.y1 for box in here),
    )
