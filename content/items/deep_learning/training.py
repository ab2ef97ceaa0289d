"""What happens in an epoch: steps, gradients, states; with Keras where its defaults decide."""

import math
from functools import partial

import numpy as np

from assay.itembank.making import choice, chosen_text, number, numbers_in, require, value_of
from assay.itembank.model import Family, Kind, Variant

SOURCE = "Own work, after the documentation of Keras and the definitions of the layers"
family = partial(Family, domain="deep_learning", source=SOURCE, licence="Apache-2.0")


def _steps(rng: np.random.Generator) -> Variant:
    rows, share = int(rng.choice([900, 1000, 2500, 4800])), int(rng.choice([10, 20, 25]))
    batch, epochs = int(rng.choice([32, 64, 128])), int(rng.integers(2, 9))
    return number(
        stem=f"```python\nmodel.fit(x, y, batch_size={batch}, epochs={epochs}, validation_split={share / 100:g})\n```\n\n`x` is an array of {rows} rows. How "
        "many times does Keras **update the weights**?",
        value=math.ceil(rows * (100 - share) // 100 / batch) * epochs,
        explanation=f"{rows * (100 - share) // 100} rows are left for training; the last batch of an epoch may be smaller, so the number is rounded up.",
    )  # fmt: skip


def _check_steps(variant: Variant) -> None:
    batch, epochs, share, rows = (numbers_in(variant.stem.replace("=", " "))[place] for place in range(4))
    training = np.arange(round(rows * (1 - share)))
    starts = range(0, len(training), int(batch))
    require(holds=len(starts) * epochs == value_of(variant), what="slicing the rows into batches")


def _last_rows(rng: np.random.Generator) -> Variant:
    share = int(rng.choice([10, 20, 30]))
    sort = str(rng.choice(["by class", "by customer", "by date, oldest first"]))
    return choice(
        rng,
        stem=f"The rows of the array `x` are sorted {sort}. Which rows does Keras validate on in `model.fit(x, y, validation_split={share / 100:g}, "
        "shuffle=True)`?",
        right=f"The last {share} % of the rows as they are sorted",
        wrong=[
            (f"{share} % of the rows, drawn at random before training", "the split is thought to come after shuffling"),
            (f"{share} % of each class, drawn at random", "the split is thought to be stratified"),
            (
                f"Another {share} % of the rows in each epoch",
                "the split is thought to be drawn again whenever rows are shuffled",
            ),
        ],
        explanation="The split is cut off the end before anything is shuffled; `shuffle` concerns the training rows of each epoch. Shuffle sorted rows "
        "first, or pass `validation_data`.",
    )


def _check_last_rows(variant: Variant) -> None:
    share = numbers_in(variant.stem.replace("=", " "))[0]
    rows = np.repeat(np.arange(10), 20)  # ten sorted groups
    held = rows[round(len(rows) * (1 - share)) :]
    require(holds=set(held) < set(range(6, 10)), what="the end of sorted rows holds few of their groups")
    require(holds=chosen_text(variant).startswith(f"The last {share:.0%}".replace("%", " %")), what="the right option")


def _recurrent(rng: np.random.Generator) -> Variant:
    inputs, units, steps = (
        int(rng.choice([8, 10, 16, 20])),
        int(rng.choice([4, 10, 16, 32])),
        int(rng.choice([12, 24, 50])),
    )
    right = 4 * (units * (inputs + units) + units)
    return choice(
        rng,
        stem=f"`keras.layers.LSTM({units})` reads sequences of {steps} steps with {inputs} features each. How many parameters has it, with its default bias?",
        right=f"{right}",
        wrong=[
            (f"{right // 4}", "an LSTM is taken for a simple recurrent layer with one set of weights"),
            (f"{right * steps}", "each step is thought to have weights of its own"),
            (f"{4 * (units * inputs + units)}", "the state is thought to have no weights"),
        ],
        explanation=f"Three gates and the candidate: 4 · ({units} · ({inputs} + {units}) + {units}). The steps share them.",
    )


def _check_recurrent(variant: Variant) -> None:
    units, inputs = int(variant.stem.split("LSTM(")[1].split(")")[0]), int(variant.stem.split("with ")[1].split()[0])
    kernel, recurrent, bias = np.zeros((inputs, 4 * units)), np.zeros((units, 4 * units)), np.zeros(4 * units)
    require(
        holds=kernel.size + recurrent.size + bias.size == int(chosen_text(variant)), what="sizes of the three arrays"
    )


_TRIPLES = ((3, 4, 5), (6, 8, 10), (5, 12, 13), (9, 12, 15), (8, 15, 17))


def _clipping(rng: np.random.Generator) -> Variant:
    first, second, length = _TRIPLES[int(rng.integers(0, len(_TRIPLES)))]
    limit = int(rng.integers(1, length - 1))
    value = first * limit / length
    return number(
        stem=f"The gradient of two weights is ({first}, -{second}). Gradients are clipped to a **global norm** of {limit}. What is the first component afterwards?",
        value=value, tolerance_abs=0.011,
        explanation=f"The norm is {length}; both are multiplied by {limit}/{length}, so the direction stays. Clipping by value would change it.",
    )  # fmt: skip


def _check_clipping(variant: Variant) -> None:
    first, second, limit = numbers_in(variant.stem)
    gradient = np.array([first, second])
    clipped = gradient / np.linalg.norm(gradient) * min(limit, np.linalg.norm(gradient))
    require(holds=abs(float(clipped[0]) - value_of(variant)) < 1e-9, what="length and direction")


def _causal(rng: np.random.Generator) -> Variant:
    tokens, window = int(rng.integers(6, 13)), int(rng.integers(2, 5))
    value = sum(min(place, window) for place in range(1, tokens + 1))
    return number(
        stem=f"A decoder reads {tokens} tokens with **causal** attention and a sliding window: each token sees itself and the {window - 1} token(s) before it. How many pairs of "
        "query and key are **not** masked?",
        value=value,
        explanation=f"The first tokens see 1, 2, … tokens, all others {window}: {value} together.",
    )  # fmt: skip


def _check_causal(variant: Variant) -> None:
    tokens, before = (int(one) for one in numbers_in(variant.stem)[:2])
    mask = np.tril(np.ones((tokens, tokens))) - np.tril(np.ones((tokens, tokens)), -before - 1)
    require(holds=int(mask.sum()) == value_of(variant), what="the mask as a matrix")


def _normalised(rng: np.random.Generator) -> Variant:
    mean, spread = int(rng.integers(2, 9)), int(rng.integers(2, 5))
    batch = [mean + int(one) for one in rng.choice(np.arange(4, 12), 3, replace=False)]
    value = (batch[0] - mean) / spread
    return number(
        stem=f"Batch normalisation (scale 1, shift 0) has a running mean of {mean} and a running standard deviation of {spread}. **In inference** it gets the batch "
        f"`{', '.join(map(str, batch))}`. What does it give for the first value?",
        value=value, tolerance_abs=0.011,
        explanation=f"In inference the running statistics count, not those of the batch: ({batch[0]} - {mean}) / {spread}. One row gives the same alone or in a batch.",
    )  # fmt: skip


def _check_normalised(variant: Variant) -> None:
    mean, spread = numbers_in(variant.stem)[2:4]
    batch = np.array([float(one) for one in variant.stem.split("`")[1].split(",")])
    require(holds=abs(value_of(variant) * spread + mean - batch[0]) < 1e-9, what="turning the map round")
    require(
        holds=abs((batch[0] - batch.mean()) / batch.std() - value_of(variant)) > 0.011,
        what="the batch would give another value",
    )


FAMILIES = (
    family(
        id="deep_learning/updates-of-a-fit", title="Updates of a fit", loadings={"tensorflow_keras": 1.0, "deep_learning": 0.5}, kind=Kind.NUMERIC, level=2,
        expected_s=80, make=_steps, verify=_check_steps,
    ),
    family(
        id="deep_learning/validation-of-sorted-rows", title="Validation split of sorted rows", loadings={"tensorflow_keras": 1.0, "validation_design": 0.6},
        kind=Kind.SINGLE, level=3, expected_s=50, make=_last_rows, verify=_check_last_rows,
    ),
    family(
        id="deep_learning/parameters-of-an-lstm", title="Parameters of an LSTM", loadings={"sequence_models": 1.0, "tensorflow_keras": 0.6}, kind=Kind.SINGLE,
        level=4, expected_s=90, make=_recurrent, verify=_check_recurrent,
    ),
    family(
        id="deep_learning/clipped-gradient", title="A gradient clipped by its norm", loadings={"deep_learning": 1.0}, kind=Kind.NUMERIC, level=3, expected_s=70,
        make=_clipping, verify=_check_clipping,
    ),
    family(
        id="deep_learning/sliding-window", title="Pairs under a sliding window", loadings={"sequence_models": 0.9, "language_models": 0.7}, kind=Kind.NUMERIC,
        level=3, expected_s=80, make=_causal, verify=_check_causal,
    ),
    family(
        id="deep_learning/normalised-in-inference", title="Batch normalisation in inference", loadings={"deep_learning": 1.0}, kind=Kind.NUMERIC, level=3,
        expected_s=60, make=_normalised, verify=_check_normalised,
    ),
)  # fmt: skip
