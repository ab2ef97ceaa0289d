"""What a document's own words say of the hard facts: permit, place, languages, availability, pay.

Only explicit statements count. An address, a nationality, a school or a name says nothing here, and silence is silence.
"""

import re
from collections.abc import Iterator
from datetime import date

import msgspec

from assay.reading.model import Document, Found, Resume


class Struct(msgspec.Struct, frozen=True, omit_defaults=True):
    """Base: immutable and compact as JSON."""


class Words(Struct, frozen=True, kw_only=True):
    """A statement's normal form and the words it was read from; the span is empty where a person typed it."""

    value: str
    quote: str = ""
    start: int = 0
    end: int = 0


class Stated(Struct, frozen=True, kw_only=True):
    """What a candidate said of the hard facts, in their own words. Nothing here is ever inferred."""

    work_permits: tuple[Words, ...] = ()
    """Where they say they may work: ``EU``, ``US``, ``UK``, ``CH``, or a country's name in lower case."""
    needs_sponsorship: Words | None = None
    places: tuple[Words, ...] = ()
    """Where they say they want to work; an address is not such a statement."""
    is_remote_only: Words | None = None
    is_open_to_relocation: Words | None = None
    languages: tuple[Words, ...] = ()
    """``de``, or with a level of the Common European Framework ``de:B1``; ``native`` counts as C2."""
    available_from: Words | None = None
    """An ISO date."""
    pay: Words | None = None
    """``80000 EUR year``: the least that they ask for."""


_PLACE = r"(?:the )?(?P<place>EU|European Union|Europe|UK|United Kingdom|USA?|U\.S\.|United States|[A-Z][a-z]+)"
_PERMIT = (
    re.compile(
        r"\b(?<!(?i:not) )(?<!(?i:no) )"
        r"(?i:authori[sz]ed|eligible|permitted|allowed|(?:unrestricted |full )?right|permission|permit)"
        rf" to (?:live and )?work (?:anywhere )?(?:in|within) {_PLACE}"
    ),
    re.compile(rf"\b[Ww]ork (?:permit|authori[sz]ation|visa)(?: valid)?(?: for| in|:) {_PLACE}"),
    re.compile(r"\b(?P<place>EU|UK|US|Swiss|German) (?:work permit|work authori[sz]ation|Blue Card)\b"),
    re.compile(r"\b(?:unbefristete )?[Aa]rbeitserlaubnis (?:für|in) (?:die |der )?(?P<place>EU|Deutschland|Schweiz)"),
)
_SPONSORSHIP = re.compile(
    r"\b(?<!not )(?<!n't )(?:requires?|needs?|will need|seeking) (?:a )?(?:work )?(?:visa )?sponsorship\b"
    r"|\bvisa sponsorship (?:is )?(?:required|needed)\b",
    re.IGNORECASE,
)
_REMOTE_ONLY = re.compile(
    r"\b(?:remote(?:ly)? only|only remote|fully remote (?:roles?|positions?|work) only)\b", re.IGNORECASE
)
_RELOCATION = re.compile(
    r"\b(?<!not )(?:open|willing|ready|happy|prepared) to (?:relocat\w+|move\b)|\bumzugsbereit\b", re.IGNORECASE
)
_LOOKING = re.compile(
    r"\b(?:looking for (?:a )?(?:role|position|job|work)s?|want to work|wish to work"
    r"|prefer(?:red)? (?:to work|location)s?)"
    r"(?: is| are|:)? (?:in |based in )?(?P<place>[A-Z][\w-]+(?: [A-Z][\w-]+)?)"
)
_AVAILABLE = re.compile(
    r"\b(?:available|can start|start(?:ing)? date|verfügbar)(?: from| as of| on| ab|:)? "
    r"(?:(?P<iso>\d{4}-\d{2}-\d{2})"
    r"|(?:(?P<day>\d{1,2})(?:st|nd|rd|th|\.)? )?(?P<month>[A-Z][a-zä]+) (?P<year>20\d{2}))",
    re.IGNORECASE,
)
_PAY = re.compile(
    r"\b(?:salary|pay|compensation|gehalts?)[ -]?(?:expectations?|expected|requirements?|vorstellung|wunsch)\w*:? "
    r"(?:of |is |from |at least |ab )?(?P<sign>[€$£])? ?(?P<amount>\d{2,3}(?:[.,' ]?\d{3}|k))"
    r" ?(?P<currency>EUR|USD|GBP|CHF|€|\$|£)?",
    re.IGNORECASE,
)
_CURRENCY = {"€": "EUR", "$": "USD", "£": "GBP"}
_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan januar", "february feb februar", "march mar märz", "april apr", "may mai", "june jun juni",
            "july jul juli", "august aug", "september sep", "october oct oktober", "november nov",
            "december dec dezember",
        ),
        start=1,
    )
    for name in names.split()
}  # fmt: skip
_COUNTRY = {"swiss": "CH", "schweiz": "CH", "german": "germany", "deutschland": "germany"}
_LANGUAGES = {
    "en": "english englisch anglais inglés", "de": "german deutsch allemand alemán",
    "fr": "french französisch français francés", "es": "spanish spanisch espagnol español",
    "it": "italian italienisch italiano", "pt": "portuguese portugiesisch português", "nl": "dutch niederländisch",
    "pl": "polish polnisch polski", "ru": "russian russisch", "uk": "ukrainian ukrainisch", "tr": "turkish türkisch",
    "ar": "arabic arabisch", "zh": "chinese mandarin chinesisch", "ja": "japanese japanisch", "ko": "korean",
    "hi": "hindi", "sv": "swedish schwedisch", "da": "danish", "no": "norwegian", "fi": "finnish", "cs": "czech",
    "el": "greek", "he": "hebrew", "hu": "hungarian", "ro": "romanian", "vi": "vietnamese", "fa": "persian farsi",
}  # fmt: skip
_CODE_OF = {word: code for code, words in _LANGUAGES.items() for word in words.split()}
_LEVEL_WORDS = {
    "C2": "native mother muttersprache bilingual langue maternelle lengua materna",
    "C1": "fluent fluently proficient verhandlungssicher fließend courant fluido advanced",
    "B1": "intermediate conversational professional working gut limited",
    "A2": "basic beginner elementary grundkenntnisse notions básico",
}
_LEVEL_OF = {word: level for level, words in _LEVEL_WORDS.items() for word in words.split()}


def stated_in(*, document: Document, resume: Resume | None = None) -> Stated:
    """Yield what the document states of the hard facts, each with its words; what does not count is not read."""
    text = document.text
    void = [(one.start, one.end) for one in document.hidden if one.start is not None and one.end is not None]

    def visible(pattern: re.Pattern[str]) -> Iterator[re.Match[str]]:
        return (
            match
            for match in pattern.finditer(text)
            if not any(match.start() < end and start < match.end() for start, end in void)
        )

    def first(pattern: re.Pattern[str]) -> Words | None:
        return next((_words(match, "yes") for match in visible(pattern)), None)

    return Stated(
        work_permits=tuple(_words(match, _country(match["place"])) for one in _PERMIT for match in visible(one)),
        needs_sponsorship=first(_SPONSORSHIP),
        places=tuple(_words(match, match["place"]) for match in visible(_LOOKING)),
        is_remote_only=first(_REMOTE_ONLY),
        is_open_to_relocation=first(_RELOCATION),
        languages=tuple(
            words for found in (resume.languages if resume else ()) if (words := _language(found, text)) is not None
        ),
        available_from=next((words for match in visible(_AVAILABLE) if (words := _available(match))), None),
        pay=next((words for match in visible(_PAY) if (words := _pay(match))), None),
    )


def _words(match: re.Match[str], value: str) -> Words:
    return Words(value=value, quote=match.group(), start=match.start(), end=match.end())


def _country(name: str) -> str:
    return _COUNTRY.get(name.lower(), name)


def _language(found: Found, text: str) -> Words | None:
    quote = text[found.start : found.end]
    parts = re.findall(r"[^\W\d_]+|[ABC][12]\b", found.value + " " + quote)
    code = next((_CODE_OF[part.lower()] for part in parts if part.lower() in _CODE_OF), None)
    if code is None:
        return None
    cefr = re.search(r"\b[ABC][12]\b", found.value + " " + quote)
    level = cefr.group() if cefr else next((_LEVEL_OF[one.lower()] for one in parts if one.lower() in _LEVEL_OF), "")
    return Words(value=f"{code}:{level}" if level else code, quote=quote, start=found.start, end=found.end)


def _available(match: re.Match[str]) -> Words | None:
    if match["iso"]:
        return _words(match, match["iso"]) if _is_day(match["iso"]) else None
    month = _MONTHS.get(match["month"].lower())
    iso = f"{match['year']}-{month or 0:02d}-{int(match['day'] or 1):02d}"
    return _words(match, iso) if _is_day(iso) else None


def _is_day(iso: str) -> bool:
    try:
        date.fromisoformat(iso)
    except ValueError:
        return False
    return True


def _pay(match: re.Match[str]) -> Words | None:
    raw = match["amount"].lower()
    amount = int(re.sub(r"\D", "", raw)) * (1000 if raw.endswith("k") else 1)
    sign = match["sign"] or match["currency"]
    if not sign or amount < 1000:
        return None
    return _words(match, f"{amount} {_CURRENCY.get(sign, sign.upper())} year")
