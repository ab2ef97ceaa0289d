"""Spark: how many tasks, what moves over the network, what is computed again, which key holds everybody up."""

import math
from functools import partial

import numpy as np

from assay.itembank.making import number, numbers_in, require, value_of
from assay.itembank.model import ChoiceKey, Family, Kind, Option, Variant

family = partial(Family, domain="spark", licence="Apache-2.0")
NARROW = (
    "map each row to another",
    "filter rows by a value",
    "take one column of many",
    "union of two data sets",
    "flat-map a text into words",
)
WIDE = (
    "group by a key and count",
    "sort by a column",
    "join two large tables by a key",
    "distinct rows",
    "repartition by a key",
)


def _tasks(rng: np.random.Generator) -> Variant:
    files, size = int(rng.integers(3, 30)), int(rng.choice([200, 300, 500, 700, 1000]))
    split = int(rng.choice([64, 128]))
    return number(
        stem=f"Spark reads {files} uncompressed Parquet files of {size} MB each; a partition of the input holds at most {split} MB of one file, and small "
        "rests are not joined. How many **tasks** has the first stage?",
        value=files * math.ceil(size / split),
        explanation=f"Each file falls into {math.ceil(size / split)} partitions, rounded up by file; each partition is a task.",
    )  # fmt: skip


def _check_tasks(variant: Variant) -> None:
    files, size, split = numbers_in(variant.stem)
    tasks = 0
    for _ in range(int(files)):
        rest = size
        while rest > 0:
            rest, tasks = rest - split, tasks + 1
    require(holds=tasks == value_of(variant), what="cutting file after file")


def _shuffles(rng: np.random.Generator) -> Variant:
    wide = [WIDE[int(place)] for place in rng.permutation(len(WIDE))[: int(rng.integers(2, 4))]]
    narrow = [NARROW[int(place)] for place in rng.permutation(len(NARROW))[: 5 - len(wide)]]
    texts = [(wide + narrow)[int(place)] for place in rng.permutation(5)]
    return Variant(
        family="", seed=0, kind=Kind.MULTIPLE,
        stem="Which of these make Spark **move rows between machines** (a shuffle), where nothing was partitioned beforehand? Choose all.",
        options=tuple(
            Option(id=letter, text=text, misconception="" if text in wide else "each row, or partition, is taken for needing others")
            for letter, text in zip("abcde", texts, strict=True)
        ),
        key=ChoiceKey(ids=tuple(letter for letter, text in zip("abcde", texts, strict=True) if text in wide)),
        explanation="A step is narrow where each output partition needs one input partition only. Where rows of one key, or an order over all, must come together, "
        "they are written, sent and read again.",
    )  # fmt: skip


def _check_shuffles(variant: Variant) -> None:
    """Ask of each step whether two partitions, worked on apart, give what both give together."""
    first, second = [("a", 3), ("b", 1), ("a", 3)], [("a", 2), ("b", 1)]
    steps = {
        "map each": lambda rows: [(key, value + 1) for key, value in rows],
        "filter": lambda rows: [row for row in rows if row[1] > 1],
        "take one": lambda rows: [row[1] for row in rows],
        "union": list,
        "flat-map": lambda rows: [part for row in rows for part in row],
        "group by": lambda rows: sorted((key, sum(one == key for one, _ in rows)) for key in {key for key, _ in rows}),
        "sort by": sorted,
        "join two": lambda rows: sorted((a, b) for a in rows for b in rows if a[0] == b[0]),
        "distinct": lambda rows: sorted(set(rows)),
        "repartition": lambda rows: sorted(rows, key=lambda row: row[0]),
    }
    assert isinstance(variant.key, ChoiceKey)
    for option in variant.options:
        step = next(made for name, made in steps.items() if option.text.startswith(name))
        needs_others = step(first) + step(second) != step(first + second)
        require(holds=needs_others == (option.id in variant.key.ids), what=f"partitions apart: {option.text}")


def _broadcast(rng: np.random.Generator) -> Variant:
    large, small = int(rng.choice([100, 200, 400])), int(rng.choice([1, 2, 5]))
    executors = int(rng.choice([8, 10, 20]))
    return number(
        stem=f"A table of {large} GB is joined with one of {small} GB on {executors} executors. A shuffle join sends both tables over the network once, nearly whole; "
        "a broadcast join sends the small one to each executor. How many **GB less** does the broadcast join send?",
        value=large + small - small * executors, unit="GB",
        explanation=f"{large} + {small} against {executors} · {small}. It pays while the small table fits into each executor's memory; beyond, it ends the job.",
    )  # fmt: skip


def _check_broadcast(variant: Variant) -> None:
    large, small, executors = numbers_in(variant.stem)
    sent = sum(small for _ in range(int(executors)))
    require(holds=large + small - sent == value_of(variant), what="both ways")


def _computed_again(rng: np.random.Generator) -> Variant:
    rows, actions = int(rng.choice([1000, 5000, 20_000])), int(rng.integers(2, 5))
    is_kept = bool(rng.random() < 0.5)
    names = ["count()", "max()", "sum()", "min()"][:actions]
    code = (
        "slow = numbers.map(score)"
        + (".cache()" if is_kept else "")
        + "\n"
        + "\n".join(f"slow.{name}" for name in names)
    )
    return number(
        stem=f"`numbers` is an RDD of {rows} rows, all fits into memory, and no machine is lost:\n\n```python\n{code}\n```\n\nHow often is `score` **called**?",
        value=rows * (1 if is_kept else actions),
        explanation="The first action computes and keeps what `cache` marked." if is_kept
        else "A transformation is only noted. Each action runs the chain from the start, unless it was cached.",
    )  # fmt: skip


def _check_computed_again(variant: Variant) -> None:
    calls = 0

    class Rows:
        def __init__(self, source: "Rows | None" = None) -> None:
            self.source, self.is_cached, self.is_kept = source, False, False

        def run(self) -> None:
            nonlocal calls
            if self.source is not None and not self.is_kept:
                calls += int(numbers_in(variant.stem)[0])
                self.is_kept = self.is_cached

    slow = Rows(Rows())
    slow.is_cached = ".cache()" in variant.stem
    for line in variant.stem.split("```")[1].split("\n"):
        if line.startswith("slow."):
            slow.run()
    require(holds=calls == value_of(variant), what="running the chain")


def _skew(rng: np.random.Generator) -> Variant:
    workers, rows = int(rng.choice([10, 20, 40])), int(rng.choice([100, 200, 400]))
    share = int(rng.choice([30, 40, 50, 60]))
    return number(
        stem=f"{rows} million rows are grouped by customer on {workers} workers that handle a million rows a minute each. One customer has {share} % of all rows; the others are spread evenly "
        f"over the other {workers - 1} workers. After how many **minutes** is the stage done?",
        value=rows * share / 100, tolerance_rel=0.005,
        explanation=f"All rows of one key lie on one worker, and the stage ends with its slowest. Adding workers does not help; cutting the key in parts (salting) or "
        f"counting before the shuffle does: evenly it would take {rows / workers:g} minutes.",
    )  # fmt: skip


def _check_skew(variant: Variant) -> None:
    rows, workers, share = numbers_in(variant.stem)[:3]
    loads = [rows * share / 100] + [rows * (100 - share) / 100 / (workers - 1)] * (int(workers) - 1)
    require(holds=abs(max(loads) - value_of(variant)) < 1e-9 and abs(sum(loads) - rows) < 1e-6, what="slowest worker")


FAMILIES = (
    family(
        id="spark/tasks", title="Tasks of the first stage", kind=Kind.NUMERIC, level=2, expected_s=70, loadings={"spark": 1.0},
        make=_tasks, verify=_check_tasks, source="Own work, after the Spark tuning guide",
    ),
    family(
        id="spark/shuffles", title="Steps that move rows", kind=Kind.MULTIPLE, level=2, expected_s=60, loadings={"spark": 1.0, "data_pipelines": 0.4},
        make=_shuffles, verify=_check_shuffles, source="Own work, after the Spark programming guide, Shuffle operations",
    ),
    family(
        id="spark/broadcast-join", title="What a broadcast join saves", kind=Kind.NUMERIC, level=3, expected_s=80, loadings={"spark": 1.0},
        make=_broadcast, verify=_check_broadcast, source="Own work, after the Spark SQL performance tuning guide",
    ),
    family(
        id="spark/computed-again", title="What is computed again", kind=Kind.NUMERIC, level=2, expected_s=60, loadings={"spark": 1.0},
        make=_computed_again, verify=_check_computed_again, source="Own work, after the Spark programming guide, RDD persistence",
    ),
    family(
        id="spark/one-large-key", title="One key that holds everybody up", kind=Kind.NUMERIC, level=4, expected_s=90,
        loadings={"spark": 1.0, "data_pipelines": 0.5}, make=_skew, verify=_check_skew, source="Own work, after what practitioners agree on",
    ),
)  # fmt: skip
