"""When two stated colours are one to a reader; shared by the formats that name their colours."""

from typing import NamedTuple

from assay.reading.model import HiddenReason

TINY_PT = 2.5
COLOUR_STEP = 26


class Colour(NamedTuple):
    """A colour, 0 to 255 a channel."""

    red: int
    green: int
    blue: int


WHITE = Colour(255, 255, 255)
_NAMED = {
    "white": WHITE,
    "black": Colour(0, 0, 0),
    "snow": Colour(255, 250, 250),
    "ivory": Colour(255, 255, 240),
    "whitesmoke": Colour(245, 245, 245),
    "ghostwhite": Colour(248, 248, 255),
    "red": Colour(255, 0, 0),
    "green": Colour(0, 128, 0),
    "blue": Colour(0, 0, 255),
    "navy": Colour(0, 0, 128),
    "gray": Colour(128, 128, 128),
    "grey": Colour(128, 128, 128),
    "yellow": Colour(255, 255, 0),
    "cyan": Colour(0, 255, 255),
    "magenta": Colour(255, 0, 255),
    "lightgray": Colour(211, 211, 211),
    "lightgrey": Colour(211, 211, 211),
    "silver": Colour(192, 192, 192),
}


def parse_colour(*, text: str) -> Colour | None:
    """Yield the colour of ``RRGGBB``, ``#rgb``, ``#rrggbb``, ``rgb(…)`` or a common name; None for anything else."""
    word = text.strip().lower()
    if word in _NAMED:
        return _NAMED[word]
    if word.startswith("rgb"):
        return _from_function(word)
    digits = word.removeprefix("#")
    if len(digits) == 3:
        digits = "".join(2 * digit for digit in digits)
    if len(digits) != 6 or not all(c in "0123456789abcdef" for c in digits):
        return None
    return Colour(int(digits[:2], 16), int(digits[2:4], 16), int(digits[4:], 16))


def _from_function(word: str) -> Colour | None:
    inside = word.partition("(")[2].partition(")")[0].replace("/", ",").replace(" ", ",")
    parts = [part for part in inside.split(",") if part]
    try:
        red, green, blue = (min(255, max(0, round(float(part)))) for part in parts[:3])
    except ValueError:
        return None
    return Colour(red, green, blue)


def is_one_colour(*, first: Colour, second: Colour) -> bool:
    """Say whether a reader cannot tell the two apart (contrast ratio under about 1.26)."""
    return max(abs(a - b) for a, b in zip(first, second, strict=True)) < COLOUR_STEP


def reason_of_type(*, size_pt: float, colour: Colour | None, ground: Colour | None) -> HiddenReason | None:
    """Yield why words set so cannot be read; 0 points and None for a colour mean "not stated" and hide nothing."""
    if 0 < size_pt < TINY_PT:
        return HiddenReason.TINY
    if colour is not None and ground is not None and is_one_colour(first=colour, second=ground):
        return HiddenReason.LOW_CONTRAST
    return None
