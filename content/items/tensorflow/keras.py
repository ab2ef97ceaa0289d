"""TensorFlow and Keras: parameters of a model, batches of a data set, losses on logits, what a compiled function does."""

from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

family = partial(Family, domain="tensorflow", licence="Apache-2.0")


def _parameters(rng: np.random.Generator) -> Variant:
    inputs, hidden, outputs = (
        int(rng.choice([20, 64, 100, 784])),
        int(rng.choice([16, 32, 64, 128])),
        int(rng.integers(2, 11)),
    )
    has_norm = bool(rng.random() < 0.5)
    lines = [
        f"Input(({inputs},))",
        f'Dense({hidden}, activation="relu")',
        *(["BatchNormalization()"] if has_norm else []),
        "Dropout(0.3)",
        f"Dense({outputs})",
    ]
    dense = (inputs + 1) * hidden + (hidden + 1) * outputs
    return number(
        stem="```python\nmodel = Sequential([\n" + "".join(f"    {line},\n" for line in lines) + "])\n```\n\nHow many parameters are **trainable**?",
        value=dense + (2 * hidden if has_norm else 0),
        explanation="Each unit of a dense layer has a weight for each input and a bias; dropout has none."
        + (" Batch normalisation learns a scale and a shift a unit; its running mean and variance are kept, not trained." if has_norm else ""),
    )  # fmt: skip


def _check_parameters(variant: Variant) -> None:
    width, total = 0, 0
    for line in variant.stem.split("\n"):
        if "Input(" in line:
            width = int(line.split("((")[1].split(",")[0])
        elif "Dense(" in line:
            units = int(line.split("Dense(")[1].split(",")[0].split(")")[0])
            total += np.zeros((width, units)).size + np.zeros(units).size
            width = units
        elif "BatchNorm" in line:
            total += 2 * width
    require(holds=total == value_of(variant), what="adding up arrays")


def _batches(rng: np.random.Generator) -> Variant:
    rows, size = int(rng.choice([1000, 1500, 2350, 4100])), int(rng.choice([32, 64, 128]))
    drops, times = bool(rng.random() < 0.5), int(rng.integers(2, 5))
    before = bool(rng.random() < 0.5)
    chain = (
        f".repeat({times}).batch({size}, drop_remainder={drops})"
        if before
        else f".batch({size}, drop_remainder={drops}).repeat({times})"
    )
    total = rows * times if before else rows
    count = total // size if drops else -(-total // size)
    return number(
        stem=f"`rows` is a `tf.data.Dataset` of {rows} elements. How many **batches** does `rows{chain}` yield?",
        value=count if before else count * times,
        explanation="The chain is read from the left. " + ("Repeated first, batches run across the ends of passes." if before else "Batched first, each pass ends with its own rest, which "
        + ("is dropped." if drops else "is a smaller batch.")),
    )  # fmt: skip


def _check_batches(variant: Variant) -> None:
    rows = int(numbers_in(variant.stem)[0])
    chain = variant.stem.split("`rows.")[1].split("`")[0]
    items: list[object] = list(range(rows))
    for step in chain.split(")."):
        first = int(step.split("(")[1].split(",")[0].rstrip(")"))
        if step.startswith("repeat"):
            items = items * first
        else:
            parts = [items[start : start + first] for start in range(0, len(items), first)]
            items = [part for part in parts if len(part) == first or "True" not in step]
    require(holds=len(items) == value_of(variant), what="doing it with lists")


def _logits(rng: np.random.Generator) -> Variant:
    classes, height = int(rng.integers(3, 12)), int(rng.choice([4, 6, 8]))
    return choice(
        rng,
        stem=f'A model ends with `Dense({classes}, activation="softmax")` and is trained with `SparseCategoricalCrossentropy(from_logits=True)`. It learns, but the loss of '
        f"cases it gets right by {height} logits stays high. Why?",
        right="Softmax is applied twice, and the second one flattens the chances",
        wrong=[
            ("Softmax cannot be trained, since its gradient is zero everywhere", "softmax is a step function"),
            ("Sparse labels need one unit only, so the other units are not used", "sparse means one output"),
            (f"With {classes} classes the loss cannot fall below the log of {classes}", "the loss of guessing is a floor"),
        ],
        explanation="`from_logits=True` applies softmax to what comes. Chances lie between 0 and 1, so the second softmax yields nearly equal shares. Take the activation away or "
        "say `from_logits=False`.",
    )  # fmt: skip


def _check_logits(variant: Variant) -> None:
    classes, height = (
        int(variant.stem.split("Dense(")[1].split(",")[0]),
        int(variant.stem.split("right by ")[1].split(" ")[0]),
    )
    logits = np.zeros(classes)
    logits[0] = height

    def softmax(values: np.ndarray) -> np.ndarray:
        return np.exp(values) / np.exp(values).sum()

    once, twice = -np.log(softmax(logits)[0]), -np.log(softmax(softmax(logits))[0])
    require(holds=once < 0.2 and twice > 0.5, what="loss with one softmax and with two")
    require(holds=chosen_text(variant).startswith("Softmax is applied twice"), what="the right option")


def _traced(rng: np.random.Generator) -> Variant:
    calls = int(rng.integers(3, 7))
    is_shape = bool(rng.random() < 0.5)
    lengths = [int(one) for one in rng.choice([4, 8, 16], calls)]
    if not is_shape:
        lengths = [lengths[0]] * calls
    code = '@tf.function\ndef score(x):\n    print("tracing")\n    return tf.reduce_sum(x)\n\n\n' + "\n".join(
        f"score(tf.zeros([{one}]))" for one in lengths
    )
    return number(
        stem=f"How often does this print `tracing`? (Shapes are not relaxed here: each new one is traced.)\n\n```python\n{code}\n```",
        value=len(set(lengths)),
        explanation="Python's `print` runs while the function is traced, once for each new combination of type and shape; later calls run the graph. "
        "`tf.print` would run each time.",
    )  # fmt: skip


def _check_traced(variant: Variant) -> None:
    seen: dict[str, int] = {}
    for line in variant.stem.split("\n"):
        if line.startswith("score("):
            seen[line] = seen.get(line, 0) + 1
    require(holds=len(seen) == value_of(variant), what="a memory of signatures")


FAMILIES = (
    family(
        id="tensorflow/trainable-parameters", title="Trainable parameters of a model", kind=Kind.NUMERIC, level=3, expected_s=90,
        loadings={"tensorflow_keras": 1.0, "deep_learning": 0.5}, make=_parameters, verify=_check_parameters,
        source="Own work, after the Keras documentation of its layers",
    ),
    family(
        id="tensorflow/batches", title="Batches that a chain yields", kind=Kind.NUMERIC, level=3, expected_s=70,
        loadings={"tensorflow_keras": 1.0}, make=_batches, verify=_check_batches, source="Own work, after the guide to tf.data",
    ),
    family(
        id="tensorflow/softmax-twice", title="A loss that expects logits", kind=Kind.SINGLE, level=4, expected_s=75,
        loadings={"tensorflow_keras": 1.0, "deep_learning": 0.6}, make=_logits, verify=_check_logits,
        source="Own work, after the Keras documentation of its losses",
    ),
    family(
        id="tensorflow/traced-function", title="What a compiled function prints", kind=Kind.READING, level=3, expected_s=55,
        loadings={"tensorflow_keras": 1.0}, make=_traced, verify=_check_traced, source="Own work, after the guide to tf.function",
    ),
)  # fmt: skip
