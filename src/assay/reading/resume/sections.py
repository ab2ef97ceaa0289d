"""A résumé cut into its parts, by the words of its headings and by how they are set."""

import re
from collections import Counter
from dataclasses import dataclass

from assay.reading.headings import heading_kind, heading_kind_by_keyword
from assay.reading.model import SectionKind
from assay.reading.resume.lines import ResumeLine, body_size

_RULE = re.compile(r"[\s_=~—–-]*[_=~—–-]{3,}\s*$")

_OPEN_PHRASE = re.compile(r"\s(?:of|in|and|for|the|de|del|la|des|du|der|für|und|et|en|y|&)$", re.IGNORECASE)


@dataclass(slots=True)
class Block:
    """A heading and the lines under it; ``heading`` is None for what stands above the first one."""

    kind: SectionKind
    heading: ResumeLine | None
    lines: list[ResumeLine]

    @property
    def start(self) -> int:
        """Where the block begins, heading included."""
        return self.heading.start if self.heading is not None else self.lines[0].start

    @property
    def end(self) -> int:
        """Where the block ends."""
        return self.lines[-1].end if self.lines else (self.heading.end if self.heading is not None else 0)


@dataclass(frozen=True, slots=True)
class _Look:
    """How a line is set, as far as headings of one document share it."""

    size: float
    is_bold: bool
    is_upper: bool


def split_sections(*, lines: list[ResumeLine]) -> list[Block]:
    """Return the blocks in order; the first is the header, whose kind is ``CONTACT``."""
    body = body_size(lines=lines)
    kinds = _known_headings(lines, body)
    looks = Counter(_look(lines[i]) for i in kinds)
    for index, line in enumerate(lines):
        if index not in kinds and _looks_like_heading(line, looks, body, index):
            kinds[index] = heading_kind_by_keyword(text=line.text) or SectionKind.OTHER
    for index, kind in _wrapped_headings(lines, looks).items():
        kinds.setdefault(index, kind)
    blocks = [Block(kind=SectionKind.CONTACT, heading=None, lines=[])]
    for index, line in enumerate(lines):
        if index in kinds:
            blocks.append(Block(kind=kinds[index], heading=line, lines=[]))
        else:
            blocks[-1].lines.append(line)
    return [block for block in blocks if block.heading is not None or block.lines]


def _wrapped_headings(lines: list[ResumeLine], looks: Counter[_Look]) -> dict[int, SectionKind]:
    """Return headings of a narrow column that go over two lines, by their first line."""
    found: dict[int, SectionKind] = {}
    for index in range(len(lines) - 1):
        line, rest = lines[index], lines[index + 1]
        if _look(line) == _look(rest) and looks[_look(line)] and max(line.words, rest.words) <= 3:
            kind = heading_kind(text=f"{line.text} {rest.text}")
            if kind is not None:
                found[index] = kind
    return found


def heading_words(line: ResumeLine) -> str:
    """Return a line's text without drawn rules and counters around it."""
    text = _RULE.sub("", line.text)
    return re.sub(r"^(?:\d{1,2}[.)]|[IVX]{1,4}[.)]|#+|\W+)\s+", "", text).strip(" :|-–—_.")


def _known_headings(lines: list[ResumeLine], body: float) -> dict[int, SectionKind]:
    """Return the lines that are headings by their words: set apart if any are, else all that stand alone."""
    candidates: dict[int, SectionKind] = {}
    for index, line in enumerate(lines):
        if len(line.cells) != 1 or line.words > 6 or (line.is_bullet and not line.is_heading):
            continue
        if index and _OPEN_PHRASE.search(lines[index - 1].text) and not line.is_heading:
            continue  # "College of", and "Technology" below it
        kind = heading_kind(text=heading_words(line))
        if kind is not None and line.text[:1].upper() == line.text[:1]:
            candidates[index] = kind
    styled = {i: kind for i, kind in candidates.items() if _is_set_apart(lines[i], body)}
    if len(styled) >= 2:
        shared = Counter(_look(lines[i]) for i in styled)
        common = {look for look, count in shared.items() if count > 1} or set(shared)
        return {i: kind for i, kind in styled.items() if any(_matches(_look(lines[i]), look) for look in common)}
    return candidates


def _matches(look: _Look, common: _Look) -> bool:
    """Whether a line is set apart at least as much as headings are ("Tools" inside a list of skills is not)."""
    return look.size >= 0.9 * common.size and look.is_bold >= common.is_bold and look.is_upper >= common.is_upper


def _is_set_apart(line: ResumeLine, body: float) -> bool:
    return line.is_heading or line.is_bold or line.is_upper or line.size_pt > 1.04 * body


def _look(line: ResumeLine) -> _Look:
    return _Look(size=round(line.size_pt * 2) / 2, is_bold=line.is_bold, is_upper=line.is_upper)


def _looks_like_heading(line: ResumeLine, looks: Counter[_Look], body: float, index: int) -> bool:
    """Whether an unknown line is set as the document's headings are and as nothing else would be."""
    look = _look(line)
    if index < 2 or looks[look] < 2 or len(line.cells) != 1 or not 1 <= line.words <= 5 or line.is_bullet:
        return False
    if any(char.isdigit() for char in line.text) or "," in line.text or "@" in line.text or line.periods:
        return False
    return (look.size > 1.12 * body > 0) or (look.is_upper and (look.is_bold or look.size > 1.04 * body > 0))
