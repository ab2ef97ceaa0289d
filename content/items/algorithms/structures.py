"""Algorithms and data structures, worked by hand on small cases."""

from collections import deque
from functools import lru_cache, partial
from heapq import heappop, heappush
from itertools import pairwise, permutations

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(
    Family, domain="algorithms", licence="Apache-2.0", source="Own work, after what any course in algorithms teaches"
)


def _edit_distance(rng: np.random.Generator) -> Variant:
    pairs = [("tensor", "sensor"), ("gradient", "radiant"), ("kitten", "mitten"), ("cluster", "bluster"), ("matrix", "metric"), ("vector", "victory"),
             ("sample", "simple"), ("forest", "frost"), ("kernel", "colonel"), ("tokens", "broken"), ("margin", "imagine"), ("signal", "single")]  # fmt: skip
    first, second = pairs[int(rng.integers(len(pairs)))]

    @lru_cache
    def least(a: str, b: str) -> int:
        if not a or not b:
            return len(a) + len(b)
        return min(least(a[1:], b) + 1, least(a, b[1:]) + 1, least(a[1:], b[1:]) + (a[0] != b[0]))

    return number(
        stem=f"How many letters must be inserted, deleted or replaced **at least** to turn `{first}` into `{second}`?",
        value=least(first, second),
        explanation="The edit distance: the best of three smaller problems at each step, each solved once.",
    )  # fmt: skip


def _check_edit_distance(variant: Variant) -> None:
    first, second = variant.stem.split("`")[1], variant.stem.split("`")[3]
    row = list(range(len(second) + 1))
    for place, letter in enumerate(first, start=1):
        before, row = row, [place]
        for column, other in enumerate(second, start=1):
            row.append(min(row[-1] + 1, before[column] + 1, before[column - 1] + (letter != other)))
    require(holds=row[-1] == value_of(variant), what="table row by row")


def _shortest_way(rng: np.random.Generator) -> Variant:
    names = "ABCDEF"
    edges = {(a, b): int(rng.integers(1, 10)) for a, b in pairwise(names)}
    for _ in range(4):
        a, b = sorted(int(one) for one in rng.choice(6, 2, replace=False))
        edges.setdefault((names[a], names[b]), int(rng.integers(2, 15)))
    far = {"A": 0}
    queue = [(0, "A")]
    while queue:
        length, here = heappop(queue)
        for (a, b), more in edges.items():
            if here in {a, b}:
                there = b if here == a else a
                if length + more < far.get(there, 10**6):
                    far[there] = length + more
                    heappush(queue, (far[there], there))
    return number(
        stem="Roads run both ways, with lengths: " + ", ".join(f"{a}–{b} {length}" for (a, b), length in edges.items()) + ". How long is the **shortest way** from A to F?",
        value=far["F"],
        explanation="Always go on from the nearest place that is known; a length is final when it is taken (Dijkstra), since no road has a negative length.",
    )  # fmt: skip


def _check_shortest_way(variant: Variant) -> None:
    parts = variant.stem.split("lengths: ")[1].split(". How")[0].split(", ")
    edges = {frozenset(part.split(" ")[0].split("–")): int(part.split(" ")[1]) for part in parts}
    best = min(
        sum(edges.get(frozenset(pair), 10**6) for pair in zip(("A", *middle), (*middle, "F"), strict=True))
        for count in range(5) for middle in permutations("BCDE", count)
    )  # fmt: skip
    require(holds=best == value_of(variant), what="trying every way")


def _halving(rng: np.random.Generator) -> Variant:
    count = int(rng.choice([1000, 5000, 20_000, 100_000, 1_000_000, 3_000_000]))
    return number(
        stem=f"A value is looked for in a sorted array of {count} different values by halving; each step compares with one value (smaller, equal or larger). How many "
        "comparisons are needed **at most**?",
        value=count.bit_length(),
        explanation="Each step leaves at most half of what was left, less the one that was compared: as often as the number can be halved until nothing is left.",
    )  # fmt: skip


def _check_halving(variant: Variant) -> None:
    left, steps = int(numbers_in(variant.stem)[0]), 0
    while left:
        left, steps = left // 2, steps + 1  # the larger half beside the middle one
    require(holds=steps == value_of(variant), what="halving until nothing is left")


def _order_of_work(rng: np.random.Generator) -> Variant:
    names = ["load", "clean", "split", "fit", "report", "plot"]
    count = 5
    jobs = [names[int(place)] for place in rng.permutation(len(names))[:count]]
    needs = {(jobs[0], jobs[2]), (jobs[1], jobs[2]), (jobs[2], jobs[3]), (jobs[int(rng.integers(0, 2))], jobs[4])}

    def holds(line: tuple[str, ...]) -> bool:
        return all(line.index(a) < line.index(b) for a, b in needs)

    lines = list(permutations(jobs))
    good = [one for one in lines if holds(one)]
    bad = [one for one in lines if sum(one.index(a) > one.index(b) for a, b in needs) == 1]
    right = good[int(rng.integers(len(good)))]
    wrong = [bad[int(place)] for place in rng.choice(len(bad), 3, replace=False)]
    return choice(
        rng,
        stem="Jobs of a pipeline, each after those it needs: " + ", ".join(f"{b} needs {a}" for a, b in sorted(needs)) + ". Which order **may run**?",
        right=", ".join(right), wrong=[(", ".join(one), "one need is passed over") for one in wrong],
        explanation="An order may run where each job stands behind all it needs; there may be several (a topological order of the graph).",
    )  # fmt: skip


def _check_order_of_work(variant: Variant) -> None:
    told = variant.stem.split("it needs: ")[1].split(". Which")[0].split(", ")
    needs = {
        part.split(" needs ")[0]: {
            other.split(" needs ")[1] for other in told if other.startswith(part.split(" ")[0] + " ")
        }
        for part in told
    }

    def runs(line: str) -> bool:
        done: set[str] = set()
        for job in line.split(", "):
            if not needs.get(job, set()) <= done:
                return False
            done.add(job)
        return True

    require(
        holds=[one.text for one in variant.options if runs(one.text)] == [chosen_text(variant)],
        what="running each order",
    )


def _window(rng: np.random.Generator) -> Variant:
    values = [int(one) for one in rng.integers(1, 30, 9)]
    width = int(rng.integers(3, 5))
    maxima = [max(values[start : start + width]) for start in range(len(values) - width + 1)]
    return number(
        stem=f"A window of {width} values slides over {values}. What is the **sum of the maxima** of all its positions?",
        value=sum(maxima),
        explanation=f"The maxima are {maxima}. A queue that drops smaller values behind larger ones finds them in one pass, instead of looking at {width} values each time.",
    )  # fmt: skip


def _check_window(variant: Variant) -> None:
    width, *values = (
        int(one) for one in numbers_in(variant.stem.replace("[", " ").replace("]", " ").replace(",", " "))
    )
    queue: deque[int] = deque()
    total = 0
    for place, value in enumerate(values):
        while queue and values[queue[-1]] <= value:
            queue.pop()
        queue.append(place)
        if queue[0] <= place - width:
            queue.popleft()
        total += values[queue[0]] if place >= width - 1 else 0
    require(holds=total == value_of(variant), what="the queue itself")


FAMILIES = (
    family(
        id="algorithms/edit-distance", title="Edits between two words", kind=Kind.NUMERIC, level=3, expected_s=90,
        loadings={"algorithms_data_structures": 1.0}, make=_edit_distance, verify=_check_edit_distance,
    ),
    family(
        id="algorithms/shortest-way", title="Shortest way through a graph", kind=Kind.NUMERIC, level=3, expected_s=110,
        loadings={"algorithms_data_structures": 1.0}, make=_shortest_way, verify=_check_shortest_way,
    ),
    family(
        id="algorithms/halving", title="Comparisons of a search by halving", kind=Kind.NUMERIC, level=2, expected_s=60,
        loadings={"algorithms_data_structures": 1.0}, make=_halving, verify=_check_halving,
    ),
    family(
        id="algorithms/order-of-work", title="An order in which jobs may run", kind=Kind.SINGLE, level=2, expected_s=70,
        loadings={"algorithms_data_structures": 1.0, "data_pipelines": 0.4}, make=_order_of_work, verify=_check_order_of_work,
    ),
    family(
        id="algorithms/sliding-maximum", title="Maxima of a sliding window", kind=Kind.NUMERIC, level=2, expected_s=70,
        loadings={"algorithms_data_structures": 1.0}, make=_window, verify=_check_window,
    ),
)  # fmt: skip
