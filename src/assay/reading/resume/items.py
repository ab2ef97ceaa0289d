"""Certificates and publications: a section that is a list cut into its items, and each item's own name."""

import re
from collections.abc import Callable, Sequence
from itertools import pairwise

from assay.reading.model import Found, SectionKind
from assay.reading.resume.lines import ResumeLine
from assay.reading.resume.sections import Block
from assay.reading.resume.vocabulary import ORGANISATION

_BULLET = re.compile(r"^\s*(?:(?:[•◦‣▪▫■□●○◆◇▶►▸⁃∙·✓✔➢➤❖»→]\s*|[*o–—-]\s+)|\(?\d{1,2}[.)\]]\s+|\[\d{1,3}\]\s*)+")
_NUMBERED = re.compile(r"^\s*(?:\(?\d{1,2}[.)\]]|\[\d{1,3}\])\s+")
_QUOTED = re.compile(r"[“\"„«‟]\s?([^”\"“»\n][^”\"“»]{8,}?)[,.]?\s?[”\"“»]")
_EDGE = " \t\n,;:|·•–—-()[]."
_ISSUED = re.compile(
    r"\s*(?:\||•|·|\t|\s[–—-]\s|,\s|\(|\b(?:issued by|by|from|von|par|por|bei|chez)\b)\s*", re.IGNORECASE
)
_BY = re.compile(r"\s+(?:issued by|by|from|von|par|por)\s+$", re.IGNORECASE)
_HARD = re.compile(r"\t|\s*[|•·]\s*|\s*\(\s*$")
_SENTENCE = re.compile(r"[.?!]\s+(?=[\"“„«(]?[^\W\d_])")
_AUTHORS = re.compile(
    r"\bet al\b|^(?:[^\W\d_]\.\s?-?){1,3}\s*[^\W\d_]{2,}|^[^\W\d_][\w'’-]+,\s+(?:[^\W\d_]\.\s?){1,3}"
    r"|\s(?:[A-Z]\.\s?)+\s?[A-Z][a-z]+,"
)
_VENUE = re.compile(
    r"^(?:in:?\s|published (?:in|by)\b|journal\b|proceedings\b|proc\.|workshop\b|transactions\b|annals\b|arxiv\b|doi\b|"
    r"conference\b|https?:)",
    re.IGNORECASE,
)
_IN_VENUE = re.compile(
    r"(?:\s(?:published\s)?in:?\s|,\s+)(?:the\s)?(?=(?:Journal|Proceedings|Proc\.|Annals|Transactions|Workshop|Conference|"
    r"Advances|Annual|International|arXiv|Zeitschrift|Revue|Revista|Actas|Actes)\b)"
)
_FOOT_GAP = 5.0  # line heights; what stands so far below a list is the foot of the page
_LOOSE = 0.15  # line heights between the gaps inside items and those between them


def read_items(*, block: Block, text: str, name: str = "") -> list[Found]:
    """Return the name of each item of a list in order: of certificates without issuer, of papers without authors.

    ``name`` is the person's, by which the authors of a paper are told from its title.
    """
    name_of: Callable[[int, int], Found | None] = (
        (lambda a, b: _title_of(text, a, b, name)) if block.kind is SectionKind.PUBLICATIONS else (
            lambda a, b: _certificate_of(text, a, b)
        )
    )  # fmt: skip
    found: list[Found] = []
    for lines in _cut(block.lines):
        lead = _BULLET.match(text[lines[0].start : lines[-1].end])
        start, end = lines[0].start + (lead.end() if lead else 0), lines[-1].end
        start, end = _without_dates(lines, text, start, end)
        while start < end and text[start] in _EDGE.replace("(", "").replace("[", ""):
            start += 1
        item = name_of(start, end)
        if item is not None:
            found.append(item)
    return found


def _cut(lines: Sequence[ResumeLine]) -> list[list[ResumeLine]]:
    """Cut lines into items: at bullets or numbers, else at what the first line of an item is set apart by."""
    begins = _beginnings(lines)
    items: list[list[ResumeLine]] = []
    for line, is_first in zip(lines, begins, strict=True):
        if items and line.gap > _FOOT_GAP:
            break
        if is_first or not items:
            items.append([line])
        else:
            items[-1].append(line)
    return items


def _beginnings(lines: Sequence[ResumeLine]) -> list[bool]:
    marked = [line.is_bullet or bool(_NUMBERED.match(line.text)) for line in lines]
    if any(marked) and (marked[0] or not any(_is_dated(line) for line in lines)):
        return marked
    bare = [_is_bare_date(line) for line in lines]
    if bare[0] and not all(bare):
        return bare
    looks = [(line.starts_bold, round(line.size_pt * 2) / 2, line.is_heading) for line in lines]
    if (len(set(looks)) > 1 and looks.count(looks[0]) > 1) or (len(set(looks)) > 1 and looks[0] > looks[-1]):
        return [
            look == looks[0] and not (index and looks[index - 1] == looks[0] and _goes_on(lines, index))
            for index, look in enumerate(looks)
        ]
    gaps = [line.gap for line in lines[1:]]
    if gaps and max(gaps) - min(gaps) > _LOOSE and lines[0].placed:
        middle = (max(gaps) + min(gaps)) / 2
        return [True, *(gap > middle for gap in gaps)]
    dated = [_is_dated(line) for line in lines]
    if any(dated) and not dated[0] and dated[-1]:
        return [True, *dated[:-1]]
    return [True, *(not _goes_on(lines, index) for index in range(1, len(lines)))]


def _is_dated(line: ResumeLine) -> bool:
    return bool(line.periods)


def _is_bare_date(line: ResumeLine) -> bool:
    """Whether a line holds a date and nothing else."""
    rest = line.text
    for period in reversed(line.periods):
        rest = rest[: max(period.start - line.start, 0)] + rest[max(period.end - line.start, 0) :]
    return bool(line.periods) and not any(char.isalnum() for char in rest)


def _goes_on(lines: Sequence[ResumeLine], index: int) -> bool:
    """Whether a line carries on the one above: it begins in small letters, is a date alone, or had no room there."""
    line, above = lines[index], lines[index - 1]
    if line.text[:1].islower() or above.text.endswith((",", "-", "–", " of", " in", " and", " for", "&")):
        return True
    if line.periods and line.words <= 3 and not above.periods:
        return True
    if not line.placed or line.gap > 0.8:
        return line.gap <= 0.25 and line.text[:1].islower()
    word = line.placed[0].box
    room = max(other.x1 for other in lines) - above.x1
    return not above.periods and line.is_bold == above.is_bold and room < word.x1 - word.x0


def _without_dates(lines: Sequence[ResumeLine], text: str, start: int, end: int) -> tuple[int, int]:
    """Leave out dates at either end, which say when and not what."""
    for period in sorted((p for line in lines for p in line.periods), key=lambda p: p.start):
        if start <= period.start and not any(char.isalnum() for char in text[start : period.start]):
            start = max(start, period.end)
    for period in sorted((p for line in lines for p in line.periods), key=lambda p: -p.end):
        if period.start > start and not any(char.isalnum() for char in text[period.end : end]):
            end = min(end, period.start)
    return start, end


def _certificate_of(text: str, start: int, end: int) -> Found | None:
    """Return what stands before the issuer: parted from it by a line, a tab, a bar, a bracket, or a comma or dash."""
    body = text[start:end]
    first_line = body.find("\n")
    wraps = first_line >= 0 and body[first_line + 1 : first_line + 2].islower()
    stop = len(body) if first_line < 0 or wraps else _joined_line(body, first_line)
    for match in _ISSUED.finditer(body[:stop]):
        rest = body[match.end() : stop]
        if not any(char.isalpha() for char in body[: match.start()]):
            continue
        is_issuer = bool(ORGANISATION.search(rest)) and len(rest.split()) <= 5
        if _HARD.search(match.group()) or _BY.search(match.group()) or (is_issuer and "," in match.group()):
            stop = match.start()
            break
        if match.group().strip() in {"–", "—", "-", ","} and is_issuer:
            stop = match.start()
            break
    return _stripped(text, start, start + stop)


def _joined_line(body: str, at: int) -> int:
    """Return where a name ends that a narrow column broke at a word that cannot stand last."""
    head = body[:at].rstrip()
    if head.endswith((" of", " in", " and", " for", "&", "–", "-", ",")):
        following = body.find("\n", at + 1)
        return following if following >= 0 else len(body)
    return at


def _title_of(text: str, start: int, end: int, name: str) -> Found | None:
    """Return a paper's title: what stands in quotation marks, else the first part that is not its authors."""
    body = text[start:end]
    if quoted := _QUOTED.search(body):
        return _stripped(text, start + quoted.start(1), start + quoted.end(1))
    cuts = [0, *(m.end() for m in _SENTENCE.finditer(body)), len(body)]
    parts = [(a, b) for a, b in pairwise(cuts) if any(c.isalpha() for c in body[a:b])]
    parts = _without_short(parts, body)
    for index, (a, b) in enumerate(parts):
        part = body[a:b]
        is_last = index == len(parts) - 1
        if not is_last and (_AUTHORS.search(part) or _names(part, name)):
            continue
        return _stripped(text, start + a, start + a + _before_venue(part))
    return None


def _without_short(parts: Sequence[tuple[int, int]], body: str) -> list[tuple[int, int]]:
    """Join what a full stop behind an initial or a short form has cut ("Smith, J. and Lee, K.")."""
    joined: list[tuple[int, int]] = []
    for a, b in parts:
        if joined and re.search(r"(?:^|[\s.,])(?:[^\W\d_]|et al|vs|Dr|St)\.\s*$", body[joined[-1][0] : joined[-1][1]]):
            joined[-1] = (joined[-1][0], b)
        else:
            joined.append((a, b))
    return joined


def _names(part: str, name: str) -> bool:
    last = name.rsplit(maxsplit=1)[-1] if name.split() else ""
    return (
        len(last) > 1
        and last.casefold() in part.replace("’", "'").casefold()
        and len(part.split()) <= 30
        and part[:1].isupper()
    )


def _before_venue(part: str) -> int:
    """Return where a title ends that a line, tab or bar parts from its venue."""
    if venue := _IN_VENUE.search(part):
        part = part[: venue.start()]
    for match in re.finditer(r"\n|\t|\s*[|•·]\s*|\s[–—]\s", part):
        rest = part[match.end() :]
        if match.group() != "\n" or _VENUE.match(rest) or "," in rest or _looks_like_venue(part, match.start(), rest):
            return match.start()
    return len(part)


def _looks_like_venue(part: str, at: int, rest: str) -> bool:
    """Whether a second line in capitals of its own stands under a line that is not full."""
    first = part[:at].rsplit("\n", maxsplit=1)[-1]
    return rest[:1].isupper() and len(first) < 1.6 * len(rest) + 30 and not first.rstrip().endswith((",", ":", "-"))


def _stripped(text: str, start: int, end: int) -> Found | None:
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        if text[end - 1] == ")" and "(" in text[start : end - 1]:
            break
        end -= 1
    value = " ".join(text[start:end].split())
    return Found(value=value, start=start, end=end) if sum(char.isalnum() for char in value) >= 2 else None
