"""PyTorch: shapes, gradients that add up, losses that are means, the order of a step."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, order, require, value_of
from assay.itembank.model import Family, Kind, OrderKey, Variant

family = partial(Family, domain="pytorch", licence="Apache-2.0")


def _shapes(rng: np.random.Generator) -> Variant:
    batch, rows, columns = int(rng.choice([8, 16, 32])), int(rng.integers(2, 7)), int(rng.integers(2, 7))
    first = (batch, 1, columns) if rng.random() < 0.5 else (batch, rows, 1)
    second = (rows, columns) if first[1] == 1 else (1, columns)
    return number(
        stem=f"`a` has the shape {first}, `b` the shape {second}. How many **elements** has `a + b`?",
        value=batch * rows * columns,
        explanation=f"Shapes are laid right against right; an axis of length 1, or one that is missing, is stretched: ({batch}, {rows}, {columns}). A loss over such a "
        "stretched difference is the classic silent fault: (n, 1) minus (n,) has n times n elements.",
    )  # fmt: skip


def _check_shapes(variant: Variant) -> None:
    a, b = (tuple(int(one) for one in part.split(")")[0].split(",")) for part in variant.stem.split("shape (")[1:])
    require(holds=(np.zeros(a) + np.zeros(b)).size == value_of(variant), what="numpy's broadcasting, which is the same")


def _gradients(rng: np.random.Generator) -> Variant:
    start, factor, steps = int(rng.integers(1, 6)), int(rng.integers(2, 6)), int(rng.integers(2, 5))
    is_cleared = bool(rng.random() < 0.35)
    clear = "    w.grad = None\n" if is_cleared else ""
    code = f"w = torch.tensor({float(start)}, requires_grad=True)\nfor _ in range({steps}):\n{clear}    loss = {factor} * w ** 2\n    loss.backward()\nprint(w.grad.item())"
    return number(
        stem=f"What does this print?\n\n```python\n{code}\n```",
        value=2 * factor * start * (1 if is_cleared else steps),
        explanation="`backward` adds to what `grad` holds." + (" Here it is cleared each time." if is_cleared else " Nothing clears it, so each call adds the same again: that is what "
        "`zero_grad` is for, and how gradients of small batches are gathered on purpose."),
    )  # fmt: skip


def _check_gradients(variant: Variant) -> None:
    code = variant.stem.split("```python\n")[1]
    start, factor = float(code.split("tensor(")[1].split(",")[0]), float(code.split("loss = ")[1].split(" ")[0])
    gathered = 0.0
    for _ in range(int(code.split("range(")[1].split(")")[0])):
        slope = (factor * (start + 1e-6) ** 2 - factor * (start - 1e-6) ** 2) / 2e-6
        gathered = slope if "w.grad = None" in code else gathered + slope
    require(holds=abs(gathered - value_of(variant)) < 1e-3, what="adding up slopes")


def _uneven_batches(rng: np.random.Generator) -> Variant:
    large, small = int(rng.choice([64, 100, 128])), int(rng.choice([4, 8, 20]))
    first, last = int(rng.integers(2, 8)) / 10, int(rng.integers(12, 40)) / 10
    return number(
        stem=f"`CrossEntropyLoss()` yields the mean over a batch. Three batches of {large} rows give {first} each, a last one of {small} rows gives {last}. What is the **mean loss over all rows**?",
        value=(3 * large * first + small * last) / (3 * large + small), tolerance_abs=0.006,
        explanation=f"Means are weighted by their rows. The mean of the four means, {(3 * first + last) / 4:.3f}, counts the {small} rows of the last batch like {large}.",
    )  # fmt: skip


def _check_uneven_batches(variant: Variant) -> None:
    large, first, small, last = numbers_in(variant.stem.replace("Three", "3"))[1:]
    rows = [first] * int(3 * large) + [last] * int(small)
    require(holds=abs(float(np.mean(rows)) - value_of(variant)) < 1e-9, what="mean over rows")


STEPS = (("Clear the gradients of the last step", "optimizer.zero_grad()"), ("Work out the model's output for the batch", "output = model(rows)"),
         ("Compare it with what was wanted", "loss = criterion(output, labels)"), ("Work out the gradients", "loss.backward()"),
         ("Limit their size", "clip_grad_norm_(model.parameters(), 1.0)"), ("Change the weights", "optimizer.step()"))  # fmt: skip


def _order_of_a_step(rng: np.random.Generator) -> Variant:
    left_out = {int(rng.integers(0, 2)) * 4} if rng.random() < 0.7 else set()
    kept = [one for place, one in enumerate(STEPS) if place not in left_out]
    as_code = bool(rng.random() < 0.6)
    return order(
        rng,
        stem="Put the lines of a training step in order, the first one first"
        + (". Gradients are cleared at the beginning." if 0 not in left_out else "; the gradients were cleared before."),
        lines=[f"`{code}`" if as_code else words for words, code in kept],
        explanation="Clear, forward, loss, backward, limit, step: limiting before `backward` limits old gradients, and after `step` it comes too late.",
    )  # fmt: skip


def _check_order_of_a_step(variant: Variant) -> None:
    texts = {option.id: option.text for option in variant.options}
    assert isinstance(variant.key, OrderKey)
    have = {"rows", "old gradients"}
    needs = {"model(": {"rows"}, "output for": {"rows"}, "criterion(": {"output"}, "Compare": {"output"}, "backward": {"loss", "clean"},
             "Work out the gradients": {"loss", "clean"}, "clip": {"gradients"}, "Limit": {"gradients"}, "optimizer.step": {"gradients"},
             "Change": {"gradients"}, "zero_grad": {"old gradients"}, "Clear": {"old gradients"}}  # fmt: skip
    gives = {"model(": "output", "output for": "output", "criterion(": "loss", "Compare": "loss", "backward": "gradients", "Work out the gradients": "gradients",
             "clip": "limited", "Limit": "limited", "optimizer.step": "changed", "Change": "changed", "zero_grad": "clean", "Clear": "clean"}  # fmt: skip
    if "cleared before" in variant.stem:
        have.add("clean")
    for one in variant.key.ids:
        name = next(name for name in needs if name in texts[one])
        require(
            holds=needs[name] <= have and "changed" not in have, what=f"each line finds what it needs: {texts[one]}"
        )
        have.add(gives[name])


def _evaluation_mode(rng: np.random.Generator) -> Variant:
    layer, effect = [("Dropout(0.5)", "zeroes half of the values by chance"), ("BatchNorm1d(64)", "uses the mean and spread of the batch at hand"),
                     ("Dropout2d(0.3)", "drops whole channels by chance")][int(rng.integers(3))]  # fmt: skip
    size = int(rng.choice([1, 2, 64]))
    return choice(
        rng,
        stem=f"A service loads a trained model with a layer `{layer}` and scores requests in batches of {size} under `torch.no_grad()`. The same request sometimes gets "
        "another score. What is missing?",
        right="`model.eval()` before the first request",
        wrong=[
            ("`model.zero_grad()` before every request", "gradients that were kept change the output"),
            ("`torch.inference_mode()` in place of `no_grad`", "switching gradients off changes how layers behave"),
            ("`model.train()` before the first request", "the mode for training is the one for use"),
        ],
        explanation=f"In training mode `{layer.split('(')[0]}` {effect}. `no_grad` only stops the recording of gradients; `eval` changes what layers do.",
    )  # fmt: skip


def _check_evaluation_mode(variant: Variant) -> None:
    rng = np.random.default_rng(2)
    row, is_training = np.ones(64), {True: [], False: []}  # type: ignore[var-annotated]
    for mode in (True, False):
        for _ in range(2):
            kept = rng.random(64) < 0.5 if mode else np.ones(64, dtype=bool)
            is_training[mode].append(float((row * kept).sum() * (2 if mode else 1)))
    require(
        holds=is_training[True][0] != is_training[True][1] and is_training[False][0] == is_training[False][1],
        what="dropping by chance, and not",
    )
    require(holds=chosen_text(variant).startswith("`model.eval()`"), what="the right option")


FAMILIES = (
    family(
        id="pytorch/stretched-shapes", title="Shapes that are stretched", kind=Kind.NUMERIC, level=3, expected_s=60, loadings={"pytorch": 1.0},
        make=_shapes, verify=_check_shapes, source="Own work, after the PyTorch documentation, Broadcasting semantics",
    ),
    family(
        id="pytorch/gradients-add-up", title="Gradients that add up", kind=Kind.READING, level=3, expected_s=60, loadings={"pytorch": 1.0},
        make=_gradients, verify=_check_gradients, source="Own work, after the PyTorch documentation, Tensor.backward",
    ),
    family(
        id="pytorch/uneven-batches", title="Mean loss over uneven batches", kind=Kind.NUMERIC, level=3, expected_s=80,
        loadings={"pytorch": 1.0, "evaluation_metrics": 0.4}, make=_uneven_batches, verify=_check_uneven_batches,
        source="Own work, after the PyTorch documentation, CrossEntropyLoss",
    ),
    family(
        id="pytorch/order-of-a-step", title="Lines of a training step", kind=Kind.ORDER, level=2, expected_s=60, loadings={"pytorch": 1.0},
        make=_order_of_a_step, verify=_check_order_of_a_step, source="Own work, after the PyTorch tutorials",
    ),
    family(
        id="pytorch/evaluation-mode", title="A model in the wrong mode", kind=Kind.SINGLE, level=2, expected_s=50,
        loadings={"pytorch": 1.0, "deployment": 0.4}, make=_evaluation_mode, verify=_check_evaluation_mode,
        source="Own work, after the PyTorch documentation, Module.eval",
    ),
)  # fmt: skip
