"""Which of the four languages a résumé is written in."""

import re

_COMMON = {
    "en": frozenset(
        [
            "the",
            "and",
            "of",
            "in",
            "for",
            "with",
            "to",
            "on",
            "from",
            "at",
            "by",
            "led",
            "developed",
            "using",
            "team",
            "experience",
            "skills",
            "education",
            "university",
        ]
    ),
    "de": frozenset(
        [
            "und",
            "der",
            "die",
            "das",
            "mit",
            "von",
            "für",
            "im",
            "bei",
            "zur",
            "zum",
            "ein",
            "eine",
            "des",
            "den",
            "auf",
            "als",
            "seit",
            "heute",
            "kenntnisse",
            "ausbildung",
        ]
    ),
    "fr": frozenset(
        [
            "et",
            "le",
            "la",
            "les",
            "des",
            "du",
            "de",
            "en",
            "pour",
            "avec",
            "dans",
            "sur",
            "une",
            "un",
            "au",
            "aux",
            "depuis",
            "compétences",
            "formation",
            "expérience",
        ]
    ),
    "es": frozenset(
        [
            "y",
            "el",
            "la",
            "los",
            "las",
            "del",
            "de",
            "en",
            "para",
            "con",
            "una",
            "un",
            "por",
            "desde",
            "al",
            "experiencia",
            "educación",
            "formación",
            "habilidades",
        ]
    ),
}


def language_of(*, text: str) -> str:
    """Return ``en``, ``de``, ``fr`` or ``es`` by its commonest small words; English where nothing decides."""
    words = re.findall(r"[^\W\d_]+", text.casefold())
    scores = {code: sum(word in common for word in words) for code, common in _COMMON.items()}
    best = max(scores, key=lambda code: scores[code])
    return best if scores[best] > 1.1 * scores["en"] else "en"
