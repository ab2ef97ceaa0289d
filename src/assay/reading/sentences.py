"""The sentence or bullet around a place in a text: what is shown as a quote, and how far a cue word reaches."""

import re
from bisect import bisect_right
from typing import NamedTuple

_BULLET = re.compile(r"\s*(?:[•◦▪‣●○■□➢➤✓✔▸►∙⁃*·–—-]|\d{1,2}[.)]|o(?=\s))\s+")
_SENTENCE_END = re.compile(r"(?<=[.!?])[\"”’)]?\s+(?=[\"“„(]?[A-ZÄÖÜÉÈÀÁÍÓÚÑ¿¡0-9])")
_ABBREVIATION = re.compile(
    r"(?:\b(?:e\.g|i\.e|etc|incl|approx|vs|no|nr|dr|prof|mr|mrs|ms|st|ph\.d|m\.sc|b\.sc|inc|ltd|co|z\.\s?b|bzw|ca"
    r"|d\.\s?h|u\.\s?a|inkl|usw|ggf|p\. ?ej|min|max|fig|al|sr|jr)|\b[A-Z])\.$",
    re.IGNORECASE,
)
_CARRIES_ON = re.compile(
    r"(?:[,&/–-]|\b(?:and|or|the|an?|of|in|with|to|for|on|by|using|und|oder|mit|der|die|das|für|et|ou|de|y|o|con))$",
    re.IGNORECASE,
)
_ABBREVIATION_CHARS = 12
_LONG_LINE = 60  # characters; a line at least so long may have been broken by the layout and not by the writer


class Quote(NamedTuple):
    """A half-open span of characters without blanks at its ends."""

    start: int
    end: int


class Sentences:
    """The sentences and bullets of a text, in order."""

    def __init__(self, text: str) -> None:
        self._text = text
        self.quotes = tuple(quote for block in _blocks(text) for quote in _split(text, block))
        self._starts = [quote.start for quote in self.quotes]

    def around(self, *, start: int, end: int) -> Quote:
        """Yield the sentence or bullet that holds ``[start, end)``; the span itself where none does."""
        at = bisect_right(self._starts, start) - 1
        if at < 0 or self.quotes[at].end <= start:
            return Quote(start, end)
        return Quote(self.quotes[at].start, max(end, self.quotes[at].end))


def _blocks(text: str) -> list[Quote]:
    """Yield paragraphs and bullets: lines that a layout broke are joined, lines that a writer broke are not."""
    blocks: list[Quote] = []
    offset = 0
    previous = ""
    is_in_bullet = False
    for line in text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        content = line.strip()
        if content and previous and _continues(previous, line, is_in_bullet=is_in_bullet):
            blocks[-1] = Quote(blocks[-1].start, start + len(line.rstrip()))
        elif content:
            bullet = _BULLET.match(line)
            is_in_bullet = bullet is not None
            begin = bullet.end() if bullet else len(line) - len(line.lstrip())
            if begin < len(line.rstrip()):
                blocks.append(Quote(start + begin, start + len(line.rstrip())))
            else:
                content = ""
        previous = content
    return blocks


def _continues(previous: str, line: str, *, is_in_bullet: bool) -> bool:
    content = line.strip()
    if _BULLET.match(line) or previous.endswith((".", "!", "?", ":", ";")):
        return False
    if _CARRIES_ON.search(previous):
        return True
    if is_in_bullet and content[0].islower():
        # Whoever marks their lines has marked each one: a line without a mark is the rest of the one above.
        return True
    return len(previous) >= _LONG_LINE and (content[0].islower() or content[0].isdigit() or "," in previous[-40:])


def _split(text: str, block: Quote) -> list[Quote]:
    quotes: list[Quote] = []
    start = block.start
    for match in _SENTENCE_END.finditer(text, block.start, block.end):
        if _ABBREVIATION.search(text[max(start, match.start() - _ABBREVIATION_CHARS) : match.start()]):
            continue
        quotes.append(_trimmed(text, start, match.start()))
        start = match.end()
    quotes.append(_trimmed(text, start, block.end))
    return [quote for quote in quotes if quote.start < quote.end]


def _trimmed(text: str, start: int, end: int) -> Quote:
    words = text[start:end]
    return Quote(start + len(words) - len(words.lstrip()), end - (len(words) - len(words.rstrip())))
