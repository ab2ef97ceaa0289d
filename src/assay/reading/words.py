"""Words of a text as the vocabulary compares them: tokens with spans, without case, accents or inflection."""

import re
import unicodedata
from functools import lru_cache
from typing import NamedTuple

_TOKEN = re.compile(r"[^\W_]+(?:\+\+|#(?!\w))?|(?<![^\W_])\.net\b", re.IGNORECASE)
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_SMALL_WORDS = frozenset(
    re.findall(r"\w+", "am an as at be by do for go in is it my no of on or out re so the to up us we with you your")
)
_SOFT_GAP = re.compile(r"[ \t\u00a0]*(?:[-\u2010-\u2015_'\u2019]?[ \t\u00a0]*\n?[ \t\u00a0]*)")


class Tokens(NamedTuple):
    """The words of a text: normalised form, beginning and end of each, as three lists of one length."""

    keys: list[str]
    starts: list[int]
    ends: list[int]


@lru_cache(maxsize=65536)
def normalise(word: str) -> str:
    """Yield the word without case and accents: ``Naïve`` and ``naive`` are one."""
    if word.isascii():
        return word.lower()
    apart = unicodedata.normalize("NFKD", word.casefold())
    return "".join(char for char in apart if not unicodedata.combining(char))


def tokens_of(text: str) -> Tokens:
    """Yield the words of ``text`` in order; ``C++``, ``C#`` and ``.NET`` are words."""
    matches = list(_TOKEN.finditer(text))
    return Tokens(
        [normalise(match[0]) for match in matches],
        [match.start() for match in matches],
        [match.end() for match in matches],
    )


def camel_pieces(word: str) -> list[str]:
    """Yield the parts of a compound such as ``TensorFlow``, in lower case.

    A plain word is its own only part, and so is one whose parts are ordinary words: ``AtScale`` is not "at scale".
    """
    parts = [part.lower() for part in _CAMEL.split(word)]
    is_compound = min(map(len, parts)) > 1 and not _SMALL_WORDS.intersection(parts)
    return parts if is_compound else [word.lower()]


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
