"""Short pieces of Java to be read. A model of its rules in Python gives the answer; tests run Java where it is there."""

from functools import partial

import numpy as np

from assay.itembank.making import number, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="java", licence="Apache-2.0", source="Own work; every answer is what Java prints")


def _shown(code: str) -> str:
    return f"What does this print?\n\n```java\n{code}\n```"


def code_of(variant: Variant) -> str:
    """Yield the Java statements that a question shows."""
    return variant.stem.split("```java\n")[1].split("\n```")[0]


def _division(rng: np.random.Generator) -> Variant:
    right, total = int(rng.integers(3, 20)), int(rng.integers(21, 40))
    scale = int(rng.choice([2, 4, 10]))
    more = int(rng.integers(1, 4)) * total
    return number(
        stem=_shown(f"int right = {right + more}, all = {total};\ndouble share = right / all * {scale}.0;\nSystem.out.println(share);"),
        value=(right + more) // total * float(scale),
        explanation="Two ints are divided as ints: the rest is dropped before anything becomes a double.",
    )  # fmt: skip


def _check_division(variant: Variant) -> None:
    words = code_of(variant).replace(",", " ").replace(";", " ").split()
    right, total, scale = int(words[3]), int(words[6]), float(words[14])
    count = 0
    while right >= total:
        right, count = right - total, count + 1
    require(holds=count * scale == value_of(variant), what="taking away again and again")


def _overflow(rng: np.random.Generator) -> Variant:
    rows, size = int(rng.choice([50_000, 60_000, 70_000, 90_000])), int(rng.choice([48_000, 52_000, 65_000, 80_000]))
    wrapped = (rows * size + 2**31) % 2**32 - 2**31
    return number(
        stem=_shown(f"int rows = {rows}, columns = {size};\nlong cells = rows * columns;\nSystem.out.println(cells);")
        + "\n\n(An int goes from -2 147 483 648 to 2 147 483 647 and starts again at the other end; 2 to the power of 32 is 4 294 967 296.)",
        value=wrapped,
        explanation=f"The product is worked out as an int, {rows * size} wraps around, and only then it becomes a long. `(long) rows * columns` mends it.",
    )  # fmt: skip


def _check_overflow(variant: Variant) -> None:
    words = code_of(variant).replace(",", " ").replace(";", " ").split()
    with np.errstate(over="ignore"):
        product = np.array([int(words[3])], dtype=np.int32) * np.array([int(words[6])], dtype=np.int32)
    require(holds=int(product[0]) == value_of(variant), what="32-bit arithmetic")


def _shared(rng: np.random.Generator) -> Variant:
    values = [int(one) for one in rng.integers(1, 9, 3)]
    copies = bool(rng.random() < 0.5)
    added = int(rng.integers(1, 5))
    make = "new ArrayList<>(first)" if copies else "first"
    adds = "\n".join(f"second.add({int(one)});" for one in rng.integers(1, 9, added))
    return number(
        stem=_shown(f"List<Integer> first = new ArrayList<>(List.of({', '.join(map(str, values))}));\nList<Integer> second = {make};\n{adds}\nSystem.out.println(first.size());"),
        value=3 if copies else 3 + added,
        explanation="`new ArrayList<>(first)` makes a list of its own." if copies else "Both names stand for one list; no copy was made.",
    )  # fmt: skip


def _check_shared(variant: Variant) -> None:
    lines = code_of(variant).split("\n")
    first = [int(one) for one in lines[0].split("of(")[1].split(")")[0].split(",")]
    second = list(first) if "new" in lines[1] else first
    for line in lines[2:-1]:
        second.append(int(line.split("(")[1].split(")")[0]))
    require(holds=len(first) == value_of(variant), what="the same in Python")


def _step(rng: np.random.Generator) -> Variant:
    start, factor = int(rng.integers(2, 9)), int(rng.integers(2, 6))
    is_post = bool(rng.random() < 0.5)
    term = "i++" if is_post else "++i"
    return number(
        stem=_shown(f"int i = {start};\nint j = {term} * {factor} + i;\nSystem.out.println(j);"),
        value=(start if is_post else start + 1) * factor + start + 1,
        explanation="Operands are worked out from the left: `i++` gives the value before the step, `++i` the one after; the last `i` sees the step either way.",
    )  # fmt: skip


def _check_step(variant: Variant) -> None:
    lines = code_of(variant).split("\n")
    i = int(lines[0].split("= ")[1].rstrip(";"))
    factor = int(lines[1].split("* ")[1].split(" ")[0])
    before, i = i, i + 1
    left = before if "i++" in lines[1] else i
    require(holds=left * factor + i == value_of(variant), what="one operand after the other")


FAMILIES = (
    family(
        id="java/whole-division", title="Division of whole numbers", kind=Kind.READING, level=2, expected_s=50, loadings={"java": 1.0},
        make=_division, verify=_check_division,
    ),
    family(
        id="java/overflow", title="A product that is too large", kind=Kind.READING, level=4, expected_s=100, loadings={"java": 1.0},
        make=_overflow, verify=_check_overflow,
    ),
    family(
        id="java/one-list-two-names", title="One list with two names", kind=Kind.READING, level=2, expected_s=45, loadings={"java": 1.0},
        make=_shared, verify=_check_shared,
    ),
    family(
        id="java/step-within", title="A step within an expression", kind=Kind.READING, level=3, expected_s=50, loadings={"java": 1.0},
        make=_step, verify=_check_step,
    ),
)  # fmt: skip
