"""The font and colour tables of an RTF file: which code page a byte is in, which colour a number means."""

import codecs

from assay.reading.hidden.colours import Colour

MAX_ENTRIES = 5_000
_CODE_PAGES = {"mac": "mac_roman", "pc": "cp437", "pca": "cp850"}
_CHARSETS = {
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "gbk",
    136: "big5",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    255: "cp437",
}
_SYMBOL_CHARSET = 2


class RtfFonts:
    """Decodes bytes by the character set of the font they are set in."""

    def __init__(self) -> None:
        self._default = "cp1252"
        self._encodings: dict[int, str] = {}
        self._current = 0

    def take_code_page(self, *, word: str, number: int | None) -> None:
        """Take the code page of the file; one that Python does not know leaves cp1252."""
        name = _CODE_PAGES.get(word, "utf-8" if number == 65001 else f"cp{number or 1252}")
        try:
            codecs.lookup(name)
        except LookupError:
            return
        self._default = name

    def take(self, *, word: str, number: int | None) -> None:
        """Take a control word of the font table."""
        if word == "f":
            self._current = number or 0
        elif word == "fcharset" and len(self._encodings) < MAX_ENTRIES:
            if number == _SYMBOL_CHARSET:
                self._encodings[self._current] = "symbol"
            elif number in _CHARSETS:
                self._encodings[self._current] = _CHARSETS[number]

    def decode(self, *, data: bytes, font: int) -> str:
        """Yield the characters; signs of symbol fonts stand as bullets, they are no letters."""
        encoding = self._encodings.get(font, self._default)
        if encoding == "symbol":
            return "".join("•" if byte > 0x7F else chr(byte) for byte in data)
        return data.decode(encoding, errors="replace")


class RtfPalette:
    """The colour table; entry 0 is usually empty and means "automatic"."""

    def __init__(self) -> None:
        self._colours: list[Colour | None] = []
        self._parts: dict[str, int] = {}

    def take(self, *, word: str, number: int | None) -> None:
        """Take a control word of the colour table."""
        if word in {"red", "green", "blue"}:
            self._parts[word] = max(0, min(255, number or 0))

    def end_entries(self, *, count: int) -> None:
        """End as many entries as there were semicolons."""
        for _ in range(min(count, MAX_ENTRIES - len(self._colours))):
            parts, self._parts = self._parts, {}
            colour = Colour(parts.get("red", 0), parts.get("green", 0), parts.get("blue", 0)) if parts else None
            self._colours.append(colour)

    def colour(self, number: int) -> Colour | None:
        """Yield the colour; None for "automatic" and for numbers the table lacks."""
        return self._colours[number] if 0 <= number < len(self._colours) else None
