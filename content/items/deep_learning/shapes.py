"""Sizes, parameters and what training does with them."""

import itertools

import numpy as np

from assay.itembank.making import choice, chosen_text, number, require
from assay.itembank.model import Family, Kind, NumberKey, Variant

SOURCE = "Own work, after the definitions of the layers"
LICENCE = "Apache-2.0"


def _conv_size(rng: np.random.Generator) -> Variant:
    size, kernel = int(rng.choice([28, 32, 48, 64, 96])), int(rng.choice([3, 5, 7]))
    padding, stride = int(rng.integers(0, 3)), int(rng.integers(2, 4))
    out = (size + 2 * padding - kernel) // stride + 1
    return number(
        stem=f"An image of {size} × {size} pixels goes through a convolution with a kernel of {kernel} × {kernel}, a padding of "
        f"{padding} on each side and a stride of {stride}. How many pixels **wide** is the output?",
        value=out,
        explanation=f"⌊({size} + 2 · {padding} - {kernel}) / {stride}⌋ + 1 = {out}.",
    )  # fmt: skip


def _check_conv_size(variant: Variant) -> None:
    words = variant.stem.replace(".", " ").split()
    size, kernel = int(words[3]), int(words[words.index("kernel") + 2])
    padding, stride = int(words[words.index("padding") + 2]), int(words[words.index("stride") + 2])
    row = np.zeros(size + 2 * padding)
    places = sum(len(row[start : start + kernel]) == kernel for start in range(0, len(row), stride))
    assert isinstance(variant.key, NumberKey)
    require(holds=places == variant.key.value, what="sliding the kernel along a row")


def _conv_parameters(rng: np.random.Generator) -> Variant:
    before, after, kernel = int(rng.choice([3, 8, 16, 32])), int(rng.choice([16, 32, 64])), int(rng.choice([3, 5]))
    size = int(rng.choice([32, 64, 128]))
    right = kernel * kernel * before * after + after
    return choice(
        rng,
        stem=f"A convolution with a kernel of {kernel} × {kernel} turns {before} channels into {after}, on images of {size} × {size} "
        "pixels, with a bias for each output channel. How many parameters does it have?",
        right=f"{right}",
        wrong=[
            (f"{kernel * kernel * after + after}", "a kernel has no depth: it looks at one channel"),
            (f"{right * size * size}", "each place of the image has weights of its own"),
            (f"{kernel * kernel * before * after}", "a bias is no parameter"),
        ],
        explanation=f"{after} kernels of {kernel} · {kernel} · {before} weights and {after} biases; the size of the image does not enter.",
    )  # fmt: skip


def _check_conv_parameters(variant: Variant) -> None:
    words = variant.stem.replace(",", " ").split()
    kernel, place = int(words[words.index("kernel") + 2]), words.index("turns")
    before, after = int(words[place + 1]), int(words[place + 4])
    weights = np.zeros((after, before, kernel, kernel)).size + np.zeros(after).size
    require(holds=int(chosen_text(variant)) == weights, what="size of the weight array")


def _softmax_shift(rng: np.random.Generator) -> Variant:
    scores = [int(one) for one in rng.choice(np.arange(-4, 9), 3, replace=False)]
    shift = int(rng.integers(100, 1000))
    return choice(
        rng,
        stem=f"A network gives the logits `{scores}`. Somebody adds {shift} to **all three** before the softmax. What happens to the "
        "probabilities, apart from rounding?",
        right="They stay as they are",
        wrong=[
            ("They become more even", "a shift works like a temperature above one"),
            ("The largest comes nearer to 1", "a shift works like a temperature below one"),
            ("They no longer sum to 1", "softmax normalises only small logits"),
        ],
        explanation="A common shift cancels between numerator and denominator. Implementations subtract the largest logit for that "
        "very reason: exp of a large number would overflow.",
    )


def _check_softmax_shift(variant: Variant) -> None:
    scores = np.array([float(one) for one in variant.stem.split("[")[1].split("]")[0].split(",")])

    def softmax(values: np.ndarray) -> np.ndarray:
        grown = np.exp(values - values.max())
        return grown / grown.sum()

    require(holds=bool(np.allclose(softmax(scores), softmax(scores + 321))), what="the same probabilities")
    require(holds=not np.allclose(softmax(scores), softmax(scores * 2)), what="a temperature changes them")
    require(holds=chosen_text(variant) == "They stay as they are", what="the right option")


def _attention_cost(rng: np.random.Generator) -> Variant:
    tokens, factor = int(rng.choice([512, 1024, 2048])), int(rng.choice([2, 3, 4]))
    return choice(
        rng,
        stem=f"Plain self-attention reads {tokens} tokens. The text becomes {factor} times as long; width and heads stay. By what "
        "factor do the **attention scores** of a layer (query times key) grow in number?",
        right=f"{factor**2}",
        wrong=[
            (f"{factor}", "each token looks at a fixed number of others"),
            (f"{factor**3}", "scores are computed for all triples"),
            (f"{2 * factor + 1}", "length enters once for queries and once for keys, added"),
        ],
        explanation="Each token has a score with each token: length times length, for every head.",
    )


def _check_attention_cost(variant: Variant) -> None:
    factor = int(variant.stem.split("becomes ")[1].split()[0])
    grown, plain = (len(list(itertools.product(range(length), repeat=2))) for length in (6 * factor, 6))
    require(holds=int(chosen_text(variant)) == grown // plain, what="counting pairs")


def _dropout(rng: np.random.Generator) -> Variant:
    rate, value = int(rng.choice([20, 25, 50, 75])), int(rng.integers(2, 9)) * 3
    kept = value / (1 - rate / 100)
    return number(
        stem=f"Inverted dropout with a rate of {rate} % (as in PyTorch) is applied in **training** to a unit with the activation {value}. "
        "Which value does it have when it is **kept**?",
        value=kept, tolerance_abs=0.06,
        explanation=f"What is kept is divided by {1 - rate / 100:g}, so that the mean stays {value} and nothing needs to be done in use.",
    )  # fmt: skip


def _check_dropout(variant: Variant) -> None:
    words = variant.stem.split()
    rate, value = int(words[words.index("rate") + 2]) / 100, float(words[words.index("activation") + 1].rstrip("."))
    assert isinstance(variant.key, NumberKey)
    kept = np.random.default_rng(8).random(200_000) >= rate
    require(holds=abs(float((kept * variant.key.value).mean()) / value - 1) < 0.02, what="the mean stays")


FAMILIES = (
    Family(
        id="deep_learning/size-after-convolution", title="Size after a convolution", domain="deep_learning",
        loadings={"deep_learning": 0.9, "computer_vision": 0.7}, kind=Kind.NUMERIC, level=2, expected_s=75, source=SOURCE,
        licence=LICENCE, make=_conv_size, verify=_check_conv_size,
    ),
    Family(
        id="deep_learning/parameters-of-a-convolution", title="Parameters of a convolution", domain="deep_learning",
        loadings={"deep_learning": 0.9, "computer_vision": 0.7}, kind=Kind.SINGLE, level=3, expected_s=75, source=SOURCE,
        licence=LICENCE, make=_conv_parameters, verify=_check_conv_parameters,
    ),
    Family(
        id="deep_learning/shifted-logits", title="Softmax of shifted logits", domain="deep_learning",
        loadings={"deep_learning": 1.0}, kind=Kind.SINGLE, level=3, expected_s=60, source=SOURCE, licence=LICENCE,
        make=_softmax_shift, verify=_check_softmax_shift,
    ),
    Family(
        id="deep_learning/length-and-attention", title="Length of a text and the cost of attention", domain="deep_learning",
        loadings={"deep_learning": 0.7, "sequence_models": 0.9}, kind=Kind.SINGLE, level=2, expected_s=50, source=SOURCE,
        licence=LICENCE, make=_attention_cost, verify=_check_attention_cost,
    ),
    Family(
        id="deep_learning/kept-by-dropout", title="What dropout does to what it keeps", domain="deep_learning",
        loadings={"deep_learning": 1.0}, kind=Kind.NUMERIC, level=4, expected_s=75, source=SOURCE, licence=LICENCE,
        make=_dropout, verify=_check_dropout,
    ),
)  # fmt: skip
