"""A section cut into its entries: head lines with a date, and the description under them."""

import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assay.reading.model import PartialDate, Period
from assay.reading.resume.lines import ResumeLine, is_sentence
from assay.reading.resume.vocabulary import DEGREE, DURATION, INSTITUTION

_APART = "|,;:()[]–—-•·‧/\t."
_BULLET_ONLY = re.compile(r"\s*\W?\s*")
_BETWEEN_FIELDS = re.compile(r"\s[|/–—•·]\s|\|")
_SUB_LABEL = re.compile(
    r"(?:(?:key |main |selected |major )?(?:highlights|responsibilit(?:y|ies)|achievements?|accomplishments|duties|"
    r"tasks|activities|contributions|results|projects|deliverables)|description|environment|technologies(?: used)?|"
    r"tech(?:nical)? stack|tools(?: used)?|skills(?: used)?|courses|coursework|keywords|aufgaben(?:gebiet|bereich)?|"
    r"tätigkeiten|erfolge|schwerpunkte|verantwortlichkeiten|technologien|missions?(?: principales)?|réalisations|"
    r"responsabilités|tâches|environnement technique|funciones|responsabilidades|tareas|logros|tecnologías|cursos)"
    r"\s*:?",
    re.IGNORECASE,
)
_LEAST_INDENT, _MOST_INDENT = 0.012, 0.08  # of the page's width
_LONGEST_HEAD = 5  # lines above or below the date


@dataclass(slots=True)
class Entry:
    """One entry: what heads it, what describes it, and the stretch of time it names first."""

    head: list[ResumeLine]
    body: list[ResumeLine] = field(default_factory=list)

    @property
    def start(self) -> int:
        """Where the entry begins in the document's text."""
        return self.head[0].start

    @property
    def end(self) -> int:
        """Where the entry ends in the document's text."""
        return (self.body or self.head)[-1].end

    @property
    def period(self) -> Period | None:
        """The fullest stretch of time in the head: a range before a single date."""
        periods = [period for line in self.head for period in line.periods]
        ranges = [p for p in periods if p.is_current or p.since != p.until]
        return next(iter(ranges), None) or _over_two_lines(self.head) or next(iter(periods), None)


def split_entries(*, lines: Sequence[ResumeLine]) -> list[Entry]:
    """Return the entries of a section in order; a section without dates is cut at what is set like a head."""
    is_body = _body_marks(lines)
    anchors = [i for i, line in enumerate(lines) if not is_body[i] and _has_own_date(line)]
    if not anchors:
        bullets = [i for i, line in enumerate(lines) if line.is_bullet and _has_own_date(line)]
        if bullets and not any(not marked for marked in is_body):
            return [Entry(head=[lines[a]], body=list(lines[a + 1 : b])) for a, b in _spans(bullets, len(lines))]
        return _without_dates(lines, is_body)
    anchors = _without_second_dates(lines, anchors)
    starts = _starts(lines, is_body, anchors)
    return [
        _entry(lines[a:b], is_body[a:b], anchor - a)
        for (a, b), anchor in zip(_spans(starts, len(lines)), anchors, strict=True)
    ]


def _over_two_lines(head: Sequence[ResumeLine]) -> Period | None:
    """Return the stretch between two dates that stand alone on two lines, the later one below or above."""
    for line, below in pairwise(head):
        if not (_is_bare_date(line) and _is_bare_date(below) and len(line.periods) == len(below.periods) == 1):
            continue
        first, last = sorted((line.periods[0], below.periods[0]), key=lambda p: p.since or PartialDate(year=0))
        if first.since is not None and last.until is not None and first.since < last.until:
            return Period(start=line.periods[0].start, end=below.periods[0].end, since=first.since, until=last.until)
    return None


def _spans(starts: Sequence[int], end: int) -> list[tuple[int, int]]:
    return list(zip(starts, [*starts[1:], end], strict=True))


def _has_own_date(line: ResumeLine) -> bool:
    """Whether a line names a date as the head of an entry does: a range, or a date set apart from the words."""
    for period in line.periods:
        before = line.text[: max(period.start - line.start, 0)].rstrip()
        after = line.text[period.end - line.start :].lstrip() if period.end <= line.end else ""
        before = "" if _BULLET_ONLY.fullmatch(before) else before
        is_range = period.is_current or period.since != period.until
        if is_range or (not before and not after):
            return True
        starts_apart = not before or before[-1] in _APART
        ends_apart = not after or after[0] in _APART
        if starts_apart and ends_apart:
            return True
        cell = next((c for c in line.cells if c.start <= period.start < c.end), None)
        if cell is not None and cell.end - cell.start <= period.end - period.start + 2:
            return True
    return False


def _has_range(line: ResumeLine) -> bool:
    return any(period.is_current or period.since != period.until for period in line.periods)


def _body_marks(lines: Sequence[ResumeLine]) -> list[bool]:
    """Say of each line whether it describes: a bullet, what follows one, or running text."""
    marks: list[bool] = []
    bullet_x = -1.0
    listed = _listed(lines)
    for index, line in enumerate(lines):
        previous = marks[-1] if marks else False
        if line.is_bullet or (index and _SUB_LABEL.fullmatch(line.text)):
            bullet_x = line.x0
            marks.append(True)
        elif index in listed:
            marks.append(True)
        elif is_sentence(line) or (line.words >= 9 and _is_plain(line)):
            marks.append(not (_has_own_date(line) and _words_beside_dates(line) < 16))
        elif previous and bullet_x >= 0 and line.x0 > bullet_x + 0.004:
            marks.append(not _has_range(line) or line.words > 12)
        elif previous and _continues(lines[index - 1], line):
            marks.append(True)
        else:
            bullet_x = -1.0 if not line.is_bullet else bullet_x
            marks.append(False)
    return marks


def _listed(lines: Sequence[ResumeLine]) -> set[int]:
    """Return the lines of lists whose signs were drawn and not written: plain, and set in from the heads above them."""
    heads = [_words_x0(line) for line in lines if _has_own_date(line) or line.starts_bold]
    edges = sorted(x for x in heads if x is not None)
    if not edges or not any(line.placed for line in lines):
        return set()
    usual = Counter(round(x, 3) for x in edges).most_common(1)[0][0]
    found = {
        index
        for index, line in enumerate(lines)
        if index
        and not line.is_bullet
        and _LEAST_INDENT < line.x0 - usual < _MOST_INDENT
        and len(line.cells) == 1
        and _is_plain(line)
        and not line.periods
        and line.words >= 2
    }
    shared = Counter(round(lines[index].x0, 2) for index in found)
    return {index for index in found if shared[round(lines[index].x0, 2)] >= 3}


def _words_x0(line: ResumeLine) -> float | None:
    """Return where the first word of a line stands that belongs to no date; None where there is none."""
    return next((w.box.x0 for w in line.placed if not any(p.start <= w.start < p.end for p in line.periods)), None)


def _is_plain(line: ResumeLine) -> bool:
    """Whether nothing about a line's type, words or cells speaks for the head of an entry."""
    if len(line.cells) > 1 or line.starts_bold or line.is_upper or line.is_heading:
        return False
    return not (_BETWEEN_FIELDS.search(line.text) or INSTITUTION.search(line.text) or DEGREE.match(line.text))


def _words_beside_dates(line: ResumeLine) -> int:
    return line.words - sum(line.text[p.start - line.start : p.end - line.start].count(" ") + 1 for p in line.periods)


def _continues(above: ResumeLine, line: ResumeLine) -> bool:
    """Whether a line carries on the sentence above it."""
    if line.is_bold != above.is_bold or line.gap > 0.8 or _has_own_date(line):
        return False
    return line.text[:1].islower() or (
        above.words >= 8 and not above.text.endswith((".", ":", ";", "!")) and line.text.endswith(".")
    )


def _without_second_dates(lines: Sequence[ResumeLine], anchors: list[int]) -> list[int]:
    """Drop a date that only adds to the line above it: no words of its own, or a single date under a range."""
    kept: list[int] = []
    for index in anchors:
        previous = kept[-1] if kept else None
        if (
            previous is not None
            and index == previous + 1
            and _is_bare_date(lines[index])
            and (not _is_bare_date(lines[previous]) or _over_two_lines(lines[previous : index + 1]) is not None)
        ):
            continue
        kept.append(index)
    return kept


def _is_bare_date(line: ResumeLine) -> bool:
    """Whether a line holds nothing but dates and lengths of time."""
    rest = line.text
    for period in reversed(line.periods):
        a, b = max(period.start - line.start, 0), max(period.end - line.start, 0)
        rest = rest[:a] + " " + rest[b:]
    rest = rest.strip(" \t()|,–—-•·:.")
    return not rest or bool(DURATION.match(rest))


def _starts(lines: Sequence[ResumeLine], is_body: Sequence[bool], anchors: Sequence[int]) -> list[int]:
    """Return where each entry begins: at or above its date, below the description of the entry before."""
    usual = _usual_rise(is_body, anchors)
    starts: list[int] = []
    for number, anchor in enumerate(anchors):
        floor = anchors[number - 1] + 1 if number else 0
        top = anchor
        while top > floor and not is_body[top - 1] and anchor - top < _LONGEST_HEAD:
            top -= 1
        starts.append(0 if number == 0 else _cut_between(lines, (top, anchor), usual, is_parted=top > floor))
    return starts


def _usual_rise(is_body: Sequence[bool], anchors: Sequence[int]) -> int:
    """Return how many head lines stand above the date in this section, judged where it is plain to see."""
    rises: Counter[int] = Counter()
    for number, anchor in enumerate(anchors):
        floor = anchors[number - 1] + 1 if number else 0
        top = anchor
        while top > floor and not is_body[top - 1]:
            top -= 1
        if (number == 0 and anchor - top <= 3) or (top > floor and anchor - top <= 3):
            rises[anchor - top] += 1
    return min(rises, key=lambda rise: (-rises[rise], rise)) if rises else 0


def _cut_between(lines: Sequence[ResumeLine], run: tuple[int, int], usual: int, *, is_parted: bool) -> int:
    """Return where an entry begins in the run of head lines up to its date: by gap, type and the usual distance.

    ``is_parted`` says that a description stands above the run, so that all of it is likely to be head.
    """
    floor, anchor = run
    gaps = {index: lines[index].gap for index in range(floor, anchor + 1)}
    typical = sorted(gaps.values())[len(gaps) // 2]
    first = lines[0]

    def score(index: int) -> float:
        line = lines[index]
        is_alike = (
            line.starts_bold == first.starts_bold
            and abs(line.size_pt - first.size_pt) < 0.3
            and line.is_upper == first.is_upper
        )
        widest = gaps[index] >= max(gaps.values()) - 0.02
        gap = (1.5 if widest else 0.0) if gaps[index] > typical + 0.12 else 0.0
        look = (0.8 if is_alike else 0.0) + (0.8 if is_parted and index == floor else 0.0)
        return gap + min(gaps[index] - typical, 1.0) + look - 0.7 * abs(anchor - usual - index)

    return max(range(floor, anchor + 1), key=score)


def _entry(lines: Sequence[ResumeLine], is_body: Sequence[bool], anchor: int) -> Entry:
    """Part an entry's lines into head and description: head lines end at the first line that describes."""
    end = anchor + 1
    while end < len(lines) and not is_body[end] and end - anchor <= _LONGEST_HEAD:
        end += 1
    return Entry(head=list(lines[:end]), body=list(lines[end:]))


def _without_dates(lines: Sequence[ResumeLine], is_body: Sequence[bool]) -> list[Entry]:
    """Cut where head lines follow description, or at gaps where nothing is described."""
    entries: list[Entry] = []
    for index, line in enumerate(lines):
        if is_body[index]:
            if entries:
                entries[-1].body.append(line)
            continue
        follows_body = index > 0 and is_body[index - 1]
        if not entries or follows_body or line.gap > 0.6:
            entries.append(Entry(head=[line]))
        else:
            entries[-1].head.append(line)
    return entries
