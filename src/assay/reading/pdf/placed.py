"""A word with its place and its type: the unit that layout works on."""

from dataclasses import dataclass


@dataclass(slots=True)
class PlacedWord:
    """A word on a page in points, origin at the top left; ``text`` is empty for an icon glyph."""

    text: str
    x0: float
    x1: float
    baseline: float
    size: float
    is_bold: bool = False
    is_upright: bool = True
    ends_in_break: bool = False
    """True where a hyphen at the end of the line cut the word in two."""
    font: str = ""
    first_char: int = 0
    last_char: int = 0
    """Character indexes (inclusive) in pdfium's text page."""

    @property
    def y0(self) -> float:
        """Top of the word's body, about the ascender height."""
        return self.baseline - 0.8 * self.size

    @property
    def y1(self) -> float:
        """Bottom of the word's body, about the descender depth."""
        return self.baseline + 0.22 * self.size
