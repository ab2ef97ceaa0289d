"""Skills as a résumé lists them: its own groups and the words in them, nothing looked up."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from assay.reading.headings import heading_kind
from assay.reading.model import Document, Found, SectionKind, SkillGroup, Word
from assay.reading.resume.lines import ResumeLine, body_size
from assay.reading.resume.sections import Block

_LEAD = re.compile(r"^\s*(?:[•◦‣▪▫■□●○◆◇▶►▸⁃∙·✓✔➢➤❖»→]\s*|[*o–—-]\s+)+")
_APART = re.compile(r"\s*[,;|¦،、，•·‧∙⋅▪◆◦]\s*|\s+/\s+(?=\S)|\t+|\s+[–—]\s+|\s{3,}")
_WRITTEN_APART = re.compile(r"[,;|•·،]|\s/\s")
_LISTED = re.compile(r"[,;|•·]")
_LABEL = re.compile(r"^(?P<label>[^:\t]{2,45}?)\s*[:：]\s*(?P<rest>.*)$", re.DOTALL)
_BARS = re.compile(r"[\s(\[]*(?:[●○◉◌⬤★☆✩✭▮▯■□▰▱◼◻*•·⚫⚪]{2,}|\d{1,3}\s?%|\d{1,2}\s?/\s?(?:5|10))[\s)\]]*$")
_LEVEL_WORDS = (
    "expert|expertise|advanced|advanced user|intermediate|upper intermediate|beginner|basic|basics|basic knowledge|"
    "proficient|proficiency|fluent|novice|master|competent|familiar|working knowledge|good|very good|excellent|strong|"
    "experte|expertin|fortgeschritten|sehr gut|gut|grundkenntnisse|grundlagen|kenntnisse|gute kenntnisse|"
    "sehr gute kenntnisse|avancé|confirmé|intermédiaire|débutant|notions|maîtrise|bonne maîtrise|courant|"
    "avanzado|intermedio|básico|experto|nivel alto|nivel medio|alto|medio|bajo|nivel básico"
)
_LEVEL = re.compile(rf"(?:{_LEVEL_WORDS})", re.IGNORECASE)
_LEVEL_BEHIND = re.compile(
    rf"\s*(?:\(\s*(?:{_LEVEL_WORDS})\s*\)|[:–—-]\s+(?:{_LEVEL_WORDS})|\(\s*\d{{1,2}}\+?\s*[^\W\d_]{{1,7}}\.?\s*\))\s*$",
    re.IGNORECASE,
)
_LONGEST = 8  # words of one skill; more is running text
_PILL_GAP_EM = 0.62  # a space between words is about .25 to .35 em, between pills at least padding and margin


@dataclass(slots=True)
class _Group:
    label: Found | None
    keywords: list[Found] = field(default_factory=list)


def read_skill_groups(*, blocks: Sequence[Block], document: Document) -> list[SkillGroup]:
    """Return the groups of all skill sections in order; what stands under no label makes a group without a name."""
    groups: list[_Group] = []
    for block in blocks:
        if block.kind is SectionKind.SKILLS and block.lines:
            groups += _groups_of(block.lines, document)
    seen: set[str] = set()
    found: list[SkillGroup] = []
    for group in groups:
        kept = []
        for keyword in group.keywords:
            if keyword.value.casefold() not in seen:
                seen.add(keyword.value.casefold())
                kept.append(keyword)
        if kept:
            found.append(SkillGroup(name=group.label, keywords=tuple(kept)))
    return found


def _groups_of(lines: Sequence[ResumeLine], document: Document) -> list[_Group]:
    groups = [_Group(label=None)]
    is_other = False  # under a label of something else, such as the languages that a person speaks
    carried = False
    for index, line in enumerate(lines):
        label, begin = _label_of(lines, index, document.text)
        if label is not None:
            is_other = heading_kind(text=label.value) in {SectionKind.LANGUAGES, SectionKind.INTERESTS}
            groups.append(_Group(label=label))
        if not is_other and begin < line.end:
            pieces = list(_keywords(line, begin, document))
            if carried and label is None and pieces and groups[-1].keywords:
                last = groups[-1].keywords.pop()
                pieces[0] = _found(document.text, last.start, pieces[0].end)
            groups[-1].keywords += pieces
        carried = not is_other and _is_carried(lines, index, document.text)
    return groups


def _label_of(lines: Sequence[ResumeLine], index: int, text: str) -> tuple[Found | None, int]:
    """Return the label that a line begins with or is, and where what it labels begins."""
    line = lines[index]
    lead = _LEAD.match(text[line.start : line.end])
    begin = line.start + (lead.end() if lead else 0)
    match = _LABEL.match(text[begin : line.end])
    if (
        match is not None
        and not _LEVEL.fullmatch(match["rest"].strip())
        and not _APART.search(match["label"].strip("& "))
    ):
        return _found(text, begin, begin + match.end("label")), begin + match.start("rest")
    if len(line.cells) == 2 and _heads_a_row(line, text):
        first, second = line.cells
        return _found(text, begin, first.end), second.start
    if _stands_above(lines, index):
        return _found(text, begin, line.end), line.end
    return None, begin


def _heads_a_row(line: ResumeLine, text: str) -> bool:
    """Whether the first of two cells names what the second lists."""
    first, second = line.cells
    lists = _LISTED.search(text[second.start : second.end]) and not _LISTED.search(text[first.start : first.end])
    return bool(lists) or (line.starts_bold and not line.is_bold)


def _stands_above(lines: Sequence[ResumeLine], index: int) -> bool:
    """Whether a line set apart by its type heads the plainer lines below it."""
    line = lines[index]
    if index + 1 >= len(lines) or len(line.cells) != 1 or line.words > 6 or line.is_bullet:
        return False
    below, body = lines[index + 1], body_size(lines=list(lines))
    is_larger = line.size_pt > 1.08 * max(below.size_pt, 1.0) and line.size_pt > body > 0
    is_bolder = line.is_bold and not below.starts_bold
    return (is_larger or is_bolder or (line.is_heading and not below.is_heading)) and "," not in line.text


def _keywords(line: ResumeLine, begin: int, document: Document) -> Iterator[Found]:
    text = document.text
    for start, end in _pieces(line, begin, document):
        at = end
        shown = text[start:end]
        for pattern in (_BARS, _LEVEL_BEHIND, _BARS):
            if match := pattern.search(shown):
                shown = shown[: match.start()]
        at = start + len(shown)
        found = _found(text, start, at)
        if not any(char.isalnum() for char in found.value) or _LEVEL.fullmatch(found.value):
            continue
        if len(found.value.split()) <= _LONGEST:
            yield found


def _pieces(line: ResumeLine, begin: int, document: Document) -> list[tuple[int, int]]:
    """Cut a line at its separators outside brackets; a line without any, where its words stand wide apart."""
    text = document.text
    cuts = [
        (begin + match.start(), begin + match.end())
        for match in _APART.finditer(text[begin : line.end])
        if not _is_bracketed(text[begin : line.end], match.start())
    ]
    if not cuts or all("\t" in text[a:b] for a, b in cuts):
        cuts = sorted({*cuts, *_pill_gaps(line, begin, document)})
    pieces: list[tuple[int, int]] = []
    for start, end in [*cuts, (line.end, line.end)]:
        if start > begin:
            pieces.append((begin, start))
        begin = max(begin, end)
    return pieces


def _is_bracketed(text: str, at: int) -> bool:
    before = text[:at]
    return before.count("(") > before.count(")") and ")" in text[at:]


def _pill_gaps(line: ResumeLine, begin: int, document: Document) -> list[tuple[int, int]]:
    if not document.pages or line.size_pt <= 0:
        return []
    width = document.pages[min(line.page, len(document.pages) - 1)].width_pt
    words: list[Word] = [word for word in line.placed if word.start >= begin]
    return [
        (left.end, right.start)
        for left, right in pairwise(words)
        if (right.box.x0 - left.box.x1) * width > _PILL_GAP_EM * line.size_pt
    ]


def _is_carried(lines: Sequence[ResumeLine], index: int, text: str) -> bool:
    """Whether the last skill of a line goes on in the next: no separator at its end, and no room for the next word."""
    line = lines[index]
    if index + 1 >= len(lines) or not line.placed or not _WRITTEN_APART.search(line.text):
        return False
    below = lines[index + 1]
    if line.text[-1] in ",;|•·/" or below.text[:1] in ",;|•·" or below.is_bullet or not below.placed:
        return False
    if _label_of(lines, index + 1, text)[0] is not None or len(line.cells) > 2:
        return False
    word = below.placed[0].box
    return max(other.x1 for other in lines) - line.x1 < word.x1 - word.x0


def _found(text: str, start: int, end: int) -> Found:
    """Return a value without blanks and stray signs at its ends."""
    while start < end and (text[start].isspace() or text[start] in ",;|•·–—-:/"):
        start += 1
    while end > start and (text[end - 1].isspace() or text[end - 1] in ",;|•·–—-:./"):
        end -= 1
    return Found(value=" ".join(text[start:end].split()), start=start, end=end)
