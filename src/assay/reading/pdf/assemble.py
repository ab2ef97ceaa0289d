"""Lines in reading order to the text of a `Document` with the span and box of every line and word."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from assay.reading.model import Box, Line, Page, Word
from assay.reading.pdf.order import VisualLine
from assay.reading.pdf.placed import PlacedWord

_KEPT_HYPHEN = frozenset(
    [
        "self",
        "non",
        "co",
        "multi",
        "cross",
        "real",
        "end",
        "well",
        "high",
        "low",
        "open",
        "full",
        "front",
        "back",
        "long",
        "large",
        "user",
        "data",
        "state",
        "time",
        "ex",
        "pre",
        "post",
        "semi",
        "anti",
        "inter",
        "intra",
        "sub",
        "super",
        "ultra",
        "hands",
        "fine",
        "problem",
        "object",
        "client",
        "server",
        "machine",
        "cost",
        "energy",
        "deep",
        "short",
        "third",
        "first",
        "second",
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "many",
        "part",
        "cutting",
        "world",
        "award",
        "decision",
        "model",
        "e",
    ]
)


@dataclass(slots=True)
class Assembly:
    """The growing text and its positions; ``places`` maps a page and a pdfium character to a text offset."""

    parts: list[str] = field(default_factory=list)
    lines: list[Line] = field(default_factory=list)
    words: list[Word] = field(default_factory=list)
    spans: list[tuple[int, PlacedWord, int, int]] = field(default_factory=list)
    """(page, word, start, end) of each placed word."""
    length: int = 0

    def _append(self, text: str) -> None:
        self.parts.append(text)
        self.length += len(text)

    def add_page(self, *, index: int, page: Page, lines: Sequence[VisualLine]) -> None:
        """Append one page; a word broken at a line's end is put together on the line where it begins."""
        carried = 0
        for number, line in enumerate(lines):
            shown = [[word for word in segment.words if word.text] for segment in line]
            follower = _next_word(lines, number) if _is_broken(shown) else None
            self._add_line(index, page, shown, carried=carried, follower=follower)
            carried = 1 if follower is not None else 0

    def _add_line(
        self, index: int, page: Page, segments: list[list[PlacedWord]], *, carried: int, follower: PlacedWord | None
    ) -> None:
        words = [word for segment in segments for word in segment]
        start = self.length
        boxed = words
        for position, segment in enumerate(segments):
            rest = segment[carried:] if position == 0 else segment
            if position and self.length > start:
                self._append("\t")
            for number, word in enumerate(rest):
                if number:
                    self._append(" ")
                self._add_word(index, page, word, word.text)
        if follower is not None:
            last = words[-1].text
            if _keeps_hyphen(last, follower.text):
                self._append("-")
            self._add_word(index, page, follower, follower.text)
        if self.length > start:
            self._add_visual_line(index, page, start, boxed)
            self._append("\n")

    def _add_visual_line(self, index: int, page: Page, start: int, words: Sequence[PlacedWord]) -> None:
        letters = sum(len(word.text) for word in words) or 1
        bold = sum(len(word.text) for word in words if word.is_bold)
        line = Line(
            start=start,
            end=self.length,
            box=box_of(index=index, page=page, words=words),
            size_pt=round(max(word.size for word in words), 2),
            is_bold=bold > 0.8 * letters,
        )
        self.lines.append(line)

    def _add_word(self, index: int, page: Page, word: PlacedWord, text: str) -> None:
        start = self.length
        self._append(text)
        self.words.append(Word(start=start, end=self.length, box=_word_box(index, page, word), is_bold=word.is_bold))
        self.spans.append((index, word, start, self.length))


def _is_broken(segments: list[list[PlacedWord]]) -> bool:
    """Whether a line ends in the first half of a word."""
    last = segments[-1][-1] if segments and segments[-1] else None
    if last is None or len(last.text) < 2:
        return False
    return last.ends_in_break or (last.text[-1] == "-" and last.text[-2].isalpha())


def _next_word(lines: Sequence[VisualLine], number: int) -> PlacedWord | None:
    """Return the second half of a broken word: the first of the next line, if it begins in lower case."""
    if number + 1 >= len(lines):
        return None
    following = [word for word in lines[number + 1][0].words if word.text]
    first = following[0] if following else None
    last = [word for word in lines[number][-1].words if word.text][-1]
    if first is None or not first.text[0].islower() or len(following) + len(lines[number + 1]) < 2:
        return None
    if last.text.endswith("-"):
        last.text, last.ends_in_break = last.text[:-1], True
    return first


def _keeps_hyphen(first: str, second: str) -> bool:
    """Whether a word broken at a hyphen is a compound that keeps it ("real-time"), not a broken word."""
    head = first.rsplit("-", 1)[-1].strip("(\"'“").casefold()
    return head in _KEPT_HYPHEN or not head.isalpha() or not second[:1].isalpha()


def box_of(*, index: int, page: Page, words: Sequence[PlacedWord]) -> Box:
    """Return the box around some words of a page, clamped to it."""
    return Box(
        page=index,
        x0=_fraction(min(word.x0 for word in words), page.width_pt),
        y0=_fraction(min(word.y0 for word in words), page.height_pt),
        x1=_fraction(max(word.x1 for word in words), page.width_pt),
        y1=_fraction(max(word.y1 for word in words), page.height_pt),
    )


def _word_box(index: int, page: Page, word: PlacedWord) -> Box:
    """Return the box of one word, clamped to the page; called for every word, hence without helpers."""
    width, height, size = page.width_pt, page.height_pt, word.size
    x0, x1 = word.x0 / width, word.x1 / width
    y0, y1 = (word.baseline - 0.8 * size) / height, (word.baseline + 0.22 * size) / height
    if x0 < 0 or y0 < 0 or x1 > 1 or y1 > 1:
        return box_of(index=index, page=page, words=[word])
    return Box(page=index, x0=round(x0, 5), y0=round(y0, 5), x1=round(x1, 5), y1=round(y1, 5))


def _fraction(value: float, whole: float) -> float:
    return round(min(max(value / whole, 0.0), 1.0), 5)
