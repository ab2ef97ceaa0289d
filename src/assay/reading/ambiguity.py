"""Whether an ambiguous word is meant as a skill: *Go* in "Go, Rust and Python", not in "go to market".

An ambiguous word counts in one of three cases: it stands in a list with a term that has one meaning; the words
right around it are those of a trade ("programming in R", "Spark jobs"); or it follows a word such as "using" while
an unambiguous term stands in the same sentence. It never counts as a part of another name ("R&D", "R-CNN").
"""

import re
from collections.abc import Sequence
from typing import NamedTuple

_WINDOW = 90  # characters either side that make up the company of a word; about one line of a document
_LIST_GAP = re.compile(
    r"\s*(?:[,;/|•·+&()\[\]:–—]|\b(?:and|or|und|oder|et|ou|y|o|e|as well as|sowie)\b|\s[-*]\s|\n)"
    r"(?:\s|[,;/|•·+&()\[\]:*–—-]|\b(?:and|or|und|oder|et|ou|y|o|e|incl\.?|including|also|ideally|preferably"
    r"|auch|idealerweise|aussi|idéalement|también)\b)*",
    re.IGNORECASE,
)
_TRADE_BEFORE = re.compile(
    r"(?:\b(?:program\w*|cod(?:ing|e)|script(?:s|ing)?|written|proficien\w+|fluen\w+|skilled|expertise|experience[d]?"
    r"|knowledge|background|competen\w+|develop\w*|implement\w*|kenntnisse|erfahrung\w*|programmier\w*|languages?"
    r"|programaci[oó]n|programmation|exp[eé]rience|experiencia|conocimientos|tools?|frameworks?|librar(?:y|ies)|apache)"
    r"\s*(?:(?:in|with|of|using|mit|von|en|de|con|avec|the|such as|like|e\.g\.|:)\s*)*)$",
    re.IGNORECASE,
)
_USE_BEFORE = re.compile(
    r"\b(?:use[sd]?|in|with|using|via|on|of|through|mit|in|unter|avec|sous|con|usando)\s+(?:the\s+)?$", re.IGNORECASE
)
_TRADE_AFTER = re.compile(
    r"[ -]?(?:program\w*|language|packages?|scripts?|scripting|codebase|code|develop\w+|engineers?|cluster\w*|jobs?"
    r"|stream\w*|pipelines?|microservices?|services?|backends?|apis?|librar\w+|framework\w*|sql|mllib|shiny|studio"
    r"|models?|algorithms?|pytorch|workloads?|kenntnisse|entwickl\w*|programmier\w*|deployments?|server|sdk|apps?)\b",
    re.IGNORECASE,
)
_PART_OF_NAME_BEFORE = re.compile(r"(?:[^\W_]|[.)])[&'’-]$|[&@#$.]$|\b[A-Z]\.\s$")
_PART_OF_NAME_AFTER = re.compile(r"[&'’-][^\W_]|\.\s?[A-Z][a-z]|[@]|\.[a-z]{2,}")
_RUN_ON = re.compile(r" (?!(?:and|or|und|oder|et|y|for|is|as|to build|on|at|in|für)\b)[a-z]")
_SENTENCE_END = re.compile(r"[.!?]\s|\n\s*\n")


_OTHER_BEFORE = re.compile(
    r"(?:\b(?:isl(?:and|e)s? of|insel|teatro|alla|mr|mrs|ms|vitamin|grade|grades?:|hepatitis|taylor|monty|franz"
    r"|olympic)\.?\s)$",
    re.IGNORECASE,
)
_UNITS = frozenset({"ML"})
_NUMBER_BEFORE = re.compile(r"\d\s?$")
_OTHER_AFTER = re.compile(r"\s(?:di [A-Z]|islands?\b|sea\b|coffee\b|ratings?:|[Nn]ovels?\b|[Tt]heatre\b|Reinhardt\b)")


class Candidate(NamedTuple):
    """A place where a term may be meant."""

    start: int
    end: int
    is_ambiguous: bool
    is_spelled_exactly: bool


def is_meant(*, text: str, candidates: Sequence[Candidate], index: int) -> bool:
    """Say whether the ambiguous candidate at ``index`` is meant as a skill."""
    this = candidates[index]
    before, after = text[max(0, this.start - _WINDOW) : this.start], text[this.end : this.end + _WINDOW]
    if _PART_OF_NAME_BEFORE.search(before) or _PART_OF_NAME_AFTER.match(after):
        return False
    if _stands_in_list(text, candidates, index):
        return True
    if not this.is_spelled_exactly:
        return False
    is_of_trade = bool(_TRADE_BEFORE.search(before)) and not _runs_on(after)
    if is_of_trade or _TRADE_AFTER.match(after):
        return True
    return bool(_USE_BEFORE.search(before)) and not _runs_on(after) and _has_company(text, candidates, index)


def is_other_name(*, text: str, start: int, end: int) -> bool:
    """Say whether the words are a place, a person or a unit ("island of Java", "Scala di Milano", "250 ML")."""
    if not text[start].isupper() or len(text[start:end].split()) > 1:
        return False
    if text[start:end] in _UNITS and _NUMBER_BEFORE.search(text[max(0, start - 8) : start]):
        return True
    before, after = text[max(0, start - 16) : start], text[end : end + 12]
    return _OTHER_BEFORE.search(before) is not None or _OTHER_AFTER.match(after) is not None


def _runs_on(after: str) -> bool:
    """Say whether a lower-case word follows directly, as in "in Go to market" or "with R rated films"."""
    return _RUN_ON.match(after) is not None


def _stands_in_list(text: str, candidates: Sequence[Candidate], index: int) -> bool:
    """Say whether the list around the candidate holds an unambiguous term, or three ambiguous ones."""
    count = 1
    for step in (-1, 1):
        at = index
        while 0 <= at + step < len(candidates):
            left, right = sorted((candidates[at], candidates[at + step]))
            if not _LIST_GAP.fullmatch(text[left.end : right.start]):
                break
            at += step
            if not candidates[at].is_ambiguous:
                return True
            count += 1
            if count >= 3:
                return True
    return False


def _has_company(text: str, candidates: Sequence[Candidate], index: int) -> bool:
    this = candidates[index]
    return any(
        not other.is_ambiguous
        and max(other.start - this.end, this.start - other.end) <= _WINDOW
        and not _SENTENCE_END.search(text[min(this.end, other.end) : max(this.start, other.start)])
        for other in candidates
    )
