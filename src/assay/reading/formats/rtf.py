"""RTF: our own reader over the tokens, with an explicit stack of groups, so that depth cannot exhaust Python's."""

from collections.abc import Callable
from typing import NamedTuple

from assay.reading.errors import UnreadableCode, UnreadableError
from assay.reading.formats.builder import DocumentBuilder, Paragraph, Run
from assay.reading.formats.rtf_tables import RtfFonts, RtfPalette
from assay.reading.formats.rtf_tokens import Token, TokenKind, rtf_tokens
from assay.reading.formats.tables import join_row
from assay.reading.hidden.colours import WHITE, Colour, reason_of_type
from assay.reading.model import Document, HiddenReason

MEDIA_TYPE = "application/rtf"
MAX_DEPTH = 1_000
MAX_TOKENS = 3_000_000
_SKIPPED = frozenset(
    (
        *("stylesheet", "info", "pict", "object", "objdata", "themedata", "datastore", "colorschememapping"),
        *("latentstyles", "listtable", "listoverridetable", "rsidtbl", "generator", "xmlnstbl", "revtbl", "fontemb"),
        *("bkmkstart", "bkmkend", "filetbl", "atnid", "atnauthor", "annotation", "template", "falt", "panose"),
        *("private", "operator", "userprops", "mmathPr", "nonshppict", "sp", "upr", "shpgrp", "background"),
    )
)
_KNOWN_STARRED = frozenset(("fldinst", "shpinst", "shptxt", "ud", "pn", "shppict_text"))
_CHARACTERS = {
    "tab": "\t",
    "line": "\n",
    "softline": "\n",
    "emdash": "—",
    "endash": "–",
    "bullet": "•",
    "lquote": "‘",
    "rquote": "’",
    "ldblquote": "“",
    "rdblquote": "”",
    "emspace": " ",
    "enspace": " ",
    "qmspace": " ",
}
_SYMBOLS = {"~": "\u00a0", "_": "‑", "-": "", "{": "{", "}": "}", "\\": "\\", "\t": "\t"}
_ENDS_PARAGRAPH = frozenset(("par", "sect", "page", "column"))


class _State(NamedTuple):
    """What a group inherits and what it may change for itself."""

    destination: str = "body"
    font: int = 0
    colour: int = 0
    ground: int | None = None
    size_half_pt: int = 24
    is_bold: bool = False
    is_hidden: bool = False
    is_deleted: bool = False
    is_heading: bool = False
    skip_after_unicode: int = 1


def read_rtf(*, data: bytes) -> Document:
    """Yield the text of an RTF file: header, body, footnotes, footer.

    Raises
    ------
    UnreadableError
        The file nests or repeats beyond any document.
    """
    reader = _Reader()
    for count, token in enumerate(rtf_tokens(data=data)):
        if count > MAX_TOKENS:
            raise _bomb()
        reader.take(token)
    return reader.document()


def _bomb() -> UnreadableError:
    message = "The RTF file is nested or repeats far beyond any document; save it again as DOCX or PDF."
    return UnreadableError(code=UnreadableCode.BOMB, message=message)


class _Reader:
    """Takes token after token; paragraphs gather by where they belong."""

    def __init__(self) -> None:
        self._state = _State()
        self._stack: list[_State] = []
        self._runs: dict[str, list[Run]] = {}
        self._cells: list[list[Paragraph]] = [[]]
        self._paragraphs: dict[str, list[Paragraph]] = {}
        self._fonts = RtfFonts()
        self._palette = RtfPalette()
        self._bytes = b""
        self._to_skip = 0
        self._is_starred = False
        self._uris: list[tuple[int, str]] = []
        self._instruction = ""
        self._in_table = False
        self._surrogate = 0

    def document(self) -> Document:
        self._end_paragraph()
        self._end_row()
        builder = DocumentBuilder()
        for place in ("header", "body", "footnote", "footer"):
            builder.add_all(self._paragraphs.get(place, []))
        return builder.build(media_type=MEDIA_TYPE)

    def take(self, token: Token) -> None:
        if token.kind is TokenKind.BYTES:
            self._take_bytes(token.data)
            return
        if token.kind is TokenKind.WORD and token.word == "u" and token.number is not None:
            self._take_unicode(token.number)
            return
        self._flush()
        if token.kind is TokenKind.OPEN:
            self._open()
        elif token.kind is TokenKind.CLOSE:
            self._close()
        elif token.kind is TokenKind.SYMBOL:
            self._take_symbol(token.word)
        else:
            self._take_word(token.word, token.number)

    def _open(self) -> None:
        if len(self._stack) >= MAX_DEPTH:
            raise _bomb()
        self._stack.append(self._state)
        self._is_starred = False
        self._to_skip = 0

    def _close(self) -> None:
        if self._state.destination == "fldinst" and (not self._stack or self._stack[-1].destination != "fldinst"):
            self._uris.append((len(self._stack) - 1, _uri(self._instruction)))
            self._instruction = ""
        if self._state.destination == "footnote" and self._stack and self._stack[-1].destination != "footnote":
            self._end_paragraph()
        if self._stack:
            self._state = self._stack.pop()
        while self._uris and self._uris[-1][0] > len(self._stack):
            self._uris.pop()
        self._to_skip = 0

    def _take_symbol(self, symbol: str) -> None:
        if symbol == "*":
            self._is_starred = True
        elif symbol in "\r\n":
            self._end_paragraph()
        else:
            self._emit(_SYMBOLS.get(symbol, ""))

    def _take_bytes(self, data: bytes) -> None:
        if self._to_skip:
            skipped = min(self._to_skip, len(data))
            data, self._to_skip = data[skipped:], self._to_skip - skipped
        self._bytes += data

    def _take_unicode(self, number: int) -> None:
        self._flush()
        code = number + 0x10000 if number < 0 else number
        self._to_skip = self._state.skip_after_unicode
        if 0xD800 <= code < 0xDC00:
            self._surrogate = code
        elif 0xDC00 <= code < 0xE000:
            if self._surrogate:
                self._emit(chr(0x10000 + ((self._surrogate - 0xD800) << 10) + code - 0xDC00))
            self._surrogate = 0
        elif 0 < code <= 0x10FFFF:
            # Symbol fonts number their signs from U+F000; the bullet is the one that résumés use.
            self._emit("•" if 0xF000 <= code <= 0xF0FF else chr(code))

    def _flush(self) -> None:
        data, self._bytes = self._bytes, b""
        if data:
            self._emit(self._fonts.decode(data=data, font=self._state.font))

    def _take_word(self, word: str, number: int | None) -> None:
        is_starred, self._is_starred = self._is_starred, False
        if self._opens_destination(word, is_starred=is_starred):
            return
        if self._state.destination == "fonttbl":
            self._fonts.take(word=word, number=number)
        elif self._state.destination == "colortbl":
            self._palette.take(word=word, number=number)
        elif word in _CHARACTERS:
            self._emit(_CHARACTERS[word])
        elif word in _ENDS_PARAGRAPH:
            self._end_paragraph()
        elif word in {"cell", "nestcell"}:
            self._end_paragraph()
            self._cells.append([])
        elif word in {"row", "nestrow"}:
            self._end_row()
        elif word in {"ansicpg", "mac", "pc", "pca"}:
            self._fonts.take_code_page(word=word, number=number)
        else:
            self._state = _changed(self._state, word, number)
            self._in_table = (self._in_table and word != "pard") or word == "intbl"

    def _opens_destination(self, word: str, *, is_starred: bool) -> bool:
        place = _DESTINATIONS.get(word)
        if word in _SKIPPED or (is_starred and word not in _KNOWN_STARRED):
            place = "skip"
        if place is None:
            return False
        if self._state.destination != "skip":
            if place == "box":
                place = "body"
            self._state = self._state._replace(destination=place)
        return True

    def _emit(self, text: str) -> None:
        place = self._state.destination
        if not text or place == "skip" or self._state.is_deleted:
            return
        if place == "fonttbl":
            return
        if place == "colortbl":
            self._palette.end_entries(count=text.count(";"))
        elif place == "fldinst":
            self._instruction = (self._instruction + text)[:4_000]
        elif place == "pntext":
            # The list's mark, whatever it is: numbers, letters and bullets all say "an item begins".
            runs = self._runs.setdefault("body", [])
            if not runs:
                runs.append(Run("• "))
        else:
            self._runs.setdefault(place, []).append(self._run(text))

    def _run(self, text: str) -> Run:
        state = self._state
        uri = self._uris[-1][1] if self._uris else ""
        return Run(text, uri, state.is_bold, state.size_half_pt / 2, self._hidden(text))

    def _hidden(self, text: str) -> HiddenReason | None:
        if self._state.is_hidden:
            return HiddenReason.INVISIBLE
        if not any(c.isalnum() for c in text):
            return None
        # Cell shading is set per row before its cells are known: inside a table the ground is not judged.
        ground: Colour | None = None if self._in_table else WHITE
        if self._state.ground is not None:
            ground = self._palette.colour(self._state.ground)
        colour = self._palette.colour(self._state.colour)
        return reason_of_type(size_pt=self._state.size_half_pt / 2, colour=colour, ground=ground)

    def _end_paragraph(self) -> None:
        place = self._state.destination if self._state.destination in _PLACES else "body"
        runs = self._runs.pop(place, [])
        paragraph = Paragraph(tuple(runs), is_heading=self._state.is_heading)
        if place == "body" and (self._in_table or len(self._cells) > 1):
            self._cells[-1].append(paragraph)
        else:
            self._paragraphs.setdefault(place, []).append(paragraph)

    def _end_row(self) -> None:
        cells, self._cells = self._cells, [[]]
        if any(cells):
            from_cells = join_row(cells=cells)
            self._paragraphs.setdefault("body", []).extend(from_cells)


_PLACES = frozenset(("body", "header", "footer", "footnote"))
_DESTINATIONS = {
    "fonttbl": "fonttbl",
    "colortbl": "colortbl",
    "fldinst": "fldinst",
    "pntext": "pntext",
    "listtext": "pntext",
    "footnote": "footnote",
    "shptxt": "box",
    **dict.fromkeys(("header", "headerl", "headerr", "headerf"), "header"),
    **dict.fromkeys(("footer", "footerl", "footerr", "footerf"), "footer"),
}


def _changed(state: _State, word: str, number: int | None) -> _State:
    change = _CHANGES.get(word)
    return state if change is None else change(state, number)


def _flag(number: int | None) -> bool:
    return number != 0


_CHANGES: dict[str, Callable[[_State, int | None], _State]] = {
    "f": lambda s, n: s._replace(font=n or 0),
    "cf": lambda s, n: s._replace(colour=n or 0),
    "cb": lambda s, n: s._replace(ground=n or None),
    "highlight": lambda s, n: s._replace(ground=n or None),
    "chcbpat": lambda s, n: s._replace(ground=n or None),
    "cbpat": lambda s, n: s._replace(ground=n or None),
    "fs": lambda s, n: s._replace(size_half_pt=n if n is not None else 24),
    "b": lambda s, n: s._replace(is_bold=_flag(n)),
    "v": lambda s, n: s._replace(is_hidden=_flag(n)),
    "webhidden": lambda s, n: s._replace(is_hidden=_flag(n)),
    "deleted": lambda s, n: s._replace(is_deleted=_flag(n)),
    "uc": lambda s, n: s._replace(skip_after_unicode=max(0, min(n if n is not None else 1, 20))),
    "outlinelevel": lambda s, n: s._replace(is_heading=n is not None and 0 <= n < 9),
    "pard": lambda s, _: s._replace(is_heading=False, ground=None),
    "plain": lambda s, _: _State(
        destination=s.destination, is_heading=s.is_heading, skip_after_unicode=s.skip_after_unicode
    ),
}


def _uri(instruction: str) -> str:
    words = instruction.strip().split(None, 1)
    if len(words) < 2 or words[0].upper() != "HYPERLINK":
        return ""
    rest = words[1].strip()
    target = rest[1:].partition('"')[0] if rest.startswith('"') else rest.split()[0]
    return "" if target.startswith("\\") else target
