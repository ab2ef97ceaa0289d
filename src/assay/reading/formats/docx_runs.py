"""The runs of a DOCX paragraph: words, tabs, breaks, links; what is deleted or cannot be seen is kept apart."""

from collections.abc import Mapping
from xml.etree.ElementTree import Element

from assay.reading.formats.builder import Run
from assay.reading.formats.docx_styles import Look, Styles, W, look_of, value_of
from assay.reading.hidden.colours import Colour, reason_of_type
from assay.reading.model import HiddenReason

_R = "{http://schemas.openxmlformats.org/officeDocument/2006/relationships}"
_MC = "{http://schemas.openxmlformats.org/markup-compatibility/2006}"
_SKIPPED = frozenset(f"{W}{tag}" for tag in ("del", "moveFrom", "pPr", "rPr", "sdtPr", "instrText", "delText", "rt"))
_PLAIN = {
    f"{W}tab": "\t",
    f"{W}br": "\n",
    f"{W}cr": "\n",
    f"{W}noBreakHyphen": "‑",
    f"{W}ptab": "\t",
}
_BOXES = frozenset((f"{W}drawing", f"{W}pict", f"{W}object"))


class RunReader:
    """Reads one paragraph; ``boxes`` holds the drawings met on the way, whose text stands in lines of its own."""

    def __init__(self, *, styles: Styles, links: Mapping[str, str], look: Look, ground: Colour | None) -> None:
        self.boxes: list[Element] = []
        self._styles = styles
        self._links = links
        self._look = look
        self._ground = ground
        self._runs: list[Run] = []
        self._fields: list[tuple[str, bool]] = []
        """Open complex fields: the instruction so far, and whether its result has begun."""

    def read(self, paragraph: Element) -> list[Run]:
        """Yield the runs of the paragraph."""
        self._walk(paragraph, uri="")
        return self._runs

    def _walk(self, parent: Element, *, uri: str) -> None:
        for element in parent:
            if element.tag == f"{W}r":
                self._run(element, uri=uri)
            elif element.tag == f"{W}hyperlink":
                target = self._links.get(element.get(f"{_R}id", ""), "")
                self._walk(element, uri=target or uri)
            elif element.tag == f"{W}fldSimple":
                self._walk(element, uri=_uri_of_field(element.get(f"{W}instr", "")) or uri)
            elif element.tag == f"{_MC}AlternateContent":
                self.boxes.append(element)
            elif element.tag not in _SKIPPED and not _is_prompt(element):
                self._walk(element, uri=uri)

    def _run(self, run: Element, *, uri: str) -> None:
        properties = run.find(f"{W}rPr")
        look = look_of(properties=properties)
        style_id = None if properties is None else value_of(parent=properties, tag="rStyle")
        if style_id:
            look = look.over(self._styles.character(style_id))
        look = look.over(self._look)
        text = "".join(self._text(child) for child in run)
        in_result = next((_uri_of_field(code) for code, is_result in reversed(self._fields) if is_result), "")
        if text and not any(not is_result for _, is_result in self._fields):
            size_pt = look.size_pt or 0.0
            hidden = self._hidden(look, text)
            self._runs.append(Run(text, uri or in_result, bool(look.is_bold), size_pt, hidden))

    def _text(self, element: Element) -> str:
        if element.tag == f"{W}t":
            return element.text or ""
        if element.tag in _BOXES or element.tag == f"{_MC}AlternateContent":
            self.boxes.append(element)
        elif element.tag == f"{W}fldChar":
            self._field_mark(element.get(f"{W}fldCharType", ""))
        elif element.tag == f"{W}instrText" and self._fields:
            code, is_result = self._fields[-1]
            self._fields[-1] = (code + (element.text or ""), is_result)
        elif element.tag == f"{W}sym":
            return _symbol(element.get(f"{W}char", ""))
        return _PLAIN.get(element.tag, "")

    def _field_mark(self, kind: str) -> None:
        if kind == "begin" and len(self._fields) < 50:
            self._fields.append(("", False))
        elif kind == "separate" and self._fields:
            self._fields[-1] = (self._fields[-1][0], True)
        elif kind == "end" and self._fields:
            self._fields.pop()

    def _hidden(self, look: Look, text: str) -> HiddenReason | None:
        if look.is_vanished or look.is_unfilled:
            return HiddenReason.INVISIBLE
        if not any(c.isalnum() for c in text):
            return None
        ground = look.ground if look.ground is not None else self._ground
        return reason_of_type(size_pt=look.size_pt or 0.0, colour=look.colour, ground=ground)


def _is_prompt(element: Element) -> bool:
    return element.tag == f"{W}sdt" and element.find(f"{W}sdtPr/{W}showingPlcHdr") is not None


def _uri_of_field(code: str) -> str:
    """Yield the address in ``HYPERLINK "https://…"``; "" for every other field and for places in the document."""
    words = code.strip().split(None, 1)
    if len(words) < 2 or words[0].upper() != "HYPERLINK":
        return ""
    rest = words[1].strip()
    target = rest[1:].partition('"')[0] if rest.startswith('"') else rest.split()[0]
    return "" if target.startswith("\\") else target


def _symbol(code: str) -> str:
    """Yield a character of a symbol font: shapes have no letters, so they stand as bullets."""
    try:
        value = int(code, 16)
    except ValueError:
        return ""
    return "•" if 0xF000 <= value <= 0xF0FF or value < 32 or value > 0xFFFF else chr(value)
