"""Hadoop: blocks and copies of a file, pairs that travel in MapReduce."""

import math
from collections import Counter
from functools import partial

import numpy as np

from assay.itembank.making import number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="hadoop", licence="Apache-2.0")
WORDS = ("loss", "data", "model", "rate")


def _pairs(rng: np.random.Generator) -> Variant:
    parts = [[str(one) for one in rng.choice(WORDS, int(rng.integers(4, 8)))] for _ in range(3)]
    has_combiner = bool(rng.random() < 0.6)
    shown = "\n".join(f"| {place} | {' '.join(words)} |" for place, words in enumerate(parts, start=1))
    sent = sum(len(set(words)) if has_combiner else len(words) for words in parts)
    return number(
        stem=f"MapReduce counts words; each mapper reads one part:\n\n| Mapper | Text |\n| - | - |\n{shown}\n\nThe mappers emit (word, 1), and a "
        f"combiner that adds up is {'used, once on all that a mapper emits' if has_combiner else 'not used'}. How many **pairs** travel to the reducers?",
        value=sent,
        explanation="A combiner adds up on the mapper's side: one pair for each word and mapper. Without it one pair for each occurrence travels. It must not change the result, "
        "since it may run any number of times.",
    )  # fmt: skip


def _check_pairs(variant: Variant) -> None:
    texts = [line.split("|")[2].split() for line in variant.stem.split("\n") if line[:3] in {"| 1", "| 2", "| 3"}]
    sent = [(word, 1) for words in texts for word in words]
    if "is used" in variant.stem:
        sent = [pair for words in texts for pair in Counter(words).items()]
    whole = Counter(word for words in texts for word in words)
    reduced: Counter[str] = Counter()
    for word, count in sent:
        reduced[word] += count
    require(holds=len(sent) == value_of(variant) and reduced == whole, what="pairs sent, and the same counts")


def _blocks(rng: np.random.Generator) -> Variant:
    files, size = int(rng.integers(2, 12)), int(rng.choice([150, 300, 500, 1000]))
    block, copies = 128, int(rng.choice([2, 3]))
    return number(
        stem=f"HDFS holds {files} files of {size} MB each with blocks of {block} MB and {copies} copies of each block. How many **block copies** lie on the "
        "machines' disks?",
        value=files * math.ceil(size / block) * copies,
        explanation="Blocks are counted by file, the last one may be smaller: it takes as little disk as it has bytes, but one entry in the name node like any other. "
        "Many small files fill its memory.",
    )  # fmt: skip


def _check_blocks(variant: Variant) -> None:
    files, size, block, copies = (int(one) for one in numbers_in(variant.stem))
    starts = [start for _ in range(files) for start in range(0, size, block)]
    require(holds=len(starts) * copies == value_of(variant), what="listing where blocks start")


def _lost(rng: np.random.Generator) -> Variant:
    machines, copies = int(rng.integers(6, 13)), int(rng.choice([2, 3]))
    blocks = int(rng.choice([1100, 2200, 5500]))
    chance = 1 / math.comb(machines, copies)
    return number(
        stem=f"{blocks} blocks have {copies} copies each, on {copies} different machines of {machines} drawn at random for each block. {copies} machines burn down at once. How many blocks "
        "are **expected to be lost**?",
        value=blocks * chance, tolerance_rel=0.02,
        explanation=f"A block is lost where its machines are just those: one of {math.comb(machines, copies)} choices. That is why copies are spread over racks, and why copies are no "
        "backup.",
    )  # fmt: skip


def _check_lost(variant: Variant) -> None:
    blocks, copies, _, machines = (int(one) for one in numbers_in(variant.stem)[:4])
    chance = 1.0
    for place in range(copies):  # each copy in turn lies on one of the machines that burn
        chance *= (copies - place) / (machines - place)
    require(holds=abs(blocks * chance - value_of(variant)) < 1e-9 * blocks, what="copy after copy")


FAMILIES = (
    family(
        id="hadoop/pairs-that-travel", title="Pairs that travel to the reducers", kind=Kind.NUMERIC, level=3, expected_s=90,
        loadings={"hadoop": 1.0, "data_pipelines": 0.4}, make=_pairs, verify=_check_pairs,
        source="Own work, after Dean & Ghemawat 2004, MapReduce (OSDI)",
    ),
    family(
        id="hadoop/blocks", title="Blocks of files and their copies", kind=Kind.NUMERIC, level=2, expected_s=70, loadings={"hadoop": 1.0},
        make=_blocks, verify=_check_blocks, source="Own work, after the HDFS architecture guide",
    ),
    family(
        id="hadoop/machines-lost", title="Blocks lost with machines", kind=Kind.NUMERIC, level=4, expected_s=100,
        loadings={"hadoop": 1.0, "probability": 0.5}, make=_lost, verify=_check_lost, source="Own work, after the HDFS architecture guide",
    ),
)  # fmt: skip
