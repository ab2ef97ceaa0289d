"""E-mail addresses, telephone numbers, links and the person's own place."""

import re
from collections.abc import Iterable, Sequence
from urllib.parse import unquote

import phonenumbers

from assay.reading.model import Document, Found, Period, SectionKind
from assay.reading.places import country_of, place_score
from assay.reading.resume.lines import ResumeLine
from assay.reading.resume.sections import Block

_EMAIL = re.compile(
    r"(?<![\w.+%-])[A-Za-z0-9_](?:[\w.+%'-]{0,62}[\w+%-])?@(?:[A-Za-z0-9](?:[A-Za-z0-9-]*[A-Za-z0-9])?\.)+[A-Za-z]{2,24}(?![\w@])"
)
_HIDDEN_EMAIL = re.compile(
    r"(?<![\w.+-])([\w.+-]{1,64})\s*[\[({]\s*(?:at|@|ät)\s*[\])}]\s*([\w-]+(?:\s*(?:\.|[\[({]\s*(?:dot|punkt|\.)\s*[\])}])\s*[\w-]+)+)",
    re.IGNORECASE,
)
_WRAPPED_EMAIL = re.compile(
    r"(?<!\S)(?P<first>[\w.+%'-]+)(?:(?P<host>@[\w.-]*)[^\S\n]*\n[^\S\n]*(?P<rest>[a-z0-9.-]+)"
    r"|[^\S\n]*\n[^\S\n]*(?P<whole>@[\w.-]+))(?!\S)"
)
_PHONE = re.compile(r"(?<![\w@/=.-])(?:\+|00)?[(\d][\d\s().\-–/\u00a0\u2011]{6,24}\d(?![\w@])")
_PHONE_LABEL = re.compile(
    r"(?:\b(?:tel|phone|mobile|mobil|cell|handy|telefon|téléphone|teléfono|telephone|móvil|movil|portable|fon|fax|ph|m|t|p|c)\b\.?\s*(?:no\.?|number)?\s*[:.]?|[☎📞📱✆])\s*$",
    re.IGNORECASE,
)
_DOMAIN = (
    "com|org|net|io|dev|ai|me|edu|gov|co|info|app|tech|xyz|name|page|cv|site|online|blog|us|uk|de|fr|es|it|ch|at|nl|be|eu|ca|in|"
    "se|no|dk|fi|pl|pt|br|jp|cn|ru|au|nz|ie|cz|ro|gr|tr|mx|ar|cl|design|engineer|science|academy|cloud|codes|works|studio|pro"
)
# What an address may end in: where one line of a narrow column ends in anything else, the next goes on with it.
_MORE_DOMAINS = (
    "example|test|invalid|mil|int|biz|mobi|asia|lat|lu|lv|lt|ee|is|hr|si|sk|hu|bg|rs|ua|by|md|ge|am|az|kz|uz|"
    "il|ae|sa|qa|eg|ma|tn|dz|ng|gh|ke|za|tz|ug|et|pk|bd|lk|np|vn|th|my|sg|ph|id|hk|tw|kr|mn|ir|iq|jo|lb|kw|om|"
    "cy|mt|gg|je|im|li|mc|sm|ad|pe|uy|py|bo|ec|ve|cr|pa|gt|do|pr|cu|jm|tt|live|email|work|world|health|law|"
    "legal|group|team|agency|media|news"
)
_TOP_LEVELS = frozenset(f"{_DOMAIN}|{_MORE_DOMAINS}".split("|"))
_URL = re.compile(
    rf"(?<![\w@.-])(?:https?://[^\s<>|•·,;]+|www\.[^\s<>|•·,;]+|(?:[a-z0-9](?:[a-z0-9-]*[a-z0-9])?\.)+(?:{_DOMAIN})(?:/[^\s<>|•·,;]*)?)(?![\w@])",
    re.IGNORECASE,
)
_PLACE_LABEL = re.compile(
    r"^(?:address|adresse|anschrift|location|wohnort|lieu|dirección|ubicación|based in|lives in|city)\s*:?\s*",
    re.IGNORECASE,
)
_SPLIT = re.compile(r"\s*[|•·‧∙⋅▪◆●◦¦;]\s*|\s+[–—-]\s+|\t|\s{3,}")


def read_emails(*, document: Document) -> list[Found]:
    """Return the addresses in the order of the text; those that only a link names come last."""
    text = document.text
    found = _wrapped_emails(text)
    taken = [(item.start, item.end) for item in found]
    found += [
        Found(value=m.group(), start=m.start(), end=m.end())
        for m in _EMAIL.finditer(text)
        if not any(a <= m.start() < b for a, b in taken)
    ]
    for match in _HIDDEN_EMAIL.finditer(text):
        host = re.sub(r"\s*(?:[\[({]\s*(?:dot|punkt|\.)\s*[\])}]|\.)\s*", ".", match[2], flags=re.IGNORECASE)
        if _EMAIL.fullmatch(f"{match[1]}@{host}"):
            found.append(Found(value=f"{match[1]}@{host}", start=match.start(), end=match.end()))
    found.sort(key=lambda item: item.start)
    for link in document.links:
        address = (
            unquote(link.uri.split(":", 1)[1].split("?", 1)[0]).strip()
            if link.uri.lower().startswith("mailto:")
            else ""
        )
        if _EMAIL.fullmatch(address):
            found.append(Found(value=address, start=link.start, end=link.end))
    return _distinct(found, key=lambda item: item.value.casefold())


def _wrapped_emails(text: str) -> list[Found]:
    """Return addresses broken over two lines of a narrow column: one that alone is none, or ends in no known domain."""
    found: list[Found] = []
    for match in _WRAPPED_EMAIL.finditer(text):
        host = match["whole"] or f"{match['host']}{match['rest']}"
        is_whole = match["host"] is not None and _ends_in_domain(match["host"])
        address = match["first"] + host
        if not is_whole and _ends_in_domain(host) and _EMAIL.fullmatch(address):
            found.append(Found(value=address, start=match.start(), end=match.end()))
    return found


def _ends_in_domain(host: str) -> bool:
    return "." in host and host.rsplit(".", 1)[-1].casefold() in _TOP_LEVELS


def read_phones(*, document: Document, blocks: Sequence[Block], periods: Sequence[Period], region: str) -> list[Found]:
    """Return the telephone numbers of the person; none that overlaps one of ``periods``.

    ``region`` (ISO 3166) reads those written without a country code.
    """
    text = document.text
    own = [(block.start, block.end) for block in blocks if block.kind is SectionKind.CONTACT]
    dates = [(period.start, period.end) for period in periods]
    found: list[Found] = []
    for match in _PHONE.finditer(text):
        raw = match.group()
        if "\n" in raw or any(a < match.end() and match.start() < b for a, b in dates):
            continue
        is_own = any(a <= match.start() < b for a, b in own)
        is_named = bool(_PHONE_LABEL.search(text[max(0, match.start() - 20) : match.start()]))
        if not (is_own or is_named or raw.startswith(("+", "00"))):
            continue
        value = _number(raw, region)
        if value:
            start = match.start()
            found.append(Found(value=value, start=start, end=match.end()))
    for link in document.links:
        value = _number(unquote(link.uri[4:]), region) if link.uri.lower().startswith("tel:") else ""
        if value:
            found = [item for item in found if not (link.start <= item.start < link.end)]
            found.append(Found(value=value, start=link.start, end=link.end))
    found.sort(key=lambda item: item.start)
    return _distinct(found, key=lambda item: re.sub(r"\D", "", item.value)[-9:])


def _number(raw: str, region: str) -> str:
    """Return a number in E.164, or its digits where the country is not known; empty if it cannot be one."""
    digits = re.sub(r"\D", "", raw)
    if not 7 <= len(digits) <= 15 or len(set(digits)) < 3:
        return ""
    source = "+" + digits[2:] if raw.startswith("00") else raw.replace("–", "-").replace("\u2011", "-")
    try:
        number = phonenumbers.parse(source, region or None)
    except phonenumbers.NumberParseException:
        return digits if 8 <= len(digits) <= 13 else ""
    if phonenumbers.is_possible_number(number) and (source.startswith("+") or region):
        return phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164)
    return digits if 8 <= len(digits) <= 14 else ""


def home_region(*, places: Iterable[Found], emails: Iterable[Found], language: str) -> str:
    """Return the country (ISO 3166) whose way of writing telephone numbers is the likeliest."""
    for place in places:
        code = country_of(text=place.value)
        if code:
            return code
    top_level = {e.value.rsplit(".", 1)[-1].lower() for e in emails}
    for tail, code in (
        ("de", "DE"),
        ("fr", "FR"),
        ("es", "ES"),
        ("uk", "GB"),
        ("ch", "CH"),
        ("at", "AT"),
        ("it", "IT"),
        ("in", "IN"),
    ):
        if tail in top_level:
            return code
    return {"de": "DE", "fr": "FR", "es": "ES"}.get(language, "US")


def read_links(*, document: Document, emails: Sequence[Found]) -> list[Found]:
    """Return web addresses as written or linked; a link's value is its target."""
    found = [
        Found(value=link.uri, start=link.start, end=link.end)
        for link in document.links
        if link.uri.lower().startswith(("http", "www."))
    ]
    taken = [(f.start, f.end) for f in [*found, *emails]]
    for match in _URL.finditer(document.text):
        start, end = match.start(), match.start() + len(match.group().rstrip(".)/]"))
        value = document.text[start:end]
        if any(a < end and start < b for a, b in taken) or (not re.search(r"[/]|www", value) and not value.islower()):
            continue
        found.append(Found(value=value, start=start, end=end))
    found.sort(key=lambda item: item.start)
    return _distinct(found, key=lambda item: re.sub(r"^https?://(?:www\.)?|/$", "", item.value.casefold()))


def read_places(*, lines: Sequence[ResumeLine], text: str) -> list[Found]:
    """Return where the person says to live, from the head of the document and its contact part."""
    found: list[Found] = []
    for line in lines:
        for cell in line.cells:
            at = 0
            for part in _SPLIT.split(cell.text):
                start = cell.text.index(part, at)
                at = start + len(part)
                label = _PLACE_LABEL.match(part)
                begin = cell.start + start + (label.end() if label else 0)
                value = text[begin : cell.start + at].strip(" ,.()")
                begin = text.index(value, begin) if value else begin
                if value and place_score(text=value) >= 2:
                    found.append(Found(value=value, start=begin, end=begin + len(value)))
    return _distinct(found, key=lambda item: item.value.casefold())


def _distinct(items: Iterable[Found], *, key: object) -> list[Found]:
    assert callable(key)  # noqa: S101 -- narrows the type for mypy
    kept: dict[object, Found] = {}
    for item in items:
        kept.setdefault(key(item), item)
    return list(kept.values())
