"""Products, ranks, projections and eigenvalues."""

import numpy as np

from assay.itembank.making import choice, chosen_text, number, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work, after what any course in linear algebra teaches"
LICENCE = "Apache-2.0"


def _product_shape(rng: np.random.Generator) -> Variant:
    batch, length, width, out = (int(one) for one in rng.choice([4, 7, 16, 20, 32, 50, 64], 4, replace=False))
    return choice(
        rng,
        stem=f"`X` has the shape `({batch}, {length}, {width})`, `W` has `({width}, {out})`, in NumPy. What is the shape of `X @ W`?",
        right=f"`({batch}, {length}, {out})`",
        wrong=[
            (f"`({batch}, {out})`", "a product sums over all but the first axis"),
            (f"`({length}, {out})`", "the batch is multiplied out"),
            (f"`({batch}, {width}, {out})`", "the second axis is summed over instead of the last"),
        ],
        explanation="The last axis of the first meets the one but last of the second; the axes before are a batch.",
    )


def _check_product_shape(variant: Variant) -> None:
    shapes = [tuple(int(one) for one in part.split(")`")[0].split(",")) for part in variant.stem.split("`(")[1:]]
    found = (np.zeros(shapes[0]) @ np.zeros(shapes[1])).shape
    require(holds=chosen_text(variant).strip("`") == str(found), what="shape of the product")


def _rank(rng: np.random.Generator) -> Variant:
    first, second = rng.integers(1, 6, 3), rng.integers(-4, 5, 3)
    while np.linalg.matrix_rank(np.array([first, second])) < 2:
        second = rng.integers(-4, 5, 3)
    factors = [(int(a), int(b)) for a, b in rng.integers(-2, 3, (2, 2))]
    is_one = bool(rng.random() < 0.4)
    rows = [first, second] if not is_one else [first, 2 * first]
    rows = rows + [a * rows[0] + b * rows[1] for a, b in factors]
    rows = [rows[place] for place in rng.permutation(4)]
    text = "\n".join("| " + " | ".join(str(int(one)) for one in row) + " |" for row in rows)
    return number(
        stem=f"A table of four cases and three features:\n\n{text}\n\nWhat is the **rank** of this matrix?",
        value=1 if is_one else 2,
        explanation="All rows are multiples of one of them." if is_one else "Two rows are independent; the others are sums of multiples of them.",
    )  # fmt: skip


def _check_rank(variant: Variant) -> None:
    rows = [line.strip("|").split("|") for line in variant.stem.split("\n") if line.startswith("|")]
    assert isinstance(variant.key, NumberKey)
    values = np.linalg.svd(np.array(rows, dtype=float), compute_uv=False)
    require(holds=int((values > 1e-9 * values[0]).sum()) == variant.key.value, what="singular values")


def _cosine(rng: np.random.Generator) -> Variant:
    first, second = rng.integers(-3, 4, 3), rng.integers(-3, 4, 3)
    while not first.any() or not second.any():
        first, second = rng.integers(-3, 4, 3), rng.integers(-3, 4, 3)
    value = float(first @ second / np.sqrt((first @ first) * (second @ second)))
    return number(
        stem=f"Two embeddings: `{first.tolist()}` and `{second.tolist()}`. What is their **cosine similarity**?",
        value=value, tolerance_abs=0.011,
        explanation=f"$`{int(first @ second)} / \\sqrt{{{int(first @ first)} \\cdot {int(second @ second)}}}`$, by $`a \\cdot b / (|a| |b|)`$.",
    )  # fmt: skip


def _check_cosine(variant: Variant) -> None:
    parts = variant.stem.split("`")
    a, b = (np.array([float(one) for one in part.strip("[]").split(",")]) for part in (parts[1], parts[3]))
    a, b = a / np.linalg.norm(a), b / np.linalg.norm(b)
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(1 - float((a - b) @ (a - b)) / 2 - variant.key.value) < 1e-9, what="distance of unit vectors")


def _eigen(rng: np.random.Generator) -> Variant:
    a, b = int(rng.integers(1, 7)), int(rng.integers(1, 7))
    return number(
        stem=f"A covariance matrix is\n\n| {a + b} | {b} |\n| {b} | {a + b} |\n\nWhat share of the variance does its **first "
        "principal component** have?",
        value=(a + 2 * b) / (2 * a + 2 * b), tolerance_abs=0.011,
        explanation=f"The eigenvalues are {a + 2 * b} along (1, 1) and {a} along (1, -1); their sum is the trace {2 * a + 2 * b}.",
    )  # fmt: skip


def _check_eigen(variant: Variant) -> None:
    rows = [line.strip("|").split("|") for line in variant.stem.split("\n") if line.startswith("|")]
    values = np.linalg.eigvalsh(np.array(rows, dtype=float))
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(float(values[-1] / values.sum()) - variant.key.value) < 1e-9, what="eigenvalues")


FAMILIES = (
    Family(
        id="linear_algebra/shape-of-a-product", title="Shape of a batched product", domain="linear_algebra",
        loadings={"linear_algebra": 0.9, "numpy_pandas": 0.6}, kind=Kind.SINGLE, level=1, expected_s=45, source=SOURCE,
        licence=LICENCE, make=_product_shape, verify=_check_product_shape,
    ),
    Family(
        id="linear_algebra/rank", title="Rank of a table of features", domain="linear_algebra", loadings={"linear_algebra": 1.0},
        kind=Kind.NUMERIC, level=3, expected_s=90, source=SOURCE, licence=LICENCE, make=_rank, verify=_check_rank,
    ),
    Family(
        id="linear_algebra/cosine", title="Cosine similarity by hand", domain="linear_algebra", loadings={"linear_algebra": 1.0},
        kind=Kind.NUMERIC, level=2, expected_s=80, source=SOURCE, licence=LICENCE, make=_cosine, verify=_check_cosine,
    ),
    Family(
        id="linear_algebra/first-component", title="Share of the first principal component", domain="linear_algebra",
        loadings={"linear_algebra": 1.0, "unsupervised_learning": 0.5}, kind=Kind.NUMERIC, level=4, expected_s=100, source=SOURCE,
        licence=LICENCE, make=_eigen, verify=_check_eigen,
    ),
)  # fmt: skip
