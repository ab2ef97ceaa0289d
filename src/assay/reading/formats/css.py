"""As much of CSS as it takes to know what a page hides: simple selectors, a dozen properties."""

import re
from collections.abc import Mapping
from typing import NamedTuple

from assay.reading.hidden.colours import WHITE, Colour, is_one_colour, parse_colour
from assay.reading.model import HiddenReason

MAX_RULES = 5_000
_COMMENT = re.compile(r"/\*.*?(?:\*/|\Z)", re.DOTALL)
_SELECTOR = re.compile(r"(?P<tag>[a-zA-Z][\w-]*|\*)?(?P<rest>(?:[.#][\w-]+)*)")
_LENGTH = re.compile(r"(-?\d*\.?\d+)\s*(px|pt|em|rem|%|vw|vh|cm|mm|in)?")
_POINTS = {"px": 0.75, "pt": 1.0, "em": 12.0, "rem": 12.0, "%": 0.12, "cm": 28.35, "mm": 2.835, "in": 72.0}
_FAR_PT = 300.0


class Style(NamedTuple):
    """What an element passes on to its children."""

    colour: Colour = Colour(0, 0, 0)
    ground: Colour | None = WHITE
    """None where a picture or gradient lies behind: then no colour can be called hidden."""
    size_pt: float = 12.0
    is_bold: bool = False
    hidden: HiddenReason | None = None


class Stylesheet:
    """The rules of a page, by tag, class and id; the last one wins."""

    def __init__(self) -> None:
        self._rules: dict[str, dict[str, str]] = {}

    def add(self, text: str) -> None:
        """Take in the text of a ``<style>`` element; at-rules (print, media queries) are left aside."""
        for selectors, body in _rules(_COMMENT.sub("", text)):
            declared = declarations(text=body)
            for selector in selectors.split(","):
                key = selector.strip()
                if key and _SELECTOR.fullmatch(key) and len(self._rules) < MAX_RULES:
                    self._rules.setdefault(key, {}).update(declared)

    def declared(self, *, tag: str, attributes: Mapping[str, str]) -> dict[str, str]:
        """Yield what the rules and the element's own ``style`` say of it."""
        found: dict[str, str] = {}
        classes = attributes.get("class", "").split()
        identity = attributes.get("id", "")
        keys = ["*", tag, *(f".{c}" for c in classes), *(f"{tag}.{c}" for c in classes)]
        for key in (*keys, f"#{identity}", f"{tag}#{identity}"):
            found.update(self._rules.get(key, {}))
        if "style" in attributes:
            found.update(declarations(text=attributes["style"]))
        return found


def _rules(text: str) -> list[tuple[str, str]]:
    found: list[tuple[str, str]] = []
    at = 0
    while (opening := text.find("{", at)) >= 0 and len(found) < MAX_RULES:
        selectors = text[at:opening].rpartition(";")[2].strip()
        if selectors.startswith("@"):
            at = _end_of_block(text, opening)
            continue
        closing = text.find("}", opening)
        closing = len(text) if closing < 0 else closing
        found.append((selectors, text[opening + 1 : closing]))
        at = closing + 1
    return found


def _end_of_block(text: str, opening: int) -> int:
    depth = 0
    for match in re.compile(r"[{}]").finditer(text, opening):
        depth += 1 if match.group() == "{" else -1
        if depth == 0:
            return match.end()
    return len(text)


def declarations(*, text: str) -> dict[str, str]:
    """Yield the properties of a ``style`` attribute, names and values in lower case."""
    found = {}
    for part in text.split(";"):
        name, colon, value = part.partition(":")
        if colon:
            found[name.strip().lower()] = value.replace("!important", "").strip().lower()
    return found


def child_style(*, parent: Style, declared: Mapping[str, str]) -> Style:
    """Yield the style of an element from its parent's and what is declared for it."""
    if not declared:
        return parent
    colour = parent.colour
    hidden = parent.hidden or _hidden_outright(declared)
    if "color" in declared:
        if declared["color"] in {"transparent", "rgba(0,0,0,0)", "rgba(0, 0, 0, 0)"}:
            hidden = hidden or HiddenReason.INVISIBLE
        colour = parse_colour(text=declared["color"]) or colour
    ground = _ground(parent.ground, declared)
    size_pt = _size(parent.size_pt, declared.get("font-size", ""))
    weight = declared.get("font-weight", "")
    is_bold = parent.is_bold if not weight else weight in {"bold", "bolder", "600", "700", "800", "900"}
    return Style(colour=colour, ground=ground, size_pt=size_pt, is_bold=is_bold, hidden=hidden)


def reason_to_hide(*, style: Style) -> HiddenReason | None:
    """Yield why text of this style cannot be read."""
    if style.hidden is not None:
        return style.hidden
    if style.size_pt < 2.5:
        return HiddenReason.TINY
    if style.ground is not None and is_one_colour(first=style.colour, second=style.ground):
        return HiddenReason.LOW_CONTRAST
    return None


def _hidden_outright(declared: Mapping[str, str]) -> HiddenReason | None:
    if declared.get("display") == "none" or declared.get("visibility") in {"hidden", "collapse"}:
        return HiddenReason.INVISIBLE
    if _number(declared.get("opacity", "1")) < 0.1 or _is_clipped_away(declared):
        return HiddenReason.INVISIBLE
    is_placed = declared.get("position") in {"absolute", "fixed", "relative"}
    offsets = [declared.get(side, "") for side in ("left", "top", "right", "bottom") if is_placed]
    offsets += [declared.get("text-indent", ""), declared.get("margin-left", ""), declared.get("margin-top", "")]
    if any(_points(offset) < -_FAR_PT for offset in offsets if offset):
        return HiddenReason.OFF_PAGE
    return None


def _is_clipped_away(declared: Mapping[str, str]) -> bool:
    clip = declared.get("clip", "").replace(" ", "") + declared.get("clip-path", "").replace(" ", "")
    if clip.startswith(("rect(0,0,0,0)", "rect(0000)", "rect(1px,1px,1px,1px)", "inset(50%)", "inset(100%)")):
        return True
    if declared.get("overflow") not in {"hidden", "clip"}:
        return False
    sides = [declared[side] for side in ("width", "height", "max-height", "max-width") if side in declared]
    return any(_LENGTH.fullmatch(side) and _points(side) <= 1 for side in sides)


def _ground(parent: Colour | None, declared: Mapping[str, str]) -> Colour | None:
    value = declared.get("background-color") or declared.get("background") or ""
    if "background-image" in declared or "url(" in value or "gradient(" in value:
        return None
    if not value or value in {"none", "transparent", "inherit", "initial"}:
        return parent
    # A value that is not understood ("var(--x)") may be any colour: then nothing is called hidden.
    return parse_colour(text=value) or parse_colour(text=value.split()[0])


def _size(parent_pt: float, value: str) -> float:
    match = _LENGTH.fullmatch(value)
    if match is None:
        return parent_pt
    number, unit = float(match.group(1)), match.group(2) or ("pt" if float(match.group(1)) == 0 else "")
    if unit in {"em", "%"}:
        return parent_pt * number / (1.0 if unit == "em" else 100.0)
    return number * _POINTS[unit] if unit in _POINTS else parent_pt


def _points(value: str) -> float:
    match = _LENGTH.fullmatch(value)
    return float(match.group(1)) * _POINTS.get(match.group(2) or "px", 1.0) if match else 0.0


def _number(value: str) -> float:
    match = _LENGTH.fullmatch(value)
    if match is None:
        return 1.0
    return float(match.group(1)) / (100.0 if match.group(2) == "%" else 1.0)
