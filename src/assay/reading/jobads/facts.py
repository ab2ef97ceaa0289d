"""What a job ad says of the job itself: title, employer, places, remote work."""

import re

from assay.reading.jobads.sections import part_of_heading
from assay.reading.model import Document, Found
from assay.reading.places import place_score

_ROLE = re.compile(
    r"\b(?:engineer(?:ing)?|scientist|developer|researcher|analyst|architect|lead|manager|head|director|consultant"
    r"|specialist"
    r"|intern(?:ship)?|fellow|principal|officer|administrator|programmer|mlops|entwickler(?:in)?|ingenieur(?:in)?"
    r"|leiter(?:in)?"
    r"|werkstudent(?:in)?|wissenschaftler(?:in)?|ingénieure?|développeu(?:r|se)|chercheu(?:r|se)|responsable"
    r"|stagiaire|ingenier[oa]"
    r"|desarrollador(?:a)?|científic[oa]|investigador(?:a)?|analista|designer|strategist)\b",
    re.IGNORECASE,
)
_TITLE_LABEL = re.compile(
    r"^\W*(?:job title|title|position|role|vacancy|stellenbezeichnung|stelle|poste|intitulé(?: du poste)?|puesto"
    r"|cargo)\s*:\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_TITLE_IN_PROSE = re.compile(
    r"\b(?:looking for|hiring|seeking|search(?:ing)? for|recruiting|suchen|sucht|recherchons|recherche|buscamos"
    r"|busca)"
    r"\s+(?:ab sofort |zum nächstmöglichen Zeitpunkt |zur Verstärkung [^,\n]{0,40}?)?"
    r"(?:(?:an?|our|the|the next|eine?(?:/n|\(n\)|:n|n)?|une?(?:\(e\))?|una?)\s+)?(?:[a-zäöüß-]+\s){0,2}"
    r"((?:[A-ZÄÖÜÉ][\w&/+-]*(?: of)? ?){1,6})"
)
_GENDERS = re.compile(
    r"\s*[(\[](?:[mwfdxh*]\s?[/|,]\s?)+[mwfdxh*](?:[/|,]\s?\w+)?[)\]]|\s*\((?:all genders|gn|remote|hybrid)\)",
    re.IGNORECASE,
)
_TITLE_END = re.compile(r"\s+(?:at|bei|chez|en)\s+[A-Z]|\s[-–—|·@]\s|\s*[(\[,]|\s+in\s+[A-Z]")
_EMPLOYERS = (
    re.compile(
        r"^\W*(?:company|employer|organi[sz]ation|unternehmen|arbeitgeber|firma|entreprise|société"
        r"|empresa)\s*:\s*(?P<name>\S.*?)\s*$",
        re.IGNORECASE | re.MULTILINE,
    ),
    re.compile(
        r"\b(?P<name>[A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*){0,3})(?:,[^,\n]{0,60},)? (?:is (?:looking for|hiring"
        r"|seeking)|sucht\b|recherche\b|busca\b|seeks\b|builds\b|develops\b"
        r"|(?:is|ist|est|es) (?:an?|the|eine?|une?|una) [^.\n]{0,60}?\b(?:company|start-?up|provider|platform|firm"
        r"|studio|lab|bank|consultancy|business|agency|manufacturer|scale-?up|leader|unternehmen|anbieter"
        r"|entreprise|empresa)\b)"
    ),
    re.compile(
        r"\b(?:At|Join|Bei|Chez|En|Rejoignez)\s(?P<name>[A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*){0,2})"
        r"(?=,| we\b| wir\b| as )"
    ),
    re.compile(
        r"\b(?:We(?:'|’)re|We are|Wir sind|Nous sommes|Somos) (?P<name>[A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*){0,2})(?=,)"
    ),
    re.compile(
        r"^\W*(?:About|Über|À propos de|Sobre|Why)\s+(?P<name>[A-Z][\w&.’'-]*(?: [A-Z][\w&.’'-]*){0,3})\s*:?\s*$",
        re.MULTILINE,
    ),
)
_COMPANY_FORM = re.compile(
    r"\b(?P<name>[A-ZÄÖÜÉ][\w&.’'-]*(?: [A-ZÄÖÜÉ&][\w&.’'-]*){0,3},? (?:AG|GmbH|SE|KG|Inc\.?|Ltd\.?|LLC|PLC|SAS"
    r"|S\.A\.|S\.L\.|B\.?V\.?))(?=\W|$)"
)
_NOT_A_NAME = frozenset(
    [
        "we",
        "our",
        "the",
        "this",
        "it",
        "they",
        "you",
        "us",
        "team",
        "role",
        "position",
        "company",
        "job",
        "about",
        "wir",
        "sie",
        "das",
        "die",
        "der",
        "unser",
        "unsere",
        "nous",
        "vous",
        "notre",
        "nosotros",
        "nuestra",
        "what",
        "who",
        "why",
        "if",
        "candidate",
        "engineering",
        "data",
        "machine",
        "ideal",
        "at",
        "he",
        "she",
        "there",
        "here",
        "uns",
        "dich",
        "moi",
        "en",
    ]
)
_PLACE_LABEL = re.compile(
    r"^\W*(?:(?:job |work |office )?locations?|place of work|based in|standort|arbeitsort|einsatzort|ort"
    r"|lieu(?: de travail)?|localisation"
    r"|ubicación|lugar(?: de trabajo)?)\s*:\s*(\S.*)$",
    re.IGNORECASE | re.MULTILINE,
)
_PLACE_IN_PROSE = re.compile(
    r"\b(?:based|located|location|office|offices|on-?site|headquarters|HQ|Standort|Büro|Sitz|basée?|bureaux"
    r"|oficinas?)\s+(?:in|at|à|en)\s+"
    r"([A-ZÄÖÜÉ][\w’'.-]+(?:[ -][A-ZÄÖÜ][\w’'.-]+){0,2}(?:, [A-Z][\w.-]+(?: [A-Z]\w+)?)?)"
)
_REMOTE = (
    (
        "onsite",
        r"\b(?:no remote|not (?:a )?remote|remote (?:work )?is not|keine? (?:homeoffice|remote)|pas de télétravail)",
    ),
    (
        "hybrid",
        (
            r"\b(?:hybrid|hybride?s?|híbrido|\d days? (?:a|per) week in (?:the|our) office|teilweise remote"
            r"|mobiles? arbeiten)\b"
        ),
    ),
    (
        "remote",
        (
            r"\b(?:remote(?!\s(?:sensing|team|desktop|server|control|access))(?:-first|-friendly)?|work from (?:home"
            r"|anywhere)"
            r"|home ?office|telecommute|télétravail|teletrabajo|remoto)\b"
        ),
    ),
    ("onsite", r"\b(?:on-?site|in[- ]office|vor Ort|sur site|presencial)\b"),
)
_REMOTE_WORDS = tuple((value, re.compile(words, re.IGNORECASE)) for value, words in _REMOTE)
_ARTICLE = re.compile(r"^(?:Die|Der|Das|The|La|Le|El|Bei der|Wir,)\s+")
_HEAD_PARTS = re.compile(r"\s+[|·•–—]\s+")
_PLACE_BREAK = re.compile(r"\s[-–—|·•]\s|[(;|·•/\n]|\b(?:or|oder|ou|und|and)\b")
_HEAD_LINES = 4
_PLACE_AFTER_IN = re.compile(r"\b(?:in|à|en)\s+([A-ZÄÖÜÉ][\w’'-]+(?:[ -][A-ZÄÖÜ][\w’'-]+)?)")
_TITLE_LINES = 8
_TITLE_WORDS_MAX = 12
_HEADER_CHARS = 600
_PLACE_SURE = 2.2


def read_title(*, document: Document) -> Found | None:
    """Yield the title: labelled, else the first short line that names an occupation, else what the prose seeks."""
    text = document.text
    label = _TITLE_LABEL.search(text[:_HEADER_CHARS])
    if label:
        return _title(text, label.start(1), label.end(1))
    lines = [(match.start(), match.end()) for match in re.finditer(r"[^\n]*\S[^\n]*", text)][:_TITLE_LINES]
    for start, end in lines:
        line = text[start:end].strip()
        is_short = len(line.split()) <= _TITLE_WORDS_MAX and not line.endswith((".", "!", ":"))
        if is_short and _ROLE.search(line) and part_of_heading(line) is None and not _TITLE_IN_PROSE.search(line):
            return _title(text, start, end)
    prose = next((match for match in _TITLE_IN_PROSE.finditer(text) if _ROLE.search(match[1])), None)
    return _title(text, prose.start(1), prose.end(1)) if prose else None


def _title(text: str, start: int, end: int) -> Found:
    words = text[start:end]
    lead = re.match(r"[\s#*_>•-]*(?:(?:we(?:'re| are) )?hiring:?\s+)?", words, re.IGNORECASE)
    begin = start + (lead.end() if lead else 0)
    plain = text[begin:end]
    genders = _GENDERS.search(plain)
    cut = _TITLE_END.search(plain)
    stop = min(mark.start() for mark in (genders, cut) if mark) if genders or cut else len(plain)
    if not _ROLE.search(plain[:stop]) and _ROLE.search(plain):
        stop = genders.start() if genders else len(plain)
    value = plain[:stop].strip(" \t*#_:")
    begin += plain.find(value)
    return Found(value=value, start=begin, end=begin + len(value))


def read_employer(*, document: Document, title: Found | None) -> Found | None:
    """Yield the employer: labelled, else behind the title ("… at Acme"), else as the ad speaks of it."""
    text = document.text
    if title is not None:
        match = re.compile(
            r"\s*(?:\([^)\n]*\)\s*)?(?:at|@|bei|chez)\s+([A-Z][^\n,|(–]{1,40}?)(?=\s*(?:[\n,|(–]|\s-\s|$))"
        ).match(text, title.end)
        if match:
            return Found(value=match[1], start=match.start(1), end=match.end(1))
    head = _first_of_head(text, title)
    if head is not None:
        return head
    for pattern in (*_EMPLOYERS, _COMPANY_FORM):
        for match in pattern.finditer(text):
            name = _ARTICLE.sub("", match["name"].strip(" ."))
            words = name.casefold().split()
            if (
                words
                and words[0] not in _NOT_A_NAME
                and not _ROLE.search(name)
                and place_score(text=name) < _PLACE_SURE
            ):
                start = text.index(name, match.start("name"))
                return Found(value=name, start=start, end=start + len(name))
    return None


def _first_of_head(text: str, title: Found | None) -> Found | None:
    """Yield the first part of a line such as "Acme | London, UK | Full-time" at the head of the ad."""
    for match in list(re.finditer(r"[^\n]*\S[^\n]*", text))[:_HEAD_LINES]:
        parts = _HEAD_PARTS.split(match.group())
        name = parts[0].strip(" *#_\t")
        is_name = re.fullmatch(r"[A-ZÄÖÜÉ][\w&.’'-]*(?: [\w&.’'-]+){0,3}", name) and not _ROLE.search(name)
        if len(parts) < 2 or not is_name or (title is not None and name in title.value):
            continue
        is_place_first = place_score(text=name) >= _PLACE_SURE or part_of_heading(name) is not None
        if not is_place_first and any(place_score(text=part.strip()) >= _PLACE_SURE for part in parts[1:]):
            start = text.index(name, match.start())
            return Found(value=name, start=start, end=start + len(name))
    return None


def read_places(*, document: Document) -> tuple[Found, ...]:
    """Yield the places of work: labelled, in the head of the ad, or as its prose names them."""
    text = document.text
    found: list[Found] = []
    for match in _PLACE_LABEL.finditer(text):
        found += _places_in(text, match.start(1), match.end(1), is_sure=True)
    if not found:
        for match in re.finditer(r"[^\n]+", text[:_HEADER_CHARS]):
            if len(match.group().split()) <= _TITLE_WORDS_MAX or len(_HEAD_PARTS.split(match.group())) > 1:
                found += _places_in(text, match.start(), match.end(), is_sure=False)
    if not found:
        for match in _PLACE_IN_PROSE.finditer(text):
            found.append(
                Found(value=match[1].rstrip("."), start=match.start(1), end=match.start(1) + len(match[1].rstrip(".")))
            )
    if not found:
        for match in _PLACE_AFTER_IN.finditer(text[:_HEADER_CHARS]):
            if place_score(text=match[1]) >= _PLACE_SURE:
                found.append(Found(value=match[1], start=match.start(1), end=match.end(1)))
    return tuple({item.value: item for item in reversed(found)}.values())[::-1]


def _parts(text: str, start: int, end: int) -> list[tuple[int, int]]:
    """Yield the spans between the signs and words that part one place from the next."""
    marks = [match.span() for match in _PLACE_BREAK.finditer(text, start, end)]
    return list(zip([start, *(stop for _, stop in marks)], [*(begin for begin, _ in marks), end], strict=True))


def _places_in(text: str, start: int, end: int, *, is_sure: bool) -> list[Found]:
    places = []
    for part_start, part_end in _parts(text, start, end):
        words = text[part_start:part_end].strip(" ,).\t")
        begin = text.find(words, part_start)
        is_place = place_score(text=words) >= (1.0 if is_sure else _PLACE_SURE)
        is_plain = is_sure and re.fullmatch(r"[A-ZÄÖÜÉ][\w’'.-]+(?:[ ,]+[A-ZÄÖÜÉ][\w’'.-]+){0,4}", words) is not None
        if words and (is_place or is_plain) and not any(pattern.search(words) for _, pattern in _REMOTE_WORDS):
            places.append(Found(value=words, start=begin, end=begin + len(words)))
    return places


def read_remote(*, document: Document) -> Found | None:
    """Yield ``remote``, ``hybrid`` or ``onsite``: what is denied goes before hybrid, then remote, then on site."""
    for value, pattern in _REMOTE_WORDS:
        match = pattern.search(document.text)
        if match:
            return Found(value=value, start=match.start(), end=match.end())
    return None
