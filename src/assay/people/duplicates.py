"""How likely two rows are one human: shared text, shared contacts, alike names. Pure; nothing here merges anything.

Shared text is measured by *containment* over word 3-grams: the share of the smaller text's 3-grams that the larger one
has too. It bears cutting, shuffling and adding. Candidates come from MinHash bands (Broder 1997, "On the resemblance
and containment of documents", doi:10.1109/SEQUEN.1997.666900; banding after Leskovec, Rajaraman and Ullman, "Mining of
massive datasets", chapter 3): with 64 bands of 2 rows, two texts of resemblance .3 meet with probability .998 and two
of resemblance .01 with probability .006.
"""

import re
from collections.abc import Iterable, Sequence
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray
from rapidfuzz import fuzz

from assay.people.contacts import folded, is_identifying, name_key

SHINGLE_WORDS = 3
BANDS = 64
ROWS = 2
CONTAINMENT_AT_LEAST = 0.3
"""Unrelated résumés reached .099 at most, edited copies .3 at least (measured over real CVs)."""

MIN_SHINGLES = 12
"""Of the smaller text: fewer shared words prove nothing."""

NAME_ALIKE_AT_LEAST = 90.0
"""Of `rapidfuzz.fuzz.token_sort_ratio` over folded names, 0 to 100."""

_WORD = re.compile(r"\w+")


class Reason(NamedTuple):
    """Why a pair was found: a kind such as ``same_email``, and what it rests on."""

    kind: str
    detail: str


class Likeness(NamedTuple):
    """What one side of a pair brings to the comparison."""

    name: str
    contacts: frozenset[tuple[str, str]]
    """Of (kind, normal form)."""
    shingles: frozenset[int]


def shingles_of(text: str) -> frozenset[int]:
    """Yield the word 3-grams of a text as unsigned 64-bit hashes; empty under three words."""
    words = _WORD.findall(folded(text))
    grams = {" ".join(words[i : i + SHINGLE_WORDS]) for i in range(len(words) - SHINGLE_WORDS + 1)}
    return frozenset(int.from_bytes(blake2b(gram.encode(), digest_size=8).digest(), "little") for gram in grams)


def band_keys(shingles: Iterable[int]) -> list[int]:
    """Yield one signed 64-bit key for each of the 64 bands; empty for an empty text. Equal keys mean: compare."""
    hashes = np.fromiter(shingles, dtype=np.uint64)
    if hashes.size < MIN_SHINGLES:
        return []
    smallest = np.array([_mixed(hashes ^ seed).min() for seed in _SEEDS], dtype=np.uint64)
    keys = _mixed(smallest[0::ROWS] + _mixed(smallest[1::ROWS] ^ np.arange(BANDS, dtype=np.uint64)))
    return [int(key) for key in keys.astype(np.int64)]


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Scramble 64-bit values (the finaliser of splitmix64); arithmetic wraps."""
    with np.errstate(over="ignore"):
        once = (values ^ (values >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
        twice = (once ^ (once >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return np.asarray(twice ^ (twice >> np.uint64(31)), dtype=np.uint64)


_SEEDS = _mixed(np.arange(1, BANDS * ROWS + 1, dtype=np.uint64))
"""One for each row of each band; part of what is stored, so never changed."""


def containment(first: frozenset[int], second: frozenset[int]) -> float:
    """Yield the share of the smaller text's 3-grams that both have, 0 to 1; 0 where it is too short to tell."""
    smaller = min(len(first), len(second))
    if smaller < MIN_SHINGLES:
        return 0.0
    return len(first & second) / smaller


def reasons_for(first: Likeness, second: Likeness) -> list[Reason]:
    """Yield why two people may be one, strongest first; empty where nothing says so.

    A name that is merely alike counts only beside another reason: it is common among strangers.
    """
    found = [
        Reason(f"same_{kind}", normal)
        for kind, normal in sorted(first.contacts & second.contacts)
        if is_identifying(kind=kind, normal=normal)
    ]
    shared = containment(first.shingles, second.shingles)
    if shared >= CONTAINMENT_AT_LEAST:
        found.append(Reason("shared_text", in_tenths(shared)))
    if name_key(first.name) and name_key(first.name) == name_key(second.name):
        found.append(Reason("same_name", first.name))
    elif found and names_alike(first.name, second.name):
        found.append(Reason("similar_name", f"{first.name} / {second.name}"))
    return found


def in_tenths(share: float) -> str:
    """Yield a share in words: "all", "about 7 in 10"."""
    tenths = round(share * 10)
    return "nearly all" if tenths >= 10 else f"about {tenths} in 10"


def names_alike(first: str, second: str) -> bool:
    """Tell whether two names could be spellings of one, initials included ("J. Smith", "John Smith")."""
    one, two = name_key(first), name_key(second)
    if not one or not two:
        return False
    return fuzz.token_sort_ratio(one, two) >= NAME_ALIKE_AT_LEAST or _initials_fit(one.split(), two.split())


def _initials_fit(one: Sequence[str], two: Sequence[str]) -> bool:
    """Tell whether the words pair off so that each is the other or its initial, with one full word in common."""
    if len(one) != len(two) or not set(one) & {word for word in two if len(word) > 1}:
        return False
    rest_one = sorted(set(one) - set(two))
    rest_two = sorted(set(two) - set(one))
    return all(a[0] == b[0] and 1 in (len(a), len(b)) for a, b in zip(rest_one, rest_two, strict=False)) and len(
        rest_one
    ) == len(rest_two)
