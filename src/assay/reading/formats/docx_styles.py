"""Styles of a DOCX: what a paragraph or run inherits, from its style, that style's base, and the defaults."""

from collections.abc import Mapping
from typing import NamedTuple
from xml.etree.ElementTree import Element

from assay.reading.hidden.colours import WHITE, Colour, parse_colour

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
W14 = "{http://schemas.microsoft.com/office/word/2010/wordml}"
_PAGE_COLOURS = {"background1", "light1", "bg1", "lt1"}
"""What themes call the colour of the page."""
MAX_BASES = 20
"""Styles build on each other; a circle ends here."""


class Look(NamedTuple):
    """How words are set, as far as it is stated; None where it is not."""

    is_vanished: bool | None = None
    is_bold: bool | None = None
    size_pt: float | None = None
    colour: Colour | None = None
    ground: Colour | None = None
    is_unfilled: bool | None = None

    def over(self, base: "Look") -> "Look":
        """Yield this look where it says something, the base where it does not."""
        unstated = {name: getattr(base, name) for name, value in self._asdict().items() if value is None}
        return self._replace(**unstated)


class ParagraphStyle(NamedTuple):
    """What a paragraph style decides: its look, whether it is a heading, whether it is a list."""

    look: Look = Look()
    outline_level: int | None = None
    is_list: bool = False


class Styles:
    """The styles part, resolved on demand."""

    def __init__(self, root: Element | None) -> None:
        self._elements: dict[str, Element] = {}
        self._cache: dict[str, ParagraphStyle] = {}
        self._default_id = ""
        defaults = Look()
        for style in () if root is None else root.findall(f"{W}style"):
            identity = style.get(f"{W}styleId", "")
            self._elements[identity] = style
            if style.get(f"{W}type") == "paragraph" and style.get(f"{W}default") in {"1", "true", "on"}:
                self._default_id = identity
        if root is not None:
            defaults = look_of(properties=root.find(f"{W}docDefaults/{W}rPrDefault/{W}rPr"))
        self._defaults = defaults

    def paragraph(self, style_id: str | None) -> ParagraphStyle:
        """Yield the paragraph style with its bases and the document's defaults."""
        found = self._resolved(style_id or self._default_id)
        return found._replace(look=found.look.over(self._defaults))

    def character(self, style_id: str) -> Look:
        """Yield what a character style adds."""
        return self._resolved(style_id).look

    def has_shading(self, style_id: str | None) -> bool:
        """Say whether a table style, or a style under it, paints a ground anywhere."""
        return any(
            is_painted(shading) for element in self._chain(style_id or "") for shading in element.iter(f"{W}shd")
        )

    def _chain(self, style_id: str) -> list[Element]:
        chain: list[Element] = []
        while style_id in self._elements and len(chain) < MAX_BASES:
            chain.append(self._elements[style_id])
            style_id = value_of(parent=chain[-1], tag="basedOn") or ""
        return chain

    def _resolved(self, style_id: str) -> ParagraphStyle:
        if style_id not in self._cache:
            style = ParagraphStyle()
            for element in reversed(self._chain(style_id)):
                style = _style_over(element, style)
            self._cache[style_id] = style
        return self._cache[style_id]


def _style_over(element: Element, base: ParagraphStyle) -> ParagraphStyle:
    look = look_of(properties=element.find(f"{W}rPr")).over(base.look)
    properties = element.find(f"{W}pPr")
    level = outline_level_of(properties=properties)
    name = (value_of(parent=element, tag="name") or "").lower()
    if level is None and name.startswith("heading "):
        level = 0
    number = None if properties is None else properties.find(f"{W}numPr")
    is_list = base.is_list if number is None else is_numbered(number=number)
    shading = None if properties is None else ground_of(parent=properties)
    if shading is not None and look.ground is None:
        look = look._replace(ground=shading)
    return ParagraphStyle(look, base.outline_level if level is None else level, is_list)


def value_of(*, parent: Element, tag: str) -> str | None:
    """Yield ``w:val`` of a child; None where there is no such child."""
    child = parent.find(f"{W}{tag}")
    return None if child is None else child.get(f"{W}val", "")


def outline_level_of(*, properties: Element | None) -> int | None:
    """Yield the outline level, 0 to 8; 9 is body text. None where it is not stated."""
    text = None if properties is None else value_of(parent=properties, tag="outlineLvl")
    return int(text) if text is not None and text.isdigit() else None


def is_numbered(*, number: Element) -> bool:
    """Say whether ``w:numPr`` puts the paragraph in a list; list 0 takes it out of one."""
    return value_of(parent=number, tag="numId") not in {None, "0"}


def look_of(*, properties: Element | None) -> Look:
    """Yield what run properties state."""
    if properties is None:
        return Look()
    size = value_of(parent=properties, tag="sz")
    fill = properties.find(f"{W14}textFill")
    return Look(
        is_vanished=_switch(properties, "vanish", "webHidden"),
        is_bold=_switch(properties, "b"),
        size_pt=int(size) / 2 if size is not None and size.isdigit() else None,
        colour=_fill_of(fill) or _colour_of(properties),
        ground=ground_of(parent=properties),
        is_unfilled=None if fill is None else fill.find(f"{W14}noFill") is not None,
    )


def _colour_of(properties: Element) -> Colour | None:
    """Yield the stated colour; a name of the theme counts where no colour stands beside it."""
    element = properties.find(f"{W}color")
    if element is None:
        return None
    stated = element.get(f"{W}val", "")
    is_shaded = f"{W}themeShade" in element.attrib  # darker than the theme's colour by an unknown amount
    if stated in {"", "auto"} and element.get(f"{W}themeColor") in _PAGE_COLOURS:
        return None if is_shaded else WHITE
    return Colour(0, 0, 0) if stated == "auto" else parse_colour(text=stated)


def _fill_of(fill: Element | None) -> Colour | None:
    """Yield the plain colour of a text fill, which newer programs paint in place of the colour; None for others."""
    if fill is None:
        return None
    plain = fill.find(f"{W14}solidFill/{W14}srgbClr")
    if plain is not None:
        return parse_colour(text=plain.get(f"{W14}val", ""))
    named = fill.find(f"{W14}solidFill/{W14}schemeClr")
    return WHITE if named is not None and named.get(f"{W14}val") in _PAGE_COLOURS else None


def ground_of(*, parent: Element) -> Colour | None:
    """Yield the colour of shading or highlight; None where there is none or it is not a plain colour."""
    highlight = value_of(parent=parent, tag="highlight")
    if highlight and highlight != "none":
        return parse_colour(text=highlight) or Colour(255, 255, 0)
    shading = parent.find(f"{W}shd")
    return None if shading is None else parse_colour(text=shading.get(f"{W}fill", ""))


def is_painted(shading: Element) -> bool:
    """Say whether ``w:shd`` puts any colour or pattern behind the words."""
    attributes: Mapping[str, str] = shading.attrib
    has_fill = attributes.get(f"{W}fill", "auto") not in {"auto", "FFFFFF", "ffffff"}
    return has_fill or attributes.get(f"{W}val", "clear") not in {"clear", "nil"} or f"{W}themeFill" in attributes


def _switch(properties: Element, *tags: str) -> bool | None:
    for tag in tags:
        value = value_of(parent=properties, tag=tag)
        if value is not None:
            return value not in {"0", "false", "off"}
    return None
