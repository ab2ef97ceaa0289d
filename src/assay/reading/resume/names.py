"""The person's name and headline, from the head of the document."""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import NamedTuple

from rapidfuzz import fuzz

from assay.reading.headings import folded, heading_kind
from assay.reading.model import Document, Found
from assay.reading.places import place_score
from assay.reading.resume.lines import Cell, ResumeLine, body_size
from assay.reading.resume.vocabulary import DEGREE, INSTITUTION, LEGAL_FORM, TITLE_NOUN

_NEAR_TOP = 25  # lines in which a name may be set as small as the text
_MOST_BESIDE = 6  # small lines of contacts that may be read between two lines of a name
_SEARCHED = 60  # lines of the first page; a name in a right-hand column is drawn late
_LABEL = re.compile(
    r"^(?:(?:full |first |last )?name|nombre|nom|vorname und name|curriculum vitae|cv|resume|résumé|lebenslauf)\b"
    r"\s*(?:of|von|de)?\s*[:–—|-]?\s+",
    re.IGNORECASE,
)
_TITLE_PAGE = re.compile(
    r"^(?:curriculum vitae|curriculum|vitae|résumé|resume|cv|lebenslauf|europass|bewerbung|"
    r"personal information|page \d.*|last updated.*|stand:?.*|updated.*)$",
    re.IGNORECASE,
)
_PRONOUNS = re.compile(r"\s*[\[(](?:she|he|they|sie|er|elle|il|ella|él)\b[^)\]]*[)\]]\s*$", re.IGNORECASE)
_PARTICLES = frozenset(
    [
        "af",
        "al",
        "av",
        "ben",
        "bin",
        "d'",
        "da",
        "de",
        "del",
        "della",
        "den",
        "der",
        "di",
        "dos",
        "du",
        "e",
        "el",
        "i",
        "ibn",
        "la",
        "le",
        "mac",
        "mc",
        "o'",
        "st.",
        "ten",
        "ter",
        "van",
        "von",
        "y",
        "zu",
        "zur",
    ]
)
_WORD = re.compile(r"^[^\W\d_][\w.'’‘ʼ`´-]*$")
_LOWER = frozenset(
    ["af", "av", "da", "de", "del", "della", "den", "der", "di", "dos", "du", "e", "ten", "van", "von", "y", "zu"]
)
_INITIALS = re.compile(r"(?:[A-Z]\.)+|I{2,3}|IV")
_CREDENTIAL = re.compile(
    r"^(?:ph\.?d\.?|m\.?d\.?|msc|bsc|m\.?s\.?|mba|jr\.?|sr\.?|ii|iii|iv|esq\.?|cpa|pmp|pe|cfa|rn|dr\.?|hons|dipl)$",
    re.IGNORECASE,
)


class _Candidate(NamedTuple):
    score: float
    start: int
    end: int
    value: str


def read_name(*, document: Document, lines: Sequence[ResumeLine], emails: Sequence[Found]) -> Found | None:
    """Return the name of the person; None where nothing looks like one. Names all in capitals are set in mixed case."""
    candidates = _candidates(document, lines, emails)
    if not candidates:
        return None
    best = max(candidates, key=lambda candidate: candidate.score)
    return Found(value=best.value, start=best.start, end=best.end) if best.score > 0 else None


def read_headline(*, lines: Sequence[ResumeLine], name: Found | None, text: str) -> Found | None:
    """Return the line under the name that says what the person is, if it names a trade."""
    if name is None:
        return None
    after = [line for line in lines if line.start >= name.start and line.start - name.end < 250][:5]
    for line in after:
        for cell in line.cells:
            start = max(cell.start, name.end) if cell.start <= name.start < cell.end else cell.start
            value = text[start : cell.end].strip(" ,|–—-·•\t")
            if not value or len(value.split()) > 14 or "@" in value or heading_kind(text=value) is not None:
                continue
            if TITLE_NOUN.search(value) and not line.is_bullet and not any(char.isdigit() for char in value):
                begin = text.index(value, start)
                return Found(value=value, start=begin, end=begin + len(value))
    return None


def _candidates(document: Document, lines: Sequence[ResumeLine], emails: Sequence[Found]) -> list[_Candidate]:
    body = body_size(lines=list(lines))
    first_page = [line for line in lines if line.page == 0][: _SEARCHED * 3]
    largest = max((line.size_pt for line in first_page), default=0.0)
    signs = _Signs(body=body, largest=largest, handles=_handles(document, emails))
    found: list[_Candidate] = []
    for index, line in enumerate(first_page):
        is_large = line.size_pt > 1.1 * body > 0
        if (index >= _SEARCHED and line.size_pt < 0.95 * largest) or (index >= _NEAR_TOP and body > 0 and not is_large):
            continue
        for cell in line.cells:
            found += _of_cell(cell, document.text, line, index, signs)
        found += _over_two_lines(first_page, index, signs)
    return found


def _over_two_lines(lines: Sequence[ResumeLine], index: int, signs: "_Signs") -> list[_Candidate]:
    """Return the name that a line of large type and the next one in that type make, small lines beside them aside.

    Its span is that of the first line where something else is read between the two.
    """
    line = lines[index]
    for step, following in enumerate(lines[index + 1 : index + 2 + _MOST_BESIDE], start=1):
        if _is_one_name(line, following, signs.body):
            end = following.end if step == 1 and len(line.cells) == len(following.cells) == 1 else line.cells[0].end
            whole = _of_words(f"{line.cells[0].text} {following.cells[0].text}", line, index, signs)
            return [] if whole is None else [_Candidate(whole.score + 1.5, line.start, end, whole.value)]
        if following.size_pt > 0.6 * line.size_pt:
            break
    return []


def _is_one_name(line: ResumeLine, following: ResumeLine, body: float) -> bool:
    """Whether two lines of one large type make a name between them."""
    is_large = line.size_pt > 1.35 * body > 0
    return (
        is_large
        and abs(line.size_pt - following.size_pt) < 0.12 * line.size_pt
        and len(line.cells[0].text.split()) <= 5
        and len(following.cells[0].text.split()) <= 3
    )


@dataclass(frozen=True, slots=True)
class _Signs:
    """What tells a name in one document: the type sizes of its first page and the person's handles."""

    body: float
    largest: float
    handles: list[str]


def _of_cell(cell: Cell, text: str, line: ResumeLine, index: int, signs: _Signs) -> list[_Candidate]:
    """Return the names that a cell may hold, whole or in part, each with its score."""
    found: list[_Candidate] = []
    label = _LABEL.match(cell.text)
    for start, end in {(cell.start + (label.end() if label else 0), cell.end), *_parts(cell)}:
        raw = _PRONOUNS.sub("", text[start:end]).strip(" ,|–—-·•\t\n")
        whole = _of_words(raw, line, index, signs)
        if whole is None:
            continue
        begin = text.index(raw, start)
        score = whole.score + (1.5 if label else (-0.3 if (start, end) != (cell.start, cell.end) else 0.0))
        found.append(_Candidate(score=score, start=begin, end=begin + len(raw), value=whole.value))
    return found


class _Scored(NamedTuple):
    score: float
    value: str


def _of_words(raw: str, line: ResumeLine, index: int, signs: _Signs) -> _Scored | None:
    """Return how likely words are the name, by form, type, place and handles; None where they cannot be one."""
    handles = _handle_score(raw.split(",", maxsplit=1)[0], signs.handles)
    is_large = line.size_pt >= 0.97 * signs.largest and line.size_pt > 1.15 * signs.body > 0
    # Some people write their name in small letters: believed where the type or an address bears it out.
    shape = _shape_score(raw, may_be_lower=is_large or handles >= 2.0) if raw else None
    if shape is None:
        return None
    value = _mixed_case(" ".join(raw.split())).replace("’", "'")
    return _Scored(score=shape + _type_score(line, signs) + handles - 0.06 * index, value=value)


def _parts(cell: Cell) -> list[tuple[int, int]]:
    """Return the parts of a cell between bars, dashes and commas: a name may share its line with a trade."""
    parts: list[tuple[int, int]] = []
    begin = 0
    for match in re.finditer(r"\s+[|•·–—-]\s+|\s*[|•·]\s*|,\s+|\s*\(|\s*:\s", cell.text):
        parts.append((cell.start + begin, cell.start + match.start()))
        begin = match.end()
    return [*parts, (cell.start + begin, cell.end)] if parts else []


def _shape_score(raw: str, *, may_be_lower: bool) -> float | None:
    """Return how much words look like a person's name by their form alone; None where they cannot be one."""
    if _TITLE_PAGE.match(raw) or heading_kind(text=raw) is not None or re.search(r"[\d@/\\_]", raw):
        return None
    head, *suffixes = [part.strip() for part in raw.replace("\n", " ").split(",")]
    if not all(_CREDENTIAL.match(word) for suffix in suffixes for word in suffix.split()):
        return None
    words = re.sub(r"[()\"“”]", " ", head).split()
    if not words or len(words) > 6 or len(head) > 48 or not all(_WORD.match(word) for word in words):
        return None
    proper = [word for word in words if not _is_particle(word)]
    is_lower = may_be_lower and 2 <= len(words) <= 4 and head.islower()
    if not proper or not (is_lower or all(word[0].isupper() or not word[0].isascii() for word in proper)):
        return None
    score = 2.0 if 2 <= len(words) <= 4 else (0.4 if len(words) == 1 else 1.0)
    score -= 2.2 if TITLE_NOUN.search(head) else 0.0
    score -= 1.5 if INSTITUTION.search(head) or LEGAL_FORM.search(head) else 0.0
    return score - (2.0 if DEGREE.fullmatch(head) or place_score(text=head) >= 2 else 0.0)


def _is_particle(word: str) -> bool:
    """Whether a word is a particle or begins with one ("al-Rahman", "d'Alembert")."""
    plain = word.casefold().replace("’", "'")
    lead = re.match(r"([a-z]{1,3})[-'](?=\w)", plain)
    return plain in _PARTICLES or (lead is not None and {lead[1], f"{lead[1]}'"} & _PARTICLES != set())


def _type_score(line: ResumeLine, signs: _Signs) -> float:
    """Return what the type says: a name is nearly always set in the largest type of the first page."""
    if signs.body <= 0:
        return 0.8 if line.is_heading else 0.0
    is_largest = line.size_pt >= 0.97 * signs.largest and line.size_pt > 1.15 * signs.body
    return (
        (2.5 if is_largest else 0.0) + min(max(line.size_pt / signs.body - 1, 0), 1.2) + (0.3 if line.is_bold else 0.0)
    )


def _handles(document: Document, emails: Sequence[Found]) -> list[str]:
    """Return the names that addresses and profile links are made of."""
    handles = [email.value.split("@")[0] for email in emails[:2]]
    handles += [
        m[1] for link in document.links if (m := re.search(r"(?:linkedin\.com/in|github\.com)/([\w-]+)", link.uri))
    ]
    handles += re.findall(r"(?:linkedin\.com/in|github\.com)/([\w-]+)", document.text)[:3]
    return [folded(handle).replace("-", " ") for handle in handles]


def _handle_score(raw: str, handles: Sequence[str]) -> float:
    """Return how much of a name shows in the person's address or profile names: 0 to 2.5."""
    words = [word for word in folded(raw).replace("-", " ").split() if len(word) > 1]
    best = 0.0
    for handle in handles:
        plain = re.sub(r"[\W\d_]", "", handle)
        if not words or not plain:
            continue
        inside = sum(word in plain for word in words) / len(words)
        initials = bool(words and plain in {words[0][0] + words[-1], words[-1] + words[0][0], words[0] + words[-1][0]})
        whole = fuzz.ratio("".join(words), plain) / 100
        best = max(best, 2.5 * inside, 2.5 if initials else 0.0, 2.5 * whole if whole > 0.7 else 0.0)
    return best


def _mixed_case(name: str) -> str:
    """Return a name set all in capitals as it is usually written."""
    if not name.isupper() or len(name) <= 3:
        return name
    words = name.split(" ")
    cased = [word if _INITIALS.fullmatch(word) else _capitalised(word) for word in words]
    return " ".join(w.lower() if i and w.casefold() in _LOWER else w for i, w in enumerate(cased))


def _capitalised(word: str) -> str:
    return re.sub(r"[^\W\d_]+", lambda match: match.group().capitalize(), word)
