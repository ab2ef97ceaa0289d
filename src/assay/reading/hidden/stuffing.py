"""Visible blocks of keywords far beyond what a person writes to be read."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence

from assay.reading.hidden.instructions import Span

MAX_TERMS = 120
"""Terms in one list. The longest honest skills block among the files measured has about 60."""
REPEAT_FROM = 25
MAX_REPEATED = 0.6
"""From `REPEAT_FROM` terms on, a list with fewer different ones than this share repeats itself."""
WINDOW = 40
MAX_IN_WINDOW = 12
MAX_DIFFERENT = 0.5
_SEPARATOR = re.compile(r"[,;|•·▪‣\t]|\s[/–-]\s")
_TERM_WORDS = 4
_WORD = re.compile(r"[^\W\d_][\w+#.-]*")


def find_stuffing(*, text: str) -> list[Span]:
    """Yield the spans of keyword stuffing, in order, without overlap.

    Two marks: a list of more than `MAX_TERMS` short terms or one that repeats its terms, and a stretch of words in
    which one word makes up more than `MAX_IN_WINDOW` of `WINDOW`.
    """
    spans = sorted([*_long_lists(text), *_repeated_words(text)])
    merged: list[Span] = []
    for span in spans:
        if merged and span.start <= merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return merged


def _long_lists(text: str) -> Iterator[Span]:
    block: list[Span] = []
    terms: list[str] = []
    for line in (*_lines(text), Span(len(text), len(text))):
        found = _terms(text[line.start : line.end])
        if found:
            block.append(line)
            terms.extend(found)
            continue
        if _is_stuffed(terms):
            yield Span(block[0].start, block[-1].end)
        block, terms = [], []


def _lines(text: str) -> Iterator[Span]:
    at = 0
    for line in text.split("\n"):
        yield Span(at, at + len(line))
        at += len(line) + 1


def _terms(line: str) -> list[str]:
    """Yield the terms of a line that is a list; nothing for prose, which parts the block."""
    pieces = [piece.strip(" .:()").lower() for piece in _SEPARATOR.split(line)]
    pieces = [piece for piece in pieces if piece]
    short = [piece for piece in pieces if len(piece.split()) <= _TERM_WORDS and any(c.isalpha() for c in piece)]
    return short if len(pieces) >= 4 and len(short) >= 0.75 * len(pieces) else []


def _is_stuffed(terms: Sequence[str]) -> bool:
    if len(terms) > MAX_TERMS:
        return True
    return len(terms) >= REPEAT_FROM and len(set(terms)) <= MAX_REPEATED * len(terms)


def _repeated_words(text: str) -> Iterator[Span]:
    words = [(match.group().lower(), match.start(), match.end()) for match in _WORD.finditer(text)]
    counts: Counter[str] = Counter()
    for index, (word, _, end) in enumerate(words):
        counts[word] += 1
        if index >= WINDOW:
            leaving = words[index - WINDOW][0]
            counts[leaving] -= 1
            if not counts[leaving]:
                del counts[leaving]
        # Only the word that has just come in can have crossed the limit.
        if len(word) > 1 and counts[word] > MAX_IN_WINDOW and len(counts) <= MAX_DIFFERENT * WINDOW:
            yield Span(words[max(0, index - WINDOW + 1)][1], end)
