"""How firmly a sentence asks for a term, and whether it asks at all."""

import re
from typing import NamedTuple

from assay.reading.model import Strength
from assay.reading.scope import REACH_AFTER, REACH_BEFORE, reaches_over


class _Cue(NamedTuple):
    start: int
    end: int
    strength: Strength
    leads: bool
    """True for a cue in front of what it is about ("ideally …"), False for one behind it ("… is a plus")."""


_NICE_AFTER = (
    r"(?:\b(?:is|are|would be|be|as|wäre|sind|ist|est|serait|es|será)\s+)?(?:considered\s+)?\b(?:an?|une?|ein|als|big"
    r"|huge)\s+"
    r"(?:(?:big|huge|great|real|strong|definite|major|nice|klarer|großer|deutlicher|gran|vrai|gros)\s+)?"
    r"(?:plus(?! de\b)|bonus|pluspunkt|advantage|atout|ventaja|nice[- ]to[- ]have)\b"
    r"|\b(?:advantageous|von vorteil|vorteilhaft|valorables?|beneficial|(?:is|are|would be) (?:helpful|welcome"
    r"|great|useful))\b|\bwelcome(?=\s*(?:[.,;)]|$))"
    r"|\((?:a )?(?:plus|bonus|nice[- ]to[- ]have|optional)\)|\bse valora(?:rá)?\b"
)
_CUES: tuple[tuple[Strength, bool, str], ...] = (
    (Strength.NICE_TO_HAVE, False, _NICE_AFTER),
    (
        Strength.NICE_TO_HAVE,
        True,
        r"\b(?:bonus(?: points)?(?: for| if)?|nice[- ]to[- ]have|se valora(?:rá)?|extra points)\b",
    ),
    (
        Strength.PREFERRED,
        True,
        (
            r"\b(?:ideally|preferably|preferred|desirable|idealerweise|bevorzugt|vorzugsweise|wünschenswert|gerne?"
            r"|idéalement"
            r"|de préférence|souhaité|preferiblemente|idealmente|deseable|we(?:'d| would) love)\b"
        ),
    ),
    (
        Strength.PREFERRED,
        False,
        (
            r"\b(?:preferred|desirable|desired|preferable|strongly preferred|wünschenswert|bevorzugt|erwünscht"
            r"|souhaitée?s?"
            r"|appréciée?s?|deseables?|preferibles?)\b"
        ),
    ),
    (
        Strength.REQUIRED,
        True,
        (
            r"\b(?:must(?![- ]see)|required|mandatory|essential|you need|need to|we require|we expect|zwingend"
            r"|unbedingt|muss(?:t)?"
            r"|müssen|erforderlich|wir erwarten|obligatoire|impérativement|imprescindible|obligatorio|debes?"
            r"|requerimos)\b"
        ),
    ),
    (
        Strength.REQUIRED,
        False,
        (
            r"\b(?:(?:is |are )?(?:a )?must(?:[- ]have)?(?! (?:have|be|know|speak|possess|bring|hold))|required"
            r"|mandatory|essential"
            r"|necessary|needed|erforderlich|zwingend|notwendig|voraussetzung|vorausgesetzt|obligatoires?"
            r"|indispensables?|exigée?s?"
            r"|requis(?:es?)?|imprescindibles?|necesari[oa]s?|requerid[oa]s?|obligatori[oa]s?)\b"
        ),
    ),
)
_PATTERNS = tuple((strength, leads, re.compile(pattern, re.IGNORECASE)) for strength, leads, pattern in _CUES)
_BREAK = re.compile(r"[;.!?](?=\s)|\b(?:but|however|aber|jedoch|mais|pero)\b", re.IGNORECASE)
_DENIED_BEFORE = re.compile(
    r"\b(?:no(?!t only|[- ]later|[- ]code| less| fewer)|not looking for|kein(?:e|en|er)?|(?:don(?:'|’)t|do not"
    r"|doesn(?:'|’)t"
    r"|does not) (?:need|require|expect|have to have)|pas besoin|aucune?|sin necesidad|nicht nötig|without requiring"
    r"|you won(?:'|’)t"
    r" need)\b[^,;.]{0,45}$",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"^[^,;.]{0,40}\b(?:not (?:be )?(?:required|necessary|needed|mandatory|essential|a must|a requirement|expected)"
    r"|(?:isn(?:'|’)t|aren(?:'|’)t) (?:required|necessary|needed|a must|a requirement)|nicht (?:erforderlich|nötig"
    r"|notwendig"
    r"|zwingend|Voraussetzung)|(?:pas|non) (?:obligatoire|nécessaire|requis|exigé)|no (?:es |son )?(?:necesari"
    r"|requerid|obligatori|imprescindible)"
    r"|optional\b)",
    re.IGNORECASE,
)
_LEVELS: tuple[tuple[int, str], ...] = (
    (1, r"awareness|first steps|interest|curiosity|erste|curiosité"),
    (
        2,
        (
            r"basics?|familiar(?:ity)?|exposure|some|fundamentals|introductory|Grundkenntnisse|Grundlagen"
            r"|Grundverständnis|notions"
            r"|bases|básic[oa]s?|nociones|elementary"
        ),
    ),
    (
        3,
        (
            r"solid|good|working|hands-on|practical|proficien(?:t|cy)|sound|competent|gute[nrs]?|solide[nrs]?"
            r"|praktische|bonnes?"
            r"|solides?|sólid[oa]s?|buen[oa]s?|proven|confident"
        ),
    ),
    (
        4,
        (
            r"strong|deep(?![ -]*(?:learning|neural|reinforcement|q|nets?))|advanced|extensive|excellent|in-depth"
            r"|thorough|fluent"
            r"|significant|comprehensive|sehr gute[nrs]?|fundierte[nrs]?|tiefe[ns]?|tiefgehende[ns]?|umfassende[ns]?"
            r"|ausgezeichnete[ns]?|fortgeschrittene[ns]?|excellentes?|approfondie?s?|avancée?s?|très bonnes?|maîtrise"
            r"|avanzad[oa]s?|profund[oa]s?|excelentes?|ampli[oa]|muy buen[oa]s?"
        ),
    ),
    (
        5,
        (
            r"experts?|expertise|mastery|mastering|world-class|guru|authority|Experte(?:nwissen|nkenntnisse)?|expert[oa]s?"
            r"|dominio"
        ),
    ),
)
_LEVEL_WORDS = tuple((level, re.compile(rf"\b(?:{words})\b", re.IGNORECASE)) for level, words in _LEVELS)
_LEVEL_BEHIND = re.compile(r"\s*[(\[:–-]|[^,;.]{0,12}\b(?:at|auf)\b.{0,12}(?:level|niveau)", re.IGNORECASE)
_LEVEL_BEHIND_CHARS = 30


def is_denied(*, before: str, after: str) -> bool:
    """Say whether the sentence says that the term is *not* asked for ("no PhD needed")."""
    before, after = before[-REACH_BEFORE:], after[:REACH_AFTER]
    clause, follow = _BREAK.split(before)[-1], _BREAK.split(after, maxsplit=1)[0]
    denied = _DENIED_BEFORE.search(clause) is not None or _DENIED_AFTER.match(follow) is not None
    return denied and re.search(_NICE_AFTER, after, re.IGNORECASE) is None


def strength_of(*, sentence: str, start: int, end: int) -> Strength | None:
    """Yield how firmly the words around ``sentence[start:end]`` ask for it; None where they do not say."""
    cut = max(0, start - REACH_BEFORE)
    sentence, start, end = sentence[cut : end + REACH_AFTER], start - cut, end - cut
    cues = _cues(sentence)
    left = max((cue for cue in cues if cue.leads and cue.end <= start), key=lambda cue: cue.end, default=None)
    right = min((cue for cue in cues if not cue.leads and cue.start >= end), key=lambda cue: cue.start, default=None)
    if left is not None and (_BREAK.search(sentence[left.end : start]) or _is_cut(cues, left.end, start)):
        left = None
    if right is not None and (_BREAK.search(sentence[end : right.start]) or _is_cut(cues, end, right.start)):
        right = None
    if left is not None and right is not None:
        return right.strength if right.start - end <= start - left.end else left.strength
    chosen = left or right
    return chosen.strength if chosen else None


def _cues(sentence: str) -> list[_Cue]:
    found = [
        _Cue(match.start(), match.end(), strength, leads)
        for strength, leads, pattern in _PATTERNS
        for match in pattern.finditer(sentence)
        if match.end() > match.start()
    ]
    # "required: Python" leads, "Python required" does not: a word of both kinds is told by what follows it.
    return [cue for cue in found if not _is_other_kind(cue, found, sentence)]


def _is_other_kind(cue: _Cue, found: list[_Cue], sentence: str) -> bool:
    has_twin = any(other.leads is not cue.leads and other.start < cue.end and cue.start < other.end for other in found)
    if not has_twin:
        return False
    before, after = sentence[: cue.start].strip(" ,(-–"), sentence[cue.end :].lstrip()
    leads = not before or after.startswith(":") or bool(re.match(r"(?:have|be|know|speak|possess|bring|hold)\b", after))
    return leads is not cue.leads


def _is_cut(cues: list[_Cue], start: int, end: int) -> bool:
    return any(start <= cue.start and cue.end <= end for cue in cues)


def level_of(*, before: str, after: str) -> int | None:
    """Yield the level, 1 to 5, that the words of the same sentence ask of a term; None where they do not say."""
    clause = _BREAK.split(before[-REACH_BEFORE:])[-1]
    best: tuple[int, int] | None = None
    for level, pattern in _LEVEL_WORDS:
        for match in pattern.finditer(clause):
            if reaches_over(clause[match.end() :]) and (best is None or match.end() >= best[0]):
                best = (match.end(), level)
    behind = after[:_LEVEL_BEHIND_CHARS]
    if _LEVEL_BEHIND.match(behind):
        for level, pattern in _LEVEL_WORDS:
            if pattern.search(behind.partition(")")[0]):
                return level
    return best[1] if best else None
