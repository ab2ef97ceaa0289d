"""RTF bytes to tokens: groups, control words, characters. Binary data is stepped over unseen."""

import re
from collections.abc import Iterator
from enum import Enum
from typing import NamedTuple

_TOKEN = re.compile(
    rb"(?P<open>\{)|(?P<close>\})"
    rb"|\\(?P<word>[a-zA-Z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9a-fA-F]{2})"
    rb"|\\(?P<symbol>[^a-zA-Z])"
    rb"|(?P<break>[\r\n]+)"
    rb"|(?P<text>[^\\{}\r\n]+)"
    rb"|(?P<stray>\\)",
    re.DOTALL,
)


class TokenKind(Enum):
    """What a token is."""

    OPEN = "open"
    CLOSE = "close"
    WORD = "word"
    SYMBOL = "symbol"
    BYTES = "bytes"


class Token(NamedTuple):
    """A control word with its number, a symbol, or characters in the current code page."""

    kind: TokenKind
    word: str = ""
    number: int | None = None
    data: bytes = b""


def rtf_tokens(*, data: bytes) -> Iterator[Token]:
    """Yield the tokens of an RTF file."""
    at = 0
    while match := _TOKEN.match(data, at):
        at = match.end()
        kind = match.lastgroup
        if kind == "open":
            yield Token(TokenKind.OPEN)
        elif kind == "close":
            yield Token(TokenKind.CLOSE)
        elif kind in {"word", "number"}:
            word = match.group("word").decode("ascii")
            number = int(match.group("number")) if match.group("number") else None
            if word == "bin":
                at += max(0, number or 0)
            else:
                yield Token(TokenKind.WORD, word, number)
        elif kind == "hex":
            yield Token(TokenKind.BYTES, data=bytes([int(match.group("hex"), 16)]))
        elif kind == "symbol":
            yield Token(TokenKind.SYMBOL, match.group("symbol").decode("latin-1"))
        elif kind == "text":
            yield Token(TokenKind.BYTES, data=match.group("text"))
