"""Marks the words of a job ad that name knowledge, known to the map or not: a linear-chain conditional random field.

Only the decoding lives here. The weights are learned by ``bench/train_skill_tagger.py``; how well they do, and where
not, is in ``docs/science/reading-skills.md``.
"""

import io
import zlib
from collections.abc import Sequence
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from assay.reading.jobads.features import features_of

Scores = npt.NDArray[np.float64]

OUTSIDE, BEGIN, INSIDE = 0, 1, 2
SPAN_WORDS_MAX = 10
_P_NEGLIGIBLE = 0.05


class WordSpan(NamedTuple):
    """A half-open range of word indices."""

    first: int
    stop: int


class Chance(NamedTuple):
    """A span and the probability, 0 to 1, that it is marked as a whole."""

    span: WordSpan
    p_span: float


class Weights(NamedTuple):
    """A trained model. ``rows`` has shape (features + 1, 3); its last row is zero and stands for an unknown feature."""

    row_of: dict[int, int]
    rows: Scores
    transitions: Scores
    """Shape (3, 3), from label to label."""
    start: Scores
    threshold: float
    """The probability above which a span is worth marking, 0 to 1."""


class Tagger:
    """Finds the spans of knowledge words in a line."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    @classmethod
    def from_bytes(cls, data: bytes) -> "Tagger":
        """Yield the tagger that is stored in ``data`` (the file ``content/reading/knowledge_tagger.npz``)."""
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            rows = stored["weights"].astype(np.float64) * stored["scale"].astype(np.float64)
            keys = stored["keys"].tolist()
            transitions, start = stored["transitions"].astype(np.float64), stored["start"].astype(np.float64)
            threshold = float(stored["threshold"])
        padded = np.concatenate([rows, np.zeros((1, 3), np.float64)])
        return cls(Weights({key: at for at, key in enumerate(keys)}, padded, transitions, start, threshold))

    def spans(self, *, words: Sequence[str], before: Sequence[str], is_known: Sequence[bool]) -> list[WordSpan]:
        """Yield the spans in order; the arguments are those of :func:`features_of`."""
        if not words:
            return []
        return best_spans(
            chances=self.chances(words=words, before=before, is_known=is_known),
            words=len(words),
            threshold=self._weights.threshold,
        )

    def chances(self, *, words: Sequence[str], before: Sequence[str], is_known: Sequence[bool]) -> list[Chance]:
        """Yield every span that is not very unlikely with its probability."""
        weights = self._weights
        unknown = len(weights.row_of)
        scores = np.stack(
            [
                weights.rows[[weights.row_of.get(hash_of(feature), unknown) for feature in row]].sum(axis=0)
                for row in features_of(words=words, before=before, is_known=is_known)
            ]
        ).astype(np.float64)
        return span_chances(scores=scores, transitions=weights.transitions, start=weights.start)


def hash_of(feature: str) -> int:
    """Yield the key of a feature, 0 to 2**24 - 1; the same on every machine."""
    return zlib.crc32(feature.encode()) & 0xFFFFFF


def span_chances(*, scores: Scores, transitions: Scores, start: Scores) -> list[Chance]:
    """Yield the marginal probability of each span, by forward-backward; ``scores`` has shape (words, 3).

    A span of words i to j is: BEGIN at i, INSIDE up to j, and anything but INSIDE after it.
    """
    count = len(scores)
    forward, backward = _forward_backward(scores, transitions, start)
    log_z = _log_sum(forward[-1])
    chances = []
    p_begin = np.exp(forward[:, BEGIN] + backward[:, BEGIN] - log_z)
    for first in np.flatnonzero(p_begin > _P_NEGLIGIBLE).tolist():  # no span is likelier than its beginning
        path, label = forward[first, BEGIN], BEGIN
        for last in range(first, min(count, first + SPAN_WORDS_MAX)):
            if last > first:
                path, label = path + transitions[label, INSIDE] + scores[last, INSIDE], INSIDE
            after = 0.0
            if last + 1 < count:
                ends = transitions[label, :INSIDE] + scores[last + 1, :INSIDE] + backward[last + 1, :INSIDE]
                after = _log_sum(ends)
            p_span = float(np.exp(path + after - log_z))
            if p_span > _P_NEGLIGIBLE:
                chances.append(Chance(WordSpan(first, last + 1), p_span))
    return chances


def best_spans(*, chances: Sequence[Chance], words: int, threshold: float) -> list[WordSpan]:
    """Yield the spans, none overlapping, whose probabilities exceed the threshold by most in sum.

    This maximises the expected number of right spans less ``threshold`` for each span marked, which is what an F1 of
    whole spans rewards; the likeliest sequence of labels does not (it marks too few).
    """
    ending: dict[int, list[Chance]] = {}
    for chance in chances:
        ending.setdefault(chance.span.stop, []).append(chance)
    gains = [0.0] * (words + 1)
    taken: list[WordSpan | None] = [None] * (words + 1)
    for stop in range(1, words + 1):
        gains[stop] = gains[stop - 1]
        for span, p_span in ending.get(stop, ()):
            gain = gains[span.first] + p_span - threshold
            if gain > gains[stop]:
                gains[stop], taken[stop] = gain, span
    spans: list[WordSpan] = []
    stop = words
    while stop > 0:
        span_taken = taken[stop]
        if span_taken is None:
            stop -= 1
        else:
            spans.append(span_taken)
            stop = span_taken.first
    return spans[::-1]


def _forward_backward(scores: Scores, transitions: Scores, start: Scores) -> tuple[Scores, Scores]:
    forward, backward = np.zeros_like(scores), np.zeros_like(scores)
    forward[0] = scores[0] + start
    for at in range(1, len(scores)):
        forward[at] = np.logaddexp.reduce(forward[at - 1][:, None] + transitions, axis=0) + scores[at]
    for at in range(len(scores) - 2, -1, -1):
        backward[at] = np.logaddexp.reduce(transitions + scores[at + 1] + backward[at + 1], axis=1)
    return forward, backward


def _log_sum(values: Scores) -> float:
    return float(np.logaddexp.reduce(values))


def spans_of(labels: Sequence[int]) -> list[WordSpan]:
    """Yield the spans that begin with BEGIN and run on with INSIDE; an INSIDE without a beginning is none."""
    spans: list[WordSpan] = []
    first: int | None = None
    for at, label in enumerate((*labels, OUTSIDE)):
        if first is not None and label != INSIDE:
            spans.append(WordSpan(first, at))
            first = None
        if label == BEGIN:
            first = at
    return spans
