"""The demands of a job ad that are no competencies: degree, language, work permit, place, portfolio."""

import re
from typing import NamedTuple

from assay.reading.jobads.sections import Part, Passage
from assay.reading.jobads.strength import is_denied, strength_of
from assay.reading.jobads.terms import default_strength
from assay.reading.model import Requirement, RequirementKind, Strength


class _Demand(NamedTuple):
    kind: RequirementKind
    start: int
    end: int
    value: str
    alternatives: tuple[str, ...] = ()


_DEGREES = (
    (
        "phd",
        (
            r"ph\.?\s?d\.?|doctorates?|doctoral|promotion(?=\s+(?:in|im|erforderlich|wünschenswert))|promovierte?r?"
            r"|doctorat|doctorado"
        ),
    ),
    (
        "master",
        (
            r"master(?:['’]?s)?(?=\s+(?:degree|of science|in\b|or\b|abschluss|level)|['’]s|\s*[/,]|\s+(?:oder|ou|o)\b"
            r"|abschluss|studium)|m\.?sc\.?"
            r"|\bMS(?=\s+(?:degree|in\b|or\b)|/)|diplom\b|bac\s?\+\s?5|máster(?:es)?|école d['’]ingénieur"
            r"|diplôme d['’]ingénieur"
        ),
    ),
    (
        "bachelor",
        (
            r"bachelor(?:['’]?s)?\b|b\.?sc\.?\b|\bBS(?=\s+(?:degree|in\b|or\b)|/)|undergraduate degree"
            r"|licence\b(?=\s+en)|grado en|licenciatura|bac\s?\+\s?3"
        ),
    ),
    (
        "degree",
        (
            r"(?:university|college|academic|advanced|technical|higher|relevant|quantitative|stem|graduate|cs"
            r"|four[- ]year|4-year)\s+degree|degree\s+in"
            r"|abgeschlossenes\s+(?:\w+\s+)?(?:hochschul)?studium|hochschulabschluss|studium (?:der|in|im)"
            r"|studienabschluss|diplôme|formation supérieure"
            r"|título universitario|titulación|estudios universitarios|\bdegree\b"
        ),
    ),
)
_DEGREE_WORDS = tuple((value, re.compile(rf"(?<![\w-])(?:{words})", re.IGNORECASE)) for value, words in _DEGREES)
_LANGUAGES = {
    "en": "english englisch englischkenntnisse anglais inglés",
    "de": "german deutsch deutschkenntnisse allemand alemán",
    "fr": "french französisch französischkenntnisse français francés",
    "es": "spanish spanisch spanischkenntnisse espagnol español",
    "it": "italian italienisch italien italiano",
    "nl": "dutch niederländisch néerlandais neerlandés holländisch",
    "pt": "portuguese portugiesisch portugais portugués",
    "pl": "polish polnisch polonais polaco",
    "sv": "swedish schwedisch suédois sueco",
    "da": "danish dänisch danois danés",
    "no": "norwegian norwegisch norvégien noruego",
    "fi": "finnish finnisch finnois finés",
    "cs": "czech tschechisch tchèque checo",
    "ja": "japanese japanisch japonais japonés",
    "zh": "chinese mandarin chinesisch chinois chino",
    "ko": "korean koreanisch coréen coreano",
    "ar": "arabic arabisch arabe árabe",
    "ru": "russian russisch russe ruso",
    "tr": "turkish türkisch turc turco",
}
_CODE_OF = {word: code for code, words in _LANGUAGES.items() for word in words.split()}
_LANGUAGE = re.compile(rf"\b(?:{'|'.join(sorted(_CODE_OF, key=len, reverse=True))})\b", re.IGNORECASE)
_LANGUAGE_CUE = re.compile(
    r"\b(?:fluen\w+|native|business|proficien\w+|command|speak\w*|spoken|written|verbal|oral|[ABC][12]\+?|language"
    r"|skills|level|kenntnisse"
    r"|\w+kenntnisse|fließend\w*|verhandlungssicher\w*|muttersprach\w*|sicher\w*|sprach\w*|wort und schrift"
    r"|courant\w*|maîtrise\w*|bilingue"
    r"|langue|parlé|nivel|fluid[oa]|nativ[oa]|hablado|good|excellent|strong|gute?s?|sehr gut\w*|working knowledge"
    r"|communicat\w+|bon niveau"
    r"|required|must|a plus|von Vorteil)\b",
    re.IGNORECASE,
)
_NOT_A_LANGUAGE = re.compile(
    r"^\s+(?:market|customers?|clients?|company|team|office|startup|law|regulation|bank|subsidiary|culture)",
    re.IGNORECASE,
)
_NATIVE = re.compile(r"\b(?:native|muttersprach\w*|nativ[oa]|langue maternelle|bilingual|bilingue)\b", re.IGNORECASE)
_FLUENT = re.compile(
    r"\b(?:fluen\w+|fließend\w*|verhandlungssicher\w*|courant\w*|fluid[oa]|business|excellent|sehr gut\w*)\b",
    re.IGNORECASE,
)
_PERMIT = re.compile(
    r"\b(?:(?:valid )?(?:work(?:ing)? permit|work (?:authori[sz]ation|visa))|right to work"
    r"|(?:legally )?authori[sz]ed to work|eligib\w+ to work"
    r"|(?:us|eu|uk) citizen(?:ship)?|security clearance|(?:gültige )?arbeitserlaubnis|arbeitsgenehmigung"
    r"|permis de travail|autorisation de travail"
    r"|permiso de trabajo|(?:cannot|can(?:'|’)t|unable to|not able to|do not|don(?:'|’)t|no) (?:offer "
    r"|provide )?(?:visa )?sponsor(?:ship)?(?: visas?)?)\b",
    re.IGNORECASE,
)
_PERMIT_OFFER = re.compile(
    r"\b(?:we (?:help|support|assist|sponsor|offer|provide)|regardless|available|wir (?:helfen|unterstützen))\b",
    re.IGNORECASE,
)
_PLACE = re.compile(
    r"\b(?:(?:must|should|need to|willing to|able to|required to) (?:be (?:based|located)|live|reside|relocate"
    r"|work on-?site|commute|travel)"
    r"|(?:be )?(?:based|located|resident) in (?=[A-Z])|(?:willingness|readiness|ability) to (?:relocate|travel)"
    r"|reisebereitschaft|umzugsbereitschaft"
    r"|wohnsitz in|(?:\d|two|three|four) days? (?:a|per) week in (?:the|our)(?: [A-Z]\w+)? office|mobilité"
    r"|résider en|disponibilidad para viajar)"
    r"[^.;,\n]{0,50}",
    re.IGNORECASE,
)
_PORTFOLIO = re.compile(
    r"\b(?:git(?:hub|lab) (?:profile|account|repositor\w+|link|contributions?)|(?:link to )?(?:your )?github\b"
    r"|portfolio of (?:\w+ ){0,3}(?:projects?|work)"
    r"|(?:active|public) (?:git(?:hub|lab))(?: profile)?|your portfolio|(?:project|personal|code|ml"
    r"|data science) portfolio|open[- ]source (?:contributions?"
    r"|projects?|work)|code samples?|side projects?"
    r"|personal projects?|kaggle\b|publications?(?= (?:in|at|record))|publication record|published (?:papers?"
    r"|research|work)|peer-reviewed"
    r"|contributions? to open[- ]source|beiträge zu open[- ]source|arbeitsproben|contributions? open[- ]source"
    r"|publicaciones|proyectos personales)\b",
    re.IGNORECASE,
)


def read_conditions(*, passage: Passage, sentence: str) -> list[Requirement]:
    """Yield the demands of the passage.

    ``value`` holds ``phd``, ``master``, ``bachelor`` or ``degree`` for a degree, the ISO 639-1 code with the CEFR level
    where stated ("de C1") for a language, and the words themselves otherwise.
    """
    usual = default_strength(passage=passage, sentence=sentence)
    requirements = []
    for demand in (*_degree(sentence), *_languages(sentence), *_phrases(sentence)):
        is_free = (
            demand.kind in {RequirementKind.WORK_PERMIT, RequirementKind.PLACE} and passage.part is not Part.COMPANY
        )
        strength = strength_of(sentence=sentence, start=demand.start, end=demand.end) if usual else None
        strength = strength or usual or (Strength.REQUIRED if is_free else None)
        if strength is None or _is_waived(demand, sentence):
            continue
        requirements.append(
            Requirement(
                kind=demand.kind,
                strength=strength,
                start=passage.quote.start + demand.start,
                end=passage.quote.start + demand.end,
                quote_start=passage.quote.start,
                quote_end=passage.quote.end,
                value=demand.value,
                alternatives=demand.alternatives,
            )
        )
    return requirements


def _is_waived(demand: _Demand, sentence: str) -> bool:
    if demand.kind is RequirementKind.WORK_PERMIT:
        return False
    return is_denied(before=sentence[: demand.start], after=sentence[demand.end :])


def _degree(sentence: str) -> list[_Demand]:
    """Yield one demand for the degrees of a sentence: the first named, the others as alternatives."""
    found = sorted(
        (match.start(), match.end(), value)
        for value, pattern in _DEGREE_WORDS
        for match in pattern.finditer(sentence)
        if not is_denied(before=sentence[: match.start()], after=sentence[match.end() :])
    )
    kinds = list(dict.fromkeys(value for _, _, value in found))
    named = [kind for kind in kinds if kind != "degree"] or kinds
    if not named:
        return []
    if len(named) == 1 and re.search(
        r"\bequivalent\b|gleichwertig|vergleichbar|équivalent|equivalente", sentence, re.IGNORECASE
    ):
        named.append("equivalent")
    start, end, _ = next(item for item in found if item[2] == named[0])
    return [_Demand(RequirementKind.DEGREE, start, end, named[0], tuple(named[1:]))]


def _languages(sentence: str) -> list[_Demand]:
    demands = []
    cues = [match.span() for match in _LANGUAGE_CUE.finditer(sentence)]
    seen: set[str] = set()
    for match in _LANGUAGE.finditer(sentence):
        code = _CODE_OF[match.group().lower()]
        is_asked = match.group().lower().endswith("kenntnisse") or any(
            -60 <= start - match.end() <= 40 and (end <= match.start() or start >= match.end()) for start, end in cues
        )
        if code in seen or not is_asked or _NOT_A_LANGUAGE.match(sentence[match.end() :]):
            continue
        seen.add(code)
        level = _language_level(sentence, match)
        demands.append(_Demand(RequirementKind.LANGUAGE, *match.span(), f"{code} {level}".strip()))
    return demands


def _language_level(sentence: str, match: re.Match[str]) -> str:
    near = re.split(r"[;.]", sentence[max(0, match.start() - 40) : match.start()])[-1]
    follow = re.split(r"[;.]", sentence[match.end() : match.end() + 30])[0]
    stated = re.search(r"\b([ABC][12])\b", follow) or re.search(r"\b([ABC][12])\b", near)
    if stated:
        return stated[1]
    if _NATIVE.search(near) or _NATIVE.match(follow.lstrip(" (-:")):
        return "native"
    return "C1" if _FLUENT.search(near) or _FLUENT.match(follow.lstrip(" (-:")) else ""


def _phrases(sentence: str) -> list[_Demand]:
    demands = []
    for kind, pattern in (
        (RequirementKind.WORK_PERMIT, _PERMIT),
        (RequirementKind.PLACE, _PLACE),
        (RequirementKind.PORTFOLIO, _PORTFOLIO),
    ):
        match = pattern.search(sentence)
        if match and not (kind is RequirementKind.WORK_PERMIT and _PERMIT_OFFER.search(sentence)):
            words = match.group().rstrip(" )")
            demands.append(_Demand(kind, match.start(), match.start() + len(words), words))
    return demands
