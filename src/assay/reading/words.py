"""Words of a text as the vocabulary compares them: tokens with spans, without case, accents or inflection."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"(?<![^\W_])\.net\b|[^\W_]+(?:\+\+|#(?!\w))?", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SOFT_GAP = re.compile(r"[ \t\u00a0]*(?:[-\u2010-\u2015_'\u2019]?[ \t\u00a0]*\n?[ \t\u00a0]*)")


class Token(NamedTuple):
    """One word: its normalised form and its half-open span in the text."""

    key: str
    start: int
    end: int


@lru_cache(maxsize=65536)
def normalise(word: str) -> str:
    """Yield the word without case and accents: ``Naïve`` and ``naive`` are one."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def tokens_of(text: str) -> list[Token]:
    """Yield the words of ``text`` in order; ``C++``, ``C#`` and ``.NET`` are words."""
    return [Token(normalise(match.group()), *match.span()) for match in _TOKEN.finditer(text)]


def camel_pieces(word: str) -> list[str]:
    """Yield the parts of a compound such as ``TensorFlow``; a plain word is its own only part."""
    return _CAMEL.split(word)


def is_soft_gap(gap: str) -> bool:
    """Say whether only blanks, one hyphen or one line break part two words, so that they may be one term."""
    return gap in {" ", "-", ""} or _SOFT_GAP.fullmatch(gap) is not None


@lru_cache(maxsize=65536)
def stem(key: str) -> str:
    """Yield the normalised word without its English inflection.

    Deliberately light: it maps "deploy", "deploys", "deployed" and "deploying" to one form and leaves derivation
    ("deployment") alone, since derived words often mean another thing.
    """
    if len(key) <= 3 or not key.isalpha():
        return key
    for ending, put in (("ies", "y"), ("sses", "ss"), ("ing", ""), ("ed", ""), ("s", "")):
        if key.endswith(ending) and not key.endswith(("ss", "us", "is")) and len(key) - len(ending) >= 3:
            key = key[: len(key) - len(ending)] + put
            break
    if len(key) > 3 and key[-1] == key[-2] and key[-1] not in "aeiousz":
        key = key[:-1]
    return key[:-1] if key.endswith("e") and len(key) > 3 else key
