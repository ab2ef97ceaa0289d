"""The parts of a job ad, told by their headings in English, German, French and Spanish."""

import re
from enum import StrEnum
from typing import NamedTuple

from assay.reading.model import Document
from assay.reading.sentences import Quote, Sentences


class Part(StrEnum):
    """What a part of an ad is about."""

    INTRO = "intro"
    REQUIRED = "required"
    PREFERRED = "preferred"
    NICE_TO_HAVE = "nice_to_have"
    STACK = "stack"
    OUTCOMES = "outcomes"
    COMPANY = "company"
    BENEFITS = "benefits"
    OTHER = "other"


class Passage(NamedTuple):
    """A sentence or bullet and the part it stands in."""

    quote: Quote
    part: Part
    is_bullet: bool


_HEADINGS: tuple[tuple[Part, str], ...] = (
    (
        Part.NICE_TO_HAVE,
        (
            r"(?:nice|good|great)[- ]to[- ]ha(?:ve|s)s?|bonus(?: points| skills)?(?: if| for)?|(?:a "
            r"|big )?plus(?:es)?|extras?"
            r"|extra points(?: if| for)?|it(?:'|’)?s a (?:plus|bonus) if|von vorteil|pluspunkte?|das wäre ein plus"
            r"|bonuspunkte"
            r"|schön,? wenn|un plus|les plus|atouts?|se valorará|puntos extra|será un plus|icing on the cake"
        ),
    ),
    (
        Part.PREFERRED,
        (
            r"(?:preferred|desired|desirable|ideal(?:ly)?|recommended)(?: \w+){0,2}|wünschenswert"
            r"|idealerweise(?: \w+){0,3}"
            r"|souhaité(?:es)?|(?:compétences|qualifications) souhaitées|idéalement|deseable|valorable|(?:requisitos"
            r"|conocimientos)"
            r" (?:deseables|valorables)"
        ),
    ),
    (
        Part.STACK,
        (
            r"(?:our|the|your|tech(?:nical|nology)?)? ?(?:tech(?:nology)? |technical )?stack"
            r"|technologies(?: we use)?|our tools"
            r"|technologien|unser (?:tech[- ]?)?stack|technologies utilisées|stack technique|tecnologías"
        ),
    ),
    (
        Part.OUTCOMES,
        (
            r"(?:key |main |core |your |primary |job )*(?:responsibilities|duties|tasks|accountabilities|outcomes"
            r"|deliverables"
            r"|objectives)|what you(?:'|’)?(?:ll| will)? (?:do|own|build|achieve|deliver|work on|be doing"
            r"|be responsible for)"
            r"|(?:in this role,? )?you will|(?:your|the|about the) (?:role|mission|job|position|impact|challenge)"
            r"|what you(?:'|’)?ll be (?:doing|working on|responsible for)|day[- ]to[- ]day|how you(?:'"
            r"|’)ll make an impact"
            r"|in your first .{0,20}|job description|role (?:overview|description)|what success looks like"
            r"|(?:deine|ihre|unsere)? ?(?:haupt)?aufgaben(?:gebiet|bereich)?|was (?:dich|sie) erwartet|das (?:machst"
            r"|erwartet) du?(?:ch)?"
            r"|was du (?:machst|tust|bewegst)|(?:ihre|deine) (?:rolle|mission|tätigkeiten)|tätigkeiten"
            r"|stellenbeschreibung"
            r"|(?:vos |tes |les |ta |votre )?(?:missions?|responsabilités|tâches)(?: principales)?|(?:ton|votre"
            r"|le) (?:rôle|poste)"
            r"|(?:tus |las )?(?:funciones|responsabilidades|tareas)|qué harás|tu (?:misión|rol)"
            r"|descripción del puesto"
        ),
    ),
    (
        Part.BENEFITS,
        (
            r"(?:our |the |your )?(?:benefits?|perks|compensation)(?: (?:and|&) (?:benefits|perks))?"
            r"|what(?: do)? we(?:'ve| have)? offer"
            r"|we offer(?: you)?|what(?:'|’)?s in it for you|why (?:join |work with |you(?:'|’)ll love ).{0,20}"
            r"|why us|our offer"
            r"|(?:das |was )?(?:wir )?bieten(?: wir)?(?: (?:dir|ihnen))?|wir bieten .{0,12}"
            r"|das erwartet dich bei uns|unser angebot"
            r"|deine vorteile|benefits bei uns|avantages(?: .{0,20})?|(?:ce que )?nous (?:vous )?(?:offrons"
            r"|proposons)"
            r"|(?:qué )?(?:te )?ofrecemos|beneficios|lo que ofrecemos|salary(?: .{0,15})?|gehalt|vergütung"
            r"|rémunération|salario"
        ),
    ),
    (
        Part.OTHER,
        (
            r"equal (?:employment )?opportunit.{0,30}|diversity.{0,40}|how to apply|(?:our )?(?:application"
            r"|interview|hiring|selection)"
            r" process|contact(?: us)?|privacy.{0,20}|apply(?: now)?|(?:ihre |deine )?bewerbung(?:sprozess)?"
            r"|so bewirbst du dich"
            r"|kontakt|chancengleichheit|datenschutz|(?:comment )?postuler|processus de recrutement|cómo (?:aplicar"
            r"|postular)"
            r"|proceso de selección|igualdad.{0,30}|disclaimer|interested\??|next steps|accommodations?"
        ),
    ),
    (
        Part.COMPANY,
        (
            r"about (?:us|the (?:company|team)|our (?:company|team))|who we are|our (?:company|mission|team|story"
            r"|values|culture|vision)"
            r"|the (?:company|team)|company (?:description|overview)|why we exist|über uns|wer wir sind"
            r"|(?:das )?unternehmen"
            r"|unser team|à propos(?: de .{1,25})?|qui sommes[- ]nous|l(?:'|’)(?:entreprise|équipe)"
            r"|sobre (?:nosotros|la empresa)"
            r"|quiénes somos|about (?!you\b|the role\b|the job\b|the position\b)[A-Z][\w .&-]{1,30}"
        ),
    ),
    (
        Part.REQUIRED,
        (
            r"(?:key |minimum |basic |required |job |our |your |essential |technical |must[- ]have |core |the "
            r"|position )*"
            r"(?:requirements?|qualifications?|skills(?: (?:and|&) (?:experience|qualifications|abilities))?"
            r"|experience|prerequisites"
            r"|competenc(?:ies|es))(?: required| needed)?|must[- ]haves?|what (?:you|we)(?:'|’)?(?:ll|re)? (?:will "
            r"|are )?"
            r"(?:need|bring|expect|have|looking for|require)(?: .{0,25})?|who you are|who we(?:'|’)?(?:re"
            r"| are) looking for"
            r"|about you|you (?:should|must|will|(?:'|’)?ll|might|may|already)? ?(?:have|bring|need|know|be)"
            r"|you(?:'|’)(?:ve|ll have|ll bring|ll need)(?: got)?|you have|you bring|you are|we expect|(?:your"
            r"|candidate) (?:profile|background)|essentials?"
            r"|what it takes|you(?:'|’)re a (?:good )?fit if|you might be a good fit if|the ideal candidate"
            r"|(?:fachliche |unsere |deine |ihre )*(?:anforderungen|qualifikation(?:en)?|voraussetzungen|kenntnisse"
            r"|skills)"
            r"|(?:ihr|dein) (?:profil|know-how)|(?:anforderungs)?profil|das bringst du mit|was (?:du"
            r"|sie) mitbring(?:st|en)"
            r"|das (?:bringen sie mit|erwarten wir|solltest du mitbringen)|wen wir suchen|du bringst mit|muss"
            r"|(?:votre |ton |le )?profil(?: recherché)?|compétences(?: (?:requises|techniques|attendues))?"
            r"|exigences|pré-?requis"
            r"|(?:ce que )?nous recherchons|vous avez|requisitos(?: (?:mínimos|imprescindibles))?|(?:tu "
            r"|el )?perfil(?: buscado)?"
            r"|(?:qué|lo que) buscamos|imprescindible|experiencia(?: requerida)?|conocimientos(?: requeridos)?"
            r"|qué necesitas"
        ),
    ),
)
_PATTERNS = tuple((part, re.compile(pattern, re.IGNORECASE)) for part, pattern in _HEADINGS)
_DECORATION = re.compile(r"^[\s#*_>•·–—-]+|[\s#*_]+$")
_EMOJI = re.compile(r"^[^\w\"'(¿¡]+")
_BULLET = re.compile(r"\s*(?:[•◦▪‣●○■□➢➤✓✔▸►∙⁃*·–—-]|\d{1,2}[.)])\s")
_HEADING_WORDS_MAX = 9


def passages_of(*, document: Document) -> list[Passage]:
    """Yield the sentences and bullets of an ad, without its headings, each with the part it stands in."""
    text = document.text
    marked = {line.start for line in document.lines if line.is_heading}
    changes, insides = _headings(text, marked)
    hidden = [(part.start, part.end) for part in document.hidden if part.start is not None and part.end is not None]
    passages = []
    for quote in Sentences(text).quotes:
        if any(start < quote.end and quote.start < end for start, end in hidden):
            continue
        begin, end = _without_headings(quote, insides)
        if begin >= end:
            continue
        line_start = text.rfind("\n", 0, begin) + 1
        part = next((part for start, stop, part in reversed(changes) if start <= begin < stop), Part.INTRO)
        passages.append(Passage(Quote(begin, end), part, _BULLET.match(text[line_start:end]) is not None))
    return passages


def part_of_heading(line: str) -> Part | None:
    """Yield the part that a line opens if all of it is a known heading."""
    words = _EMOJI.sub("", _DECORATION.sub("", line)).rstrip(" :?!.*…")
    if not words or len(words.split()) > _HEADING_WORDS_MAX:
        return None
    return next((part for part, pattern in _PATTERNS if pattern.fullmatch(words)), None)


def _headings(text: str, marked: set[int]) -> tuple[list[tuple[int, int, Part]], list[tuple[int, int]]]:
    """Yield from where to where each part runs, and the spans of the headings themselves."""
    changes: list[tuple[int, int, Part]] = []
    insides: list[tuple[int, int]] = []
    offset = 0
    for line in text.split("\n"):
        start, offset = offset, offset + len(line) + 1
        part = part_of_heading(line)
        if part is None and start in marked and line.strip():
            part = Part.INTRO  # a heading of its own wording: its sentences speak for themselves
        if part is not None:
            changes.append((start, len(text) + 1, part))
            insides.append((start, start + len(line)))
            continue
        label, colon, rest = line.partition(":")
        part = part_of_heading(label) if colon and rest.strip() else None
        if part is not None:
            is_bullet = _BULLET.match(line) is not None
            changes.append((start, offset if is_bullet else len(text) + 1, part))
            insides.append((start, start + len(label) + 1))
    return changes, insides


def _without_headings(quote: Quote, insides: list[tuple[int, int]]) -> Quote:
    begin = quote.start
    for start, end in insides:
        if start <= begin < end:
            begin = end
    return Quote(begin, quote.end)
