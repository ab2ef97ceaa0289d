"""How many edited copies of a résumé are found, and how many strangers are flagged.

``python -m bench.duplicates --data FOLDER --people 1000``: made-up résumés with a fixed seed, and the text of every PDF
under FOLDER (files that render one résumé in several themes are true copies and are not counted as strangers: only the
edits of each are).
"""

import argparse
import time
from collections import defaultdict
from pathlib import Path

import numpy as np

from assay.people.duplicates import CONTAINMENT_AT_LEAST, band_keys, containment, shingles_of
from assay.reading.errors import UnreadableError
from assay.reading.read import read_document
from bench.people_made import bullet_of, resume_lines

EDITS = ("updated", "shuffled", "45 % cut", "25 % of words dropped")


def edited(lines: list[str], kind: str, rng: np.random.Generator) -> str:
    if kind == "updated":
        return "\n".join(
            [*lines[:4], "Lead engineer, Newfirm AG", "2026", *(bullet_of(rng) for _ in range(5)), *lines[4:]]
        )
    if kind == "shuffled":
        return "\n".join(lines[i] for i in rng.permutation(len(lines)))
    if kind == "45 % cut":
        return "\n".join(lines[: max(int(len(lines) * 0.55), 1)])
    return " ".join(word for word in " ".join(lines).split() if rng.random() >= 0.25)


def is_found(one: frozenset[int], other: frozenset[int]) -> bool:
    return bool(set(band_keys(one)) & set(band_keys(other))) and containment(one, other) >= CONTAINMENT_AT_LEAST


def report_recall(name: str, pile: list[list[str]], rng: np.random.Generator) -> None:
    whole = [shingles_of("\n".join(lines)) for lines in pile]
    for kind in EDITS:
        found = sum(
            is_found(own, shingles_of(edited(lines, kind, rng))) for own, lines in zip(whole, pile, strict=True)
        )
        print(f"{name}: {kind:22} {found} of {len(pile)} found ({100 * found / len(pile):.1f} %)")


def report_strangers(pile: list[list[str]]) -> None:
    start = time.perf_counter()
    shingles = [shingles_of("\n".join(lines)) for lines in pile]
    buckets: dict[int, list[int]] = defaultdict(list)
    for i, own in enumerate(shingles):
        for key in band_keys(own):
            buckets[key].append(i)
    met = {(a, b) for members in buckets.values() for n, a in enumerate(members) for b in members[n + 1 :]}
    flagged = sum(containment(shingles[a], shingles[b]) >= CONTAINMENT_AT_LEAST for a, b in met)
    pairs = len(pile) * (len(pile) - 1) // 2
    elapsed_ms = 1000 * (time.perf_counter() - start) / len(pile)
    print(f"made: {pairs:,} unrelated pairs, {len(met):,} compared word by word, {flagged} flagged")
    print(f"made: {elapsed_ms:.1f} ms a person for shingles, bands and comparing with all others")


def texts_under(folder: Path) -> list[list[str]]:
    pile = []
    for path in sorted(folder.rglob("*.pdf")):
        try:
            text = read_document(data=path.read_bytes(), file_name=path.name).text
        except UnreadableError as error:
            print(f"skipped {path.name}: {error.message}")
            continue
        if len(text.split()) >= 60:
            pile.append(text.split("\n"))
    return pile


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--data", type=Path)
    parser.add_argument("--people", type=int, default=1000)
    arguments = parser.parse_args()
    rng = np.random.default_rng(20261123)
    made = [resume_lines(rng, i) for i in range(arguments.people)]
    report_recall("made", made, rng)
    report_strangers(made)
    real = texts_under(arguments.data) if arguments.data and arguments.data.is_dir() else []
    if real:
        report_recall(f"read from {len(real)} PDFs", real, rng)
    else:
        print("no folder of PDFs given: real résumés skipped")


if __name__ == "__main__":
    main()
