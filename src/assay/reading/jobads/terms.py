"""The demands for competencies: terms of the map with strength, level and alternatives, and years tied to them."""

import re
from collections.abc import Sequence
from itertools import islice, pairwise

from assay.reading.jobads.sections import Part, Passage
from assay.reading.jobads.strength import is_denied, level_of, strength_of
from assay.reading.model import Requirement, RequirementKind, Strength
from assay.reading.vocabulary import Hit

_DEFAULTS = {
    Part.REQUIRED: Strength.REQUIRED,
    Part.PREFERRED: Strength.PREFERRED,
    Part.NICE_TO_HAVE: Strength.NICE_TO_HAVE,
    Part.STACK: Strength.PREFERRED,
    Part.OUTCOMES: Strength.PREFERRED,
}
_ASKING = re.compile(
    r"\b(?:looking for|you have|you(?:'|’)ve|you bring|you know|you are|you(?:'|’)re|experience (?:with|in|of)"
    r"|knowledge of"
    r"|proficien\w+|familiar\w*|expertise|skills in|background in|degree|seeking|hiring|who (?:has|have|knows?|is"
    r"|are|can)"
    r"|du (?:hast|bringst|kennst|bist)|sie (?:haben|bringen)|erfahrung|kenntnisse|suchen|vous (?:avez|maîtrisez)"
    r"|tu (?:as|maîtrises)"
    r"|expérience|maîtrise|connaissances?|recherchons|experiencia|conocimientos|dominio|buscamos|tienes)\b",
    re.IGNORECASE,
)
_ADDRESSING = re.compile(
    r"\b(?:you|your|candidate|applicant|du|dein\w*|sie|ihr\w*|vous|votre|tu|ton|usted|tus?)\b", re.IGNORECASE
)
_OR = re.compile(r"[\s,(]*(?:\b(?:or|oder|ou|o|and/or|und/oder|bzw\.?)\b)\s*(?:\w+\s)?", re.IGNORECASE)
_JOINT = re.compile(r"\s*(?:[,/]|\band/or\b|,?\s*\b(?:or|and|oder|und|ou|et|o|y)\b)\s*", re.IGNORECASE)
_AND = re.compile(r"\b(?:and|und|et|y)\b(?!/)", re.IGNORECASE)
_FIELD_OF_STUDY = re.compile(
    r"(?:\bdegrees?|\bmaster\S*|\bbachelor\S*|\bph\.?d\.?|\b[mb]\.?sc\.?|\bdiploma?|studium\w*|abschluss|\blicence|\bgrado"
    r"|\bmáster|\bdiplôme)\b(?!.*\b(?:experience|knowledge|erfahrung|expérience|experiencia)\b)"
    r"[^.;]{0,40}?\b(?:in|der|en|im|des|of)\b[^.;]{0,60}$",
    re.IGNORECASE,
)
_EXAMPLES = re.compile(
    r"(?:\b(?:e\.g\.,?|such as|like|for example|for instance|one of|any of|at least one of|either|z\.\s?B\.|wie"
    r"|beispielsweise|par exemple"
    r"|comme|tels? que|p\. ?ej\.|por ejemplo|como)\s*[:(]?|\bi\.e\.)\s*$",
    re.IGNORECASE,
)
_NUMBER_WORDS = {
    word: number
    for number, words in enumerate(
        (
            "one ein eine un une uno",
            "two zwei deux dos",
            "three drei trois tres",
            "four vier quatre cuatro",
            "five fünf cinq cinco",
            "six sechs seis",
            "seven sieben sept siete",
            "eight acht huit ocho",
            "nine neun neuf nueve",
            "ten zehn dix diez",
        ),
        start=1,
    )
    for word in words.split()
}
_YEARS_MAX = 20  # of one sentence
_YEARS = re.compile(
    rf"\b(?P<n>\d{{1,2}}|{'|'.join(_NUMBER_WORDS)})\s*\+?\s*(?:(?:-|–|to|bis|à|a|or)\s*\d{{1,2}}\s*\+?\s*)?"
    r"(?:years?|yrs?\.?|jahren?|ans|années|años?)\b(?!\s+(?:old|ago|alt|now|in a row|running|contract|plan)|-)",
    re.IGNORECASE,
)
_OF_EXPERIENCE = re.compile(
    r"^['’]?s?\s*\+?\s*(?:[\w-]+[\s,]+){0,6}?(?:d['’])?(?:experience|berufserfahrung|erfahrung|expérience|experiencia|of|in"
    r"|with|as|working|using"
    r"|building|developing|mit|als|en|de|con|professional)\b|^['’]?s?\s*$",
    re.IGNORECASE,
)
_NOT_DEMANDED = re.compile(
    r"\b(?:last|past|for over|for more than|since|our|company|letzten|seit|depuis|últimos|within"
    r"|(?:our|the) company has|we have)"
    r"(?: over| more than)?\s*$",
    re.IGNORECASE,
)
_OF_THE_COMPANY = re.compile(
    r"^(?:we|our|wir|unser\w*|nous|notre|nos|nosotros|nuestr\w+)\b(?!.{0,60}\b(?:look|seek|hir|need|requir|expect|want|such"
    r"|erwart|brauch|recherch|cherch|attend|busca|necesit|esper))",
    re.IGNORECASE,
)


def default_strength(*, passage: Passage, sentence: str) -> Strength | None:
    """Yield how firmly the part of the ad asks; None where the passage speaks of the company and not of the person."""
    if passage.part in _DEFAULTS:
        return _DEFAULTS[passage.part]
    if passage.part is Part.INTRO and _OF_THE_COMPANY.match(sentence) and not _ADDRESSING.search(sentence):
        return None
    if passage.part is Part.INTRO and _ASKING.search(sentence):
        return Strength.REQUIRED
    if passage.part is Part.INTRO and (passage.is_bullet or _ADDRESSING.search(sentence)):
        return Strength.PREFERRED
    return None


def read_terms(*, passage: Passage, sentence: str, hits: Sequence[Hit]) -> list[Requirement]:
    """Yield a requirement for each hit of the passage that is asked for; hits carry offsets of the whole text."""
    offset = passage.quote.start
    usual = default_strength(passage=passage, sentence=sentence)
    groups = _alternatives(sentence, offset, hits, is_bullet=passage.is_bullet)
    requirements = []
    for index, hit in enumerate(hits):
        start, end = hit.start - offset, hit.end - offset
        before, after = sentence[:start], sentence[end:]
        strength = strength_of(sentence=sentence, start=start, end=end) if _may_ask(passage, sentence) else None
        strength = strength or usual
        if strength is None or is_denied(before=before, after=after) or _FIELD_OF_STUDY.search(before):
            continue
        others = (hits[other].term.name for other in groups[index] if hits[other].term.name != hit.term.name)
        requirements.append(
            Requirement(
                kind=RequirementKind.COMPETENCY,
                strength=strength,
                start=hit.start,
                end=hit.end,
                quote_start=passage.quote.start,
                quote_end=passage.quote.end,
                competency=hit.term.competency,
                term=hit.term.name,
                level=level_of(before=before, after=after),
                alternatives=tuple(dict.fromkeys(others)),
            )
        )
    return requirements


def _may_ask(passage: Passage, sentence: str) -> bool:
    if passage.part in {Part.BENEFITS, Part.OTHER}:
        return False
    return passage.part is not Part.COMPANY or _ADDRESSING.search(sentence) is not None


def _alternatives(sentence: str, offset: int, hits: Sequence[Hit], *, is_bullet: bool) -> list[tuple[int, ...]]:
    """Yield for each hit the indices of the terms that would do as well: "A or B", "A/B", "such as A, B"."""
    groups: list[tuple[int, ...]] = [() for _ in hits]
    for whole in _runs(sentence, offset, hits):
        before = sentence[: hits[whole[0]].start - offset].rstrip()
        is_labelled = before.endswith(":") or (not before and not is_bullet)
        run = _last_two(sentence, offset, hits, whole) if is_labelled else whole
        if len(run) > 1 and _is_choice(sentence, offset, [hits[at] for at in run]):
            for at in run:
                groups[at] = tuple(other for other in run if other != at)
    return groups


def _last_two(sentence: str, offset: int, hits: Sequence[Hit], run: list[int]) -> list[int]:
    """Cut "Must have: A, B, C or D" to C and D: after a label, commas part what is all asked for."""
    ors = [at for at in run[1:] if _OR.fullmatch(sentence[hits[at - 1].end - offset : hits[at].start - offset])]
    return [ors[0] - 1, ors[0]] if len(ors) == 1 and len(run) > 2 else run


def _runs(sentence: str, offset: int, hits: Sequence[Hit]) -> list[list[int]]:
    """Yield the lists that the hits form; "and" ends a list, since what it joins is asked for as well."""
    runs: list[list[int]] = []
    for index, hit in enumerate(hits):
        gap = sentence[hits[index - 1].end - offset : hit.start - offset] if index else ""
        if index and _JOINT.fullmatch(gap) and not _AND.search(gap):
            runs[-1].append(index)
        else:
            runs.append([index])
    return runs


def _is_choice(sentence: str, offset: int, hits: Sequence[Hit]) -> bool:
    gaps = [sentence[one.end - offset : two.start - offset] for one, two in pairwise(hits)]
    if any(_OR.fullmatch(gap) for gap in gaps) or all(gap.strip() == "/" for gap in gaps):
        return True
    return _EXAMPLES.search(sentence[: hits[0].start - offset]) is not None


def read_years(*, passage: Passage, sentence: str, hits: Sequence[Hit]) -> list[Requirement]:
    """Yield the years that the passage asks for, as its words; tied to the term that follows or precedes them."""
    usual = default_strength(passage=passage, sentence=sentence)
    requirements = []
    for match in islice(_YEARS.finditer(sentence), _YEARS_MAX):
        if (
            usual is None
            or not _OF_EXPERIENCE.match(sentence[match.end() :])
            or _NOT_DEMANDED.search(sentence[: match.start()])
        ):
            continue
        if is_denied(before=sentence[: match.start()], after=sentence[match.end() :]):
            continue
        hit = _tied_to(match, passage.quote.start, hits, sentence)
        number = match["n"].lower()
        requirements.append(
            Requirement(
                kind=RequirementKind.YEARS,
                strength=strength_of(sentence=sentence, start=match.start(), end=match.end()) or usual,
                start=passage.quote.start + match.start(),
                end=passage.quote.start + match.end(),
                quote_start=passage.quote.start,
                quote_end=passage.quote.end,
                competency=hit.term.competency if hit else None,
                term=hit.term.name if hit else None,
                years=float(_NUMBER_WORDS.get(number) or number),
                value=match.group(),
            )
        )
    return requirements


def _tied_to(match: re.Match[str], offset: int, hits: Sequence[Hit], sentence: str) -> Hit | None:
    behind = [hit for hit in hits if hit.start - offset >= match.end()]
    if behind and not re.search(r"[;.](?=\s)", sentence[match.end() : behind[0].start - offset]):
        return behind[0]
    ahead = [hit for hit in hits if hit.end - offset <= match.start()]
    if ahead and re.fullmatch(
        r"\s*[(:,–-]*\s*(?:at least |min\.? )?", sentence[ahead[-1].end - offset : match.start()]
    ):
        return ahead[-1]
    return None
