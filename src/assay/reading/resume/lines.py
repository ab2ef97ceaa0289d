"""The lines of a document with what tells head lines from bullets and running text."""

import re
from bisect import bisect_left, bisect_right
from collections import Counter
from dataclasses import dataclass, field

from assay.reading.dates import find_periods
from assay.reading.model import Document, Line, Period, Word

_BULLET = re.compile(r"^\s*(?:[•◦‣▪▫■□●○◆◇▶►▸⁃∙·✓✔➢➤❖»→]\s*|[*o–—-]\s+)(?=\S)")
_BLANK = r"(?:(?:19|20)(?:XX|xx|\dX|\dx|YY)|YYYY)"
_BLANK_MONTH = r"(?:(?:[Mm]onth|[Mm]onat|[Mm]ois|[Mm]es|MM|[A-Z][a-zû]{2,8}\.?|\d\d)\s?[ ./-]\s?)?"
_CURRENT = r"(?:[Pp]resent|PRESENT|[Oo]ngoing|[Cc]urrent|[Nn]ow|[Hh]eute)"
_BLANK_DATE = re.compile(
    rf"(?<![\w-]){_BLANK_MONTH}{_BLANK}(?:\s*(?:[-–—]|to|bis)+\s*(?:{_BLANK_MONTH}{_BLANK}|{_CURRENT}))?(?!\w)"
    r"|(?<!\w)[Yy]ear\s*[-–—]+\s*[Yy]ear(?!\w)"
)  # dates left open, as in a template that was filled in only in part
_SENTENCE_END = re.compile(r"[a-zà-ÿ0-9)%][.;!]$")


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a line that stands apart from the rest; offsets into the document's text."""

    start: int
    end: int
    text: str


@dataclass(slots=True)
class ResumeLine:
    """One line: where it stands, how it is set, what dates it names."""

    start: int
    end: int
    text: str
    cells: tuple[Cell, ...]
    is_bullet: bool
    x0: float
    """Left edge as a fraction of the page; leading blanks / 100 where the format has no boxes."""
    size_pt: float
    is_bold: bool
    is_heading: bool
    gap: float
    """Space above in line heights: about 0 inside a paragraph, larger between blocks; blank lines count 1 each."""
    page: int
    x1: float = 0.0
    """Right edge as a fraction of the page; 0 where the format has no boxes."""
    bottom: float = 0.0
    """Lower edge as a fraction of the page."""
    periods: list[Period] = field(default_factory=list)
    placed: tuple[Word, ...] = ()

    @property
    def starts_bold(self) -> bool:
        """Whether its first word is bold."""
        return self.placed[0].is_bold if self.placed else self.is_bold

    @property
    def is_upper(self) -> bool:
        """Whether all its letters are capitals."""
        return self.text.isupper()

    @property
    def words(self) -> int:
        """Number of words."""
        return len(self.text.split())


def read_lines(*, document: Document) -> list[ResumeLine]:
    """Return the lines that hold text, in reading order."""
    known = {line.start: line for line in document.lines}
    starts = sorted(known)
    words = document.words
    word_starts = [word.start for word in words]
    found: list[ResumeLine] = []
    offset, blanks = 0, 0
    for raw in document.text.split("\n"):
        start, end = offset, offset + len(raw)
        offset = end + 1
        if not raw.strip():
            blanks += 1
            continue
        at = bisect_left(starts, start)
        line = known[starts[at]] if at < len(starts) and starts[at] < end else None
        inside = words[bisect_left(word_starts, start) : bisect_right(word_starts, end - 1)]
        gap = _gap(line, found[-1] if found else None, blanks)
        found.append(_line(raw, start, line, inside, gap))
        blanks = 0
    _find_dates(document.text, found)
    return found


def body_size(*, lines: list[ResumeLine]) -> float:
    """Return the type size that most of the text is set in; 0 where the format knows no sizes."""
    sizes: Counter[float] = Counter()
    for line in lines:
        sizes[round(line.size_pt * 2) / 2] += len(line.text)
    return sizes.most_common(1)[0][0] if sizes else 0.0


def is_sentence(line: ResumeLine) -> bool:
    """Whether a line is running text rather than the head of an entry."""
    if line.words >= 14:
        return True
    return line.words >= 6 and bool(_SENTENCE_END.search(line.text)) and not line.periods and len(line.cells) == 1


def _line(raw: str, start: int, line: Line | None, words: tuple[Word, ...], gap: float) -> ResumeLine:
    text = raw.strip()
    left = start + len(raw) - len(raw.lstrip())
    box = line.box if line is not None else None
    bullet = _BULLET.match(raw)
    return ResumeLine(
        start=left,
        end=left + len(text),
        text=text,
        cells=tuple(_cells(text, left)),
        is_bullet=bullet is not None,
        x0=box.x0 if box is not None else (len(raw) - len(raw.lstrip(" "))) / 100,
        size_pt=line.size_pt if line is not None else 0.0,
        is_bold=line.is_bold if line is not None else False,
        is_heading=line.is_heading if line is not None else False,
        gap=gap,
        page=box.page if box is not None else 0,
        x1=box.x1 if box is not None else 0.0,
        bottom=box.y1 if box is not None else 0.0,
        placed=words,
    )


def _gap(line: Line | None, previous: ResumeLine | None, blanks: int) -> float:
    if previous is None or line is None or line.box is None:
        return float(blanks)
    height = line.box.y1 - line.box.y0
    if previous.page != line.box.page or line.box.y0 < previous.bottom - 2 * height:
        return 1.0  # a new page or column
    return max((line.box.y0 - previous.bottom) / height, 0.0) if height > 0 else 0.0


def _cells(text: str, start: int) -> list[Cell]:
    cells: list[Cell] = []
    for match in re.finditer(r"[^\t]+", text):
        inner = match.group().strip()
        if inner:
            left = start + match.start() + len(match.group()) - len(match.group().lstrip())
            cells.append(Cell(left, left + len(inner), inner))
    return cells


def _find_dates(text: str, lines: list[ResumeLine]) -> None:
    """Give each line the periods that begin on it; a range may end on the next line of a narrow column."""
    periods = find_periods(text=text)
    for match in _BLANK_DATE.finditer(text):
        if not any(period.start < match.end() and match.start() < period.end for period in periods):
            periods.append(Period(start=match.start(), end=match.end()))
    starts = [line.start for line in lines]
    for period in periods:
        at = bisect_right(starts, period.start) - 1
        if at >= 0:
            lines[at].periods.append(period)
