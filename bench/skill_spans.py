"""Knowledge spans in job ads: strict and overlap F1 on SkillSpan, beside the peers' figures.

python -m bench.skill_spans --data FOLDER/skills/skillspan [--split dev]
"""

import argparse
import statistics
import time
from pathlib import Path
from typing import NamedTuple

from assay.reading.jobads.tagger import Tagger, WordSpan
from assay.reading.vocabulary import Vocabulary
from bench.skillspan import Row, known_words, map_vocabulary, rows_of

WEIGHTS = Path("content/reading/knowledge_tagger.npz")
RESUME_CHARS = 5_500
PEERS = (
    # measured on the same development split, 23 November 2026; strict / overlap F1 in %
    ("ESCO preferred labels", "29 / 32"),
    ("O*NET tools", "29 / 39"),
    ("skill-extractor 0.2.0, threshold .5", "43 / 54"),
    ("LinkedIn list in resume-parser", "27 / 38"),
)


class Counts(NamedTuple):
    """Spans found, spans in truth, and how many of each agree exactly or overlap."""

    found: int
    gold: int
    exact: int
    found_overlapping: int
    gold_overlapping: int

    @property
    def strict_f1(self) -> float:
        """Yield F1 of spans that agree in both ends, 0 to 1."""
        return 2 * self.exact / max(1, self.found + self.gold)

    @property
    def overlap_f1(self) -> float:
        """Yield F1 of spans that share a word, 0 to 1."""
        precision, recall = self.found_overlapping / max(1, self.found), self.gold_overlapping / max(1, self.gold)
        return 2 * precision * recall / max(1e-9, precision + recall)


def counts_of(rows: list[Row], found: list[list[WordSpan]]) -> Counts:
    """Yield the agreement of the spans found with those of the rows."""
    pairs = [(spans, row.spans) for row, spans in zip(rows, found, strict=True)]
    return Counts(
        found=sum(len(spans) for spans, _ in pairs),
        gold=sum(len(gold) for _, gold in pairs),
        exact=sum(len(set(spans) & set(gold)) for spans, gold in pairs),
        found_overlapping=sum(_overlapping(spans, gold) for spans, gold in pairs),
        gold_overlapping=sum(_overlapping(gold, spans) for spans, gold in pairs),
    )


def _overlapping(spans: list[WordSpan], others: list[WordSpan]) -> int:
    return sum(any(one.first < other.stop and other.first < one.stop for other in others) for one in spans)


def spans_by_map(words: list[str], vocabulary: Vocabulary) -> list[WordSpan]:
    """Yield the spans that the vocabulary alone finds, as ranges of words."""
    text = " ".join(words)
    starts = [0]
    for word in words:
        starts.append(starts[-1] + len(word) + 1)
    spans = set()
    for hit in vocabulary.hits(text=text):
        inside = [at for at in range(len(words)) if starts[at] < hit.end and hit.start < starts[at + 1] - 1]
        spans.add(WordSpan(inside[0], inside[-1] + 1))
    return sorted(spans)


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__.split("\n", maxsplit=1)[0])
    options.add_argument("--data", type=Path, required=True)
    options.add_argument("--split", default="dev")
    options.add_argument("--weights", type=Path, default=WEIGHTS)
    options.add_argument("--map", type=Path, default=Path("content/competencies"))
    given = options.parse_args()
    path = given.data / f"{given.split}.json"
    if not path.is_file():
        print(f"skipped: {path} is not there")
        return
    rows = rows_of(path)
    vocabulary = map_vocabulary(given.map)
    tagger = Tagger.from_bytes(given.weights.read_bytes())
    known = [known_words(row.words, vocabulary) for row in rows]
    began = time.perf_counter()
    tagged = [
        tagger.spans(words=row.words, before=row.before, is_known=marks) for row, marks in zip(rows, known, strict=True)
    ]
    took_s = time.perf_counter() - began
    print("knowledge spans, strict / overlap F1 in % (precision / recall, strict)")
    for name, found in (
        ("assay: tagger", tagged),
        ("assay: map alone", [spans_by_map(row.words, vocabulary) for row in rows]),
    ):
        for source in ("tech", "house", "all"):
            _print_counts(name, source, rows, found)
    for name, figures in PEERS:
        print(f"{name:38} tech   {figures} (quoted)")
    print(f"{len(rows)} lines, {took_s / len(rows) * 1e3:.2f} ms a line")
    _print_speed(rows, vocabulary)


def _print_speed(rows: list[Row], vocabulary: Vocabulary) -> None:
    """Time the vocabulary on pieces as long as a résumé of two pages."""
    text = " ".join(word for row in rows for word in row.words)
    times_ms, hits = [], 0
    for start in range(0, len(text) - RESUME_CHARS, RESUME_CHARS):
        began = time.perf_counter()
        hits += len(vocabulary.hits(text=text[start : start + RESUME_CHARS]))
        times_ms.append((time.perf_counter() - began) * 1e3)
    print(
        f"vocabulary of {len(vocabulary.terms)} terms: {statistics.median(times_ms):.2f} ms p50 and"
        f" {hits / len(times_ms):.0f} hits in {RESUME_CHARS} characters"
    )


def _print_counts(name: str, source: str, rows: list[Row], found: list[list[WordSpan]]) -> None:
    chosen = [(row, spans) for row, spans in zip(rows, found, strict=True) if source in ("all", row.source)]
    counts = counts_of([row for row, _ in chosen], [spans for _, spans in chosen])
    precision, recall = counts.exact / max(1, counts.found), counts.exact / max(1, counts.gold)
    print(
        f"{name:38} {source:6} {counts.strict_f1 * 100:.1f} / {counts.overlap_f1 * 100:.1f}"
        f" ({precision * 100:.0f} / {recall * 100:.0f}; {counts.gold} gold)"
    )


if __name__ == "__main__":
    main()
