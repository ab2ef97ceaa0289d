"""What pdfium knows of the objects of a page: colours, render modes, order of painting."""

import ctypes
from typing import Any, NamedTuple

import pypdfium2 as pdfium
from pypdfium2 import raw

MAX_OBJECTS = 20_000
"""Past this many objects the order of painting is not walked; every word then goes through the second picture."""
MAX_DEPTH = 6
_INVISIBLE = (raw.FPDF_TEXTRENDERMODE_INVISIBLE, raw.FPDF_TEXTRENDERMODE_CLIP)
_STROKED = (
    raw.FPDF_TEXTRENDERMODE_STROKE,
    raw.FPDF_TEXTRENDERMODE_FILL_STROKE,
    raw.FPDF_TEXTRENDERMODE_STROKE_CLIP,
    raw.FPDF_TEXTRENDERMODE_FILL_STROKE_CLIP,
)


class Rgb(NamedTuple):
    """A colour, 0 to 255 a channel."""

    red: int
    green: int
    blue: int


class TextObject(NamedTuple):
    """A run of text as painted. ``handle`` is pdfium's pointer, ``order`` its place in the order of painting."""

    handle: Any
    order: int
    fill: Rgb | None
    is_invisible: bool
    is_odd: bool
    """Transparent, stroked, clipping, of an unknown fill or in optional content: only the picture can tell."""


class Cover(NamedTuple):
    """Something painted that is not text. ``fill`` is None where it has no single colour (images, shadings, forms)."""

    order: int
    left: float
    bottom: float
    right: float
    top: float
    fill: Rgb | None
    is_image: bool


class PaintOrder(NamedTuple):
    """Where each text object stands, by its address, and everything else that was painted."""

    text_orders: dict[int, int]
    covers: tuple[Cover, ...]
    is_complete: bool


def address_of(*, handle: Any) -> int:
    """Yield the pointer as a number, so that two handles to one object compare equal."""
    return ctypes.cast(handle, ctypes.c_void_p).value or 0


def fill_of(*, handle: Any) -> tuple[Rgb, int] | None:
    """Yield the fill colour and its alpha; None for patterns."""
    red, green, blue, alpha = (ctypes.c_uint() for _ in range(4))
    if not raw.FPDFPageObj_GetFillColor(handle, red, green, blue, alpha):
        return None
    return Rgb(red.value, green.value, blue.value), alpha.value


def read_text_object(*, handle: Any, order: int | None) -> TextObject:
    """Yield what decides whether the run can be seen. ``order`` is None for a run that the walk did not meet."""
    mode = raw.FPDFTextObj_GetTextRenderMode(handle)
    fill = fill_of(handle=handle)
    is_odd = (
        order is None
        or fill is None
        or fill[1] < 255
        or mode != raw.FPDF_TEXTRENDERMODE_FILL
        or bool(raw.FPDFPageObj_HasTransparency(handle))
        or (raw.FPDFPageObj_CountMarks(handle) > 0 and _is_optional(handle))
    )
    return TextObject(
        handle=handle,
        order=order or 0,
        fill=None if fill is None or mode in _STROKED else fill[0],
        is_invisible=mode in _INVISIBLE,
        is_odd=is_odd,
    )


def _is_optional(handle: Any) -> bool:
    """Say whether the object belongs to a layer that a viewer may switch off."""
    size = ctypes.c_ulong()
    buffer = (ctypes.c_ushort * 8)()
    for index in range(min(raw.FPDFPageObj_CountMarks(handle), 8)):
        mark = raw.FPDFPageObj_GetMark(handle, index)
        # A name longer than the buffer leaves it untouched, and such a name is not "OC".
        if raw.FPDFPageObjMark_GetName(mark, buffer, ctypes.sizeof(buffer), size) and bytes(buffer)[:4] == b"O\0C\0":
            return True
    return False


def walk_page(*, page: pdfium.PdfPage) -> PaintOrder:
    """Yield the order of painting of a page; forms count as one cover and are searched for text."""
    text_orders: dict[int, int] = {}
    covers: list[Cover] = []
    count = raw.FPDFPage_CountObjects(page.raw)
    budget = MAX_OBJECTS
    for order in range(min(count, MAX_OBJECTS)):
        handle = raw.FPDFPage_GetObject(page.raw, order)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            text_orders[address_of(handle=handle)] = order
            continue
        if kind == raw.FPDF_PAGEOBJ_FORM:
            budget = _walk_form(form=handle, order=order, text_orders=text_orders, budget=budget, depth=1)
        cover = _cover(handle=handle, kind=kind, order=order)
        if cover is not None:
            covers.append(cover)
    return PaintOrder(text_orders, tuple(covers), is_complete=count <= MAX_OBJECTS and budget > 0)


def _walk_form(*, form: Any, order: int, text_orders: dict[int, int], budget: int, depth: int) -> int:
    count: int = raw.FPDFFormObj_CountObjects(form)
    for index in range(min(count, budget)):
        handle = raw.FPDFFormObj_GetObject(form, index)
        kind = raw.FPDFPageObj_GetType(handle)
        if kind == raw.FPDF_PAGEOBJ_TEXT:
            text_orders[address_of(handle=handle)] = order
        elif kind == raw.FPDF_PAGEOBJ_FORM and depth < MAX_DEPTH:
            budget = _walk_form(form=handle, order=order, text_orders=text_orders, budget=budget, depth=depth + 1)
    return max(0, budget - count)


def _cover(*, handle: Any, kind: int, order: int) -> Cover | None:
    fill = None
    if kind == raw.FPDF_PAGEOBJ_PATH:
        fill_mode, stroke = ctypes.c_int(), ctypes.c_int()
        raw.FPDFPath_GetDrawMode(handle, fill_mode, stroke)
        if fill_mode.value == raw.FPDF_FILLMODE_NONE:
            return None
        found = fill_of(handle=handle)
        fill = found[0] if found else None
    left, bottom, right, top = (ctypes.c_float() for _ in range(4))
    if not raw.FPDFPageObj_GetBounds(handle, left, bottom, right, top):
        return None
    is_image = kind == raw.FPDF_PAGEOBJ_IMAGE
    return Cover(order, left.value, bottom.value, right.value, top.value, fill, is_image)
