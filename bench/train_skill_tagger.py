"""Learn the tagger of knowledge words from the SkillSpan training split and write its weights.

    python -m bench.train_skill_tagger --data FOLDER/skills/skillspan --out content/reading/knowledge_tagger.npz

Deterministic. The development split is never read. A fifth of the training ads chooses the threshold;
then all of them are learned from. What is written: hashes of features with three weights each; no word of the texts.
"""

import argparse
import io
import json
from pathlib import Path
from typing import Any

import numpy as np
from scipy import sparse

from assay.reading.jobads.features import features_of
from assay.reading.jobads.tagger import Tagger, hash_of
from assay.reading.vocabulary import Vocabulary
from bench.crf import Fitted, fit
from bench.skill_spans import Counts, counts_of
from bench.skillspan import Row, known_words, map_vocabulary, rows_of

RIDGE = 0.5
ITERATIONS = 100
KEPT = 70_000  # features with the largest weights; more did not help, and the file stays well under 1 MB
THRESHOLDS = (0.15, 0.2, 0.25, 0.3, 0.35, 0.4)
ORIGIN = {
    "learned_from": "SkillSpan training split, kris927b/SkillSpan at 2ccf3de, Zhang et al. 2022, arXiv 2204.12811",
    "licence": "MIT",
    "made_by": "bench/train_skill_tagger.py",
}


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--out", type=Path, required=True)
    options.add_argument("--map", type=Path, default=Path("content/competencies"))
    given = options.parse_args()
    rows = rows_of(given.data / "train.json")
    vocabulary = map_vocabulary(given.map)
    held_out = [row for row in rows if row.ad % 5 == 0]
    trial = _learned([row for row in rows if row.ad % 5], vocabulary)
    f1_of = {threshold: _f1(_packed(*trial, threshold=threshold), held_out, vocabulary) for threshold in THRESHOLDS}
    print("held-out strict F1 by threshold", {threshold: round(f1, 4) for threshold, f1 in f1_of.items()})
    data = _packed(*_learned(rows, vocabulary), threshold=max(f1_of, key=lambda threshold: f1_of[threshold]))
    given.out.parent.mkdir(parents=True, exist_ok=True)
    given.out.write_bytes(data)
    print("wrote", given.out, len(data), "bytes")


def _f1(data: bytes, rows: list[Row], vocabulary: Vocabulary) -> float:
    tagger = Tagger.from_bytes(data)
    found = [
        tagger.spans(words=row.words, before=row.before, is_known=known_words(row.words, vocabulary)) for row in rows
    ]
    counts: Counts = counts_of(rows, found)
    return counts.strict_f1


def _learned(rows: list[Row], vocabulary: Vocabulary) -> tuple[np.ndarray[Any, Any], Fitted]:
    """Yield the keys of the features seen and the fitted weights, row for row."""
    columns: list[int] = []
    ends = [0]
    for row in rows:
        for feature_row in features_of(words=row.words, before=row.before, is_known=known_words(row.words, vocabulary)):
            columns.extend(hash_of(feature) for feature in feature_row)
            ends.append(len(columns))
    keys, places = np.unique(np.asarray(columns), return_inverse=True)
    matrix = sparse.csr_matrix((np.ones(len(columns)), places, ends), shape=(len(ends) - 1, len(keys)))
    labels = np.asarray([label for row in rows for label in row.labels])
    lengths = [len(row.words) for row in rows]
    return keys, fit(matrix=matrix, labels=labels, lengths=lengths, ridge=RIDGE, iterations=ITERATIONS)


def _packed(keys: np.ndarray[Any, Any], fitted: Fitted, *, threshold: float) -> bytes:
    """Yield the file: the strongest features, each weight in eight bits."""
    weights = fitted.weights - fitted.weights.mean(axis=1, keepdims=True)
    strongest = np.sort(np.argsort(-np.abs(weights).max(axis=1), kind="stable")[:KEPT])
    scale = np.abs(weights).max() / 127
    buffer = io.BytesIO()
    np.savez_compressed(
        buffer,
        keys=keys[strongest].astype(np.uint32),
        weights=np.round(weights[strongest] / scale).astype(np.int8),
        scale=np.float32(scale),
        transitions=fitted.transitions.astype(np.float32),
        start=fitted.start.astype(np.float32),
        threshold=np.float32(threshold),
        origin=np.frombuffer(json.dumps(ORIGIN).encode(), np.uint8),
    )
    return buffer.getvalue()


if __name__ == "__main__":
    main()
