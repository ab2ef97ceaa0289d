"""Normal forms: when two addresses, numbers, links or names are the same for finding a person twice."""

import re
import unicodedata
from urllib.parse import urlsplit

from assay.people.choices import ContactKind

PHONE_DIGITS = 9
"""The last nine digits tell numbers apart whether or not the country's code was written."""

MAX_CONTACT = 300
_WORD = re.compile(r"\w+")


def folded(text: str) -> str:
    """Yield the text in lower case and without diacritics, for comparing only."""
    decomposed = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in decomposed if not unicodedata.combining(char))


def normal_contact(*, kind: str, value: str) -> str:
    """Yield the form under which equal contacts are equal; empty where nothing is left to compare."""
    value = value.strip()
    if kind == ContactKind.EMAIL:
        return value.casefold().removeprefix("mailto:")[:MAX_CONTACT]
    if kind == ContactKind.PHONE:
        digits = re.sub(r"\D", "", value)
        return digits[-PHONE_DIGITS:] if len(digits) >= PHONE_DIGITS else digits
    if kind == ContactKind.LINK:
        return _normal_link(value)
    return " ".join(_WORD.findall(folded(value)))[:MAX_CONTACT]


def _normal_link(value: str) -> str:
    parts = urlsplit(value if "//" in value else f"//{value}")
    host = parts.netloc.casefold().removeprefix("www.")
    path = parts.path.rstrip("/").casefold()
    query = f"?{parts.query}" if parts.query else ""
    return f"{host}{path}{query}"[:MAX_CONTACT]


def is_identifying(*, kind: str, normal: str) -> bool:
    """Tell whether a contact can point at one human: a place cannot, nor can the front page of a site."""
    if kind == ContactKind.EMAIL:
        return "@" in normal
    if kind == ContactKind.PHONE:
        return len(normal) >= 7
    return kind == ContactKind.LINK and "/" in normal


def name_key(name: str) -> str:
    """Yield the words of a name, folded and in alphabetical order: "Ömer Şahin" and "Sahin, Omer" are one key."""
    return " ".join(sorted(_WORD.findall(folded(name))))[:200]
