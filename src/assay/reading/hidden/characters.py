"""Characters without ink: taken out of the text, with every span moved along."""

import re
from bisect import bisect_left
from collections.abc import Sequence

import msgspec

from assay.reading.model import Document, Hidden, HiddenReason, Line, Link, Notice, Word

_TYPOGRAPHIC = "\u00ad\ufe0e\ufe0f\ufeff"
"""Soft hyphens, emoji selectors, byte-order marks: every word processor leaves them, nobody need be told."""
_NOTED = "\u061c\u180e\u200b-\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\U000e0100-\U000e01ef"
_TAGS = "\U000e0000-\U000e007f"
_CONTROLS = "\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f"
_INKLESS = re.compile(f"[{_TYPOGRAPHIC}{_NOTED}{_TAGS}{_CONTROLS}]")
_IS_NOTED = re.compile(f"[{_NOTED}{_TAGS}]")
_TAG_RUN = re.compile(f"[{_TAGS}]+")
_JOINERS = "\u200c\u200d"
_MAY_JOIN = 0x0590
"""From Hebrew on, scripts and emoji use joiners as letters; between Latin letters they say nothing."""


def strip_inkless(*, document: Document) -> Document:
    """Yield the document without zero-width, bidi, tag and control characters, with a notice where there were any.

    Letters written in Unicode tags (an alphabet that no font shows) are listed as hidden words.
    """
    cuts = [m.start() for m in _INKLESS.finditer(document.text) if not _is_needed(document.text, m.start())]
    if not cuts:
        return document
    smuggled = [_untagged(match.group()) for match in _TAG_RUN.finditer(document.text)]
    hidden = tuple(Hidden(text=text, reason=HiddenReason.INVISIBLE) for text in smuggled if text.strip())
    count = sum(1 for at in cuts if _IS_NOTED.match(document.text[at]))
    message = f"{count} characters without ink (zero-width or text-direction marks) were taken out of the text."
    notice = (Notice(code="inkless_characters", message=message),) if count else ()
    moved = _moved(document, cuts)
    return msgspec.structs.replace(moved, hidden=moved.hidden + hidden, notices=moved.notices + notice)


def _is_needed(text: str, at: int) -> bool:
    if text[at] not in _JOINERS:
        return False
    around = text[max(0, at - 1) : at] + text[at + 1 : at + 2]
    return any(ord(c) >= _MAY_JOIN and c not in _JOINERS for c in around)


def _untagged(run: str) -> str:
    return "".join(chr(ord(c) - 0xE0000) for c in run if 0xE0020 <= ord(c) <= 0xE007E)


def _moved(document: Document, cuts: Sequence[int]) -> Document:
    def to(offset: int) -> int:
        return offset - bisect_left(cuts, offset)

    removed = set(cuts)
    text = "".join(c for at, c in enumerate(document.text) if at not in removed)
    lines = tuple(msgspec.structs.replace(line, start=to(line.start), end=to(line.end)) for line in document.lines)
    words = tuple(Word(start=to(w.start), end=to(w.end), box=w.box) for w in document.words)
    links = tuple(Link(uri=link.uri, start=to(link.start), end=to(link.end)) for link in document.links)
    hidden = tuple(
        h if h.start is None or h.end is None else msgspec.structs.replace(h, start=to(h.start), end=to(h.end))
        for h in document.hidden
    )
    return msgspec.structs.replace(
        document,
        text=text,
        lines=tuple(line for line in lines if _has_ink(line)),
        words=tuple(word for word in words if word.end > word.start),
        links=links,
        hidden=hidden,
    )


def _has_ink(line: Line) -> bool:
    return line.end > line.start
