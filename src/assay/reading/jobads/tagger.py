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

Scores = npt.NDArray[np.float32]

OUTSIDE, BEGIN, INSIDE = range(3)


class WordSpan(NamedTuple):
    """A half-open range of word indices."""

    first: int
    stop: int


class Weights(NamedTuple):
    """A trained model. ``rows`` has shape (features + 1, 3); its last row is zero and stands for an unknown feature."""

    row_of: dict[int, int]
    rows: Scores
    transitions: Scores
    """Shape (3, 3), from label to label."""
    start: Scores


class Tagger:
    """Finds the spans of knowledge words in a line."""

    def __init__(self, weights: Weights) -> None:
        self._weights = weights

    @classmethod
    def from_bytes(cls, data: bytes) -> "Tagger":
        """Yield the tagger that is stored in ``data`` (the file ``content/reading/knowledge_tagger.npz``)."""
        with np.load(io.BytesIO(data), allow_pickle=False) as stored:
            rows = stored["weights"].astype(np.float32) * stored["scale"].astype(np.float32)
            keys = stored["keys"].tolist()
            transitions, start = stored["transitions"].astype(np.float32), stored["start"].astype(np.float32)
        padded = np.concatenate([rows, np.zeros((1, 3), np.float32)])
        return cls(Weights({key: at for at, key in enumerate(keys)}, padded, transitions, start))

    def spans(self, *, words: Sequence[str], before: Sequence[str], is_known: Sequence[bool]) -> list[WordSpan]:
        """Yield the spans in order; the arguments are those of :func:`features_of`."""
        if not words:
            return []
        weights = self._weights
        unknown = len(weights.row_of)
        scores = np.stack(
            [
                weights.rows[[weights.row_of.get(hash_of(feature), unknown) for feature in row]].sum(axis=0)
                for row in features_of(words=words, before=before, is_known=is_known)
            ]
        )
        return spans_of(best_labels(scores=scores, transitions=weights.transitions, start=weights.start))


def hash_of(feature: str) -> int:
    """Yield the key of a feature, 0 to 2**24 - 1; the same on every machine."""
    return zlib.crc32(feature.encode()) & 0xFFFFFF


def best_labels(*, scores: Scores, transitions: Scores, start: Scores) -> list[int]:
    """Yield the likeliest labels of a line by the Viterbi algorithm; ``scores`` has shape (words, 3)."""
    reached = scores[0] + start
    came_from = []
    for score in scores[1:]:
        ways = reached[:, None] + transitions
        came_from.append(ways.argmax(axis=0))
        reached = ways.max(axis=0) + score
    labels = [int(reached.argmax())]
    for step in reversed(came_from):
        labels.append(int(step[labels[-1]]))
    return labels[::-1]


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
