"""Sentences in visible text that speak to a machine instead of a reader."""

import re
from collections.abc import Iterator
from typing import NamedTuple

from assay.reading.hidden.phrases import phrases_by_head, template_marks

_PHRASES = phrases_by_head()
_MARKS = template_marks()
_WORD = re.compile(r"\w+")
_OPENINGS = '.!?([:"“'

_SENTENCE_END = re.compile(r"[.!?][\"'”’)]?(?=\s)|\n\s*\n|\n(?=\s*[•\-*–·▪])")
_MAX_REACH = 300


class Span(NamedTuple):
    """Half-open span of characters."""

    start: int
    end: int


def find_instructions(*, text: str) -> list[Span]:
    """Yield the sentences that tell a machine what to do with the document, in order, without overlap."""
    matches = [Span(*match.span()) for match in _MARKS.finditer(text)]
    for word in _WORD.finditer(text):
        matches.extend(_phrases_at(text, word.start()))
    found: list[Span] = []
    for match in sorted(matches):
        span = _sentence(text, match.start, match.end)
        if found and span.start < found[-1].end:
            found[-1] = Span(found[-1].start, max(span.end, found[-1].end))
        else:
            found.append(span)
    return found


def _phrases_at(text: str, at: int) -> Iterator[Span]:
    for phrase in _PHRASES.get(text[at : at + 2].lower(), ()):
        if phrase.begins and not _is_beginning(text, at):
            continue
        if match := phrase.pattern.match(text, at):
            yield Span(at, match.end())


def _is_beginning(text: str, at: int) -> bool:
    before = text[text.rfind("\n", 0, at) + 1 : at].strip(" \t•*-–—")
    return not before or before[-1] in _OPENINGS


def _sentence(text: str, start: int, end: int) -> Span:
    before = max(0, start - _MAX_REACH)
    ends = [match.end() for match in _SENTENCE_END.finditer(text, before, start)]
    first = ends[-1] if ends else before
    after = _SENTENCE_END.search(text, max(start, end - 1), min(len(text), end + _MAX_REACH))
    last = after.end() if after else min(len(text), end + _MAX_REACH)
    while first < start and text[first].isspace():
        first += 1
    while last > end and text[last - 1].isspace():
        last -= 1
    return Span(first, last)
