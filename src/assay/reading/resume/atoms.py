"""The head lines of an entry cut into atoms: the smallest pieces that a title, employer or place is made of."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from assay.reading.model import Period
from assay.reading.places import country_of, place_score
from assay.reading.resume.lines import Cell, ResumeLine
from assay.reading.resume.vocabulary import DURATION, EMPLOYMENT_KIND, INSTITUTION, LEGAL_FORM, ORGANISATION, TITLE_NOUN

_SEPARATOR = re.compile(
    r"(?P<comma>\s*[,،，]\s+)|(?P<at>\s+(?:at|@|bei(?: der| dem)?|chez|à l['’]|au sein d[eu])\s+)"
    r"|(?P<dash>\s+[–—−-]{1,2}\s+|\s*—\s*)|(?P<bar>\s*[|·•‧∙⋅▪◆●◦¦‖/]\s+|\s*[|¦]\s*|;\s+)|(?P<colon>:\s+)"
    r"|(?P<paren>\s*[(\[]\s*|\s*[)\]]\s*)"
)
_OPEN_PHRASE = re.compile(r"\s(?:of|in|and|for|the|de|del|la|des|du|der|für|und|et|en|y|&)$", re.IGNORECASE)
_OPENING_WORD = re.compile(r"(?:of|and|for|de|del|des|du|für|und|et|y|&)\s")
_WRAP_GAP = 0.8  # line heights; two lines of one phrase stand closer
_LEGAL_FORM_ALONE = re.compile(
    r"(?:inc|incorporated|ltd|limited|llc|llp|l\.l\.c|corp|co|plc|gmbh|ag|kg|se|s\.?a|s\.?l|s\.?r\.?l|b\.?v|n\.?v|"
    r"pty ltd|pvt\.? ltd)\.?",
    re.IGNORECASE,
)
_TRIM = " \t,;:|·•–—−-/()[]‧∙⋅▪◆●◦"
_BULLETS = re.compile(r"^\s*(?:[•◦‣▪▫■□●○◆◇▶►▸⁃∙·✓✔➢➤❖»→]\s*|[*o–—-]\s+)")


@dataclass(frozen=True, slots=True)
class Atom:
    """A piece of a head line; ``joint`` says what parts it from the piece before it."""

    start: int
    end: int
    text: str
    joint: str
    """``line``, ``wrap``, ``cell``, ``date``, ``bold``, ``comma``, ``at``, ``dash``, ``bar``, ``colon``, ``paren``."""
    line: int
    """Number of the head line in its entry."""
    slot: int
    """Number of the piece on its line."""
    is_bold: bool


def atoms_of(*, lines: Sequence[ResumeLine], text: str) -> list[Atom]:
    """Return the atoms of head lines in order, without dates, durations and kinds of contract."""
    atoms: list[Atom] = []
    periods = [period for line in lines for period in line.periods]
    for number, line in enumerate(lines):
        slot = 0
        for position, cell in enumerate(line.cells):
            joint = ("wrap" if _is_wrapped(lines, number) else "line") if position == 0 else "cell"
            for start, end, piece_joint in _pieces(cell, periods, line, joint):
                piece = _trimmed(text, start, end)
                if piece is None:
                    continue
                shown = text[piece.start : piece.end]
                if DURATION.match(shown) or EMPLOYMENT_KIND.match(shown):
                    continue
                atoms.append(
                    Atom(
                        piece.start, piece.end, shown, piece_joint, number, slot, _is_bold(line, piece.start, piece.end)
                    )
                )
                slot += 1
    return _with_whole_places(_with_whole_phrases(atoms, lines, text), text)


def _with_whole_phrases(atoms: Sequence[Atom], lines: Sequence[ResumeLine], text: str) -> list[Atom]:
    """Join a phrase that a line's end breaks at a little word: "College of" and "Technology" below it."""
    joined: list[Atom] = []
    for atom in atoms:
        previous = joined[-1] if joined else None
        if previous is not None and _is_broken_phrase(previous, atom, lines, text):
            whole = text[previous.start : atom.end].replace("\n", " ")
            joined[-1] = replace(previous, end=atom.end, text=whole)
        else:
            joined.append(atom)
    return joined


def _is_broken_phrase(first: Atom, second: Atom, lines: Sequence[ResumeLine], text: str) -> bool:
    if second.line != first.line + 1 or second.slot != 0 or first.is_bold != second.is_bold:
        return False
    if text[first.end : second.start].strip() or lines[second.line].gap > _WRAP_GAP:
        return False
    return bool(_OPEN_PHRASE.search(first.text) or _OPENING_WORD.match(second.text))


def _with_whole_places(atoms: Sequence[Atom], text: str) -> list[Atom]:
    """Join a city and the country after it, and a name and its legal form ("Acme, Inc."), so that each is one atom."""
    joined: list[Atom] = []
    for atom in atoms:
        previous = joined[-1] if joined else None
        is_legal_form = atom.joint == "comma" and bool(_LEGAL_FORM_ALONE.fullmatch(atom.text))
        if previous is not None and (is_legal_form or (atom.joint == "comma" and _is_place_pair(previous, atom, text))):
            whole = text[previous.start : atom.end]
            joined[-1] = replace(previous, end=atom.end, text=whole)
        else:
            joined.append(atom)
    return joined


def _is_place_pair(first: Atom, second: Atom, text: str) -> bool:
    if place_score(text=text[first.start : second.end]) < 2 or ORGANISATION.search(first.text):
        return False
    if LEGAL_FORM.search(first.text) or TITLE_NOUN.search(first.text):
        return False
    if place_score(text=first.text) >= 2:
        return True
    # "Acme, Germany" begins an entry with its employer; "Walldorf, Germany" stands apart from it.
    return country_of(text=second.text) != "" and (first.slot > 0 or first.joint == "cell" or first.line > 0)


def _is_wrapped(lines: Sequence[ResumeLine], number: int) -> bool:
    """Whether a line goes on from the one above: one look, and its first word had no room there."""
    if number == 0 or not lines[number].placed:
        return False
    line, above = lines[number], lines[number - 1]
    is_one_look = line.is_bold == above.is_bold and abs(line.size_pt - above.size_pt) < 0.3
    room = max(other.x1 for other in lines) - above.x1
    word = line.placed[0].box
    return is_one_look and len(line.cells) == 1 and abs(line.x0 - above.x0) < 0.01 and room < word.x1 - word.x0


@dataclass(frozen=True, slots=True)
class _Span:
    start: int
    end: int


def _trimmed(text: str, start: int, end: int) -> _Span | None:
    """Return a span without blanks and separators at its ends; None if nothing is left."""
    while start < end and text[start] in _TRIM:
        start += 1
    while end > start and text[end - 1] in _TRIM:
        end -= 1
    return _Span(start, end) if any(char.isalnum() for char in text[start:end]) else None


def _pieces(cell: Cell, periods: Sequence[Period], line: ResumeLine, joint: str) -> list[tuple[int, int, str]]:
    """Cut a cell at its dates, its separators and where bold type ends; (start, end, joint) each."""
    cuts: list[tuple[int, int, str]] = []
    begin = cell.start
    if line.is_bullet and (bullet := _BULLETS.match(cell.text)) and cell.start == line.start:
        begin = cell.start + bullet.end()
    cuts += [(p.start, p.end, "date") for p in periods if p.start < cell.end and p.end > cell.start]
    for match in _SEPARATOR.finditer(cell.text):
        start, end = cell.start + match.start(), cell.start + match.end()
        if match.lastgroup == "at" and _names_a_school(cell.text[: match.start()]):
            continue
        if not any(a < end and start < b for a, b, _ in cuts):
            cuts.append((start, end, match.lastgroup or "comma"))
    cuts += [(at, at, "bold") for at in _bold_edges(line, cell) if not any(a <= at <= b for a, b, _ in cuts)]
    pieces: list[tuple[int, int, str]] = []
    for start, end, kind in sorted(cuts):
        if start > begin:
            pieces.append((begin, min(start, cell.end), joint))
            joint = kind
        elif joint not in {"line", "wrap", "cell"}:
            joint = kind
        begin = max(begin, end)
    if begin < cell.end:
        pieces.append((begin, cell.end, joint))
    return pieces


def _names_a_school(before: str) -> bool:
    """Whether "at" belongs to a school's name ("University of Texas at Austin") and not between title and employer."""
    last = re.split(r"[,|–—]", before)[-1]
    return bool(INSTITUTION.search(last)) and not TITLE_NOUN.search(last)


def _bold_edges(line: ResumeLine, cell: Cell) -> list[int]:
    """Offsets between two words of a cell where bold type begins or ends."""
    words = [word for word in line.placed if cell.start <= word.start < cell.end]
    return [right.start - 1 for left, right in pairwise(words) if left.is_bold != right.is_bold]


def _is_bold(line: ResumeLine, start: int, end: int) -> bool:
    words = [word for word in line.placed if start <= word.start < end]
    return all(word.is_bold for word in words) if words else line.is_bold
