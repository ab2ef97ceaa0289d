"""Arrays, tensors and gradients: what comes out, by NumPy or by differences."""

import contextlib
import io

import numpy as np

from assay.itembank.making import choice, chosen_text, number, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work; shapes and values are those of NumPy, gradients those of differences"
LICENCE = "Apache-2.0"


def _column_and_row(rng: np.random.Generator) -> Variant:
    count = int(rng.choice([8, 16, 32, 64, 100]))
    return choice(
        rng,
        stem=f"`prediction` has the shape `({count}, 1)`, `target` has `({count},)`. Nobody sees an error, but "
        "`((prediction - target) ** 2).mean()` falls no further than the variance of the target. What is the shape of "
        "`prediction - target`?",
        right=f"`({count}, {count})`: every prediction meets every target",
        wrong=[
            (f"`({count}, 1)`: the second one is turned into a column first", "axes are matched from the left"),
            (f"`({count},)`: axes of length one are dropped before the work", "broadcasting squeezes"),
            ("`(1, 1)`: both are summed over before they are subtracted", "a difference reduces"),
        ],
        explanation="Axes are matched from the right and those of length one are stretched. `target[:, None]` or a squeezed prediction mends "
        "it. PyTorch does the same, with a warning at best.",
    )


def _check_column_and_row(variant: Variant) -> None:
    count = int(variant.stem.split("`(")[1].split(",")[0])
    shape = (np.zeros((count, 1)) - np.zeros(count)).shape
    require(holds=chosen_text(variant).startswith(f"`{shape}`"), what="shape of the difference")


def _two_backward(rng: np.random.Generator) -> Variant:
    value, factor, passes = int(rng.integers(2, 6)), int(rng.integers(2, 6)), int(rng.integers(2, 4))
    code = (
        f"w = torch.tensor({value}.0, requires_grad=True)\nfor _ in range({passes}):\n    loss = {factor} * w ** 2\n    loss.backward()\n"
        "print(w.grad.item())"
    )
    return number(
        stem=f"What does this print?\n\n```python\nimport torch\n\n{code}\n```", value=float(passes * 2 * factor * value),
        explanation=f"One pass gives {2 * factor * value}; gradients add up until they are set to zero, and nothing here does so. `w` does "
        "not move without an optimiser.",
    )  # fmt: skip


def _check_two_backward(variant: Variant) -> None:
    code = variant.stem.split("```")[1]
    value = float(code.split("tensor(")[1].split(",")[0])
    passes, factor = int(code.split("range(")[1].split(")")[0]), int(code.split("loss = ")[1].split()[0])
    step = 1e-6
    slope = (factor * (value + step) ** 2 - factor * (value - step) ** 2) / (2 * step)
    assert isinstance(variant.key, NumberKey)
    require(holds=abs(passes * slope - variant.key.value) < 1e-3, what="differences, once for each pass")


def _softmax_twice(rng: np.random.Generator) -> Variant:
    classes = int(rng.choice([3, 4, 5, 6, 8, 10, 12, 20]))
    return choice(
        rng,
        stem=f"A classifier of {classes} classes ends with `softmax`, and is trained with `torch.nn.CrossEntropyLoss`. It learns, but the "
        "loss never comes near 0, even on examples that it always gets right. Why?",
        right="The loss applies a softmax of its own to what are already probabilities",
        wrong=[
            ("The loss expects targets that are one-hot and not numbers of classes", "the loss takes no class numbers"),
            ("A softmax has no gradient where one of its outputs is close to 1", "saturation alone keeps a loss high"),
            ("The loss is summed over a batch, so that it grows with its size", "the loss is a sum by default"),
        ],
        explanation=f"With probabilities in, the best that the inner softmax can say is e / (e + {classes - 1}), so that the loss stays "
        f"above {-np.log(np.e / (np.e + classes - 1)):.2f}. Give it the logits.",
    )


def _check_softmax_twice(variant: Variant) -> None:
    classes = int(variant.stem.split("of ")[1].split()[0])
    best = np.zeros(classes)
    best[0] = 1.0
    grown = np.exp(best)
    floor = -np.log(grown[0] / grown.sum())
    require(
        holds=f"above {floor:.2f}" in variant.explanation and floor > 0.4, what="the least loss after two softmaxes"
    )
    require(holds="softmax of its own" in chosen_text(variant), what="the right option")


def _view_or_copy(rng: np.random.Generator) -> Variant:
    size, at = int(rng.integers(5, 9)), int(rng.integers(1, 4))
    pick = f"values[{at}:{at + 2}]" if rng.random() < 0.5 else f"values[[{at}, {at + 1}]]"
    new = int(rng.integers(20, 90))
    code = f"values = np.arange({size})\npart = {pick}\npart[0] = {new}\nprint(values[{at}])"
    return Variant(
        family="", seed=0, kind=Kind.READING, stem=f"What does this print?\n\n```python\nimport numpy as np\n\n{code}\n```",
        key=NumberKey(value=float(at if "[[" in pick else new)),
        explanation="A list of places gives a copy." if "[[" in pick else "A slice is a view: it shares its numbers with the whole.",
    )  # fmt: skip


def _check_printed(variant: Variant) -> None:
    told = io.StringIO()
    with contextlib.redirect_stdout(told):
        exec(variant.stem.split("```python\n")[1].split("```")[0], {})  # noqa: S102 -- our own code, without input
    assert isinstance(variant.key, NumberKey)
    require(holds=float(told.getvalue()) == variant.key.value, what="what the code prints")


def _axis(rng: np.random.Generator) -> Variant:
    axis = int(rng.integers(0, 2))
    table = rng.integers(0, 9, (2, 3))
    value = int(table.sum(axis=axis).max())
    code = f"table = np.array({table.tolist()})\nprint(table.sum(axis={axis}).max())"
    return Variant(
        family="", seed=0, kind=Kind.READING, stem=f"What does this print?\n\n```python\nimport numpy as np\n\n{code}\n```",
        key=NumberKey(value=float(value)),
        explanation="axis=0 runs down the rows and leaves a sum for each column." if axis == 0
        else "axis=1 runs along each row and leaves a sum for each row.",
    )  # fmt: skip


FAMILIES = (
    Family(
        id="arrays/column-meets-row", title="A column less a row", domain="arrays",
        loadings={"numpy_pandas": 0.9, "pytorch": 0.8}, kind=Kind.SINGLE, level=3, expected_s=75, source=SOURCE, licence=LICENCE,
        make=_column_and_row, verify=_check_column_and_row,
    ),
    Family(
        id="arrays/gradients-add-up", title="Gradients over two passes", domain="arrays", loadings={"pytorch": 1.0},
        kind=Kind.NUMERIC, level=2, expected_s=70, source=SOURCE, licence=LICENCE, make=_two_backward, verify=_check_two_backward,
    ),
    Family(
        id="arrays/softmax-twice", title="A softmax before the cross entropy", domain="arrays",
        loadings={"pytorch": 1.0, "deep_learning": 0.7}, kind=Kind.SINGLE, level=4, expected_s=75, source=SOURCE, licence=LICENCE,
        make=_softmax_twice, verify=_check_softmax_twice,
    ),
    Family(
        id="arrays/view-or-copy", title="A view or a copy", domain="arrays", loadings={"numpy_pandas": 1.0}, kind=Kind.READING,
        level=3, expected_s=60, source=SOURCE, licence=LICENCE, make=_view_or_copy, verify=_check_printed,
    ),
    Family(
        id="arrays/sum-along-an-axis", title="A sum along an axis", domain="arrays", loadings={"numpy_pandas": 1.0},
        kind=Kind.READING, level=1, expected_s=60, source=SOURCE, licence=LICENCE, make=_axis, verify=_check_printed,
    ),
)  # fmt: skip
