"""What the words around a skill say of its depth: denied, basic, stated or strong, and for how many years.

A cue word reaches forward over the list that it opens ("basic knowledge of R, SAS and SPSS") and no further than its
clause; a level set behind a skill ("Python (advanced)", "SQL ●●○○○", "R: 2 years") goes before a cue in front of it.
"""

import re
from typing import NamedTuple

from assay.reading.model import Depth
from assay.reading.scope import REACH_AFTER, REACH_BEFORE, reaches_over

_CUES: tuple[tuple[Depth, str], ...] = (
    (
        Depth.NEGATED,
        (
            r"\b(?:no|not|never|without|zero|lack(?:s|ing)?|haven['’]t|have not|don['’]t|do not|didn['’]t|did not)\b"
            r"(?! only\b)(?:\s+(?:yet|any|much|prior|previous|professional|practical|hands-on|direct|formal|real"
            r"|commercial|had|have|got|know|used?|worked|working|work|touched|exposure|experience[d]?|knowledge"
            r"|familiar(?:ity)?|skills?|background|expertise|an?|production|chance|to|learned|learnt|been|exposed|of|using|expert|the))*"
            r"\s*(?:with|in|of|on|to|using)?\s*$"
        ),
    ),
    (
        Depth.NEGATED,
        (
            r"\b(?:ohne|kein(?:e|en|er|erlei)?|noch nicht|noch nie|nie|sans|aucune?"
            r"|pas(?: encore)?(?: d['’e])?|sin|ningun[oa]?|todavía no|nunca)\b"
            r"(?:\s+(?:jegliche|berufliche|praktische|Vorkenntnisse|Kenntnisse|Erfahrung(?:en)?"
            r"|expérience|connaissances?|experiencia|conocimientos?|gearbeitet|benutzt|utilisé|usado))*"
            r"\s*(?:mit|in|von|en|de|avec|con|d['’])?\s*$"
        ),
    ),
    (
        Depth.NEGATED,
        (
            r"\b(?:(?:want(?:s|ing)?|would like|hop(?:e|ing)|plan(?:s|ning)?|eager|keen|excited|looking"
            r"|wish(?:es)?|willing)"
            r"(?: forward)? to (?:learn(?:ing)?|pick(?:ing)? up|explor(?:e|ing)|get(?:ting)? into|deepen|try(?:ing)?)"
            r"|interested in learning|next (?:up|to learn)|möchte(?: ich)? .{0,30}lernen)\b"
            r"(?:\s+(?:more about|about))?\s*:?\s*$"
        ),
    ),
    (
        Depth.BASIC,
        (
            r"\b(?:basics?|beginner|elementary|novice|fundamentals|rudimentary|entry[- ]level|some|limited|little"
            r"|introductory"
            r"|familiar(?:ity)?|exposure|exposed|acquainted|dabbled|touched"
            r"|(?:currently|now|still|am|self)[ -](?:learning|studying)|(?:^|(?<=[:;(] ))(?:learning|studying)"
            r"|awareness|getting started|played|Grund(?:kenntnisse|lagen|wissen)|(?:erste|geringe|einfache)"
            r"(?: (?:Erfahrung(?:en)?|Kenntnisse))?|Anfänger|Basis(?:kenntnisse|wissen)|vertraut|lerne(?: gerade)?"
            r"|notions?|bases|débutante?|familiarisé|básic[oa]s?|nociones|principiante|familiarizad[oa])\b"
        ),
    ),
    (
        Depth.STATED,
        (
            r"\b(?:intermediate|good|solid|working knowledge|hands-on|competent|gute?|solide|intermédiaire|bonnes?"
            r"|intermedio"
            r"|buen[oa]s?|used|using|worked|also)\b"
        ),
    ),
    (
        Depth.STRONG,
        (
            r"\b(?:advanced|experts?|expertise|proficien(?:t|cy)|fluent"
            r"|deep(?![ -]*(?:learning|neural|reinforcement|q|nets?))"
            r"|in-depth|strong|extensive(?:ly)?|excellent|master(?:y|ed)|thorough|specialist|specialised|specialized|core"
            r"|led|leading|architected|spearheaded|owned|drove|headed|pioneered|fortgeschritten(?:e|en)?|sehr gute?"
            r"|Expert(?:e|in|enwissen)|fundierte?|umfassende?|tiefgehende?|langjährige?|ausgezeichnete?|leitete|geleitet"
            r"|avancée?s?|maîtrise|approfondie?s?|excellentes?|dirigé|avanzad[oa]s?|expert[oa]s?|dominio|sólid[oa]s?"
            r"|ampli[oa]|lideré)\b"
        ),
    ),
)
_LEFT = tuple((depth, re.compile(pattern, re.IGNORECASE)) for depth, pattern in _CUES)
_DENIALS = tuple(pattern for depth, pattern in _LEFT if depth is Depth.NEGATED)
_GRADES = tuple((depth, pattern) for depth, pattern in _LEFT if depth is not Depth.NEGATED)
_CLAUSE_END = re.compile(
    r"[;.!?](?=\s)|\s[–—|]\s|\n\s*[•*\-]\s|\)\s*[,;]"
    r"|\b(?:but|however|although|though|while|whereas|yet to|aber|jedoch|sondern|mais|pero)\b",
    re.IGNORECASE,
)
_ITEM_WORDS_MAX = 4
_AFTER = re.compile(
    r"(?:\s*[(\[:–—=-]\s*|\s+(?=\d|experte?|advanced|basics?\b|beginner|intermediate|grundkenntnisse|expert|master))"
    r"(?P<words>[^()\[\],;:\n|•]{1,40})",
    re.IGNORECASE,
)
_DENIED_AFTER = re.compile(
    r"\s*(?:[(:–—-]\s*(?:none\b|not yet|no experience|noch nicht|keine?\b|aucune?\b|ningun[oa]\b)"
    r"|(?:experience|knowledge|skills|kenntnisse)?\s*(?:is|are)?\s*(?:not yet|lacking|missing|fehl(?:t|en))\b)",
    re.IGNORECASE,
)
_MARKS = re.compile(r"\s*:?\s*(?P<marks>(?:[●•◉⬤★✭■▮█▰⚫]\s?)*(?:[○◯☆✩□▯░▱⚪]\s?)*)")
_FULL = frozenset("●•◉⬤★✭■▮█▰⚫")
_OF_FIVE = re.compile(r"\s*[(:–-]?\s*(?P<part>\d{1,2})\s*/\s*(?P<whole>5|10)\b|\s*[(:–-]?\s*(?P<percent>\d{2,3})\s?%")
_NUMBER = r"(?P<n>\d{1,2}(?:[.,]\d)?)\s*\+?\s*(?:(?:-|–|to|bis|à|a)\s*\d{1,2}\s*\+?\s*)?"
_UNIT = r"(?:years?|yrs?|y\b|Jahren?|J\.|ans?|années?|años?)"
_YEARS_BEFORE = re.compile(
    r"\b(?:over |more than |über |mehr als )?" + _NUMBER + _UNIT + r"['’]?\s*(?:[\w-]+\s+){0,3}?"
    r"(?:of|in|with|using|mit|in|von|Erfahrung|d['’]expérience|de|en|con|experience)\b[^.;\n]{0,60}$",
    re.IGNORECASE,
)
_YEARS_AFTER = re.compile(
    r"\s*(?:[(\[:–—,-]\s*|for\s+|seit\s+|\s)(?:over |more than |ca\. |about |~)?" + _NUMBER + _UNIT, re.IGNORECASE
)
_STRONG_SHARE = 0.8
_BASIC_SHARE = 0.4
_STRONG_YEARS = 5.0


class Reading(NamedTuple):
    """What the words say of one mention."""

    depth: Depth
    years: float | None


def depth_of(*, before: str, after: str) -> Reading:
    """Yield depth and claimed years from the words of the same sentence before and after a skill."""
    before, after = before[-REACH_BEFORE:], after[:REACH_AFTER]
    clause = _CLAUSE_END.split(before)[-1]
    follow = _CLAUSE_END.split(after, maxsplit=1)[0] if not after.lstrip().startswith(("–", "—")) else after
    years = _years(clause, follow)
    if any(_is_in_reach(pattern, clause) for pattern in _DENIALS) or _DENIED_AFTER.match(follow):
        return Reading(Depth.NEGATED, None)
    depth = _level_behind(follow) or _level_before(clause)
    if depth is None:
        depth = Depth.STRONG if years is not None and years >= _STRONG_YEARS else Depth.STATED
    return Reading(depth, years)


def _is_in_reach(denial: re.Pattern[str], clause: str) -> bool:
    """Say whether a denial stands right before the skill, or before the list that the skill is in."""
    items = re.split(r",|/|\b(?:or|nor|and|oder|noch|und|ou|ni|o)\b", clause)
    if denial.search(clause):
        return True
    return any(
        len(rest.split()) <= _ITEM_WORDS_MAX and denial.search(clause[: len(clause) - len(rest)])
        for rest in _tails(items, clause)
    )


def _tails(items: list[str], clause: str) -> list[str]:
    """Yield the end of the clause from each word on that a list may begin with, where all its items are short."""
    if len(items) < 2 or any(len(item.split()) > 3 for item in items[1:]):
        return []
    words = [match.start() for match in re.finditer(r"\S+", items[0])]
    return [clause[start:] for start in words[-3:]]


def _level_before(clause: str) -> Depth | None:
    best: tuple[int, Depth] | None = None
    for depth, pattern in _GRADES:
        for match in pattern.finditer(clause):
            between = clause[match.end() :]
            if reaches_over(between) and (best is None or match.end() >= best[0]):
                best = (match.end(), depth)
    return best[1] if best else None


def _level_behind(after: str) -> Depth | None:
    share = _share(after)
    if share is not None:
        return Depth.STRONG if share >= _STRONG_SHARE else Depth.BASIC if share <= _BASIC_SHARE else Depth.STATED
    match = _AFTER.match(after)
    if match is None:
        return None
    words = match["words"].strip()
    for depth, pattern in (*_GRADES[:1], *_GRADES[1:]):
        found = pattern.match(words)
        if found and len(words.split()) <= _ITEM_WORDS_MAX:
            return depth
    return None


def _share(after: str) -> float | None:
    """Yield how full a bar of marks, an "x of 5" or a percentage behind a skill is, 0 to 1."""
    marks = re.sub(r"\s", "", (_MARKS.match(after) or {"marks": ""})["marks"])
    if len(marks) >= 3:
        return sum(mark in _FULL for mark in marks) / max(len(marks), 5)
    number = _OF_FIVE.match(after)
    if number is None:
        return None
    return int(number["percent"]) / 100 if number["percent"] else int(number["part"]) / int(number["whole"])


def _years(clause: str, follow: str) -> float | None:
    match = _YEARS_AFTER.match(follow) or _YEARS_BEFORE.search(clause)
    return float(match["n"].replace(",", ".")) if match else None
