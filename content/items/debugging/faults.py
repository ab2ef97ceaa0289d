"""Short functions with one faulty line. Running them with the line as it is and as it should be proves which it is."""

from collections.abc import Callable
from functools import partial
from typing import Any

import numpy as np

from assay.itembank.making import require
from assay.itembank.model import Family, Kind, LineKey, Variant

family = partial(
    Family, domain="debugging", licence="Apache-2.0", source="Own work; the key is proved by running the code"
)

Case = tuple[tuple[Any, ...], Any]
Program = tuple[str, str, tuple[str, ...], tuple[tuple[int, str, str], ...], tuple[Case, ...]]
"""What it should do, its name, its sound lines, faults (line, faulty text, why) and cases (arguments, result)."""

METRICS: tuple[Program, ...] = (
    (
        "yields precision: of the cases that were reported (1) the share that is true (1); 0 where none was reported", "precision",
        ("def precision(truth, reported):", "    hits = sum(t == 1 and r == 1 for t, r in zip(truth, reported))", "    total = sum(r == 1 for r in reported)",
         "    if total == 0:", "        return 0.0", "    return hits / total"),
        ((2, "    hits = sum(t == r for t, r in zip(truth, reported))", "cases where both are 0 are no hits"),
         (3, "    total = sum(t == 1 for t in truth)", "over the true cases it is recall"),
         (6, "    return hits / len(truth)", "only reported cases count below the line")),
        ((([1, 0, 1, 1, 0], [1, 1, 0, 0, 0]), 1 / 2), (([1, 0, 0], [0, 0, 0]), 0.0)),
    ),
    (
        "yields the root of the mean squared error", "rmse",
        ("def rmse(truth, guessed):", "    total = 0.0", "    for t, g in zip(truth, guessed):", "        total += (t - g) ** 2", "    return (total / len(truth)) ** 0.5"),
        ((4, "        total += abs(t - g)", "errors must be squared before they are averaged"), (5, "    return total ** 0.5 / len(truth)", "the mean is taken before the root"),
         (4, "        total = (t - g) ** 2", "only the last error is kept")),
        ((([1, 2, 3, 4], [1, 4, 3, 0]), 5**0.5),),
    ),
    (
        "yields the share of rows whose label is among the first k guesses", "top_k",
        ("def top_k(labels, ranked, k):", "    right = 0", "    for label, guesses in zip(labels, ranked):", "        if label in guesses[:k]:", "            right += 1", "    return right / len(labels)"),
        ((4, "        if label in guesses[:k - 1]:", "a slice ends before its end already"), (4, "        if label == guesses[k - 1]:", "only the last of the k guesses is looked at"),
         (6, "    return right / (len(labels) * k)", "each row counts once")),
        (((["a", "b", "c"], [["a", "x", "y"], ["x", "b", "y"], ["x", "y", "c"]], 2), 2 / 3), ((["a", "b"], [["a", "q"], ["b", "q"]], 1), 1.0)),
    ),
    (
        "yields the mean of the values in a sliding window, one for each full window", "smooth",
        ("def smooth(values, width):", "    means = []", "    for end in range(width, len(values) + 1):", "        window = values[end - width:end]", "        means.append(sum(window) / width)", "    return means"),
        ((3, "    for end in range(width, len(values)):", "the last window is left out"), (4, "        window = values[end - width + 1:end]", "the window is one value short"),
         (5, "        means.append(sum(values) / width)", "the window's sum is wanted, not that of all values")),
        ((([1, 2, 3, 4], 2), [1.5, 2.5, 3.5]), (([4, 4, 1], 3), [3.0])),
    ),
)  # fmt: skip

DATA: tuple[Program, ...] = (
    (
        "scales both parts by mean and spread of the training part alone", "scale",
        ("def scale(train, test):", "    mean = sum(train) / len(train)", "    spread = (sum((x - mean) ** 2 for x in train) / len(train)) ** 0.5", "    scaled = [(x - mean) / spread for x in train]",
         "    return scaled, [(x - mean) / spread for x in test]"),
        ((2, "    mean = sum(train + test) / len(train + test)", "the test part has a say in the mean: it leaks"),
         (3, "    spread = sum((x - mean) ** 2 for x in train) / len(train)", "without the root it is the variance"),
         (5, "    return scaled, [x - mean for x in test]", "the test part is not divided by the spread")),
        ((([2.0, 4.0, 6.0, 8.0], [10.0]), ([-3 / 5**0.5, -1 / 5**0.5, 1 / 5**0.5, 3 / 5**0.5], [5 / 5**0.5])),),
    ),
    (
        "keeps the newest row of each person; rows are (person, day, value) in any order", "newest",
        ("def newest(rows):", "    best = {}", "    for person, day, value in rows:", "        if person not in best or day > best[person][0]:", "            best[person] = (day, value)",
         "    return {person: value for person, (day, value) in best.items()}"),
        ((4, "        if person not in best or day < best[person][0]:", "the oldest row is kept"), (4, "        if person not in best:", "the first row that comes is kept"),
         (4, "        if person not in best or value > best[person][1]:", "the largest value is kept, not the newest")),
        ((([("a", 1, 10), ("a", 3, 5), ("a", 2, 7), ("b", 1, 1)],), {"a": 5, "b": 1}),),
    ),
    (
        "splits rows (day, value) so that the test part is later than all of the training part", "by_time",
        ("def by_time(rows, share):", "    ordered = sorted(rows)", "    border = int(len(ordered) * (1 - share))", "    train = ordered[:border]", "    test = ordered[border:]", "    return train, test"),
        ((2, "    ordered = list(rows)", "the rows are taken in the order in which they came"), (3, "    border = int(len(ordered) * share)", "the shares of the two parts are swapped"),
         (5, "    test = ordered[border + 1:]", "a row at the border is lost")),
        ((([(3, "c"), (1, "a"), (4, "d"), (2, "b")], 0.25), ([(1, "a"), (2, "b"), (3, "c")], [(4, "d")])),),
    ),
    (
        "counts how often each word stands in a text, upper and lower case alike", "counts",
        ("def counts(text):", "    found = {}", "    for word in text.lower().split():", '        word = word.strip(".,;")', "        found[word] = found.get(word, 0) + 1", "    return found"),
        ((3, "    for word in text.split():", "upper and lower case are told apart"), (5, "        found[word] = 1", "a second occurrence is not added"),
         (4, '        word.strip(".,;")', "strip yields a new text; the old one stays")),
        ((("Data, more data. Models",), {"data": 2, "more": 1, "models": 1}),),
    ),
)  # fmt: skip


def _run(lines: list[str], name: str, arguments: tuple[Any, ...]) -> Any:
    space: dict[str, Any] = {}
    exec("\n".join(lines), space)  # noqa: S102 -- our own code, shown in the question
    return space[name](*arguments)


def _is_close(found: Any, wanted: Any) -> bool:
    if isinstance(wanted, float):
        return isinstance(found, int | float) and abs(found - wanted) < 1e-9
    if isinstance(wanted, list | tuple):
        return len(found) == len(wanted) and all(map(_is_close, found, wanted))
    return bool(found == wanted)


def _makes(programs: tuple[Program, ...]) -> Callable[[np.random.Generator], Variant]:
    def make(rng: np.random.Generator) -> Variant:
        task, _, sound, faults, _ = programs[int(rng.integers(len(programs)))]
        line, faulty, why = faults[int(rng.integers(len(faults)))]
        lines = [faulty if place == line else text for place, text in enumerate(sound, start=1)]
        shown = "\n".join(f"{place}  {text}" for place, text in enumerate(lines, start=1))
        return Variant(
            family="", seed=0, kind=Kind.BUG_LINE,
            stem=f"This function {task}. One line is wrong. **Which?**\n\n```python\n{shown}\n```",
            key=LineKey(line=line), explanation=f"Line {line}: {why}. It should read `{sound[line - 1].strip()}`.",
        )  # fmt: skip

    return make


def _verifies(programs: tuple[Program, ...]) -> Callable[[Variant], None]:
    def verify(variant: Variant) -> None:
        program = next(one for one in programs if variant.stem.startswith(f"This function {one[0]}."))
        code = variant.stem.split("```python\n")[1].split("\n```")[0].split("\n")
        lines = [text.partition("  ")[2] for text in code]
        assert isinstance(variant.key, LineKey)
        mended = [program[2][place] if place + 1 == variant.key.line else text for place, text in enumerate(lines)]
        is_wrong = any(not _is_close(_run(lines, program[1], given), wanted) for given, wanted in program[4])
        is_mended = all(_is_close(_run(mended, program[1], given), wanted) for given, wanted in program[4])
        require(holds=is_wrong and is_mended, what="wrong as it is shown, right with this line alone mended")

    return verify


FAMILIES = (
    family(
        id="debugging/faulty-metric", title="The faulty line of a metric", kind=Kind.BUG_LINE, level=2, expected_s=75,
        loadings={"debugging": 1.0, "evaluation_metrics": 0.4, "python": 0.5}, make=_makes(METRICS), verify=_verifies(METRICS),
    ),
    family(
        id="debugging/faulty-preparation", title="The faulty line of a preparation", kind=Kind.BUG_LINE, level=3, expected_s=80,
        loadings={"debugging": 1.0, "data_preparation": 0.5, "python": 0.5}, make=_makes(DATA), verify=_verifies(DATA),
    ),
)  # fmt: skip
