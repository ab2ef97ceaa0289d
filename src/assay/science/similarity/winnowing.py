"""Winnowing fingerprints on normalised tokens.

Names become one sign, numbers and strings one each, so that renaming changes nothing; layout and comments are gone
before. Of the hashes of all runs of `RUN` tokens the least of each `WINDOW` neighbouring ones is kept: whatever two
texts share over at least ``RUN + WINDOW - 1`` tokens leaves a common fingerprint.

References
----------
Schleimer, Wilkerson & Aiken (2003). Winnowing: local algorithms for document fingerprinting. SIGMOD,
doi:10.1145/872757.872770, section 3.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from functools import cache
from hashlib import blake2b
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.science.errors import ScienceError
from assay.science.similarity.tokens import Kind, Token, code_tokens

RUN = 23
"""Tokens in a run: about three lines. Shorter runs are shared by everybody's loops and imports."""
WINDOW = 12

_BASE = 0x9E3779B97F4A7C15
_MIX = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)


class Fingerprints(NamedTuple):
    """The fingerprints of a text: each hash with the lines, from 1, on which its runs begin."""

    lines: Mapping[int, tuple[int, ...]]

    @property
    def hashes(self) -> frozenset[int]:
        """The hashes alone."""
        return frozenset(self.lines)


class Match(NamedTuple):
    """A source that shares a part of the text, which share of it (0 to 1), and on which of its lines."""

    source: str
    containment: float
    lines: tuple[int, ...]


def fingerprints_of_text(*, text: str, language: str, run: int = RUN, window: int = WINDOW) -> Fingerprints:
    """Yield the fingerprints of a program text."""
    return fingerprints(tokens=code_tokens(text=text, language=language), run=run, window=window)


def fingerprints(*, tokens: Sequence[Token], run: int = RUN, window: int = WINDOW) -> Fingerprints:
    """Yield the winnowed fingerprints; none for a text of fewer than ``run`` tokens.

    Parameters
    ----------
    run
        Tokens that are hashed together, at least 1.
    window
        Neighbouring hashes of which the least is kept, at least 1.
    """
    if run < 1 or window < 1:
        raise ScienceError("run and window are at least 1")
    if len(tokens) < run:
        return Fingerprints({})
    hashes = _hashes(np.array([_code(token) for token in tokens], dtype=np.uint64), run)
    found: dict[int, list[int]] = defaultdict(list)
    for place in _least_places(hashes, window):
        found[int(hashes[place])].append(tokens[place].line)
    return Fingerprints({value: tuple(lines) for value, lines in found.items()})


def containment(*, part: Fingerprints, whole: Fingerprints, base: frozenset[int] = frozenset()) -> float | None:
    """Yield which share of ``part`` also stands in ``whole``, 0 to 1; None where nothing of it is left to compare.

    Parameters
    ----------
    base
        Hashes of code that was given to everybody, such as a starter; it counts on neither side.
    """
    own = part.hashes - base
    return len(own & whole.hashes) / len(own) if own else None


class CopyIndex:
    """Known sources, looked up by fingerprint."""

    def __init__(
        self, *, sources: Iterable[tuple[str, Fingerprints]], base: frozenset[int] = frozenset(), common: int = 12
    ) -> None:
        """Index the sources. What stands in more than ``common`` of them is an idiom and counts as base."""
        self._sources: dict[int, set[str]] = defaultdict(set)
        for name, prints in sources:
            for value in prints.lines:
                self._sources[value].add(name)
        idioms = {value for value, names in self._sources.items() if len(names) > common}
        self.base = base | idioms
        """Hashes that count for nothing."""

    def matches(self, *, part: Fingerprints, least: float = 0.0, least_shared: int = 1) -> list[Match]:
        """Yield the sources that share fingerprints with ``part``, the largest share first.

        Parameters
        ----------
        least
            Smallest containment that is told.
        least_shared
            Smallest number of shared fingerprints; a share of a tiny file says little.
        """
        own = part.hashes - self.base
        shared: Counter[str] = Counter(name for value in own for name in self._sources.get(value, ()))
        found = [
            Match(name, count / len(own), self._lines(part, own, name))
            for name, count in shared.items()
            if count >= least_shared and count / len(own) >= least
        ]
        return sorted(found, key=lambda match: (-match.containment, match.source))

    def _lines(self, part: Fingerprints, own: frozenset[int], name: str) -> tuple[int, ...]:
        lines = {line for value in own if name in self._sources.get(value, ()) for line in part.lines[value]}
        return tuple(sorted(lines))


def _code(token: Token) -> int:
    if token.kind in {Kind.KEYWORD, Kind.OPERATOR}:
        return _word_code(token.text)
    return _word_code(token.kind.value + "\0")


@cache
def _word_code(word: str) -> int:
    # Python's own hash is salted anew in every process, and fingerprints are stored.
    return int.from_bytes(blake2b(word.encode("utf-8", "replace"), digest_size=8).digest(), "big")


def _hashes(codes: npt.NDArray[np.uint64], run: int) -> npt.NDArray[np.uint64]:
    count = len(codes) - run + 1
    hashes = np.zeros(count, dtype=np.uint64)
    for place in range(run):
        hashes = hashes * np.uint64(_BASE) + codes[place : place + count]
    for factor, shift in zip(_MIX, (30, 27), strict=True):
        hashes = (hashes ^ (hashes >> np.uint64(shift))) * np.uint64(factor)
    return hashes ^ (hashes >> np.uint64(31))


def _least_places(hashes: npt.NDArray[np.uint64], window: int) -> list[int]:
    if len(hashes) <= window:
        return [int(np.argmin(hashes))]
    windows = np.lib.stride_tricks.sliding_window_view(hashes, window)
    # Of equal hashes the rightmost is kept: in long repeats fewer places are chosen then.
    last = window - 1 - np.argmin(windows[:, ::-1], axis=1)
    return [int(place) for place in np.unique(np.arange(len(windows)) + last)]
