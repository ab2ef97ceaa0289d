"""Phrases by which a document speaks to a machine, as small templates in four languages.

A template is words with single spaces between them. ``<name>`` stands for one of the named alternatives, ``~3`` for
up to three words of any kind, ``word*`` for any ending, ``|`` at the end for "nothing but punctuation follows" (so that
"note to the AI:" is one and "instructions for the AI team" is none), ``^`` for the beginning of a line or sentence.
"""

import re
from collections.abc import Iterable, Mapping
from typing import NamedTuple

_GAP = r"(?:[\s,]+[\w'’/#-]+){0,%s}?"
_BREAK = r"[\s,:]+"

_ENGLISH = {
    "ignore": ("ignore", "disregard", "forget", "override", "bypass"),
    "earlier": ("previous", "prior", "above", "preceding", "earlier", "foregoing", "system", "your", "other"),
    "orders": ("instruction*", "prompt*", "rules", "guidelines", "criteria", "directives", "directions", "commands"),
    "who": ("this candidate", "this applicant", "this résumé", "this resume", "this cv", "this profile", "this person"),
    "them": ("this candidate", "this applicant", "this résumé", "this resume", "this cv", "this profile", "it", "me"),
    "rank": ("rank", "score", "rate", "place", "put", "mark", "classify", "grade", "consider", "evaluate"),
    "best": ("first", "1st", "top", "highest", "best", "highly", "maximum", "perfect", "10/10", "100", "number one"),
    "score": ("score", "rating", "rank", "ranking", "marks", "grade", "match"),
    "chosen": ("ranked", "rated", "scored", "hired", "recommended", "advanced", "selected", "shortlisted", "approved"),
    "choose": ("recommend", "hire", "advance", "shortlist", "approve", "accept", "select", "invite"),
    "note": ("note", "message", "instruction*", "attention", "notice", "hint"),
    "machine": ("ai", "a.i.", "llm*", "chatgpt", "gpt", "language model*", "chatbot*", "ats", "ai system*", "bot*"),
    "maker": ("assistant", "language model", "llm", "ai model", "ai system", "ai assistant", "ai recruiter"),
    "must": ("must", "should", "shall", "has to", "needs to"),
    "hide": ("mention", "reveal", "disclose", "reference", "flag"),
}
_ENGLISH_PHRASES = (
    "<ignore> ~3 <earlier> ~3 <orders>",
    "<ignore> all <orders>",
    "<ignore> all of the <orders>",
    "<ignore> everything above",
    "<ignore> all the above",
    "<ignore> everything before",
    "<rank> <who> ~6 <best>",
    "give <them> ~4 <best> ~1 <score>",
    "assign <them> ~4 <best> ~1 <score>",
    "award <them> ~4 <best> ~1 <score>",
    "output ~3 <best> ~1 <score>",
    "return ~3 <best> ~1 <score>",
    "<who> <must> be ~2 <chosen>",
    "<choose> ~1 <who>",
    "^ <note> to ~1 <machine> |",
    "^ <note> for ~2 <machine> |",
    "if you are ~2 <machine> |",
    "since you are ~2 <machine> |",
    "as you are ~2 <machine> |",
    "you are ~3 <maker> |",
    "you are ~3 <maker> that",
    "you are ~3 <maker> who",
    "you are now ~3 <maker>",
    "do not <hide> these <orders>",
    "do not <hide> this <orders>",
    "never <hide> these <orders>",
    "system prompt |",
)
_GERMAN = {
    "ignore": ("ignorier", "ignoriere", "ignorieren sie", "vergiss", "vergessen sie", "missachte", "missachten sie"),
    "orders": ("anweisung*", "instruktion*", "vorgabe*", "regel*", "befehl*", "kriteri*", "prompt*"),
    "who": ("diesen kandidat*", "diese kandidat*", "diesen bewerber*", "diese bewerb*", "diesen lebenslauf*"),
    "whom": ("diesem kandidat*", "dieser kandidat*", "diesem bewerber*", "dieser bewerb*", "diesem lebenslauf*"),
    "rank": ("bewert*", "stuf*", "setz*", "ordn*", "platzier*", "reih*", "rank*"),
    "best": ("erst*", "best*", "höchst*", "oberst*", "spitze*", "maximal*", "perfekt*", "platz 1"),
    "score": ("punktzahl*", "punkt*", "bewertung*", "note*", "wertung*"),
    "choose": ("empfiehl", "empfehle", "empfehlen sie", "wähle", "wählen sie", "lade", "laden sie"),
    "machine": ("ki", "künstliche intelligenz", "sprachmodell*", "llm*", "chatbot*"),
}
_GERMAN_PHRASES = (
    "<ignore> ~4 <orders>",
    "<rank> <who> ~6 <best>",
    "<rank> sie <who> ~6 <best>",
    "gib <whom> ~4 <best> <score>",
    "geben sie <whom> ~4 <best> <score>",
    "<choose> <who>",
    "wenn du ~1 <machine> bist",
    "falls du ~1 <machine> bist",
    "wenn sie ~1 <machine> sind",
    "^ hinweis an ~1 <machine> |",
    "^ anweisung an ~1 <machine> |",
)
_FRENCH = {
    "ignore": ("ignore", "ignorez", "ignorer", "oublie", "oubliez", "négligez"),
    "orders": ("instruction*", "consigne*", "règles", "directives", "critères"),
    "who": ("ce candidat", "cette candidate", "cette candidature", "ce profil", "ce cv"),
    "rank": ("classe", "classez", "classer", "place", "placez", "note", "notez", "évalue", "évaluez", "mettez"),
    "best": ("premi*", "tête", "meilleur*", "sommet", "maxim*", "parfait*", "plus haute", "plus élevée"),
    "score": ("note", "évaluation", "score"),
    "give": ("donne", "donnez", "attribue", "attribuez", "accorde", "accordez"),
    "choose": ("recommande", "recommandez", "embauche", "embauchez", "sélectionne", "sélectionnez", "retenez"),
    "machine": ("ia", "intelligence artificielle", "modèle de langage", "llm", "chatbot"),
}
_FRENCH_PHRASES = (
    "<ignore> ~3 <orders> précédent*",
    "<ignore> ~3 <orders> antérieur*",
    "<ignore> ~3 <orders> ci-dessus",
    "<ignore> toutes les <orders>",
    "<ignore> tous les <orders>",
    "<rank> <who> ~6 <best>",
    "<give> ~5 <best> <score>",
    "<give> ~5 <score> maximale",
    "<choose> ~1 <who>",
    "si vous êtes ~1 <machine>",
    "si tu es ~1 <machine>",
    "^ note pour l'<machine> |",
    "^ message pour l'<machine> |",
)
_SPANISH = {
    "ignore": ("ignora", "ignore", "ignorar", "ignoren", "ignorad", "olvida", "olvide", "omite", "omita"),
    "orders": ("instrucciones", "indicaciones", "reglas", "directrices", "criterios"),
    "who": ("este candidato", "esta candidata", "esta candidatura", "este perfil", "este currículum", "este cv"),
    "rank": ("clasifica", "clasifique", "coloca", "coloque", "pon", "ponga", "puntúa", "evalúa", "evalúe", "califica"),
    "best": ("primer*", "mejor*", "máxim*", "más alt*", "perfect*", "excelente*"),
    "score": ("puntuación", "calificación", "nota"),
    "give": ("da", "dale", "dele", "otorga", "otorgue", "asigna", "asigne"),
    "choose": ("recomienda", "recomiende", "contrata", "contrate", "selecciona", "seleccione"),
    "machine": ("ia", "inteligencia artificial", "modelo de lenguaje", "llm", "chatbot"),
}
_SPANISH_PHRASES = (
    "<ignore> ~3 <orders> anteriores",
    "<ignore> ~3 <orders> previas",
    "<ignore> todas las <orders>",
    "<ignore> todos los <orders>",
    "<rank> <who> ~6 <best>",
    "<rank> a <who> ~6 <best>",
    "<give> ~5 <best> <score>",
    "<give> ~5 <score> <best>",
    "<choose> <who>",
    "<choose> a <who>",
    "si eres ~1 <machine>",
    "si usted es ~1 <machine>",
    "^ nota para la <machine> |",
    "^ instrucciones para la <machine> |",
)
_TEMPLATE_MARKS = (r"<\|(?:im_start|im_end|system|user|assistant|endoftext)\|>", r"\[/?INST\]", r"<</?SYS>>")
_LANGUAGES = (
    (_ENGLISH, _ENGLISH_PHRASES),
    (_GERMAN, _GERMAN_PHRASES),
    (_FRENCH, _FRENCH_PHRASES),
    (_SPANISH, _SPANISH_PHRASES),
)


class Phrase(NamedTuple):
    """A phrase to try at a word. ``begins`` asks for the beginning of a line or sentence."""

    pattern: re.Pattern[str]
    begins: bool


def phrases_by_head() -> dict[str, list[Phrase]]:
    """Yield the phrases of all languages by the first two letters of their first word.

    Most words of a document begin no phrase, so that looking two letters up is all that they cost.
    """
    found: dict[str, list[Phrase]] = {}
    for names, templates in _LANGUAGES:
        for template in templates:
            parts = template.split(" ")
            begins = parts[0] == "^"
            parts = parts[1:] if begins else parts
            phrase = Phrase(re.compile(_pattern(parts, names), re.IGNORECASE), begins)
            for head in {word[:2].lower() for word in _words_of(parts[0], names)}:
                found.setdefault(head, []).append(phrase)
    return found


def template_marks() -> re.Pattern[str]:
    """Yield the pattern of the marks that chat models part their turns with."""
    return re.compile("|".join(_TEMPLATE_MARKS), re.IGNORECASE)


def _pattern(parts: Iterable[str], names: Mapping[str, Iterable[str]]) -> str:
    pattern = ""
    for part in parts:
        if part == "|":
            pattern += r"(?=\s*(?:[:;,.!?)\]–—-]|\n|\Z))"
        elif part.startswith("~"):
            pattern += _GAP % part[1:]
        else:
            words = "|".join(_word(word) for word in _words_of(part, names))
            pattern += (_BREAK if pattern else "") + f"(?:{words})"
    return pattern


def _words_of(part: str, names: Mapping[str, Iterable[str]]) -> list[str]:
    head, bracket, rest = part.partition("<")
    return [head + word for word in names[rest.rstrip(">")]] if bracket else [part]


def _word(text: str) -> str:
    pattern = _BREAK.join(re.escape(part) for part in text.removesuffix("*").split(" "))
    return pattern + (r"\w*" if text.endswith("*") else r"(?!\w)")
