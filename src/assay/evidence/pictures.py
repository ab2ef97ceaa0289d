"""Page pictures as blind mode shows them: a white page with the words that may be seen, and nothing else. Pure."""

import io
from collections.abc import Sequence

from PIL import Image

from assay.evidence.redaction import BOX_MARGIN
from assay.reading.model import Box


def only_words(*, png: bytes, page: int, keep: Sequence[Box], hide: Sequence[Box]) -> bytes:
    """Yield a page's picture with everything white but the boxes to keep, and the boxes to hide black.

    What nobody can name is not shown: photographs, logos of schools, signatures, names drawn as shapes. A rule that
    only covers what it knows would leak what it does not.
    """
    with Image.open(io.BytesIO(png)) as opened:
        whole = opened.convert("RGB")
    blank = Image.new("RGB", whole.size, "white")
    for box in keep:
        if box.page == page and (area := _pixels(box, whole.size)):
            blank.paste(whole.crop(area), area[:2])
    for box in hide:
        if box.page == page and (area := _pixels(box, whole.size)):
            blank.paste("#3a3a38", area)
    stream = io.BytesIO()
    blank.save(stream, format="PNG", compress_level=4)
    return stream.getvalue()


def _pixels(box: Box, size: tuple[int, int]) -> tuple[int, int, int, int] | None:
    """Yield a box in pixels, a little larger, within the picture; None where nothing of it lies inside."""
    width, height = size
    left, right = max(box.x0 - BOX_MARGIN, 0.0), min(box.x1 + BOX_MARGIN, 1.0)
    top, bottom = max(box.y0 - BOX_MARGIN, 0.0), min(box.y1 + BOX_MARGIN, 1.0)
    if left >= right or top >= bottom:
        return None
    return int(left * width), int(top * height), int(right * width) + 1, int(bottom * height) + 1
