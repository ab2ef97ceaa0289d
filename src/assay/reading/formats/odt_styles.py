"""Styles of an ODT: colours, sizes and what is switched off, inherited along the parent styles."""

from typing import NamedTuple
from xml.etree.ElementTree import Element

from assay.reading.hidden.colours import WHITE, Colour, parse_colour, reason_of_type
from assay.reading.model import HiddenReason

STYLE = "{urn:oasis:names:tc:opendocument:xmlns:style:1.0}"
FO = "{urn:oasis:names:tc:opendocument:xmlns:xsl-fo-compatible:1.0}"
TEXT = "{urn:oasis:names:tc:opendocument:xmlns:text:1.0}"
MAX_PARENTS = 20


class OdtLook(NamedTuple):
    """How words are set. ``ground`` is None where a frame, cell or picture decides."""

    colour: Colour | None = None
    ground: Colour | None = WHITE
    size_pt: float = 0.0
    is_bold: bool = False
    is_off: bool = False

    def reason(self) -> HiddenReason | None:
        """Yield why words of this look cannot be read."""
        if self.is_off:
            return HiddenReason.INVISIBLE
        return reason_of_type(size_pt=self.size_pt, colour=self.colour, ground=self.ground)


class OdtStyles:
    """All named and automatic styles of a document."""

    def __init__(self, *roots: Element | None) -> None:
        self._elements: dict[tuple[str, str], Element] = {}
        for root in roots:
            for element in () if root is None else root.iter(f"{STYLE}style"):
                family = element.get(f"{STYLE}family", "")
                self._elements[family, element.get(f"{STYLE}name", "")] = element

    def look(self, *, family: str, name: str, base: OdtLook) -> OdtLook:
        """Yield the look of text in a style, over what surrounds it."""
        look = base
        for element in reversed(self._chain(family, name)):
            look = _over(element, look)
        return look

    def is_painted(self, *, family: str, name: str) -> bool:
        """Say whether a cell, table or frame of this style has a ground of its own."""
        for element in self._chain(family, name):
            for properties in element:
                colour = properties.get(f"{FO}background-color", "transparent")
                if colour not in {"transparent", "#ffffff"} or properties.find(f"{STYLE}background-image") is not None:
                    return True
        return False

    def _chain(self, family: str, name: str) -> list[Element]:
        chain: list[Element] = []
        while (family, name) in self._elements and len(chain) < MAX_PARENTS:
            chain.append(self._elements[family, name])
            name = chain[-1].get(f"{STYLE}parent-style-name", "")
        return chain


def _over(element: Element, base: OdtLook) -> OdtLook:
    look = base
    for properties in element:
        if properties.tag == f"{STYLE}text-properties":
            look = _text_over(properties, look)
        elif properties.tag == f"{STYLE}paragraph-properties":
            look = look._replace(ground=_ground(properties, look.ground))
    return look


def _text_over(properties: Element, look: OdtLook) -> OdtLook:
    colour = parse_colour(text=properties.get(f"{FO}color", ""))
    if properties.get(f"{STYLE}use-window-font-color") == "true":
        colour = Colour(0, 0, 0)
    display = properties.get(f"{TEXT}display")
    weight = properties.get(f"{FO}font-weight")
    return OdtLook(
        colour=colour or look.colour,
        ground=_ground(properties, look.ground),
        size_pt=_size(properties.get(f"{FO}font-size", ""), look.size_pt),
        is_bold=look.is_bold if weight is None else weight in {"bold", "600", "700", "800", "900"},
        is_off=look.is_off if display is None else display == "none",
    )


def _ground(properties: Element, base: Colour | None) -> Colour | None:
    return parse_colour(text=properties.get(f"{FO}background-color", "")) or base


def _size(text: str, base_pt: float) -> float:
    try:
        if text.endswith("pt"):
            return float(text[:-2])
        if text.endswith("%"):
            return base_pt * float(text[:-1]) / 100
    except ValueError:
        return base_pt
    return base_pt
