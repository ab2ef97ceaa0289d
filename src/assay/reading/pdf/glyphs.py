"""What single glyphs stand for: icons, bullets, ligatures, marks without width."""

import re
import unicodedata

_FORCE_BOLD_FLAG = 1 << 18
_BOLD_NAME = re.compile(
    r"bold|black|heavy|semib|demi|[-_,.]bd|[-_,.]b$|medi(?!um)|extrab|(?:^|\+)(?:cmbx|sfbx|ecbx|ptmb|phvb|cmssbx|sfsx)",
    re.IGNORECASE,
)
_ICON_FONT = re.compile(
    r"awesome|marvosym|fontello|icomoon|ionicon|academicon|material.?(?:icon|symbol)|fontmfizz|simpleicons|bbding"
    r"|(?:^|\+)fa[-_]?(?:brands|solid|regular)|entypo|glyphicon",
    re.IGNORECASE,
)
_SYMBOL_FONT = re.compile(r"symbol|wingdings|webdings|dingbats", re.IGNORECASE)
_PRIVATE = re.compile("[\ue000-\uf8ff\U000f0000-\U0010ffff]")
_INVISIBLE = re.compile("[\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufeff\u00ad]")
_LIGATURE = re.compile("[\ufb00-\ufb06]")


def is_bold_font(name: str, flags: int) -> bool:
    """Whether a font is bold, by its PostScript name or its descriptor flags."""
    return bool(_BOLD_NAME.search(name)) or bool(flags & _FORCE_BOLD_FLAG)


def is_icon_font(name: str) -> bool:
    """Whether a font draws pictures only, so that its letters mean nothing."""
    return bool(_ICON_FONT.search(name))


def shown_text(*, text: str, font: str) -> str:
    """Return what a reader sees: no icons, symbol bullets named, ligatures and accents composed (NFC)."""
    if text.isascii() and not _SYMBOL_FONT.search(font):
        return text
    if _SYMBOL_FONT.search(font) and len(text) == 1:
        return "•"
    text = _INVISIBLE.sub("", _PRIVATE.sub("", text))
    text = _LIGATURE.sub(lambda match: unicodedata.normalize("NFKC", match.group()), text)
    return unicodedata.normalize("NFC", text)
